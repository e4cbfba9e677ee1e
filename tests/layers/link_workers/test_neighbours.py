"""Which schools lie side by side."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay

from layers.link_workers.neighbours import neighbours

points = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=25)


def pairs_of(places, limit_km=np.inf):
    east, north = np.array(places, dtype=float).reshape(-1, 2).T
    return [tuple(pair) for pair in neighbours(east, north, limit_km).tolist()]


def parts(count, pairs):
    ends = np.array(pairs).reshape(-1, 2)
    return connected_components(coo_matrix((np.ones(len(ends)), ends.T), shape=(count, count)), directed=False)[0]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], []),
        ([(5, 5)], []),
        ([(0, 0), (9, 9)], [(0, 1)]),
        ([(2, 2), (0, 0), (1, 1), (9, 9)], [(0, 2), (0, 3), (1, 2)]),  # on one line: a chain
        ([(1, 1), (1, 1)], [(0, 1)]),
        ([(0, 0), (1, 0), (0, 1)], [(0, 1), (0, 2), (1, 2)]),
        # Two at one place are neighbours of each other and of everybody next to it.
        ([(0, 0), (0, 0), (3, 0)], [(0, 1), (0, 2), (1, 2)]),
    ],
)
def test_small_cases(places, expected):
    assert pairs_of(places) == expected


def test_long_edges_go_only_where_all_still_hang_together():
    # A triangle of which one point is far away: one of its two long edges stays, the shorter.
    assert pairs_of([(0, 0), (1000, 0), (900, 9000)], limit_km=5) == [(0, 1), (1, 2)]


def test_they_are_the_edges_of_the_triangulation():
    random = np.random.default_rng(3)
    places = random.uniform(0, 20_000, (60, 2))
    expected = {
        tuple(sorted(map(int, (a, b))))
        for one in Delaunay(places).simplices
        for a, b in zip(one, np.roll(one, 1), strict=True)
    }
    assert set(pairs_of(places)) == expected


@settings(deadline=None)
@given(points, st.floats(0.001, 0.05))
def test_all_hang_together_whatever_the_limit(places, limit_km):
    found = pairs_of(places, limit_km)
    assert parts(len(places), found) == 1
    assert found == sorted(set(found))
    assert all(one < other for one, other in found)
    assert set(found) <= set(pairs_of(places))


@settings(deadline=None)
@given(points, st.randoms(use_true_random=False))
def test_the_order_of_schools_changes_nothing(places, random):
    order = list(range(len(places)))
    random.shuffle(order)
    mixed = {tuple(sorted((order[a], order[b]))) for a, b in pairs_of([places[at] for at in order])}
    ties = len(set(places)) < len(places)  # equal points may change their names only among themselves
    named = {tuple(sorted((places[a], places[b]))) for a, b in mixed}
    assert named == {tuple(sorted((places[a], places[b]))) for a, b in pairs_of(places)}
    assert ties or mixed == set(pairs_of(places))
