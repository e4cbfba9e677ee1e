"""The gap of one January as rows for machines and people: every cell, and the totals that the cells add up to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from geodata.areas import EXTRA_AREAS
from geodata.contracts.ehc_plans import PROVISION_CODES
from geodata.errors import UsageError
from geodata.periods import census_day, words
from geodata.school_years import PHASES
from geodata.store import Store
from layers.format import format_value
from layers.sufficiency.cells_backtest import CellsBacktest
from layers.sufficiency.core import BROAD_AREAS, GAP_PROVISIONS, PHASE_KEYS, PROVISIONS, Places
from layers.sufficiency.gap import Bands, Cell, GapMatrix
from layers.sufficiency.grouping import ALL, BY_NEED, needs_in
from layers.sufficiency.outlook import AS_IT_IS, case_of, finer, outlook
from layers.sufficiency.prepared import ensure_forecast
from layers.sufficiency.rollup import COUNTY, NOT_TESTABLE
from layers.sufficiency.effects import settings_of
from layers.sufficiency.scenario_options import Scenario
from layers.sufficiency.settings import SufficiencySettings
from layers.table import neutral

BROAD = "broad"
"""Needs by broad area: the default view."""

AREAS = ("locality", "county")

CELL, TOTAL = "cell", "total"

LONGEST_TESTED = 3
"""Years ahead of the last back-test; its error stands for later years too."""

DECIMALS = 3

Row = dict[str, Any]


@dataclass(frozen=True)
class GapsAsked:
    """What is asked for.

    Attributes
    ----------
    year : int
        Of the January census.
    areas : str
        One of `AREAS`.
    need : str
        `BROAD`, the code of a broad area (its needs one by one), of a need, or "all".
    every_provision : bool
        Also those that have "plans to accommodate" only.
    scenario : Scenario
        The base case by default.
    said : tuple of str
        What must be said of the scenario.
    """

    year: int
    areas: str = "locality"
    need: str = BROAD
    every_provision: bool = False
    scenario: Scenario = AS_IT_IS
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gaps:
    """The answer.

    Attributes
    ----------
    about : mapping of str to Any
        Year, base year, scenario, basis, assumptions, notes.
    rows, totals : tuple of dict
        Cells, and what they add up to: plans, expected demand, placed and gap add up, medians do not.
    """

    about: Mapping[str, Any]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]


def gaps(store: Store, asked: GapsAsked) -> Gaps:
    """Return the gap of every cell in one January.

    Parameters
    ----------
    store : Store
        With EHC plans and a list of provision; the forecast is worked out where it is not kept yet.
    asked : GapsAsked
        Year, areas, needs and scenario.

    Raises
    ------
    UsageError
        For an unknown year or need, with the valid ones, or where plans or places are not loaded.
    """
    ensure_forecast(store)
    found = outlook(store)
    if asked.year not in found.demand.years:
        valid = f"{found.demand.years[0]} to {found.demand.years[-1]}"
        raise UsageError(f"No forecast for {asked.year}. Valid: {valid}, each the January census of that year.")
    groups, is_finer = groups_of(asked.need)
    case = case_of(store, asked.scenario)
    matrix = finer(store, asked.scenario, BY_NEED) if is_finer else case.matrix
    settings = settings_of(asked.scenario, found.settings)
    names = {**store.areas.names["locality"], **EXTRA_AREAS, COUNTY: store.profile.name}
    ask = _Asker(matrix, case.supply.places, settings, found.backtest, names, asked.year)
    kinds = PROVISIONS if asked.every_provision else GAP_PROVISIONS
    areas = [COUNTY] if asked.areas == COUNTY else list(matrix.areas[:-1])
    cells = [(area, group) for area in areas for group in groups]
    wholes = [] if ALL in groups else [(area, ALL) for area in areas]
    wholes += [] if asked.areas == COUNTY else [(COUNTY, group) for group in dict.fromkeys((*groups, ALL))]
    return Gaps(
        about=_about(store, asked, matrix, settings),
        rows=tuple(ask.rows(kinds, cells, CELL)),
        totals=tuple(ask.rows(kinds, wholes, TOTAL)),
    )


def groups_of(need: str) -> tuple[tuple[str, ...], bool]:
    """Return the groups of needs that are asked for, and whether they are finer than broad areas.

    Raises
    ------
    UsageError
        With the valid ones.
    """
    if need == BROAD:
        return tuple(BROAD_AREAS), False
    if need == ALL:
        return (ALL,), False
    if need in BROAD_AREAS:
        return needs_in(need), True
    if need.upper() in BY_NEED.titles:
        return (need.upper(),), True
    codes = [key for key in BY_NEED.titles if key.isupper()]
    raise UsageError(f"No need '{need}'. Valid: {', '.join((BROAD, ALL, *BROAD_AREAS, *codes))}.")


@dataclass(frozen=True)
class _Asker:
    """Makes the rows of one matrix and year."""

    matrix: GapMatrix
    places: Sequence[Places]
    settings: SufficiencySettings
    backtest: CellsBacktest | None
    names: Mapping[str, str]
    year: int

    def rows(self, kinds: Sequence[str], cells: Sequence[tuple[str, str]], row: str) -> Iterator[Row]:
        for provision in kinds:
            for phase in PHASE_KEYS:
                for area, group in cells:
                    found = self.matrix.cell(area, phase, group, provision, self.year)
                    yield self._record(found, row)

    def _record(self, cell: Cell, row: str) -> Row:
        is_own = cell.status != "rolled_up"
        horizon = min(self.year - self.matrix.years[0], LONGEST_TESTED)
        titles = self.matrix.wanted.grouping.titles
        return {
            "row": row,
            "area": cell.area,
            "area_name": self.names[cell.area],
            "phase": cell.phase,
            "need": cell.group,
            "need_title": titles.get(cell.group, "All needs"),
            "provision": cell.provision,
            "plans_resting_on": cell.plans,
            "demand": _bands(cell.demand) if is_own else None,
            "places": self._open_places(cell) if cell.provision in GAP_PROVISIONS else None,
            "placed": _short(cell.placed) if is_own else None,
            "gap": _bands(cell.gap) if is_own else None,
            "gap_at_settings": _bands(cell.gap_at_settings) if is_own else None,
            "over": _short(cell.over) if is_own else None,
            "spare": _short(cell.spare) if is_own else None,
            "p_gap": _short(cell.chance) if is_own else None,
            "first_short_year": cell.first_short if is_own else None,
            "expected": self._expected(cell),
            "status": cell.status,
            "words": cell.words,
            "rolled_up": cell.note if not is_own else "",
            "shown_area": cell.shown_area,
            "shown_need": cell.shown_group,
            "back_test_error": self._error(cell, horizon),
            "back_test_years_ahead": horizon or None,
            "basis": "; ".join(self.matrix.basis),
        }

    def _expected(self, cell: Cell) -> dict[str, float | None]:
        """Return means, which add up over areas, needs, phases and provisions, and so from cells to totals."""
        matrix, year = self.matrix, self.matrix.years.index(self.year)
        plans = matrix.wanted.plans[PROVISIONS.index(cell.provision), PHASE_KEYS.index(cell.phase), year]
        area, group = matrix.areas.index(cell.area), matrix.groups.index(cell.group)
        here = plans if cell.area == COUNTY else plans[:, area : area + 1]
        here = here if cell.group == ALL else here[:, :, group : group + 1]
        demand = float(here.sum(axis=(1, 2), dtype=float).mean())
        block = matrix.blocks.get((cell.provision, cell.phase))
        placed = None if block is None else float(block.placed[year, area, group])
        gap = None if placed is None else demand - placed
        return {"demand": _short(demand), "placed": _short(placed), "gap": _short(gap)}

    def _open_places(self, cell: Cell) -> dict[str, float | None]:
        """Return commissioned places that are open, on their ramp, and the working ones, in settings of the area."""
        grouping, year = self.matrix.wanted.grouping, self.matrix.years.index(self.year)
        keys = (*grouping.keys, "")
        working = sum(
            one.by_year[year]
            for one in self.places
            if (one.provision, one.phase) == (cell.provision, cell.phase)
            and cell.area in (COUNTY, one.area)
            and cell.group in (ALL, keys[grouping.group_of(one.need)])
        )
        return {"open": _short(working / self.settings.working_occupancy), "working": _short(working)}

    def _error(self, cell: Cell, horizon: int) -> float | None:
        if self.backtest is None or horizon < 1:
            return None
        if cell.area == COUNTY:
            level = "county_phase" if cell.group == ALL else ""
        else:
            level = "locality_phase_need_provision"
        return _short(self.backtest.error(level, horizon))


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _bands(bands: Bands | None) -> dict[str, float] | None:
    return None if bands is None else {key: round(value, DECIMALS) for key, value in asdict(bands).items()}


def _about(store: Store, asked: GapsAsked, matrix: GapMatrix, settings: SufficiencySettings) -> dict[str, Any]:
    year, base = asked.year, matrix.years[0]
    testable = matrix.wanted.demand.testable
    said = (
        f"January {year}: the census of {words(census_day(year))}, in the school year {year - 1}/{year % 100:02d}.",
        "Gap: demand less those placed, seen from where children live; gap_at_settings is seen from the settings.",
        "Expected figures and plans add up from cells to totals; medians do not. Places for any need stand with all needs.",
        f"A cell that rests on fewer than {matrix.fewest_plans} plans has no figures of its own: see the row of shown_area "
        "and shown_need.",
        *([] if testable else [f"Probabilities and back-test: {NOT_TESTABLE}."]),
        f"Back-test error: percent, at most {LONGEST_TESTED} years ahead; WAPE for cells of a locality, MAPE for phases of "
        "the county, none for other totals.",
    )
    return {
        "report": "gaps",
        "council": store.profile.name,
        "year": year,
        "base_year": base,
        "scenario": asked.scenario.name,
        "areas": asked.areas,
        "need": asked.need,
        "testable": testable,
        "audience": "officer",
        "snapshot": store.snapshot.id,
        "basis": list(dict.fromkeys(matrix.basis)),
        "assumptions": assumptions(settings),
        "notes": [*said, *asked.said, *dict.fromkeys(matrix.notes)],
    }


def assumptions(settings: SufficiencySettings) -> list[dict[str, Any]]:
    """Return what the gap takes for granted: what, its value and its source."""
    sources = dict(one.split(": ", 1) for one in settings.sources)
    found = (
        ("working occupancy", settings.working_occupancy),
        ("ramp of new places", list(settings.ramp)),
        ("slippage of planned openings, months", settings.slippage_months),
        ("settings admit above their number", settings.over_number),
        ("pupils for each new home", settings.pupils_per_dwelling),
        ("plans that a cell must rest on", settings.fewest_plans),
    )
    return [{"what": what, "value": value, "source": sources.get(what, "assumed")} for what, value in found]


def as_json(found: Gaps) -> dict[str, Any]:
    """Return the gaps in JSON's types."""
    return {**found.about, "rows": list(found.rows), "totals": list(found.totals)}


NESTED = ("demand", "gap", "gap_at_settings", "places", "expected")
PARTS = {
    **dict.fromkeys(("demand", "gap", "gap_at_settings"), ("median", "lower_80", "upper_80", "lower_95", "upper_95")),
    "places": ("open", "working"),
    "expected": ("demand", "placed", "gap"),
}


def as_csv(found: Gaps) -> str:
    """Return the gaps as CSV, totals after the cells; the column "row" tells them apart."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    about = ("year", "base_year", "scenario", "audience", "snapshot")
    lines = [{**_flat(row), **{key: found.about[key] for key in about}} for row in (*found.rows, *found.totals)]
    writer.writerow(list(lines[0]) if lines else [])
    for line in lines:
        writer.writerow([neutral("" if cell is None else cell) for cell in line.values()])
    return buffer.getvalue()


def _flat(row: Row) -> Row:
    flat: Row = {}
    for key, value in row.items():
        if key in PARTS:
            flat |= {f"{key}_{part}": None if value is None else value[part] for part in PARTS[key]}
        else:
            flat[key] = value
    return flat


HEADINGS = ("area", "phase", "need", "provision", "plans", "demand", "80 % band", "places", "placed", "gap", "80 % band",
            "chance", "short from", "")  # fmt: skip
TEXTS = 4


def as_text(found: Gaps) -> list[str]:
    """Return the gaps as lines for a person: totals of the county first, then the cells with figures of their own."""
    about = found.about
    own = [row for row in found.rows if not row["rolled_up"]]
    marks = f" [{', '.join(about['basis'])}]" if about["basis"] else ""
    lines = [f"Gap between demand and places, January {about['year']}, {about['scenario']}: {about['council']}{marks}"]
    lines += [f"* {note}" for note in about["notes"]]
    lines += [f"* Assumption: {one['what']} {one['value']} ({one['source']})." for one in about["assumptions"]]
    lines += ["", *_aligned([*found.totals, *own])]
    if few := len(found.rows) - len(own):
        lines += ["", f"{few} cells rest on too few plans and are within the totals of the county."]
    return lines


def _aligned(rows: Sequence[Row]) -> list[str]:
    cells = [HEADINGS, *(_line(row) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEADINGS))]
    return [
        "  ".join(
            cell.ljust(width) if at < TEXTS or at == len(HEADINGS) - 1 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]


def _line(row: Row) -> tuple[str, ...]:
    def whole(value: float | None) -> str:
        return "" if value is None else format_value(value, 0)

    def band(bands: Mapping[str, float] | None) -> tuple[str, str]:
        if bands is None:
            return "", ""
        return whole(bands["median"]), f"{whole(bands['lower_80'])} to {whole(bands['upper_80'])}"

    chance = row["p_gap"]
    return (
        row["area_name"],
        PHASES[row["phase"]],
        row["need_title"],
        PROVISION_CODES[row["provision"]],
        format_value(row["plans_resting_on"]),
        *band(row["demand"]),
        whole(row["places"]["working"] if row["places"] else None),
        whole(row["placed"]),
        *band(row["gap"]),
        "" if chance is None else f"{100 * chance:.0f} %",
        str(row["first_short_year"] or ""),
        row["words"],
    )
