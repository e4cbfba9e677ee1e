"""What clusters are judged by where there are no posts: schools, ways, wishes, rules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.travel import Numbers
from layers.link_workers.core import Rules, School, Urn, Work
from layers.link_workers.journeys import straight_journeys
from layers.link_workers.localities import by_locality, groups_of
from layers.link_workers.neighbours import neighbours
from layers.link_workers.pairs import Pair
from layers.link_workers.pool import Whole
from layers.link_workers.settings import ClusterSettings


@dataclass(frozen=True)
class ClusterGround:
    """Schools of one locality, by number.

    Attributes
    ----------
    area, name : str
        The locality: code, and what people call it.
    schools : tuple of School
        Those that have a place on the map.
    ways_km : Numbers
        [school, school]: by road.
    load_hours : Numbers
        [school]: a week.
    fair_hours : float
        Load that a worker should have: the mean for one with so many schools as is the middle of the range.
    wishes : Numbers
        [school, school]: kilometres a week that parting the two counts as; symmetric, 0 on the diagonal.
    beside : Whole
        [pair, 2]: which schools lie side by side.
    groups, apart : tuple of frozenset of int
        Schools that must have one worker, and pairs that must not, by where they stand.
    """

    area: str
    name: str
    schools: tuple[School, ...]
    ways_km: Numbers
    load_hours: Numbers
    fair_hours: float
    wishes: Numbers
    beside: Whole
    groups: tuple[frozenset[int], ...]
    apart: tuple[frozenset[int], ...]


def cluster_grounds(
    work: Work, rules: Rules, pairs: Sequence[Pair], settings: ClusterSettings, ways_km: Numbers | None = None
) -> tuple[ClusterGround, ...]:
    """Return the ground of each locality, in their order.

    Parameters
    ----------
    work : Work
        The schools.
    rules : Rules
        The range, and the pairs.
    pairs : sequence of Pair
        Wishes; those between two localities do not count.
    settings : ClusterSettings
        What lies side by side.
    ways_km : Numbers, optional
        [school, school] in the order of the work; the straight line x detour by default.
    """
    ways = straight_journeys(work).ways_km if ways_km is None else ways_km
    place = {school.urn: at for at, school in enumerate(work.schools)}
    placed = [one for one in work.schools if has_place(one)]
    groups = groups_of(rules.together, [one.urn for one in placed])
    found = []
    for code, schools in by_locality(placed, groups, work.area_names).items():
        own = [place[school.urn] for school in schools]
        here = {school.urn: at for at, school in enumerate(schools)}
        load = np.array([school.load_hours for school in schools], dtype=float)
        easting, northing = (np.array([getattr(one, key) for one in schools]) for key in ("easting", "northing"))
        found.append(
            ClusterGround(
                area=code,
                name=work.area_names.get(code, code),
                schools=tuple(schools),
                ways_km=ways[np.ix_(own, own)],
                load_hours=load,
                fair_hours=float(load.mean()) * (rules.least + rules.most) / 2,
                wishes=_wishes(pairs, here),
                beside=neighbours(easting, northing, settings.range.neighbour_km),
                groups=_places(groups, here),
                apart=_places(sorted(rules.apart, key=sorted), here),
            )
        )
    return tuple(found)


def has_place(school: School) -> bool:
    """Return whether a school has a place on the map."""
    return math.isfinite(school.easting) and math.isfinite(school.northing)


def _places(sets: Sequence[frozenset[Urn]], here: dict[Urn, int]) -> tuple[frozenset[int], ...]:
    return tuple(frozenset(here[urn] for urn in one) for one in sets if one <= here.keys())


def _wishes(pairs: Sequence[Pair], here: dict[Urn, int]) -> Numbers:
    found = np.zeros((len(here), len(here)))
    for pair in pairs:
        if pair.urns <= here.keys():
            a, b = (here[urn] for urn in sorted(pair.urns))
            found[a, b] = found[b, a] = pair.weight
    return found
