"""Schools in connected clusters, one for each worker to be: the sharing where there are no posts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from geodata.errors import UsageError
from geodata.travel import Numbers
from layers.link_workers.cluster_cost import PARTS, cost_parts, keeps_rules
from layers.link_workers.cluster_ground import ClusterGround, cluster_grounds, has_place
from layers.link_workers.connected import connected_sets
from layers.link_workers.core import Cluster, Plan, Rules, Status, Urn, Work
from layers.link_workers.localities import groups_of
from layers.link_workers.pairs import Pair
from layers.link_workers.partition import Search, partition
from layers.link_workers.pool import Pool, Whole, pool_of
from layers.link_workers.settings import ClusterSettings, CostSettings
from layers.link_workers.unplaced import NO_PLACE, unplaced

WORST: tuple[Status, ...] = ("optimal", "within_gap", "time_limit", "infeasible")

WEIGHTS_NOTE = (
    "The cost of a cluster is the way from its middle school to the others; compactness, balance and wishes are "
    "weighed into it by assumed weights."
)


@dataclass(frozen=True)
class _Locality:
    """One locality solved: its clusters still without their numbers."""

    clusters: tuple[Cluster, ...]
    parts: Mapping[str, float]
    left_over: tuple[tuple[Urn, str], ...]
    status: Status
    gap: float


def cluster_schools(
    work: Work,
    rules: Rules,
    pairs: Sequence[Pair] = (),
    settings: ClusterSettings | None = None,
    *,
    ways_km: Numbers | None = None,
) -> Plan:
    """Share schools into connected clusters, locality by locality, each proven by itself.

    Parameters
    ----------
    work : Work
        The schools; posts are not looked at.
    rules : Rules
        The range, which is hard, and the pairs; locks are for posts.
    pairs : sequence of Pair, optional
        Wishes; those between two localities do not count.
    settings : ClusterSettings, optional
        What parts of the cost weigh, and when to stop.
    ways_km : Numbers, optional
        [school, school] in the order of the work, by road, as long in both directions; the straight line x detour by
        default.

    Returns
    -------
    Plan
        Clusters "1", "2" ... by locality and from north to south. Status and gap are the worst of the localities; a
        school that no cluster can have is left over with the rule.

    Raises
    ------
    InputError
        For a range that is empty, or so wide that the clusters cannot be listed.
    """
    began = time.perf_counter()
    settings = settings or ClusterSettings()
    grounds = cluster_grounds(work, rules, pairs, settings, ways_km)
    groups = groups_of(rules.together, [one.urn for one in work.schools if has_place(one)])
    found: list[_Locality] = []
    for ground in grounds:
        left = settings.solver.seconds - (time.perf_counter() - began)
        found.append(_solved(ground, groups, rules, settings, max(left, 0.0) / (len(grounds) - len(found))))
    nowhere = [(one.urn, NO_PLACE) for one in work.schools if not has_place(one)]
    left_over = sorted([*nowhere, *(pair for one in found for pair in one.left_over)])
    status = WORST[max((WORST.index(one.status) for one in found), default=0)]
    parts = {name: sum(one.parts[name] for one in found) for name in PARTS}
    numbered = enumerate((cluster for one in found for cluster in one.clusters), start=1)
    return Plan(
        clusters=tuple(replace(cluster, post=str(at)) for at, cluster in numbered),
        left_over=tuple(left_over),
        status="infeasible" if left_over else status,
        gap=max((one.gap for one in found), default=0.0),
        cost=sum(parts.values()),
        parts=MappingProxyType(parts),
        seconds=time.perf_counter() - began,
        notes=(WEIGHTS_NOTE,),
    )


def parts_of_clusters(
    work: Work,
    rules: Rules,
    clusters: Iterable[Iterable[Urn]],
    pairs: Sequence[Pair] = (),
    settings: ClusterSettings | None = None,
    *,
    ways_km: Numbers | None = None,
) -> Mapping[str, float]:
    """Return the cost of any clusters, by part, in the same measure as `cluster_schools`.

    Parameters
    ----------
    clusters : iterable of iterables of int
        Schools, by number; each cluster within one locality, none empty.
    work, rules, pairs, settings, ways_km
        As in `cluster_schools`.

    Raises
    ------
    UsageError
        For a cluster with schools of two localities, or with one that there is none of.
    """
    settings = settings or ClusterSettings()
    totals = dict.fromkeys(PARTS, 0.0)
    asked = [frozenset(one) for one in clusters]
    for ground in cluster_grounds(work, rules, pairs, settings, ways_km):
        here = {school.urn: at for at, school in enumerate(ground.schools)}
        own = [one for one in asked if one <= here.keys()]
        asked = [one for one in asked if not one <= here.keys()]
        parts = cost_parts(pool_of(len(here), [[here[urn] for urn in one] for one in own]), ground, settings.cost)
        totals = {name: totals[name] + float(parts[name].sum()) for name in PARTS}
    if asked:
        raise UsageError(f"Schools {', '.join(map(str, sorted(asked[0])))} are not all of one locality of this plan.")
    return MappingProxyType(totals)


def _solved(
    ground: ClusterGround, groups: Sequence[frozenset[Urn]], rules: Rules, settings: ClusterSettings, seconds: float
) -> _Locality:
    count = len(ground.schools)
    # Schools that must have one worker may lie apart from each other: they count as neighbours.
    forced = [(a, b) for one in ground.groups if len(one) <= rules.most for a in one for b in one if a < b]
    linked = np.concatenate([ground.beside, np.array(forced, dtype=np.int64).reshape(-1, 2)])
    pool = connected_sets(count, linked, rules.least, rules.most)
    pool = pool.only(keeps_rules(pool, ground.groups, ground.apart))
    cost = np.sum(list(cost_parts(pool, ground, settings.cost).values()), axis=0)[None]
    search = Search(gap=settings.solver.gap, seconds=seconds)
    found = partition(pool, cost, np.array([count], dtype=np.int64), search)
    clusters, parts = _described(ground, [pool[cluster] for _, cluster in found.chosen], settings.cost)
    reachable = {ground.schools[at].urn for at in np.unique(pool.members).tolist()}
    left = [ground.schools[at].urn for at in found.uncovered]
    return _Locality(
        clusters, parts, unplaced(left, reachable, groups, rules, (count, ground.name)), found.status, found.gap
    )


def _described(
    ground: ClusterGround, chosen: Sequence[tuple[int, ...]], weights: CostSettings
) -> tuple[tuple[Cluster, ...], Mapping[str, float]]:
    """Return clusters from north to south, and what they cost by part."""
    ordered = sorted(chosen, key=lambda one: (-sum(ground.schools[at].northing for at in one) / len(one), one))
    pool: Pool = pool_of(len(ground.schools), ordered)
    parts = cost_parts(pool, ground, weights)
    clusters = []
    for members, km in zip(ordered, parts["travel"].tolist(), strict=True):
        schools = [ground.schools[at] for at in members]
        areas = [school.area for school in schools]
        clusters.append(
            Cluster(
                post="",
                area=max(sorted(set(areas)), key=areas.count),
                schools=tuple(sorted(school.urn for school in schools)),
                load_hours=sum(school.load_hours for school in schools),
                km=km,
                connected=hang_together(members, ground.beside),
            )
        )
    return tuple(clusters), {name: float(parts[name].sum()) for name in PARTS}


def hang_together(members: Sequence[int], beside: Whole) -> bool:
    """Return whether items lead from one to the next by pairs of neighbours, [pair, 2]."""
    inside = beside[np.isin(beside, members).all(axis=1)].tolist()
    reached, last = set(members[:1]), -1
    while len(reached) > last:
        last = len(reached)
        reached |= {one for pair in inside if reached & set(pair) for one in pair}
    return len(reached) == len(set(members))
