"""From a plan in hand to a proven one."""

import time
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.link_workers.master import Programme
from layers.link_workers.pool import pool_of
from layers.link_workers.sharing import share_out

POOL = pool_of(4, [one for size in (1, 2, 3) for one in combinations(range(4), size)])
ALONE = [owner * len(POOL) + owner for owner in range(4)]


def programme(costs, least=0):
    return Programme(POOL, costs, np.ones(4, dtype=np.int64), (least, 4), 1e4)


def best(costs, least):
    """Return the least cost by giving each item to each owner."""
    number = {POOL[at]: at for at in range(len(POOL))}
    found = np.inf
    for owners in product(range(4), repeat=4):
        own = {owner: tuple(item for item in range(4) if owners[item] == owner) for owner in set(owners)}
        if len(own) >= least and all(one in number for one in own.values()):
            found = min(found, sum(costs[owner, number[one]] for owner, one in own.items()))
    return found


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), least=st.integers(0, 4))
def test_it_is_the_best_of_all(seed, least):
    rng = np.random.default_rng(seed)
    costs = np.where(rng.random((4, len(POOL))) < 0.2, np.inf, rng.integers(0, 50, (4, len(POOL))).astype(float))
    costs.ravel()[ALONE] = 60.0
    found = share_out(programme(costs, least), np.array(ALONE), lambda _: 0.0, time.perf_counter() + 20)
    assert found.cost == pytest.approx(best(costs, least))
    assert found.bound == pytest.approx(found.cost)


def test_without_time_the_plan_in_hand_stays_and_the_bound_holds():
    costs = np.random.default_rng(1).random((4, len(POOL))) * 9
    found = share_out(programme(costs), np.array(ALONE), lambda _: 0.0, time.perf_counter() - 1)
    assert found.columns.tolist() == ALONE
    assert found.bound <= best(costs, 0) + 1e-9


def test_good_enough_is_enough():
    costs = np.random.default_rng(2).random((4, len(POOL))) * 9
    found = share_out(programme(costs), np.array(ALONE), lambda _: 1e9, time.perf_counter() + 20)
    assert found.columns.tolist() == ALONE
