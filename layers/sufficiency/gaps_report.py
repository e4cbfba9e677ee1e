"""The gap of one January as rows for machines and people: every cell, and the totals that the cells add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geodata.areas import EXTRA_AREAS
from geodata.errors import UsageError
from geodata.periods import census_day, words
from geodata.store import Store
from layers.format import format_range, format_value
from layers.sufficiency.core import BROAD_AREAS, GAP_PROVISIONS, PROVISIONS
from layers.sufficiency.effects import settings_of
from layers.sufficiency.gap import GapMatrix
from layers.sufficiency.gaps_cells import CELL, LONGEST_TESTED, TOTAL, CellRows, Row
from layers.sufficiency.grouping import ALL, BY_NEED, needs_in
from layers.sufficiency.options import KINDS, Case
from layers.sufficiency.outlook import case_of, finer, outlook
from layers.sufficiency.prepared import ensure_forecast
from layers.sufficiency.rollup import COUNTY, HALF_A_PLACE, NOT_TESTABLE
from layers.sufficiency.scenario import BASE_CASE
from layers.sufficiency.scenario_options import Scenario
from layers.sufficiency.settings import SufficiencySettings

BROAD = "broad"
"""Needs by broad area: the default view."""

AREAS = ("locality", "county")


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
    scenario: Scenario = BASE_CASE
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
    ask = CellRows(matrix, case.supply.places, settings, found.backtest, names, asked.year)
    kinds = PROVISIONS if asked.every_provision else GAP_PROVISIONS
    areas = [COUNTY] if asked.areas == COUNTY else list(matrix.areas[:-1])
    cells = [(area, group) for area in areas for group in groups]
    wholes = [] if ALL in groups else [(area, ALL) for area in areas]
    wholes += [] if asked.areas == COUNTY else [(COUNTY, group) for group in dict.fromkeys((*groups, ALL))]
    return Gaps(
        about=_about(store, asked, case, matrix, settings),
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


def county_sentence(case: Case, year: int) -> str:
    """Return by how many the county is short in special schools, bases and independent ones, from when, and what comes.

    Parameters
    ----------
    case : Case
        A scenario, or the base case.
    year : int
        Of the January census.
    """
    matrix = case.matrix
    bands = matrix.short_of([COUNTY], KINDS, [ALL])
    at = matrix.years.index(year)
    here = bands[at]
    short = [band.median >= HALF_A_PLACE for band in bands]
    first = next((since for place, since in enumerate(matrix.years) if all(short[place:])), None)
    said = (
        f"January {year}: {format_value(here.median)} children without a specialist place "
        f"(80% band {format_range(here.lower_80, here.upper_80)})"
    )
    said += f", short from January {first} on" if first else ""
    planned = [place for place in case.supply.places if place.planned and place.provision in GAP_PROVISIONS]
    if not planned:
        return f"{said}; no further places are planned."
    places = sum(place.by_year[at] for place in planned)
    schemes = len({(place.urn, place.setting, place.opens) for place in planned})
    return f"{said}, with {format_value(places)} working places of {schemes:,} planned schemes counted in."


def _about(
    store: Store, asked: GapsAsked, case: Case, matrix: GapMatrix, settings: SufficiencySettings
) -> dict[str, Any]:
    year, base = asked.year, matrix.years[0]
    testable = matrix.wanted.demand.testable
    said = (
        f"January {year}: the census of {words(census_day(year))}, in the school year {year - 1}/{year % 100:02d}.",
        "Gap: demand less those placed, seen from where children live; gap_at_settings is seen from the settings.",
        "Expected figures and plans add up from cells to totals; medians do not. Places for any need stand with all "
        "needs.",
        f"A cell that rests on fewer than {matrix.fewest_plans} plans has no figures of its own: see the row of "
        "shown_area and shown_need.",
        *([] if testable else [f"Probabilities and back-test: {NOT_TESTABLE}."]),
        f"Back-test error: WAPE in percent of all cells of the same level, at most {LONGEST_TESTED} years ahead; none "
        "for needs one by one, for homes unknown or outside, and for provision without a gap.",
    )
    return {
        "report": "gaps",
        "council": store.profile.name,
        "sentence": county_sentence(case, year),
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
