"""What the load of schools, the hours of posts and the wishes for pairs take for granted, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geodata.errors import ProfileError
from geodata.profile import PROFILES, Profile
from layers.school_kinds import STATE_KINDS

FILE = "link_workers.toml"
"""Beside the profile; what it leaves out has the defaults of the classes here."""

ASSUMED = "assumed"

_BASE = {
    "nursery": 1.0, "primary": 1.5, "secondary": 3.0, "all_through": 4.0, "post_16": 1.5, "special": 2.0,
    "alternative": 2.0, "none": 1.5,
}  # fmt: skip
_ROLL = {
    "nursery": 80, "primary": 250, "secondary": 1050, "all_through": 1300, "post_16": 300, "special": 150,
    "alternative": 40, "none": 250,
}  # fmt: skip
_FAMILY = {"1": 0.0, "2": 0.5, "3": 1.0, "4": 0.0}


def _fixed(values: Mapping[str, float]) -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in values.items()})


@dataclass(frozen=True)
class WorkloadSettings:
    """How many hours a week a school asks of its link worker.

    Attributes
    ----------
    base_hours : mapping of str to float
        By kind of school (`layers.school_kinds.STATE_KINDS`): what any school of that kind takes.
    family_hours : mapping of str to float
        By level of an open family of early help; a level of 0 hours is not worked, and not handed over.
    unstated_level : str
        The level that a case without one counts as.
    cme_hours, fsm_pupil_hours, pupil_hours : float
        For each open case of missing education, each pupil eligible for free school meals, each pupil.
    roll : mapping of str to float
        By kind: pupils of a school whose roll is not known and whose kind has no other school with one.
    fsm_percent : float
        Where the file has no free school meals at all.
    bands : tuple of float
        Hours from which on a load is "middle", and "high".
    source : str
        What the figures rest on.
    """

    base_hours: Mapping[str, float] = field(default_factory=lambda: _fixed(_BASE))
    family_hours: Mapping[str, float] = field(default_factory=lambda: _fixed(_FAMILY))
    unstated_level: str = "2"
    cme_hours: float = 0.5
    fsm_pupil_hours: float = 0.008
    pupil_hours: float = 0.0006
    roll: Mapping[str, float] = field(default_factory=lambda: _fixed(_ROLL))
    fsm_percent: float = 12.0
    bands: tuple[float, float] = (2.5, 4.5)
    source: str = ASSUMED


@dataclass(frozen=True)
class PostSettings:
    """How many hours a post has for its schools.

    Attributes
    ----------
    direct_share : float
        Of the hours by contract: the rest goes to travel, recording, training, supervision and leave.
    hours_unstated : float
        A week, of a post that states none.
    source : str
        What the figures rest on.
    """

    direct_share: float = 0.6
    hours_unstated: float = 18.5
    source: str = ASSUMED


@dataclass(frozen=True)
class PairSettings:
    """Which schools should rather have one worker, and how much: kilometres a week that parting them counts as.

    Attributes
    ----------
    infant_junior, one_site, liaison_group, secondary : float
        The weight of each kind of wish; 0 for none.
    infant_junior_km, same_name_km : float
        How far apart an infant and a junior school may lie, and those of one name.
    one_site_metres : float
        Schools so near stand on one site, as do those of one postcode.
    liaison_nearest : int
        Each school is wished together with so many nearest ones of its group.
    secondary_km : float
        How far the secondary school may lie.
    source : str
        What the figures rest on.
    """

    infant_junior: float = 8.0
    one_site: float = 10.0
    liaison_group: float = 1.0
    secondary: float = 0.5
    infant_junior_km: float = 1.5
    same_name_km: float = 3.0
    one_site_metres: float = 100.0
    liaison_nearest: int = 2
    secondary_km: float = 6.0
    source: str = ASSUMED


@dataclass(frozen=True)
class LoadSettings:
    """The three together."""

    workload: WorkloadSettings = field(default_factory=WorkloadSettings)
    posts: PostSettings = field(default_factory=PostSettings)
    pairs: PairSettings = field(default_factory=PairSettings)


def load_settings(profile: Profile) -> LoadSettings:
    """Return the assumptions of a council's profile.

    Raises
    ------
    ProfileError
        Naming the key, for one that there is none of, a figure below 0, a share of hours not above 0 and at most 1, or
        bands that do not rise.
    """
    # Areas that were imported have a folder of their own; the assumptions stay the council's.
    return read_load_settings(PROFILES / profile.key / FILE)


@cache
def read_load_settings(path: Path) -> LoadSettings:
    """Return the assumptions of one file; the defaults where there is none, or where it leaves one out."""
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    try:
        settings = LoadSettings(
            _workload(found.get("workload", {})),
            PostSettings(**found.get("posts", {})),
            PairSettings(**found.get("pairs", {})),
        )
        _check(settings, path.name)
    except ProfileError:
        raise
    except (TypeError, ValueError) as error:
        raise ProfileError(f"{path.name}: {error}.") from error
    return settings


def _workload(said: Mapping[str, Any]) -> WorkloadSettings:
    given = dict(said)
    for key, whole in (("base_hours", _BASE), ("family_hours", _FAMILY), ("roll", _ROLL)):
        if key in given:
            if unknown := sorted(set(given[key]) - set(whole)):
                raise ValueError(f"{key} has no '{unknown[0]}'; valid are {', '.join(whole)}")
            given[key] = _fixed({**whole, **given[key]})
    if "bands" in given:
        middle, high = given["bands"]
        given["bands"] = (float(middle), float(high))
    return WorkloadSettings(**given)


def _check(settings: LoadSettings, name: str) -> None:
    """Raise `ProfileError` for a figure that makes no sense."""
    load, posts, pairs = settings.workload, settings.posts, settings.pairs
    figures = {f"{key} of {part}": value for key in ("base_hours", "family_hours", "roll")
               for part, value in getattr(load, key).items()}  # fmt: skip
    figures |= {key: getattr(load, key) for key in ("cme_hours", "fsm_pupil_hours", "pupil_hours", "fsm_percent")}
    figures |= {key: value for key, value in vars(pairs).items() if key != "source"}
    figures["hours_unstated"] = posts.hours_unstated
    for key, value in figures.items():
        if not value >= 0:
            raise ProfileError(f"{name}: {key} is {value:g}; it is at least 0.")
    if not 0 < posts.direct_share <= 1:
        raise ProfileError(f"{name}: direct_share is {posts.direct_share:g}; above 0 and at most 1.")
    if not 0 < load.bands[0] < load.bands[1]:
        raise ProfileError(f"{name}: the bands {load.bands[0]:g} and {load.bands[1]:g} do not rise from above 0.")
    if load.unstated_level not in load.family_hours or set(load.base_hours) != set(STATE_KINDS):
        raise ProfileError(f"{name}: unstated_level '{load.unstated_level}' is no level, or a kind of school lacks.")
