"""What a cluster costs without posts."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.link_workers.cluster_cost import PARTS, cost_parts, keeps_rules
from layers.link_workers.cluster_ground import ClusterGround
from layers.link_workers.pool import pool_of
from layers.link_workers.settings import CostSettings

WEIGHTS = CostSettings(compactness=0.5, hour_off=2.0)


def ground_of(at, load, wishes=(), fair=5.0):
    """Return schools on one road, by kilometre."""
    along = np.array(at, dtype=float)
    table = np.zeros((len(along), len(along)))
    for a, b, weight in wishes:
        table[a, b] = table[b, a] = weight
    none = np.zeros((0, 2), dtype=np.int64)
    ways = np.abs(along[:, None] - along)
    return ClusterGround("a", "A", (), ways, np.array(load, dtype=float), fair, table, none, (), ())


def test_by_hand():
    ground = ground_of([0, 1, 5, 9], [1, 2, 3, 4], [(0, 1, 8.0), (1, 3, 2.0)])
    found = cost_parts(pool_of(4, [(0, 1, 2), (1, 3), (2,), (0, 1, 2, 3)]), ground, WEIGHTS)
    # From the school at 1 to those at 0 and 5; from either of two; none; from 1 (or 5) to 0, 5 and 9.
    assert found["travel"].tolist() == [5, 8, 0, 13]
    assert found["compactness"].tolist() == [2.5, 4, 0, 4.5]
    assert found["balance"].tolist() == [2, 2, 4, 10]
    # The first parts 1 and 3; the second parts 0 and 1; the third has no wish; the last keeps all.
    assert found["pairs"].tolist() == [1, 4, 0, 0]
    assert tuple(found) == PARTS


@given(st.lists(st.integers(0, 2), min_size=6, max_size=6), st.sets(st.sampled_from(list(combinations(range(6), 2)))))
def test_a_broken_wish_counts_once_over_a_plan(labels, wishes):
    ground = ground_of(range(6), [1] * 6, [(a, b, 1.0 + a) for a, b in wishes])
    clusters = [[at for at in range(6) if labels[at] == label] for label in set(labels)]
    broken = sum(1.0 + a for a, b in wishes if labels[a] != labels[b])
    assert cost_parts(pool_of(6, clusters), ground, WEIGHTS)["pairs"].sum() == pytest.approx(broken)


def test_no_cluster_costs_nothing():
    found = cost_parts(pool_of(2, []), ground_of([0, 1], [1, 1]), WEIGHTS)
    assert all(part.shape == (0,) for part in found.values())


def test_groups_whole_or_not_at_all_and_pairs_apart():
    pool = pool_of(5, [(0, 1), (0, 1, 2), (1, 2), (3, 4), (2, 3)])
    assert keeps_rules(pool, [frozenset({0, 1, 2})], []).tolist() == [False, True, False, True, False]
    assert keeps_rules(pool, [], [frozenset({3, 4}), frozenset({0, 2})]).tolist() == [True, False, True, False, True]
    assert keeps_rules(pool, [], []).all()
