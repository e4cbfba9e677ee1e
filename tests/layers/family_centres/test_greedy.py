from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from layers.family_centres.greedy import greedy, interchange, worth_of

# Three places in a row; the middle one is worth something to everybody, the ends much to their own.
GAINS = np.array([[5.0, 3.0, 0.0], [0.0, 3.0, 0.0], [0.0, 3.0, 5.0]])


def test_takes_what_adds_most_and_can_be_misled():
    assert greedy(GAINS, np.ones(3), 1) == (1,)
    assert greedy(GAINS, np.ones(3), 2) == (1, 0)
    assert worth_of(GAINS, np.ones(3), (0, 2)) == 10
    assert worth_of(GAINS, np.ones(3), (1, 0)) == 11


def test_an_exchange_mends_what_greedy_missed():
    gains = np.array([[4.0, 3.0, 0.0], [4.0, 3.0, 0.0], [0.0, 3.0, 4.0], [0.0, 3.0, 4.0]])
    assert greedy(gains, np.ones(4), 2) == (1, 0)
    assert sorted(interchange(gains, np.ones(4), (1, 0))) == [0, 2]


def test_of_equal_ones_the_first():
    assert greedy(np.ones((2, 3)), np.ones(2), 2) == (0, 1)
    assert greedy(GAINS, np.ones(3), 0) == ()


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_never_worse_than_the_start_and_within_the_known_guarantee(seed, k):
    draw = np.random.default_rng(seed)
    gains, weights = draw.integers(0, 9, (6, 5)).astype(float), draw.integers(1, 9, 6).astype(float)
    first = greedy(gains, weights, k)
    better = interchange(gains, weights, first)
    best = max(worth_of(gains, weights, some) for some in combinations(range(5), k))
    assert len(set(better)) == len(set(first)) == k
    assert worth_of(gains, weights, first) >= (1 - 1 / np.e) * best - 1e-9
    assert worth_of(gains, weights, first) <= worth_of(gains, weights, better) <= best
