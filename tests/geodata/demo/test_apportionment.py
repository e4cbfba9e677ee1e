"""Whole parts add up to the whole and lie within one of their exact share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.demo.apportionment import apportion, even_spread

WEIGHTS = st.lists(st.floats(0.001, 1000), min_size=1, max_size=40)


@given(WEIGHTS, st.integers(0, 100_000))
def test_parts_add_up_and_are_within_one_of_their_share(weights: list[float], total: int) -> None:
    parts = apportion(weights, total)
    exact = np.array(weights) / sum(weights) * total

    assert parts.sum() == total
    assert (abs(parts - exact) < 1 + 1e-6).all()


@pytest.mark.parametrize(
    ("weights", "total", "parts"),
    [([1, 1, 2], 6, [2, 1, 3]), ([5], 3, [3]), ([1, 0, 1], 4, [2, 0, 2]), ([1, 1, 1], 0, [0, 0, 0])],
)
def test_small_cases(weights: list[float], total: int, parts: list[int]) -> None:
    assert apportion(weights, total).tolist() == parts


def test_sizes_rise_about_one() -> None:
    sizes = even_spread(9, 0.5)

    assert (np.diff(sizes) > 0).all()
    assert np.isclose(sizes[4], 1.0)
    assert np.isclose(sizes[0] * sizes[-1], 1.0)
