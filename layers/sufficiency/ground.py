"""What a scenario is held against: the areas, schools and censuses of a snapshot."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata import engine
from geodata.areas import OUTSIDE, UNKNOWN
from geodata.periods import census_day, words
from geodata.store import Row, Store
from layers.sites import area_of, open_places
from layers.sufficiency.pipeline import is_planned, slipped
from layers.sufficiency.scenario_fields import refuse
from layers.sufficiency.scenario_options import (
    Diversion,
    IndependentAvoided,
    NewBase,
    NewSchool,
    Option,
    Reform,
    Retention,
    Scenario,
    Slippage,
    kind_of,
)

SCHEME = "locality"
FAR_METRES = 5_000.0
"""A point with no postcode of the pack so near lies outside the county."""

SOME = 12
"""Codes that an error lists before it says how many more there are."""


@dataclass(frozen=True)
class Site:
    """Where something stands.

    Attributes
    ----------
    name : str
        Of the school; empty for a place without one.
    area : str
        Code, "outside" or "unknown".
    easting, northing : float or None
        British National Grid, metres.
    """

    name: str
    area: str
    easting: float | None = None
    northing: float | None = None


@dataclass(frozen=True)
class Ground:
    """What a scenario can name.

    Attributes
    ----------
    years : tuple of int
        Of the January censuses; the first is the base year, as counted.
    areas : mapping of str to str
        Code -> name of the localities.
    schools : mapping of int to Site
        By unique reference number: schools and settings that are loaded and open.
    site_of_postcode : callable
        From a postcode to its site; None for one that is not known.
    area_of_point : callable
        From an easting and a northing to the code of the area, by the nearest postcode: estimated.
    """

    years: tuple[int, ...]
    areas: Mapping[str, str]
    schools: Mapping[int, Site]
    site_of_postcode: Callable[[str], Site | None]
    area_of_point: Callable[[float, float], str]

    def site(self, option: NewSchool | NewBase) -> Site:
        """Return where a new school or base stands; area "unknown" where nothing says so."""
        if isinstance(option, NewBase):
            return self.schools[option.setting_urn]
        if option.postcode:
            return self.site_of_postcode(option.postcode) or Site(option.name, UNKNOWN)
        if option.easting is not None and option.northing is not None:
            area = self.area_of_point(option.easting, option.northing)
            return Site(option.name, area, option.easting, option.northing)
        return Site(option.name, option.area or UNKNOWN)


def ground_of(store: Store, years: Sequence[int]) -> Ground:
    """Return what scenarios on a snapshot can name.

    Parameters
    ----------
    store : Store
        Schools are found in the lists of schools and of provision, whichever are loaded.
    years : sequence of int
        Those of the demand.
    """
    schools: dict[int, Site] = {}
    for dataset, urn, name in (("provision", "setting_urn", "setting_name"), ("schools", "urn", "name")):
        for row in open_places(store, dataset)[1] if store.part(dataset) else ():
            if row.get(urn) is not None:
                schools[int(row[urn])] = Site(str(row[name]), area_of(store, SCHEME, row), *_point(row))
    of_atom, postcodes = store.areas.of_atom[SCHEME], store.profile.directory / "postcodes.parquet"

    def site_of_postcode(postcode: str) -> Site | None:
        rows = _ask(postcodes, "SELECT lsoa, easting, northing FROM postcodes WHERE postcode = ?", [postcode])
        return Site("", of_atom.get(str(rows[0][0]), OUTSIDE), float(rows[0][1]), float(rows[0][2])) if rows else None

    def area_of_point(easting: float, northing: float) -> str:
        squared = "(easting - ?) ** 2 + (northing - ?) ** 2"
        rows = _ask(
            postcodes, f"SELECT lsoa, {squared} AS far FROM postcodes ORDER BY far LIMIT 1", [easting, northing]
        )
        near = bool(rows) and float(rows[0][1]) <= FAR_METRES**2
        return of_atom.get(str(rows[0][0]), OUTSIDE) if near else OUTSIDE

    return Ground(tuple(years), store.areas.names[SCHEME], schools, site_of_postcode, area_of_point)


def _point(row: Row) -> tuple[float | None, float | None]:
    easting, northing = row.get("easting"), row.get("northing")
    if easting is None or northing is None or math.isnan(easting) or math.isnan(northing):
        return None, None
    return float(easting), float(northing)


def _ask(path: Path, question: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        connection.read_parquet(str(path)).create_view("postcodes")
        return connection.execute(question, values).fetchall()


def check_scenario(scenario: Scenario, ground: Ground) -> None:
    """Refuse a scenario that does not fit a snapshot.

    Parameters
    ----------
    scenario : Scenario
        From `layers.sufficiency.scenario.scenario_of`.
    ground : Ground
        From `ground_of`.

    Raises
    ------
    UsageError
        Naming the option and the remedy: an area or a school that is not there, an opening that lies in the past, or
        anything after the last year of the forecast.
    """
    months = sum(one.months for one in scenario.of(Slippage))
    for number, option in enumerate(scenario.options, 1):
        where = f"Option {number} ({kind_of(option)})"
        _check_area(option, ground, where)
        if isinstance(option, NewSchool | NewBase):
            _check_site(option, ground, where)
            _check_opening(option, months, ground, where)
        if isinstance(option, IndependentAvoided | Diversion | Retention | Reform):
            _check_year(option.from_year, ground, where)


def _check_area(option: Option, ground: Ground, where: str) -> None:
    area = option.area if isinstance(option, NewSchool | IndependentAvoided) else ""
    if area and area not in ground.areas:
        valid = ", ".join(f"{code} ({name})" for code, name in ground.areas.items())
        refuse(f"{where}, 'area'", f"no area '{area}'. Valid: {valid}.")


def _check_site(option: NewSchool | NewBase, ground: Ground, where: str) -> None:
    if isinstance(option, NewBase) and option.setting_urn not in ground.schools:
        codes = sorted(ground.schools)
        some = ", ".join(f"{urn} ({ground.schools[urn].name})" for urn in codes[:SOME]) or "none is loaded"
        more = f" and {len(codes) - SOME} more" if len(codes) > SOME else ""
        refuse(
            f"{where}, 'setting_urn'",
            f"no open school or setting with the number {option.setting_urn} is loaded. Import the list of schools, "
            f"or choose one of: {some}{more}.",
        )
    if isinstance(option, NewSchool) and option.postcode and ground.site_of_postcode(option.postcode) is None:
        refuse(
            f"{where}, 'postcode'",
            f"{option.postcode} is not among the postcodes of this council and its neighbours. Give the area, or "
            "easting and northing.",
        )


def _check_opening(option: NewSchool | NewBase, months: int, ground: Ground, where: str) -> None:
    first, last = ground.years[0], ground.years[-1]
    if not is_planned(option.opens, first):
        refuse(
            f"{where}, 'opens'",
            f"{words(option.opens)} lies in the past: plans and places are counted as they were on "
            f"{words(census_day(first))}. Places that were open by then belong in the list of provision; give a later "
            "first day.",
        )
    if slipped(option.opens, months) > census_day(last):
        slip = f" and slips by {months} months" if months else ""
        refuse(
            f"{where}, 'opens'",
            f"it opens on {words(option.opens)}{slip}; the forecast ends with {words(census_day(last))}, so that it "
            "would change nothing.",
        )


def _check_year(year: int, ground: Ground, where: str) -> None:
    first, last = ground.years[0] + 1, ground.years[-1]
    if not first <= year <= last:
        past = " lies in the past:" if year < first else ":"
        refuse(f"{where}, 'from_year'", f"{year}{past} give a January census of the forecast, {first} to {last}.")
