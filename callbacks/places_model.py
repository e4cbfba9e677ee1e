"""The model behind the page on specialist places: from the arrays of `layers.sufficiency` to the page's plain facts.

It loads NumPy, which a server that shows other pages has no need of: `dashapp.places_answers` imports it when the page
is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import ref

from callbacks.places_added import added
from callbacks.places_assumed import assumptions
from callbacks.places_facts import (
    ALL,
    COUNTY,
    Assumption,
    Band,
    CellFacts,
    CellKey,
    ErrorRow,
    Expected,
    Frame,
    SchemeFacts,
    SettingFacts,
    Statement,
)
from callbacks.places_supplied import schemes_of, setting_points, settings_of
from callbacks.places_words import GAP_PROVISIONS
from geodata.printed_send import printed_statements
from geodata.profile import PROFILES
from geodata.school_years import PHASES
from geodata.store import Store
from layers.format import format_value
from layers.kept import per_store
from layers.sufficiency import outlook as door
from layers.sufficiency.cells_backtest import LEVELS, SPARSE
from layers.sufficiency.core import BROAD_KEYS
from layers.sufficiency.effects import settings_of as changed
from layers.sufficiency.gap import Bands, Cell, GapMatrix
from layers.sufficiency.ground import check_scenario
from layers.sufficiency.grouping import BY_NEED
from layers.sufficiency.history import history
from layers.sufficiency.options import Case
from layers.sufficiency.outlook import Outlook
from layers.sufficiency.scenario import BASE_CASE
from layers.sufficiency.scenario_options import Scenario
from layers.sufficiency.statements import VERDICTS, StatementBeside, StatementFigure, statements_beside
from layers.sufficiency.wanted import quantiles

KEPT_MODELS = 8
HALF_A_PLACE = 0.5


@per_store
def _models(store: Store) -> dict[Scenario, OutlookModel]:  # noqa: ARG001 - the key of what is kept
    return {}


@per_store
def _januaries(store: Store) -> dict[tuple[Scenario, int], OutlookModel]:  # noqa: ARG001 - as above
    return {}


def model_of(store: Store, scenario: Scenario = BASE_CASE) -> OutlookModel:
    """Return the model of a snapshot, as planned or with a scenario.

    Raises
    ------
    NotForecastError
        If the forecast was not worked out yet.
    UsageError
        With the remedy, where no plans or no places are loaded, or the scenario does not fit.
    """
    kept = _models(store)
    if scenario in kept:
        return kept[scenario]
    found = door.outlook(store)
    check_scenario(scenario, found.ground)
    case = door.case_of(store, scenario) if scenario.options else found.base
    model = kept[scenario] = OutlookModel(store, found, case)
    while len(kept) > KEPT_MODELS:
        kept.pop(next(iter(kept)), None)
    return model


def january_model(store: Store, scenario: Scenario, year: int) -> OutlookModel:
    """Return the model with a scenario in one January alone: enough for its matrix, and several times as fast.

    Raises
    ------
    NotForecastError, UsageError
        As `model_of`.
    """
    found = door.outlook(store)
    if scenario in _models(store) or year not in found.demand.years:
        return model_of(store, scenario)
    kept = _januaries(store)
    if (scenario, year) not in kept:
        check_scenario(scenario, found.ground)
        kept[scenario, year] = OutlookModel(store, found, door.january_case(store, scenario, year))
        while len(kept) > KEPT_MODELS:
            kept.pop(next(iter(kept)), None)
    return kept[scenario, year]


class OutlookModel:
    """What the page asks of the model, see `callbacks.places_facts.Model`.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    outlook : layers.sufficiency.outlook.Outlook
        As planned.
    case : layers.sufficiency.options.Case
        What is shown.
    """

    def __init__(self, store: Store, outlook: Outlook, case: Case) -> None:
        # What is kept for a store must not keep it.
        self._store, self._outlook, self._case = ref(store), outlook, case
        self._points, self._localities = setting_points(store), dict(store.areas.names["locality"])
        self._printed = printed_statements(PROFILES / store.profile.key)
        self._cells: dict[tuple[CellKey, int], CellFacts] = {}
        self._finer: GapMatrix | None = None
        self._frame = _frame(store, outlook, case)

    @property
    def frame(self) -> Frame:
        """What is the same in every cell."""
        return self._frame

    def cell(self, key: CellKey, year: int) -> CellFacts:
        """Return one cell in one January."""
        if (key, year) not in self._cells:
            several = ALL in (key.phase, key.provision)
            self._cells[key, year] = self._added(key, year) if several else self._single(key, year)
        return self._cells[key, year]

    def _matrix(self, need: str) -> GapMatrix:
        if need == ALL or need in self._frame.needs:
            return self._case.matrix
        if self._finer is None:
            store = self._store()
            assert store is not None
            self._finer = door.finer(store, self._case.scenario, BY_NEED)
        return self._finer

    def _single(self, key: CellKey, year: int) -> CellFacts:
        matrix = self._matrix(key.need)
        cell = matrix.cell(key.area, key.phase, key.need or "none", key.provision, year)
        return _facts(key, cell, matrix, self._error(key, year))

    def _added(self, key: CellKey, year: int) -> CellFacts:
        """Return several kinds of provision or phases together, added up in every draw."""
        kinds = [
            (provision, phase)
            for provision in (GAP_PROVISIONS if key.provision == ALL else (key.provision,))
            for phase in (PHASES if key.phase == ALL else (key.phase,))
        ]
        at = self._frame.years.index(year)
        return added(self._matrix(key.need), key, kinds, at, self._error(key, year))

    def _error(self, key: CellKey, year: int) -> str:
        backtest = self._outlook.backtest
        if backtest is None or not self._frame.testable:
            return ""

        ahead = min(max(year - self._frame.base_year, 1), 3)
        level = _level(key)
        error = backtest.error(level, ahead) if level else None
        if error is None:
            return "not tested at this level"
        measure = "summed error" if level in SPARSE else "mean error"
        return f"{measure} {error:.1f}% at {ahead} year{'s' if ahead > 1 else ''} ahead, {LEVEL_WORDS[level]}"

    def plans(self, area: str, year: int) -> Band:
        """Return all plans of an area, whatever their provision."""
        demand = self._case.matrix.wanted.demand
        chosen = slice(None) if area == COUNTY else slice(at := demand.areas.index(area), at + 1)
        draws = demand.draws[:, self._frame.years.index(year), chosen].sum(axis=(1, 2, 3, 4), dtype="int64")
        return _levels(quantiles(draws.astype("float32")))

    def schemes(self) -> Sequence[SchemeFacts]:
        """Return the planned schemes."""
        months = changed(self._case.scenario, self._outlook.settings).slippage_months
        return schemes_of(self._case.supply, self._frame.years, months)

    def settings(self, year: int) -> Sequence[SettingFacts]:
        """Return the settings with specialist places."""
        return settings_of(self._points, self._case.supply, self._frame.years.index(year))

    def errors(self) -> Sequence[ErrorRow]:
        """Return the back-test; empty where it cannot be tested yet."""
        backtest = self._outlook.backtest
        if backtest is None or not self._frame.testable:
            return ()

        rows = []
        for level, title in LEVELS.items():
            for ahead, found in sorted(backtest.scores.get(level, {}).items()):
                name = "wape" if level in SPARSE else "mape"
                rows.append(ErrorRow(
                    f"{title} ({'WAPE' if level in SPARSE else 'MAPE'})", ahead, getattr(found.model, name),
                    found.model.bias, found.model.coverage_80, getattr(found.last_value, name),
                    getattr(found.mean_growth, name), found.model.n,
                ))  # fmt: skip
        return rows

    def assumptions(self) -> Sequence[Assumption]:
        """Return what is taken for granted."""
        return assumptions(self._outlook.settings)

    def statements(self) -> Sequence[Statement]:
        """Return the council's statements beside the figures."""
        demand = self._case.matrix.wanted.demand
        found = statements_beside(self._printed, demand, self._case.matrix, self._localities)
        return [_statement(one, VERDICTS[one.verdict]) for one in found]


LEVEL_WORDS = {
    "county": "all plans of the county",
    "county_phase": "all plans of a phase of the county",
    "locality": "all plans of a locality",
    "locality_phase_need": "plans of a locality by phase and need",
    "locality_phase_need_provision": "cells of a locality like this one",
}


def _level(key: CellKey) -> str:
    """Return the level of the back-test that a cell belongs to; empty where that level was not tested."""
    if key.need != ALL and key.need.isupper():
        return ""
    if key.area == COUNTY:
        whole = key.need == ALL and key.provision == ALL
        return ("county" if key.phase == ALL else "county_phase") if whole else ""
    if ALL not in (key.phase, key.need):
        return "locality_phase_need" if key.provision == ALL else "locality_phase_need_provision"
    return "locality" if (key.phase, key.need, key.provision) == (ALL, ALL, ALL) else ""


def _statement(one: StatementBeside, verdict: str) -> Statement:
    printed = one.statement
    parts = (
        " and ".join(printed.phases),
        printed.provision,
        ", ".join(printed.needs),
        " and ".join(printed.localities),
    )
    about = "; ".join(part for part in parts if part)
    about = about[:1].upper() + about[1:]
    rows = [(f"{figure.area_name}, {figure.what}, January {figure.year}", _figure_words(figure))
            for figure in one.figures]  # fmt: skip
    return Statement(printed.point, f"{about}: {printed.words}", verdict, one.sentence, rows)


def _figure_words(figure: StatementFigure) -> str:
    lower, upper = format_value(figure.bands.lower_80), format_value(figure.bands.upper_80)
    return f"{format_value(figure.bands.median)} ({lower} to {upper}): {figure.says}"


def _frame(store: Store, outlook: Outlook, case: Case) -> Frame:

    demand = case.matrix.wanted.demand
    found = history(store)
    counted = found.stock.sum(axis=(1, 2, 3, 4), dtype="int64").tolist()
    names = dict(store.areas.names["locality"])
    extra = {"unknown": "Address unknown", "outside": "Outside the county"}
    there = [area for area in demand.areas if area in names or _has_plans(case.matrix, area)]
    return Frame(
        years=demand.years,
        areas={COUNTY: store.profile.name} | {area: names.get(area) or extra.get(area, area) for area in there},
        testable=demand.testable,
        history=tuple(zip(found.years, counted, strict=True)),
        basis=tuple(dict.fromkeys((*demand.basis, *case.supply.basis))),
        notes=tuple(dict.fromkeys((*demand.notes, *case.supply.notes))),
        expected=tuple(Expected(one.year, one.plans, one.words, one.source) for one in outlook.settings.expectations),
        needs=BROAD_KEYS,
        snapshot=store.snapshot.id,
    )


def _has_plans(matrix: GapMatrix, area: str) -> bool:
    return any(matrix.plans(provision, phase)[area, ALL] for provision in GAP_PROVISIONS for phase in PHASES)


def _facts(key: CellKey, cell: Cell, matrix: GapMatrix, error: str) -> CellFacts:
    rolled = cell.status == "rolled_up"
    rolls_to = CellKey(cell.shown_area, key.phase, cell.shown_group, key.provision) if rolled else None
    nobody = rolled and not cell.plans and not _any_places(matrix, cell)
    return CellFacts(
        key=key,
        year=cell.year,
        status="no_data" if nobody else cell.status,
        plans=cell.plans,
        demand=band(cell.demand),
        places=cell.places,
        gap=None if cell.gap is None else band(cell.gap),
        spare=cell.spare,
        at_school=None if cell.gap_at_settings is None else band(cell.gap_at_settings),
        over=cell.over,
        chance=cell.chance,
        first_short=cell.first_short,
        error=error,
        rolls_to=rolls_to,
        note=cell.note,
    )


def _any_places(matrix: GapMatrix, cell: Cell) -> bool:
    """Return whether the cell itself has places, whosever figures it shows."""
    block = matrix.blocks.get((cell.provision, cell.phase))
    if block is None:
        return False
    at = matrix.areas.index(cell.area), matrix.groups.index(cell.group)
    return bool(block.places[matrix.years.index(cell.year), at[0], at[1]] > HALF_A_PLACE)


def band(found: Bands) -> Band:
    """Return the bands of the model as those of the page."""
    return Band(found.median, found.lower_80, found.upper_80, found.lower_95, found.upper_95)


def _levels(found: Any) -> Band:
    lower_95, lower_80, median, upper_80, upper_95 = (float(one) for one in found)
    return Band(median, lower_80, upper_80, lower_95, upper_95)
