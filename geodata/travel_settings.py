"""What the estimate of journeys takes for granted for one council, each with its source."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geodata import profile as profiles
from geodata.errors import ProfileError
from geodata.profile import Profile

FILE = "travel.toml"
"""Beside the profile; a council without it has that of `FALLBACK`."""

FALLBACK = "buckinghamshire"

WAYS = ("walk", "bus", "car")


@dataclass(frozen=True)
class Pace:
    """How people get on in one kind of settlement.

    Attributes
    ----------
    detour : float
        The way over the straight line, at least 1.
    local_kmh : float
        Speed near an end of the way that lies there.
    wait_minutes : float
        Walk to the stop, wait, and walk from the stop.
    """

    detour: float
    local_kmh: float
    wait_minutes: float


@dataclass(frozen=True)
class Way:
    """One way of travel.

    Attributes
    ----------
    town, village : Pace
        By the kind of settlement at an end.
    local_km : float
        How much of the way, at each end, is gone at that end's speed.
    between_kmh : float
        Speed of the rest.
    source : str
        What the figures rest on.
    """

    town: Pace
    village: Pace
    local_km: float
    between_kmh: float
    source: str


@dataclass(frozen=True)
class Roads:
    """Speeds on a road network.

    Attributes
    ----------
    walk_kmh, access_kmh : float
        On foot, and by car from a place to the nearest road.
    reach_km : float
        A place farther than this from the network is not on it.
    car_kmh : mapping of str to float
        Kind of road in OpenStreetMap (``highway``) -> speed; a car uses no other.
    source : str
        What the figures rest on.
    """

    walk_kmh: float
    access_kmh: float
    reach_km: float
    car_kmh: Mapping[str, float]
    source: str


@dataclass(frozen=True)
class TravelSettings:
    """The assumptions.

    Attributes
    ----------
    radius_km : float
        Around the middle of a small area.
    town_postcodes_per_km2 : float
        With at least as many live postcodes within it, it is town.
    ways : mapping of str to Way
        Mode -> how people get on.
    roads : Roads
        For a road network.
    sources : tuple of str
        What each assumption rests on, a line each.
    """

    radius_km: float
    town_postcodes_per_km2: float
    ways: Mapping[str, Way]
    roads: Roads
    sources: tuple[str, ...]


def travel_settings(profile: Profile) -> TravelSettings:
    """Return the assumptions of a council's profile, or those of `FALLBACK` where it has none of its own.

    Raises
    ------
    ProfileError
        Naming the key that is missing or makes no sense: a detour below 1, a speed of nothing, a part without source.
    """
    # Areas that were imported have a folder of their own; the assumptions stay the council's.
    own = profiles.PROFILES / profile.key / FILE
    return read_settings(own if own.is_file() else Path(__file__).parent / "profiles" / FALLBACK / FILE)


@cache
def read_settings(path: Path) -> TravelSettings:
    """Return the assumptions of one file.

    Raises
    ------
    ProfileError
        As `travel_settings`.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        settlement, roads = found["settlement"], found["roads"]
        settings = TravelSettings(
            _number(settlement, "radius_km"),
            _number(settlement, "town_postcodes_per_km2", least=0),
            MappingProxyType({key: _way(found[key]) for key in WAYS}),
            Roads(
                _number(roads, "walk_kmh"),
                _number(roads, "access_kmh"),
                _number(roads, "reach_km"),
                MappingProxyType({kind: _number(roads["car_kmh"], kind) for kind in roads["car_kmh"]}),
                _source(roads),
            ),
            tuple(f"{key}: {_source(found[key])}" for key in ("settlement", *WAYS, "roads")),
        )
    except KeyError as error:
        raise ProfileError(f"{path.name} lacks the key {error}.") from error
    except (ValueError, TypeError) as error:
        raise ProfileError(f"{path.name}: {error}") from error
    _require_no_gain(settings, path.name)
    return settings


def _way(found: Mapping[str, Any]) -> Way:
    town, village = (
        Pace(
            _number(found[kind], "detour", least=1),
            _number(found[kind], "local_kmh"),
            _number(found[kind], "wait_minutes", least=0),
        )
        for kind in ("town", "village")
    )
    return Way(town, village, _number(found, "local_km", least=0), _number(found, "between_kmh"), _source(found))


def _number(found: Mapping[str, Any], key: str, *, least: float | None = None) -> float:
    """Return a number that is at least `least`, or above 0 where no least is given."""
    number = float(found[key])
    if not math.isfinite(number) or (number <= 0 if least is None else number < least):
        raise ValueError(f"{key} is {number:g}; it is {'above 0' if least is None else f'at least {least:g}'}.")
    return number


def _source(found: Mapping[str, Any]) -> str:
    source = str(found["source"]).strip()
    if not source:
        raise ValueError('a source is blank; say where the figures are from, or "assumed".')
    return source


def _require_no_gain(settings: TravelSettings, name: str) -> None:
    """Refuse a bus whose way is shorter than that on foot: whoever takes it farther would go fewer kilometres."""
    walk, bus = settings.ways["walk"], settings.ways["bus"]
    if bus.town.detour < walk.town.detour or bus.village.detour < walk.village.detour:
        raise ProfileError(f"{name}: the detour by bus is below that on foot; make it at least as long.")
