from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.family_centres.greedy import greedy, worth_of
from layers.family_centres.reduction import Worth, relaxed
from layers.family_centres.siting_programme import by_room


def of(gains, weights, k, always=(), room=None):
    opened = np.isin(np.arange(gains.shape[1]), list(always))
    return Worth(gains, weights, opened, k, room)


def test_proves_a_clear_case():
    gains = np.array([[9.0, 1.0, 0.0], [8.0, 0.0, 1.0]])
    found = relaxed(of(gains, np.ones(2), 1), (0,), 17.0)
    assert found.bound == pytest.approx(17.0)
    assert found.hopeless.tolist() == [False, True, True]


@given(st.integers(0, 10_000), st.integers(1, 3))
def test_nothing_is_better_than_the_bound_and_nobody_who_could_help_is_left_out(seed, k):
    draw = np.random.default_rng(seed)
    gains, weights = draw.integers(0, 9, (7, 6)).astype(float), draw.integers(1, 9, 7).astype(float)
    known = greedy(gains, weights, k)
    value = worth_of(gains, weights, known)
    found = relaxed(of(gains, weights, k), known, value)
    worths = {some: worth_of(gains, weights, some) for some in combinations(range(6), k)}
    assert found.bound >= max(worths.values()) - 1e-9
    for some, worth in worths.items():
        if worth > value + 1e-6:
            assert not found.hopeless[list(some)].any()
    assert not found.hopeless[list(known)].any()


@given(st.integers(0, 10_000))
def test_the_same_where_room_is_limited(seed):
    draw = np.random.default_rng(seed)
    gains, weights = draw.integers(0, 9, (5, 5)).astype(float), draw.integers(1, 9, 5).astype(float)
    room = draw.integers(2, 12, 5).astype(float)

    def worth(some):
        opened = of(gains, weights, 0, (0, *some), room)
        return float(weights @ (gains * by_room(opened, (), 0.0, 60.0).shares).sum(axis=1))

    worths = {some: worth(some) for some in combinations(range(1, 5), 2)}
    found = relaxed(of(gains, weights, 2, (0,), room), (1, 2), worths[1, 2])
    assert found.bound >= max(worths.values()) - 1e-6
    for some, value in worths.items():
        if value > worths[1, 2] + 1e-6:
            assert not found.hopeless[list(some)].any()
