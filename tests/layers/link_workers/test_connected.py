"""Sets of schools that hang together."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError
from layers.link_workers import connected as tried
from layers.link_workers.connected import connected_sets

COUNT = 8
graphs = st.sets(st.sampled_from(list(combinations(range(COUNT), 2))))


def hangs_together(members, pairs):
    reached = {members[0]}
    for _ in members:
        reached |= {one for pair in pairs if set(pair) <= set(members) and reached & set(pair) for one in pair}
    return reached == set(members)


def sets_of(items, pairs, least, most):
    pool = connected_sets(items, np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2), least, most)
    return [pool[at] for at in range(len(pool))]


@settings(deadline=None)
@given(graphs, st.integers(1, 3), st.integers(0, 3))
def test_every_connected_set_once(pairs, least, more):
    expected = [
        members
        for size in range(least, least + more + 1)
        for members in combinations(range(COUNT), size)
        if hangs_together(members, pairs)
    ]
    assert sets_of(COUNT, pairs, least, least + more) == expected


def test_a_path_and_a_ring():
    path = [(at, at + 1) for at in range(9)]
    assert len(sets_of(10, path, 3, 5)) == 8 + 7 + 6
    assert len(sets_of(10, [*path, (0, 9)], 3, 5)) == 10 * 3


def test_fewer_schools_than_the_least_make_none():
    assert sets_of(2, [(0, 1)], 3, 5) == []


def test_a_range_that_is_empty_is_refused():
    with pytest.raises(InputError, match="From 5 to 3 schools per worker cannot be"):
        sets_of(4, [(0, 1)], 5, 3)


def test_too_many_sets_are_refused_with_the_remedy(monkeypatch):
    monkeypatch.setattr(tried, "MOST_SETS", 20)
    with pytest.raises(InputError, match="narrower range than 1 to 8"):
        sets_of(8, list(combinations(range(8), 2)), 1, 8)


def test_many_schools_are_listed_as_well():
    # More schools and sets than fit into one number: 64 schools in 11s on a ring.
    ring = [(at, (at + 1) % 64) for at in range(64)]
    found = sets_of(64, ring, 11, 11)
    assert len(found) == len(set(found)) == 64
    assert found == sorted(found)


def test_far_too_many_are_refused_before_they_are_listed(monkeypatch):
    monkeypatch.setattr(tried, "MOST_SETS", 8)
    with pytest.raises(InputError, match="more than 8 clusters of up to 2 schools"):
        sets_of(8, list(combinations(range(8), 2)), 2, 8)
