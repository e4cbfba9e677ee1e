"""What the measures of family centres take for granted for one council, each with its source."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from geodata.errors import ProfileError
from geodata.profile import PROFILES, Profile
from geodata.travel import MODES, Mode
from layers.family_centres.core import LIMITS_MINUTES

FILE = "family_centres.toml"
"""Beside the profile; a profile without it has the defaults of `ReachSettings` and `SitingSettings`."""

DECAYS = ("zones", "gaussian")
"""How the weight of a journey falls with its minutes."""


@dataclass(frozen=True)
class ReachSettings:
    """The assumptions of reach.

    Attributes
    ----------
    mode : Mode
        How people travel where nobody says.
    decay : str
        One of `DECAYS`.
    zone_weights : tuple of float
        Weight of a journey within each of `LIMITS_MINUTES`.
    days_if_unstated : int
        Days a week that a centre is open where the list states none.
    specialist_minutes : tuple of float
        Journeys by car within which specialist places are counted.
    sources : tuple of str
        What each assumption rests on, a line each.
    """

    mode: Mode = "bus"
    decay: str = "zones"
    zone_weights: tuple[float, ...] = (1.0, 0.68, 0.22)
    days_if_unstated: int = 5
    specialist_minutes: tuple[float, ...] = (30.0, 45.0)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class SitingSettings:
    """The assumptions of siting.

    Attributes
    ----------
    low_income_weight : float
        A child aged 0 to 4 in a low-income family counts as so many aged 5 to 17.
    children_per_open_day : float
        Children within reach that one open day a week can serve.
    cost_if_unstated : float
        GBP a year of a building whose cost is not known.
    gap : float
        (cost - bound) / cost from which on a plan counts as solved.
    seconds : float
        Longest search.
    sources : tuple of str
        What each assumption rests on, a line each.
    """

    low_income_weight: float = 3.0
    children_per_open_day: float = 3000.0
    cost_if_unstated: float = 60000.0
    gap: float = 0.005
    seconds: float = 30.0
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class FamilySettings:
    """The assumptions of reach and of siting."""

    reach: ReachSettings = ReachSettings()
    siting: SitingSettings = SitingSettings()


def family_settings(profile: Profile) -> FamilySettings:
    """Return the assumptions of a council's profile.

    Raises
    ------
    ProfileError
        Naming the key that lacks or makes no sense.
    """
    # Areas that were imported have a folder of their own; the assumptions stay the council's.
    return read_settings(PROFILES / profile.key / FILE)


@cache
def read_settings(path: Path) -> FamilySettings:
    """Return the assumptions of one file; the defaults where there is none."""
    if not path.is_file():
        return FamilySettings()
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        settings = FamilySettings(_reach(found["reach"]), _siting(found["siting"]))
    except KeyError as error:
        raise ProfileError(f"{path.name} lacks the key {error}.") from error
    _check(settings, path.name)
    return settings


def _reach(found: Mapping[str, Any]) -> ReachSettings:
    return ReachSettings(
        mode=cast(Mode, found["mode"]),
        decay=str(found["decay"]),
        zone_weights=tuple(map(float, found["zone_weights"])),
        days_if_unstated=int(found["days_if_unstated"]),
        specialist_minutes=tuple(map(float, found["specialist_minutes"])),
        sources=(
            f"how people travel: {found['mode_source']}",
            f"weights by zone of the floating catchment: {found['zone_weights_source']}",
            f"days open where the list states none: {found['days_if_unstated_source']}",
            f"journeys to specialist places: {found['specialist_minutes_source']}",
        ),
    )


def _siting(found: Mapping[str, Any]) -> SitingSettings:
    return SitingSettings(
        low_income_weight=float(found["low_income_weight"]),
        children_per_open_day=float(found["children_per_open_day"]),
        cost_if_unstated=float(found["cost_if_unstated"]),
        gap=float(found["gap"]),
        seconds=float(found["seconds"]),
        sources=(
            f"weight of young children in low-income families: {found['low_income_weight_source']}",
            f"children that one open day a week can serve: {found['children_per_open_day_source']}",
            f"cost of a building where none is stated: {found['cost_if_unstated_source']}",
        ),
    )


def _check(settings: FamilySettings, name: str) -> None:
    """Raise `ProfileError` for an assumption that makes no sense."""
    one, other = settings.reach, settings.siting
    if one.mode not in MODES:
        raise ProfileError(f"{name}: mode is '{one.mode}'. Valid: {', '.join(MODES)}.")
    if one.decay not in DECAYS:
        raise ProfileError(f"{name}: decay is '{one.decay}'. Valid: {', '.join(DECAYS)}.")
    weights = one.zone_weights
    if len(weights) != len(LIMITS_MINUTES) or list(weights) != sorted(weights, reverse=True) or not _shares(weights):
        raise ProfileError(
            f"{name}: zone_weights are {', '.join(f'{weight:g}' for weight in weights)}; give {len(LIMITS_MINUTES)} "
            "weights above 0 and at most 1 that do not rise."
        )
    if not 1 <= one.days_if_unstated <= 7:
        raise ProfileError(f"{name}: days_if_unstated is {one.days_if_unstated}; from 1 to 7.")
    if not one.specialist_minutes or not all(minutes > 0 for minutes in one.specialist_minutes):
        raise ProfileError(f"{name}: specialist_minutes need to be above 0.")
    least = {"low_income_weight": 0.0, "cost_if_unstated": 0.0, "gap": 0.0}
    for key in ("low_income_weight", "children_per_open_day", "cost_if_unstated", "gap", "seconds"):
        number = getattr(other, key)
        if not math.isfinite(number) or number < 0 or (key not in least and number == 0):
            wanted = "at least 0" if key in least else "above 0"
            raise ProfileError(f"{name}: {key} is {number:g}; it is {wanted}.")


def _shares(weights: tuple[float, ...]) -> bool:
    return all(0 < weight <= 1 for weight in weights)
