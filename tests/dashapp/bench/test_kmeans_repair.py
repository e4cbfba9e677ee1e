"""The yardstick must be a fair one: sizes in range, and true clusters found."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashapp.bench.kmeans_repair import kmeans_repair


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=20), st.integers(0, 9))
def test_every_point_once_and_every_size_in_range(places, seed):
    points = np.array(places, dtype=float)
    for k in range(-(-len(points) // 5), len(points) // 3 + 1):
        found = kmeans_repair(points, k, 3, 5, seed)
        assert sorted(at for one in found for at in one) == list(range(len(points)))
        assert all(3 <= len(one) <= 5 for one in found)


def test_clusters_that_are_there_are_found():
    points = np.array([[0, 0], [0, 1], [1, 0], [50, 50], [50, 51], [51, 50], [0, 90], [0, 91], [1, 90]], dtype=float)
    assert sorted(kmeans_repair(points, 3, 3, 5)) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


def test_the_same_seed_gives_the_same():
    points = np.random.default_rng(1).random((30, 2))
    assert kmeans_repair(points, 7, 3, 5, 4) == kmeans_repair(points, 7, 3, 5, 4)


def test_what_cannot_hold_the_points_is_refused():
    with pytest.raises(ValueError, match="2 clusters of 3 to 5 cannot hold 11 points"):
        kmeans_repair(np.zeros((11, 2)), 2, 3, 5)
