"""What it costs that a post has certain schools, in kilometres a week: the same for the solver and for evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np

from layers.link_workers.post_ground import Flags, Indices, Numbers, PostGround

PARTS = ("travel", "compactness", "balance", "handover", "range", "pairs")
"""What the cost is made of, in the order in which it is shown."""


def part_costs(ground: PostGround, columns: Indices, members: Flags, posts: Indices) -> Mapping[str, Numbers]:
    """Return each part of the cost of every post with every cluster.

    Parameters
    ----------
    ground : PostGround
        What a sharing is judged by.
    columns : Indices
        [column]: schools, by where they stand.
    members : Flags
        [cluster, column]: which of them a cluster has.
    posts : Indices
        [post]: by where they stand.

    Returns
    -------
    mapping of str to Numbers
        By part: [post, cluster], or [1, cluster] where it is the same for every post. In kilometres a week.
    """
    weights, rules = ground.weights, ground.rules
    inside = members.astype(float)
    size = inside.sum(axis=1)[None]
    star = star_km(ground, columns, members)[None]
    alone = ~connected(ground, columns, members)[None]
    load = (inside @ ground.load[columns])[None]
    fair = (ground.fair_share * ground.capacity)[posts][:, None]
    outside = np.maximum(0.0, rules.least - size) + np.maximum(0.0, size - rules.most)
    return {
        "travel": _travel_km(ground, columns, inside, posts, star),
        "compactness": weights.compactness * star + weights.not_connected * alone,
        "balance": weights.hour_off * np.abs(load - fair),
        "handover": (inside @ ground.change_costs[np.ix_(posts, columns)].T).T,
        "range": weights.outside * outside,
        "pairs": _broken_wishes(ground, columns, members)[None],
    }


def total_costs(ground: PostGround, columns: Indices, members: Flags, posts: Indices) -> Numbers:
    """Return [post, cluster]: the sum of the parts; for the parameters see `part_costs`."""
    parts = part_costs(ground, columns, members, posts)
    return reduce(np.add, (parts[name] for name in PARTS), np.zeros((len(posts), len(members))))


def star_km(ground: PostGround, columns: Indices, members: Flags) -> Numbers:
    """Return [cluster]: the ways from the middle school, the one that makes their sum least, to the others; km."""
    if not members.size:
        return np.zeros(len(members))
    sums = members.astype(float) @ ground.ways_km[np.ix_(columns, columns)]
    least: Numbers = np.where(members, sums, np.inf).min(axis=1)
    return np.where(members.any(axis=1), least, 0.0)


def connected(ground: PostGround, columns: Indices, members: Flags) -> Flags:
    """Return [cluster]: whether its schools lie side by side, so that one leads to the next; also of none."""
    if not members.size:
        return np.ones(len(members), dtype=bool)
    beside = ground.beside[np.ix_(columns, columns)].astype(np.float32)
    reached = np.zeros(members.shape, dtype=bool)
    reached[np.arange(len(members)), members.argmax(axis=1)] = True
    reached &= members
    for _ in range(int(members.sum(axis=1).max()) - 1):
        more = members & ((reached.astype(np.float32) @ beside) > 0) | reached
        if (more == reached).all():
            break
        reached = more
    same: Flags = (reached == members).all(axis=1)
    return same


def _travel_km(ground: PostGround, columns: Indices, inside: Numbers, posts: Indices, star: Numbers) -> Numbers:
    """Return [post, cluster]: from the base to each school and back; without a base from the middle school."""
    way = ground.base_km[np.ix_(posts, columns)]
    no_base: Flags = np.isnan(way).any(axis=1).reshape(len(posts))
    found: Numbers = 2 * (inside @ np.where(no_base[:, None], 0.0, way).T).T
    return np.where(no_base[:, None], 2 * star, found)


def _broken_wishes(ground: PostGround, columns: Indices, members: Flags) -> Numbers:
    """Return [cluster]: half the weight of each wish of which it has one school without the other.

    The other half falls to the worker who has the other school.
    """
    place = np.full(len(ground.schools), len(columns), dtype=np.int64)
    place[columns] = np.arange(len(columns))
    ends = place[ground.wishes]
    here = (ends < len(columns)).any(axis=1)
    # The last column stands for schools that are not among these.
    inside = np.concatenate([members, np.zeros((len(members), 1), dtype=bool)], axis=1)
    parted = inside[:, ends[here, 0]] ^ inside[:, ends[here, 1]]
    found: Numbers = parted @ (ground.wish_weights[here] / 2)
    return found
