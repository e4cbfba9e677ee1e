"""Demand by groups of needs, and its bands."""

import numpy as np

from layers.sufficiency.core import BROAD_KEYS, PHASE_KEYS, PROVISIONS, Demand, by_broad_area
from layers.sufficiency.grouping import BY_BROAD_AREA, BY_NEED
from layers.sufficiency.wanted import LEVELS, mean_of, quantiles, wanted_of, with_totals

AREAS = ("a", "b", "unknown", "outside")


def demand(draws=50):
    plans = np.random.default_rng(1).integers(0, 9, (draws, 2, len(AREAS), len(PHASE_KEYS), 14, 7)).astype(np.int16)
    return Demand(AREAS, (2025, 2026), plans, np.zeros((draws, 1, 4, 4), np.int32), np.zeros(1), (), (), True)


def test_needs_are_added_up_in_every_draw():
    given = demand()
    found = wanted_of(given, BY_BROAD_AREA).plans
    expected = by_broad_area(given.draws).transpose(5, 3, 1, 0, 2, 4)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(wanted_of(given, BY_NEED).plans, given.draws.transpose(5, 3, 1, 0, 2, 4))


def test_bands_are_of_the_sum_in_every_draw_not_sums_of_bands():
    wanted = wanted_of(demand(), BY_BROAD_AREA)
    found = wanted.bands("special", "secondary")
    assert found.shape == (2, len(AREAS) + 1, len(BROAD_KEYS) + 1, len(LEVELS))
    plans = wanted.plans[PROVISIONS.index("special"), PHASE_KEYS.index("secondary"), 1]
    np.testing.assert_allclose(found[1, -1, -1], np.quantile(plans.sum(axis=(1, 2)), LEVELS), rtol=1e-6)
    np.testing.assert_allclose(found[1, 0, 2], np.quantile(plans[:, 0, 2], LEVELS), rtol=1e-6)
    assert wanted.bands("special", "secondary") is found


def test_quantiles_are_those_of_numpy():
    draws = np.random.default_rng(0).normal(size=(3, 1000)).astype(np.float32)
    np.testing.assert_allclose(quantiles(draws), np.quantile(draws, LEVELS, axis=1).T, atol=1e-5)
    np.testing.assert_array_equal(quantiles(np.array([[4.0]], dtype=np.float32)), np.full((1, len(LEVELS)), 4.0))


def test_totals_and_means():
    cells = np.arange(12, dtype=float).reshape(1, 2, 3, 2)  # a year, two draws, three areas, two groups
    totals = with_totals(cells)
    assert totals.shape == (1, 4, 3, 2)
    assert totals[0, 3, 2].tolist() == [15, 51]
    assert totals[0, 1].tolist() == [[2, 8], [3, 9], [5, 17]]
    np.testing.assert_allclose(mean_of(cells), totals.mean(axis=-1))


def test_no_rounding_puts_bands_in_the_wrong_order():
    # 0.1 in 32 bits times two parts that add up to 1 is less than 0.1 again.
    for same in np.random.default_rng(3).uniform(0, 300, 200).astype(np.float32):
        np.testing.assert_array_equal(quantiles(np.full((1, 1000), same)), np.full((1, len(LEVELS)), same))
