"""What the sufficiency model takes for granted for one council, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geodata.errors import ProfileError
from geodata.profile import PROFILES, Profile

FILE = "sufficiency.toml"
"""Beside the profile; a profile without it has the defaults of `DEFAULTS`."""


@dataclass(frozen=True)
class Cost:
    """What one place costs.

    Attributes
    ----------
    provision : str
        Code of the kind of provision.
    pounds : float
        In a year, or to build one; GBP.
    year : str
        Prices of this financial year; empty for capital.
    source, status : str
        Where it is from, and "indicative" or "assumed": never without.
    life_years : int
        Over how many years the building is spread; 1 for a yearly cost.
    """

    provision: str
    pounds: float
    year: str
    source: str
    status: str
    life_years: int = 1


@dataclass(frozen=True)
class Expectation:
    """What the council has said it expects: plans maintained in January of a year."""

    year: int
    plans: int
    words: str
    source: str


@dataclass(frozen=True)
class SufficiencySettings:
    """The assumptions of the model.

    Attributes
    ----------
    working_occupancy : float
        Share of open places that can be filled at a census, 0 to 1.
    ramp : tuple of float
        Share of the places of a new school or base that is there in its first, second ... school year.
    slippage_months : int
        Added to the opening of every planned scheme.
    over_number : bool
        Whether settings admit above their places.
    draws, years_ahead, fewest_plans, fewest_transitions : int
        See the profile's file.
    pupils_per_dwelling : float
        Children and young people with a place in education for each new home.
    detour, minutes_per_km : float
        From straight line to road, and from road to time.
    over_miles, over_minutes : tuple of float
        Distances and journeys that children are counted beyond.
    costs, capital : tuple of Cost
        By kind of provision.
    expectations : tuple of Expectation
        The council's own.
    sources : tuple of str
        What each assumption rests on, a line each.
    """

    working_occupancy: float = 0.95
    ramp: tuple[float, ...] = (0.25, 0.5, 0.75, 1.0)
    slippage_months: int = 0
    over_number: bool = False
    draws: int = 1000
    years_ahead: int = 10
    fewest_plans: int = 20
    fewest_transitions: int = 3
    pupils_per_dwelling: float = 0.4
    detour: float = 1.3
    minutes_per_km: float = 1.9
    over_miles: tuple[float, ...] = (2.0, 3.0)
    over_minutes: tuple[float, ...] = (45.0, 75.0)
    costs: tuple[Cost, ...] = ()
    capital: tuple[Cost, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    sources: tuple[str, ...] = ()


def sufficiency_settings(profile: Profile) -> SufficiencySettings:
    """Return the assumptions of a council's profile.

    Raises
    ------
    ProfileError
        Naming the key, for a ramp that is negative or falls, an occupancy not above 0 and at most 1, a cost below 0 or
        without source, or another assumption below `LEAST`.
    """
    # Areas that were imported have a folder of their own; the assumptions stay the council's.
    return read_settings(PROFILES / profile.key / FILE)


@cache
def read_settings(path: Path) -> SufficiencySettings:
    """Return the assumptions of one file; the defaults where there is none."""
    if not path.is_file():
        return SufficiencySettings()
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    places, model, housing, travel = (found.get(key, {}) for key in ("places", "model", "housing", "travel"))
    try:
        settings = SufficiencySettings(
            working_occupancy=float(places["working_occupancy"]),
            ramp=tuple(map(float, places["ramp"])),
            slippage_months=int(places["slippage_months"]),
            over_number=bool(places["over_number"]),
            draws=int(model["draws"]),
            years_ahead=int(model["years_ahead"]),
            fewest_plans=int(model["fewest_plans"]),
            fewest_transitions=int(model["fewest_transitions"]),
            pupils_per_dwelling=float(housing["pupils_per_dwelling"]),
            detour=float(travel["detour"]),
            minutes_per_km=float(travel["minutes_per_km"]),
            over_miles=tuple(map(float, travel["over_miles"])),
            over_minutes=tuple(map(float, travel["over_minutes"])),
            costs=tuple(
                Cost(one["provision"], float(one["annual"]), one["year"], one["source"], one["status"])
                for one in found.get("costs", ())
            ),
            capital=tuple(
                Cost(one["provision"], float(one["each"]), "", one["source"], one["status"], int(one["years"]))
                for one in found.get("capital", ())
            ),
            expectations=tuple(
                Expectation(int(one["year"]), int(one["plans"]), one["words"], one["source"])
                for one in found.get("expectations", ())
            ),
            sources=(
                f"working occupancy: {places['working_occupancy_source']}",
                f"ramp of new places: {places['ramp_source']}",
                f"pupils for each new home: {housing['pupils_per_dwelling_source']}",
                f"travel: {travel['source']}",
            ),
        )
    except KeyError as error:
        raise ProfileError(f"{path.name} lacks the key {error}.") from error
    check_ramp(settings.ramp)
    _check_least(settings, path.name)
    if not 0 < settings.working_occupancy <= 1:
        raise ProfileError(f"{path.name}: working_occupancy is {settings.working_occupancy}; above 0 and at most 1.")
    return settings


LEAST: Mapping[str, float] = {
    "slippage_months": 0,
    "draws": 1,
    "years_ahead": 1,
    "fewest_plans": 0,
    "fewest_transitions": 1,
    "pupils_per_dwelling": 0,
    "detour": 1,
    "minutes_per_km": 0,
}
"""The least that an assumption can be: below it, it makes no sense."""


def _check_least(settings: SufficiencySettings, name: str) -> None:
    """Raise `ProfileError` for an assumption below `LEAST`, or a price below nothing."""
    for key, least in LEAST.items():
        if not (found := getattr(settings, key)) >= least:
            raise ProfileError(f"{name}: {key} is {found:g}; it is at least {least:g}.")
    for cost in (*settings.costs, *settings.capital):
        if not (cost.pounds >= 0 and cost.life_years >= 1):
            raise ProfileError(
                f"{name}: the price of '{cost.provision}' is {cost.pounds:g} over {cost.life_years:g} years; a price "
                "is at least 0, over at least 1 year."
            )


def check_ramp(ramp: tuple[float, ...]) -> None:
    """Raise `ProfileError` for a ramp that is empty, negative, above 1 or falls."""
    said = ", ".join(f"{share:g}" for share in ramp) or "nothing"
    if not ramp or any(not 0 <= share <= 1 for share in ramp) or list(ramp) != sorted(ramp):
        raise ProfileError(
            f"A ramp of {said} makes no sense: give shares from 0 to 1 that do not fall, such as 0.25, 0.5, 0.75, 1."
        )
