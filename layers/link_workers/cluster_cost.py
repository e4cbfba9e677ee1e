"""What a cluster of schools costs where there are no posts, in kilometres a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from geodata.travel import Numbers
from layers.link_workers.cluster_ground import ClusterGround
from layers.link_workers.pool import Pool
from layers.link_workers.settings import CostSettings

PARTS = ("travel", "compactness", "balance", "pairs")
"""What the cost is made of, in the order in which it is shown."""


def cost_parts(pool: Pool, ground: ClusterGround, weights: CostSettings) -> Mapping[str, Numbers]:
    """Return the parts of the cost of each cluster.

    "travel" is the sum of the ways from the middle school, the one that makes it least (the medoid), to the others;
    "compactness" weighs the longest way between two schools, "balance" the hours off the fair load. "pairs" has half of
    the weight of each wish of which the cluster has one school without the other, so that over a whole plan each broken
    wish counts once.

    Parameters
    ----------
    pool : Pool
        Clusters; items are the schools of the ground.
    ground : ClusterGround
        What they are judged by.
    weights : CostSettings
        What the parts count.

    Returns
    -------
    mapping of str to Numbers
        By `PARTS`: [cluster], at least 0.
    """
    star, span, inside = (np.zeros(len(pool)) for _ in range(3))
    for size in np.unique(pool.sizes).tolist():
        which, members = pool.of_size(size)
        star[which] = np.inf
        for at in range(size):  # one school after the other, so that memory is enough for large pools
            ways = ground.ways_km[members[:, [at]], members]
            star[which] = np.minimum(star[which], ways.sum(axis=1))
            span[which] = np.maximum(span[which], ways.max(axis=1))
            inside[which] += ground.wishes[members[:, [at]], members].sum(axis=1) / 2
    half = pool.sums(ground.wishes.sum(axis=1)) / 2
    return {
        "travel": star,
        "compactness": weights.compactness * span,
        "balance": weights.hour_off * np.abs(pool.sums(ground.load_hours) - ground.fair_hours),
        "pairs": np.maximum(half - inside, 0.0),
    }


def keeps_rules(pool: Pool, groups: Iterable[frozenset[int]], apart: Iterable[frozenset[int]]) -> npt.NDArray[np.bool_]:
    """Return [cluster]: whether it has all or none of each group, and not both of any pair that must be apart."""
    keep = np.ones(len(pool), dtype=bool)
    for items, most in [*((one, len(one)) for one in groups), *((one, 0) for one in apart)]:
        mark = np.zeros(pool.items)
        mark[list(items)] = 1.0
        count = pool.sums(mark)
        keep &= (count == 0) | (count == most) if most else count <= 1
    return keep
