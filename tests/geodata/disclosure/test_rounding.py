"""Rounding: what a reader knows always holds the truth, and depends on nothing but the figure shown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.disclosure.core import Cube
from geodata.disclosure.primary import too_small
from geodata.disclosure.rounding import HELD_BACK, figures, rounded, shown
from geodata.disclosure.thresholds import DEFAULTS

PUBLIC, PARTNER = DEFAULTS["public"], DEFAULTS["partner"]


def cube(counts):
    n = len(counts)
    keys = tuple(("t", f"{cell:04d}") for cell in range(n))
    return Cube(keys, np.array(counts), np.arange(n + 1), np.arange(n), n, np.ones(n))


def test_to_the_nearest():
    assert rounded(np.array([0, 2, 3, 7, 8, 12, 13]), 5).tolist() == [0, 0, 5, 5, 10, 10, 15]
    assert rounded(np.array([4, 5, 14, 15]), 10).tolist() == [0, 10, 10, 20]
    assert rounded(np.array([4, 5]), 1).tolist() == [4, 5]


def test_a_reader_knows_two_more_or_less():
    one = cube([0, 8, 12, 13, 100, 3])
    held = np.array([0, 0, 0, 0, 0, 1], dtype=bool)
    found = shown(one, held, held, PUBLIC)
    assert found.low.tolist() == [0, 8, 8, 13, 98, 0]
    assert found.high.tolist() == [0, 12, 12, 17, 102, -1]
    assert figures(one, held, PUBLIC).tolist() == [0, 10, 10, 15, 100, HELD_BACK]


def test_without_rounding_a_reader_knows_the_count():
    found = shown(cube([0, 6, 90]), np.zeros(3, dtype=bool), np.zeros(3, dtype=bool), PARTNER)
    assert found.low.tolist() == found.high.tolist() == [0, 6, 90]


def test_what_is_too_small_is_never_shown():
    nothing = np.zeros(1, dtype=bool)
    with pytest.raises(ValueError, match="too small"):
        shown(cube([3]), nothing, nothing, PUBLIC)
    with pytest.raises(ValueError, match="too small"):
        shown(cube([30]), ~nothing, nothing, PUBLIC)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=30), st.integers(1, 30), st.integers(1, 9))
@settings(deadline=None)
def test_limits_hold_the_truth_and_follow_from_the_figure(counts, base, smallest):
    threshold = replace(PUBLIC, base_of_rounding=base, smallest=smallest, width=smallest + 1)
    one = cube(counts)
    held = too_small(one.counts, threshold)
    found, visible = shown(one, held, held, threshold), figures(one, held, threshold)
    assert ((found.low <= one.counts) & (one.counts <= found.high))[~held].all()
    known = {}
    for figure, low, high in zip(visible.tolist(), found.low.tolist(), found.high.tolist(), strict=True):
        assert known.setdefault(figure, (low, high)) == (low, high)
