from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.family_centres.reduction import Worth
from layers.family_centres.siting_room import choose, served, value_of


def of(seed, k=2, atoms=6, sites=6):
    draw = np.random.default_rng(seed)
    gains, weights = draw.integers(0, 9, (atoms, sites)).astype(float), draw.integers(1, 9, atoms).astype(float)
    return Worth(gains, weights, np.arange(sites) < 1, k, draw.integers(2, 14, sites).astype(float))


def test_prices_say_what_one_more_child_is_worth():
    # Ten children, room for six near and nine further off: a seventh near would be worth nothing more, all are served.
    worth = Worth(np.array([[5.0, 2.0]]), np.array([10.0]), np.ones(2, dtype=bool), 0, np.array([6.0, 9.0]))
    found = served(worth, ())
    assert value_of(worth, found) == pytest.approx(38)
    assert found.prices == pytest.approx([2.0])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_never_worse_than_the_start_and_the_best_where_proven(seed):
    worth = of(seed)
    found = choose(worth, (1, 2), lambda _: 0.0, 60.0)
    values = {some: value_of(worth, served(worth, some)) for some in combinations(range(1, 6), 2)}
    mine = value_of(worth, served(worth, found.columns))
    assert found.proven
    assert mine == pytest.approx(max(values.values()))
    assert mine - 1e-6 <= found.bound <= mine + 1e-5
    assert mine >= values[1, 2] - 1e-9


def test_without_time_the_start_is_given_with_a_bound():
    worth = of(5)
    found = choose(worth, (1, 2), lambda _: 0.0, 0.0)
    assert found.columns == (1, 2)
    assert found.bound >= max(value_of(worth, served(worth, some)) for some in combinations(range(1, 6), 2)) - 1e-6
