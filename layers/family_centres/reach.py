"""Reach: how many children have an open centre within 10, 20 and 30 minutes, and how much of what it offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.store import Store
from geodata.travel import Mode, Points, Travel, travel
from layers.family_centres.catchment import Catchment, Decay, catchment, gaussian, zones
from layers.family_centres.core import FAR_MINUTES, LIMITS_MINUTES, Centre, Ground, Group, Numbers, ReachRow
from layers.family_centres.ground import ground_of
from layers.family_centres.settings import ReachSettings, family_settings
from layers.kept import per_store

COUNTY = "county"
"""Stands for the code of the whole county."""

PER_CHILDREN = 1000.0
ESTIMATED, PARTLY = "estimated travel", "partly estimated travel"

POINT_KINDS: Mapping[str, str] = {"building": "building:{}", "area_of_search": "{}"}
"""Kind of a place -> what an imported matrix calls it; every other kind is a centre."""


@dataclass(frozen=True)
class Reach:
    """Reach by one mode of travel.

    Attributes
    ----------
    ground : Ground
        What it rests on.
    travel : Travel
        [atom, open centre].
    rows : tuple of ReachRow
        By group, then locality, the county last.
    catchments : mapping of str to Catchment
        Key of the group -> what falls to its children, opening days a week.
    """

    ground: Ground
    travel: Travel
    rows: tuple[ReachRow, ...]
    catchments: Mapping[str, Catchment]


@per_store
def reach_of(store: Store, mode: Mode) -> Reach:
    """Return the reach of the centres that are open; kept with the store.

    Raises
    ------
    UsageError
        Where no list of centres is loaded.
    """
    ground, settings = ground_of(store), family_settings(store.profile).reach
    found = travel(store, mode, ground.points, points_of(ground.centres))
    supply = opening_days(ground.centres, settings)
    shares = {
        group.key: catchment(group.children, supply, found.minutes, decay_of(settings)) for group in ground.groups
    }
    return Reach(ground, found, reach(ground, found), shares)


def points_of(places: Sequence[Centre]) -> Points:
    """Return the places as travel takes them; without coordinates they have none, but keep their key."""

    def metres(values: Iterable[float | None]) -> Numbers:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    return Points(
        tuple(POINT_KINDS.get(one.kind, "centre:{}").format(one.key) for one in places),
        metres(one.easting for one in places),
        metres(one.northing for one in places),
    )


def decay_of(settings: ReachSettings) -> Decay:
    """Return how the weight of a journey falls with its minutes."""
    return gaussian() if settings.decay == "gaussian" else zones(settings.zone_weights)


def opening_days(places: Iterable[Centre], settings: ReachSettings) -> Numbers:
    """Return [place]: days a week; where none are stated those assumed in the settings."""
    return np.array([float(len(one.days) or settings.days_if_unstated) for one in places])


def travel_words(found: Travel) -> tuple[str, ...]:
    """Return whether journeys are estimated, all or in part; nothing where all that are known were measured."""
    estimated = np.isfinite(found.minutes) & ~found.measured
    return () if not estimated.any() else (PARTLY,) if found.measured.any() else (ESTIMATED,)


def nearest_minutes(found: Travel) -> Numbers:
    """Return [atom]: minutes to the nearest centre; infinite where there is none."""
    return np.asarray(found.minutes.min(axis=1, initial=np.inf))


def is_far(found: Travel) -> npt.NDArray[np.bool_]:
    """Return [atom]: whether no centre is within `FAR_MINUTES`."""
    return np.asarray(~(nearest_minutes(found) <= FAR_MINUTES))


def reach(ground: Ground, found: Travel) -> tuple[ReachRow, ...]:
    """Count the children within each of `LIMITS_MINUTES` of the nearest centre.

    All children of a small area travel as from the point where it has its residents.

    Parameters
    ----------
    ground : Ground
        Children by small area, and localities.
    found : Travel
        [atom, centre].

    Returns
    -------
    tuple of ReachRow
        By group, then locality as they are listed, then the county: what the localities add up to.
    """
    minutes = nearest_minutes(found)
    within = np.array([minutes <= limit for limit in LIMITS_MINUTES], dtype=np.float64)
    return tuple(row for group in ground.groups for row in _rows(ground, group, within))


def _rows(ground: Ground, group: Group, within: Numbers) -> list[ReachRow]:
    at = {code: place for place, (code, _) in enumerate(ground.area_names)}
    inside = [place for place, area in enumerate(ground.areas) if area in at]
    areas = np.array([at[ground.areas[place]] for place in inside], dtype=np.int64)
    children = group.children[inside]
    sums = [np.bincount(areas, part, len(at)) for part in (children, *(children * one[inside] for one in within))]
    rows = [
        ReachRow(code, name, group.key, float(sums[0][place]), tuple(float(one[place]) for one in sums[1:]))
        for place, (code, name) in enumerate(ground.area_names)
    ]
    total = [float(one.sum()) for one in sums]
    return [*rows, ReachRow(COUNTY, "County", group.key, total[0], tuple(total[1:]))]


def mean_scores(ground: Ground, group: Group, shared: Catchment) -> dict[str, float | None]:
    """Return area -> opening days a week for 1,000 of its children: their mean score; None where there is no child.

    Parameters
    ----------
    ground : Ground
        Localities.
    group : Group
        Children by small area.
    shared : Catchment
        Of that group.
    """
    parts: dict[str, list[int]] = {code: [] for code, _ in ground.area_names}
    for place, area in enumerate(ground.areas):
        parts.get(area, []).append(place)
    parts[COUNTY] = [place for here in parts.values() for place in here]
    found: dict[str, float | None] = {}
    for area, here in parts.items():
        children = float(group.children[here].sum())
        days = float((group.children[here] * shared.scores[here]).sum())
        found[area] = PER_CHILDREN * days / children if children else None
    return found
