"""What the making of clusters takes for granted for one council, each with its source."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from geodata.errors import ProfileError
from geodata.profile import PROFILES, Profile
from layers.link_workers.post_weights import PostWeights
from layers.link_workers.workload_settings import ASSUMED, FILE


@dataclass(frozen=True)
class RangeSettings:
    """Which schools lie side by side.

    Attributes
    ----------
    neighbour_km : float
        Straight line; schools further apart are neighbours only where no nearer way links them.
    source : str
        What the figure rests on.
    """

    neighbour_km: float = 10.0
    source: str = ASSUMED


@dataclass(frozen=True)
class CostSettings:
    """Kilometres a week that stand for one of each, in a plan without posts.

    Attributes
    ----------
    compactness : float
        For a kilometre between the two schools of a cluster that lie furthest apart.
    hour_off : float
        For an hour of load above or below the locality's mean for a worker.
    source : str
        What the figures rest on.
    """

    compactness: float = 0.5
    hour_off: float = 2.0
    source: str = ASSUMED


@dataclass(frozen=True)
class SolverSettings:
    """When to stop.

    Attributes
    ----------
    gap : float
        When a plan is proven to be within this share of the best.
    seconds : float
        For all localities together; then the best plan found is taken.
    """

    gap: float = 0.001
    seconds: float = 60.0


@dataclass(frozen=True)
class ClusterSettings:
    """The sections together; `posts` weighs a plan with posts, `cost` one without."""

    range: RangeSettings = field(default_factory=RangeSettings)
    cost: CostSettings = field(default_factory=CostSettings)
    solver: SolverSettings = field(default_factory=SolverSettings)
    posts: PostWeights = field(default_factory=PostWeights)


def cluster_settings(profile: Profile) -> ClusterSettings:
    """Return the assumptions of a council's profile.

    Raises
    ------
    ProfileError
        Naming the key, for one that there is none of, a figure that is not one or is below 0, or a source that is
        empty.
    """
    # Areas that were imported have a folder of their own; the assumptions stay the council's.
    return read_cluster_settings(PROFILES / profile.key / FILE)


@cache
def read_cluster_settings(path: Path) -> ClusterSettings:
    """Return the assumptions of one file; the defaults where there is none, or where it leaves one out."""
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return ClusterSettings(
        _read(RangeSettings, found.get("range", {}), f"{path.name}, [range]"),
        _read(CostSettings, found.get("cost", {}), f"{path.name}, [cost]"),
        _read(SolverSettings, found.get("solver", {}), f"{path.name}, [solver]"),
        _read(PostWeights, found.get("posts_cost", {}), f"{path.name}, [posts_cost]"),
    )


Section = TypeVar("Section", RangeSettings, CostSettings, SolverSettings, PostWeights)


def _read(kind: type[Section], found: Mapping[str, Any], where: str) -> Section:
    """Return one section; see `cluster_settings` for the errors."""
    known = {one.name for one in fields(kind)}
    for key, value in found.items():
        if key not in known:
            raise ProfileError(f"{where}: there is no '{key}'; there are {', '.join(sorted(known))}.")
        if key == "source":
            if not str(value).strip():
                raise ProfileError(f"{where}: the source is empty; 'assumed' where nobody published it.")
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
            raise ProfileError(f"{where}: {key} is {value!r}; a number of at least 0.")
    values: dict[str, Any] = {key: str(value) if key == "source" else float(value) for key, value in found.items()}
    return kind(**values)
