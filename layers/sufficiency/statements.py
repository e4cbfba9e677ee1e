"""The council's statements on the sufficiency of places, each beside the figures that support or contradict it.

The rules are the model's, not the council's, and documented in `VERDICTS`; the statements stand as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.errors import UsageError
from geodata.printed_send import PrintedStatement, printed_statements
from geodata.profile import PROFILES
from geodata.store import Store
from layers.format import format_range, format_value
from layers.report import Cell, Column, Figure, Report, Table
from layers.sufficiency.core import BROAD_OF_NEED, NEEDS, PHASE_KEYS, PROVISIONS, Demand
from layers.sufficiency.gap import Bands, GapMatrix
from layers.sufficiency.outlook import outlook
from layers.sufficiency.prepared import ensure_forecast
from layers.sufficiency.rollup import COUNTY, HALF_A_PLACE, NOT_TESTABLE

VERDICTS: Mapping[str, str] = {
    "supported": "supported",
    "partly": "partly supported",
    "contradicted": "contradicted",
    "cannot say": "the figures cannot say",
}
"""Verdict -> words.

Plans to accommodate: a locality supports the statement where the whole 80 % band of the growth lies above 0,
contradicts it where the whole band lies at or below 0, and says nothing otherwise or on too few plans; all alike give
that verdict, any support beside others "partly". More places: supported where the county is short, every locality named
is short and the one named in particular is short by most; "partly" where the county is short and the rest does not
hold; contradicted where the 80 % band of the county's gap stays below half a place."""

AHEAD = 5
"""Years from the base to the January that statements are held against: as far as primary ones go.
Assumed."""

PHASES_OF: Mapping[str, str] = {"primary": "primary", "secondary": "secondary", "post-16": "post_16"}

PROVISIONS_OF: Mapping[str, tuple[str, ...]] = {
    "mainstream": ("mainstream",),
    "mainstream including alternative provision": ("mainstream", "alternative"),
    "special": ("special",),
    "further education": ("further_education",),
}
"""The council's words -> provision. Others, such as places with high-level academic education, are in no record."""

HELD_AGAINST_PLACES = ("special",)

NEEDS_OF: Mapping[str, tuple[str, ...]] = {
    "learning difficulties": ("SPLD", "MLD", "SLD", "PMLD"),
    "any SEN": NEEDS,
    "a range of needs": NEEDS,
}
"""The council's words -> primary needs; any other word is a code."""

_PARTICULARLY = re.compile(r"particularly in (?P<where>.+)$")

Draws = npt.NDArray[np.int64]


@dataclass(frozen=True)
class StatementFigure:
    """One figure beside a statement.

    Attributes
    ----------
    area, area_name : str
        Where.
    what : str
        What the figures are: plans, their growth, or children without a place.
    year : int
        January.
    base : int
        Plans of the base year that it rests on.
    bands : Bands
        Median and bands.
    says : str
        "supports", "contradicts" or "cannot say".
    """

    area: str
    area_name: str
    what: str
    year: int
    base: int
    bands: Bands
    says: str


@dataclass(frozen=True)
class StatementBeside:
    """A statement of the council beside the figures.

    Attributes
    ----------
    statement : PrintedStatement
        As printed.
    verdict : str
        One of `VERDICTS`.
    sentence : str
        Why.
    figures : tuple of StatementFigure
        What it rests on, the county last.
    """

    statement: PrintedStatement
    verdict: str
    sentence: str
    figures: tuple[StatementFigure, ...]


@dataclass(frozen=True)
class _Ground:
    demand: Demand
    matrix: GapMatrix
    names: Mapping[str, str]
    year: int

    def code(self, name: str) -> str | None:
        return next((code for code, known in self.names.items() if known.casefold() == name.casefold()), None)

    def plans(self, area: str, phases: Sequence[str], provisions: Sequence[str], needs: Sequence[str]) -> Draws:
        """Return [draw, 2]: plans in the base year and in the year asked about."""
        demand = self.demand
        years = [0, demand.years.index(self.year)]
        areas = [at for at, code in enumerate(demand.areas) if area in (COUNTY, code)]
        draws = np.arange(len(demand.draws))
        grid = np.ix_(
            draws,
            np.array(areas),
            np.array([PHASE_KEYS.index(phase) for phase in phases]),
            np.array([NEEDS.index(need) for need in needs], dtype=np.int64),
            np.array([PROVISIONS.index(provision) for provision in provisions]),
        )
        return np.stack(
            [np.asarray(demand.draws[:, year])[grid].sum(axis=(1, 2, 3, 4), dtype=np.int64) for year in years],
            axis=1,
        )


def statements_beside(
    statements: Sequence[PrintedStatement], demand: Demand, matrix: GapMatrix, names: Mapping[str, str]
) -> tuple[StatementBeside, ...]:
    """Return each statement beside the figures, in the council's order.

    Parameters
    ----------
    statements : sequence of PrintedStatement
        Of the profile.
    demand : Demand
        The forecast.
    matrix : GapMatrix
        Its gap by broad areas of need.
    names : mapping of str to str
        Area -> name, the localities.
    """
    year = min(demand.base_year + AHEAD, demand.years[-1])
    ground = _Ground(demand, matrix, names, year)
    return tuple(_beside(one, ground) for one in statements)


def _beside(one: PrintedStatement, ground: _Ground) -> StatementBeside:
    provisions = PROVISIONS_OF.get(one.provision)
    areas = [ground.code(name) for name in one.localities]
    if provisions is None or not one.phases or None in areas:
        why = (
            f"No record holds \u201c{one.provision}\u201d."
            if provisions is None
            else "The localities or phases it names are not those of the records."
        )
        return StatementBeside(
            one, "cannot say", f"{why} Plans for these needs are shown.", tuple(_context(one, ground))
        )
    phases = [PHASES_OF[phase] for phase in one.phases]
    named = [area for area in areas if area is not None]
    if one.provision in HELD_AGAINST_PLACES:
        return _more_places(one, ground, named, phases)
    return _to_accommodate(one, ground, named, phases, provisions)


def needs_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the primary needs that a statement's words mean, each once."""
    found = [need for word in words for need in NEEDS_OF.get(word, (word,) if word in NEEDS else ())]
    return tuple(dict.fromkeys(found))


def _context(one: PrintedStatement, ground: _Ground) -> Iterator[StatementFigure]:
    phases = [PHASES_OF[phase] for phase in one.phases if phase in PHASES_OF] or list(PHASE_KEYS)
    plans = ground.plans(COUNTY, phases, PROVISIONS, needs_of(one.needs) or NEEDS)
    yield _figure(ground, COUNTY, "plans, all provision", plans[:, 1], int(plans[0, 0]), "cannot say")


def _to_accommodate(
    one: PrintedStatement, ground: _Ground, areas: Sequence[str], phases: Sequence[str], provisions: Sequence[str]
) -> StatementBeside:
    needs = needs_of(one.needs)
    figures = []
    for area in (*areas, COUNTY):
        plans = ground.plans(area, phases, provisions, needs)
        growth, base = plans[:, 1] - plans[:, 0], int(plans[0, 0])
        what = f"growth of plans to accommodate since January {ground.demand.base_year}"
        figure = _figure(ground, area, what, growth, base, "cannot say")
        figures.append(_judged(figure, ground))
    verdict = _together([figure.says for figure in figures[:-1]])
    said = "; ".join(
        f"{figure.area_name} {format_value(figure.bands.median, signed=True)} plans to January {figure.year} "
        f"(80% band {format_range(figure.bands.lower_80, figure.bands.upper_80, signed=True)}, from {figure.base:,})"
        for figure in figures[:-1]
    )
    return StatementBeside(
        one,
        verdict,
        f"{said}. The figures speak of plans to accommodate: capacity of these schools and colleges for children with "
        f"plans is not in the records.{_untested(ground)}",
        tuple(figures),
    )


def _judged(figure: StatementFigure, ground: _Ground) -> StatementFigure:
    bands = figure.bands
    if figure.base < ground.matrix.fewest_plans:
        return figure
    says = "supports" if bands.lower_80 > 0 else "contradicts" if bands.upper_80 <= 0 else "cannot say"
    return StatementFigure(**{**figure.__dict__, "says": says})


def _together(says: Sequence[str]) -> str:
    if all(one == "supports" for one in says):
        return "supported"
    if all(one == "contradicts" for one in says):
        return "contradicted"
    return "partly" if "supports" in says else "cannot say"


def _more_places(
    one: PrintedStatement, ground: _Ground, areas: Sequence[str], phases: Sequence[str]
) -> StatementBeside:
    matrix = ground.matrix
    kinds = [(provision, phase) for provision in PROVISIONS_OF[one.provision] for phase in phases]
    if not any(kind in matrix.blocks for kind in kinds):
        return StatementBeside(one, "cannot say", "No such places are listed.", ())
    needs = needs_of(one.needs)
    groups = tuple(dict.fromkeys(BROAD_OF_NEED[need] for need in needs))
    at = matrix.years.index(ground.year)
    figures = []
    for area in (*areas, COUNTY):
        bands = matrix.short_of([area], kinds, groups)[at]
        base = sum(matrix.plans(*kind)[area, group] for kind in kinds for group in groups)
        short = bands.median >= HALF_A_PLACE
        says = "supports" if short else "contradicts" if bands.upper_80 < HALF_A_PLACE else "cannot say"
        says = "cannot say" if base < matrix.fewest_plans else says
        name = "County" if area == COUNTY else ground.names[area]
        figures.append(StatementFigure(area, name, "children without a place", ground.year, base, bands, says))
    *local, county = figures
    particular = _PARTICULARLY.search(one.words)
    most = max(local, key=lambda figure: figure.bands.median)
    held = particular is None or most.area_name.casefold() == particular["where"].strip().casefold()
    said = "; ".join(f"{figure.area_name} {format_value(figure.bands.median)}" for figure in local)
    sentence = (
        f"Without a place in January {ground.year}: county {format_value(county.bands.median)} (80% band "
        f"{format_range(county.bands.lower_80, county.bands.upper_80)}); {said}. "
        + (f"Most in {most.area_name}. " if most.bands.median >= HALF_A_PLACE else "")
        + f"Needs by broad area: {', '.join(groups)}.{_untested(ground)}"
    )
    if county.says != "supports":
        verdict = "contradicted" if county.says == "contradicts" else "cannot say"
    else:
        verdict = "supported" if held and all(figure.says == "supports" for figure in local) else "partly"
    return StatementBeside(one, verdict, sentence, tuple(figures))


def _untested(ground: _Ground) -> str:
    return "" if ground.demand.testable else f" How sure that is, is {NOT_TESTABLE}."


def _figure(ground: _Ground, area: str, what: str, draws: Draws, base: int, says: str) -> StatementFigure:
    lower_95, lower_80, median, upper_80, upper_95 = np.quantile(draws, (0.025, 0.1, 0.5, 0.9, 0.975)).tolist()
    name = "County" if area == COUNTY else ground.names[area]
    bands = Bands(median, lower_80, upper_80, lower_95, upper_95)
    return StatementFigure(area, name, what, ground.year, base, bands, says)


def statement_record(one: StatementBeside) -> dict[str, Any]:
    """Return a statement with its figures as plain values for JSON."""
    return {**asdict(one), "words": VERDICTS[one.verdict]}


def statements_of(store: Store) -> tuple[StatementBeside, ...]:
    """Return the statements of a council's profile beside the figures of a snapshot.

    Raises
    ------
    UsageError
        If the profile has no statements, or plans or places are not loaded.
    """
    printed = printed_statements(PROFILES / store.profile.key)
    if not printed:
        raise UsageError(f"The profile of {store.profile.name} holds no statements on the sufficiency of places.")
    ensure_forecast(store)
    found = outlook(store)
    return statements_beside(printed, found.demand, found.matrix, store.areas.names["locality"])


def statements_report(store: Store) -> Report:
    """Return the statements as a report: one table of verdicts, one of figures."""
    found = statements_of(store)
    matrix = outlook(store).matrix
    return Report(
        key="statements",
        title="The council's statements on places beside the model's figures",
        period=str(matrix.years[0]),
        when=f"from January {matrix.years[0]}",
        council=store.profile.name,
        about={"audience": "officer", "snapshot": store.snapshot.id},
        basis=tuple(dict.fromkeys(matrix.basis)),
        tables=(_verdicts(found), _figures(found)),
        notes=("Statements as the council prints them, in short; the verdicts are rules of the model.",),
    )


def _verdicts(found: Sequence[StatementBeside]) -> Table:
    titles = ("point", "phase", "provision", "needs", "localities", "statement", "verdict", "why")
    rows: list[dict[str, Cell]] = [
        {
            "point": one.statement.point,
            "phase": "; ".join(one.statement.phases),
            "provision": one.statement.provision,
            "needs": "; ".join(one.statement.needs),
            "localities": "; ".join(one.statement.localities),
            "statement": one.statement.words,
            "verdict": one.verdict,
            "why": one.sentence,
        }
        for one in found
    ]
    columns = tuple(Column(key, key.capitalize(), numeric=False) for key in titles)
    return Table("statements", "Statements", columns, tuple(rows))


def _figures(found: Sequence[StatementBeside]) -> Table:
    titles = {
        "point": "Point", "area": "Area", "what": "What", "year": "January", "base": "Rests on plans",
        "median": "Median", "lower_80": "80% from", "upper_80": "to", "says": "Says",
    }  # fmt: skip
    numeric = ("base", "median", "lower_80", "upper_80")
    rows: list[dict[str, Cell]] = [
        {
            "point": one.statement.point,
            "area": figure.area_name,
            "what": figure.what,
            "year": str(figure.year),
            "base": figure.base,
            **{key: Figure(getattr(figure.bands, key), 0) for key in ("median", "lower_80", "upper_80")},
            "says": figure.says,
        }
        for one in found
        for figure in one.figures
    ]
    columns = tuple(Column(key, title, numeric=key in numeric) for key, title in titles.items())
    return Table("figures", "Figures beside them", columns, tuple(rows))
