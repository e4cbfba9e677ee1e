from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.family_centres.greedy import worth_of
from layers.family_centres.siting_equals import alike, nearest_of_equals

WEIGHTS = np.full(4, 0.25)


def small(seed, sites=7, atoms=9, limit=30):
    """Minutes to one site there is and to candidates: who covers whom it does not, and what they save."""
    draw = np.random.default_rng(seed)
    minutes = draw.integers(5, 60, (atoms, sites)).astype(float)
    there = draw.integers(5, 60, atoms).astype(float)
    weights = draw.integers(1, 5, atoms) / 1.0
    covers = ((minutes <= limit) & ~(there <= limit)[:, None]).astype(float)
    return covers, np.maximum(0.0, there[:, None] - minutes), weights / weights.sum()


def test_a_difference_of_any_size_decides_between_equals():
    covers = np.array([[1.0, 1, 0], [1, 1, 0], [0, 0, 0], [0, 0, 0]])
    savings = np.array([[20.0, 20, 0], [20, 20, 0], [0, 1e-6, 50], [0, 0, 50]])
    assert nearest_of_equals(covers, savings, WEIGHTS, (0,), 9.0).chosen == (1,)


def test_nobody_is_given_up_for_a_shorter_way():
    covers = np.array([[1.0, 0], [0, 0], [0, 0], [0, 0]])
    savings = np.array([[1.0, 0], [0, 59], [0, 59], [0, 59]])
    assert nearest_of_equals(covers, savings, WEIGHTS, (0,), 9.0).chosen == (0,)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_the_shortest_of_all_that_cover_as_many(seed, k):
    covers, savings, weights = small(seed)
    every = list(combinations(range(7), k))
    most = max(worth_of(covers, weights, some) for some in every)
    as_many = [some for some in every if worth_of(covers, weights, some) >= most - 1e-12]
    # From the worst of the equals, so that all has to be found.
    start = min(as_many, key=lambda some: worth_of(savings, weights, some))
    found = nearest_of_equals(covers, savings, weights, start, 60.0)
    assert found.proven
    assert worth_of(covers, weights, found.chosen) == pytest.approx(most)
    best = max(worth_of(savings, weights, some) for some in as_many)
    assert worth_of(savings, weights, found.chosen) == pytest.approx(best, abs=1e-6)


def test_when_the_time_is_up_what_is_known_is_kept_unproven():
    draw = np.random.default_rng(1)
    savings = draw.random((60, 40)) * 50
    found = nearest_of_equals(np.zeros((60, 40)), savings, np.full(60, 1 / 60), tuple(range(8)), 0.0)
    assert len(set(found.chosen)) == 8
    assert not found.proven
    assert worth_of(savings, np.ones(60), found.chosen) >= worth_of(savings, np.ones(60), range(8))


def test_who_is_alike_by_every_measure():
    assert alike(1, np.array([2.0, 2, 2, 1]), np.array([5.0, 4, 4, 4])) == (2,)
    assert alike(0, np.array([2.0, 3.0])) == ()
