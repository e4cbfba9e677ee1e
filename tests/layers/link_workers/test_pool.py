"""Clusters as arrays."""

import numpy as np
import pytest

from layers.link_workers.pool import Pool, pool_of

POOL = pool_of(5, [(2, 0), (4,), (1, 3, 2)])


def test_members_rise_and_are_given_back():
    assert len(POOL) == 3
    assert [POOL[at] for at in range(3)] == [(0, 2), (4,), (1, 2, 3)]
    assert POOL.sizes.tolist() == [2, 1, 3]


def test_sums_and_the_highest_of_an_item():
    assert POOL.sums(np.array([1.0, 2.0, 4.0, 8.0, 16.0])).tolist() == [5, 16, 14]
    assert POOL.highest(np.array([3.0, 1.0, 7.0])).tolist() == [3, 7, 7, 7, 1]


def test_clusters_of_one_size():
    which, members = POOL.of_size(3)
    assert which.tolist() == [2]
    assert members.tolist() == [[1, 2, 3]]


def test_some_of_them():
    some = POOL.only(np.array([True, False, True]))
    assert [some[at] for at in range(len(some))] == [(0, 2), (1, 2, 3)]
    assert len(POOL.only(np.zeros(3, dtype=bool))) == 0


def test_none_at_all():
    empty = pool_of(2, [])
    assert isinstance(empty, Pool)
    assert len(empty) == 0
    assert empty.sums(np.ones(2)).tolist() == []
    assert empty.highest(np.zeros(0)).tolist() == [0, 0]


@pytest.mark.parametrize("wrong", [(), (1, 1), (-1, 2), (2, 5)])
def test_what_is_no_cluster(wrong):
    with pytest.raises(ValueError, match="each of its items once"):
        pool_of(5, [wrong])
