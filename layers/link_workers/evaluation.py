"""What a sharing is worth: any allocation as a plan, by the same figures that the solver works with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from layers.link_workers.broken import broken_rules
from layers.link_workers.compare import held_today
from layers.link_workers.core import Cluster, Plan, Urn
from layers.link_workers.post_cost import PARTS, connected, part_costs
from layers.link_workers.post_ground import Numbers, PostGround

NOTHING_PROVEN = "This allocation was made by hand or is today's: nothing is proven of its cost."


def plan_of(ground: PostGround, worker_of: Mapping[Urn, str], cover_of: Mapping[Urn, str] | None = None) -> Plan:
    """Return any allocation as a plan, today's included; the rules that it breaks are notes.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    worker_of : mapping of int to str
        School -> post; schools without one are left over.
    cover_of : mapping of int to str, optional
        School -> the absent or vacant post whose school it stays.

    Returns
    -------
    Plan
        With the status "time_limit" and no gap: nothing is proven. "infeasible" where a rule is broken.

    Raises
    ------
    KeyError
        For a post that there is none of.
    """
    known = {urn: post for urn, post in worker_of.items() if urn in ground.school_at}
    clusters = clusters_of(ground, known, cover_of or {})
    parts = parts_of(ground, known)
    left = tuple((one.urn, "has no worker") for one in ground.schools if one.urn not in known)
    broken = broken_rules(ground, known)
    return Plan(
        clusters=clusters,
        left_over=left,
        status="infeasible" if left or broken else "time_limit",
        gap=None,
        cost=sum(parts.values()),
        parts=MappingProxyType(parts),
        seconds=0.0,
        notes=(NOTHING_PROVEN, *(one.words for one in broken)),
    )


def clusters_of(ground: PostGround, worker_of: Mapping[Urn, str], cover_of: Mapping[Urn, str]) -> tuple[Cluster, ...]:
    """Return the clusters of an allocation, by post; what a post covers for another is a cluster of its own."""
    groups: dict[tuple[str, str], list[Urn]] = {}
    for school in ground.schools:
        if school.urn in worker_of:
            groups.setdefault((worker_of[school.urn], cover_of.get(school.urn, "")), []).append(school.urn)
    keys = sorted(groups, key=lambda key: (ground.post_at[key[0]], key[1]))
    columns = np.arange(len(ground.schools))
    members = np.zeros((len(keys), len(columns)), dtype=bool)
    for row, key in enumerate(keys):
        members[row, [ground.school_at[urn] for urn in groups[key]]] = True
    posts = np.array([ground.post_at[post] for post, _ in keys], dtype=np.int64)
    km = np.diagonal(part_costs(ground, columns, members, posts)["travel"]) if keys else np.zeros(0)
    whole = connected(ground, columns, members)
    today = held_today(ground.work)
    return tuple(
        Cluster(
            post=key[0],
            area=_most(ground, groups[key]),
            schools=tuple(sorted(groups[key])),
            load_hours=float(ground.load[members[row]].sum()),
            km=float(km[row]),
            handed_over=sum(
                ground.schools[ground.school_at[urn]].families
                for urn in groups[key]
                if today.get(urn, key[0]) != key[0]
            ),
            connected=bool(whole[row]),
            cover_for=key[1],
        )
        for row, key in enumerate(keys)
    )


def parts_of(ground: PostGround, worker_of: Mapping[Urn, str]) -> dict[str, float]:
    """Return the cost of an allocation by what it is for, kilometres a week.

    Every post that is present counts, with or without schools, and every other one that has some.
    """
    columns = np.arange(len(ground.schools))
    members = np.zeros((len(ground.posts), len(columns)), dtype=bool)
    for urn, post in worker_of.items():
        members[ground.post_at[post], ground.school_at[urn]] = True
    posts = np.flatnonzero(ground.present | members.any(axis=1))
    found = part_costs(ground, columns, members[posts], posts)
    return {name: _own(found[name]) for name in PARTS}


def _own(costs: Numbers) -> float:
    """Return the sum over posts of what each costs with its own cluster."""
    return float(costs[0].sum() if len(costs) == 1 else np.diagonal(costs).sum())


def _most(ground: PostGround, urns: list[Urn]) -> str:
    areas = [ground.schools[ground.school_at[urn]].area for urn in urns]
    return max(sorted(set(areas)), key=areas.count)
