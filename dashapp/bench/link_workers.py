"""Clusters of a council's own schools: how long they take, what is proven, and against k-means with repair."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from dashapp.bench.kmeans_repair import kmeans_repair
from geodata.importing import import_file
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.link_workers.cluster_cost import cost_parts
from layers.link_workers.cluster_ground import cluster_grounds
from layers.link_workers.clusters import cluster_schools
from layers.link_workers.core import Rules, Work
from layers.link_workers.pairs import Pair, default_pairs
from layers.link_workers.pool import pool_of
from layers.link_workers.settings import ClusterSettings
from layers.link_workers.work import facts_by_school, plan_day, work_of

SEEDS = 3


def measure_link_workers(
    schools: Path, least: int = 3, most: int = 5, settings: ClusterSettings | None = None
) -> dict[str, Any]:
    """Return seconds, gap and cost of the clusters of a list of schools, and the cost of k-means with repair.

    Of k-means there are two: as it is usually run, with the middle of the range, and the best of every number of
    clusters and some seeds, judged by the cost that it does not know itself.

    Parameters
    ----------
    schools : Path
        A file of the dataset "schools".
    least, most : int, optional
        Schools per worker.
    settings : ClusterSettings, optional
        What parts of the cost weigh, and when to stop.
    """
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        import_file(workspace, "schools", schools, basis="real")
        store = Store(Workspace(workspace).current(), ahead=False, schemes=("locality",))
        day = plan_day(store)
        work = work_of(store, day)
        pairs = default_pairs(work, facts_by_school(store, day))
    return compared(work, Rules(least, most, hard=True), pairs, settings)


def compared(
    work: Work, rules: Rules, pairs: tuple[Pair, ...], settings: ClusterSettings | None = None
) -> dict[str, Any]:
    """Return what `measure_link_workers` does, of schools that are read already."""
    settings = settings or ClusterSettings()
    plan = cluster_schools(work, rules, pairs, settings)
    usual, best = 0.0, 0.0
    for ground in cluster_grounds(work, rules, pairs, settings):
        points = np.array([[one.easting, one.northing] for one in ground.schools])
        count = len(ground.schools)
        middle = round(count / ((rules.least + rules.most) / 2))
        costs = {}
        for k in range(-(-count // rules.most), count // rules.least + 1):
            for seed in range(SEEDS):
                found = kmeans_repair(points, k, rules.least, rules.most, seed)
                parts = cost_parts(pool_of(count, found), ground, settings.cost)
                costs[k, seed] = float(sum(part.sum() for part in parts.values()))
        usual += costs[middle, 0]
        best += min(costs.values())
    return {
        "schools": len(work.schools),
        "clusters": len(plan.clusters),
        "left_over": len(plan.left_over),
        "status": plan.status,
        "gap_percent": None if plan.gap is None else 100 * plan.gap,
        "seconds": plan.seconds,
        "cost_km": plan.cost,
        "kmeans_repair_km": usual,
        "kmeans_repair_best_km": best,
        "lower_percent": 100 * (1 - plan.cost / usual),
        "lower_than_best_percent": 100 * (1 - plan.cost / best),
    }
