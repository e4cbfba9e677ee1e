"""Growth of the pool and of each area, against figures worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from layers.sufficiency.growth_pool import (
    FAR,
    PRIOR_PERSISTENCE,
    PRIOR_POOL_SD,
    PRIOR_SPREAD,
    pooled_growth,
)

MANY = 1e9
"""So many plans that the noise of counts does not matter."""


def grown(*rates, start=MANY, first=2019):
    """Return counts that grow at these log rates."""
    return {first + year: start * math.exp(sum(rates[:year])) for year in range(len(rates) + 1)}


def test_areas_that_grow_alike_give_just_that_growth():
    growth = pooled_growth({name: grown(0.08, 0.08) for name in "ABCD"}, 2021)
    assert growth.pool == pytest.approx(0.08)
    assert all(growth.own(name) == pytest.approx(0.08) for name in "ABCD")
    assert growth.areas == 4
    # 8 steps without any spread, 3 assumed ones.
    assert growth.sd == pytest.approx(math.sqrt(3 * PRIOR_SPREAD**2 / 11))
    # 2 years without any shock, 3 assumed ones; one degree of freedom goes to the mean.
    assert growth.pool_sd == pytest.approx(math.sqrt(3 * PRIOR_POOL_SD**2 / 4))


def test_the_later_year_counts_three_times_as_much():
    counts = {f"{number}": grown(0.04, 0.08) for number in range(10_000)}
    middle = 0.06  # each year is drawn to it by 1 / 10,000
    assert pooled_growth(counts, 2021).pool == pytest.approx((0.04 + 3 * 0.08) / 4, abs=abs(middle) / 1000)


def test_one_area_has_its_median_growth_for_a_pool_and_its_own_deviation():
    growth = pooled_growth({"A": grown(0.05, 0.07, 0.12)}, 2022)
    assert growth.pool == pytest.approx(0.07)
    recent = (0.05 * 1 + 0.0 * 1 / 3 - 0.02 / 9) / (1 + 1 / 3 + 1 / 9)
    trust = 1.0
    assert growth.deviation["A"] == pytest.approx(recent * trust, rel=1e-6)
    assert growth.own("A") == pytest.approx(0.07 + growth.persistence * recent)


def test_without_pairs_of_years_the_assumed_persistence_holds():
    growth = pooled_growth({"A": grown(0.05), "B": grown(0.10), "C": grown(0.15)}, 2020)
    assert growth.persistence == pytest.approx(PRIOR_PERSISTENCE)
    assert growth.own("B") == pytest.approx(0.10)
    assert 0.05 < growth.own("A") < 0.10 < growth.own("C") < 0.15


def test_persistence_follows_the_areas():
    rates = np.random.default_rng(4).normal(0, 0.05, 200)
    lasting = pooled_growth({f"{i:03}": grown(0.1 + r, 0.1 + r) for i, r in enumerate(rates)}, 2021)
    turning = pooled_growth({f"{i:03}": grown(0.1 + r, 0.1 - r) for i, r in enumerate(rates)}, 2021)
    assert lasting.persistence > 0.85
    assert turning.persistence == 0.0


def test_a_small_area_is_drawn_to_the_pool():
    counts = {f"{number}": grown(0.05 + 0.02 * number) for number in range(6)}
    growth = pooled_growth({**counts, "small": {2019: 10.0, 2020: 12.0}}, 2020)
    large = pooled_growth({**counts, "small": {2019: 10e7, 2020: 12e7}}, 2020)
    assert 0 < growth.deviation["small"] < large.deviation["small"] / 5


def test_a_doubling_neither_moves_the_pool_nor_runs_on():
    calm = {f"{number}": grown(0.07 + 0.005 * number, 0.07 + 0.005 * number) for number in range(9)}
    growth = pooled_growth({**calm, "9": grown(0.09, math.log(2))}, 2021)
    without = pooled_growth({**calm, "9": grown(0.09, 0.09)}, 2021)
    assert growth.pool == pytest.approx(without.pool, abs=0.01)
    assert growth.deviation["9"] <= FAR * growth.sd
    assert growth.own("9") < 0.25


def test_growth_over_a_gap_is_spread_over_its_years():
    counts = {"A": {2019: MANY, 2022: MANY * math.exp(0.3)}}
    assert pooled_growth(counts, 2022).pool == pytest.approx(0.1)


def test_a_gap_that_ends_after_the_origin_says_nothing():
    counts = {"A": {2019: MANY, 2022: 2 * MANY}, "B": grown(0.1, 0.1, 0.1)}
    growth = pooled_growth(counts, 2021)
    assert growth.areas == 1
    assert growth.pool == pytest.approx(0.1)
    assert growth.deviation["A"] == 0.0


def test_steps_from_and_to_zero_are_left_out():
    growth = pooled_growth({"A": {2019: 0.0, 2020: MANY, 2021: 1.1 * MANY, 2022: 0.0}}, 2022)
    assert growth.pool == pytest.approx(math.log(1.1))


def test_no_step_counts_for_more_than_a_trebling_a_year():
    assert pooled_growth({"A": {2019: 10.0, 2020: 900.0}}, 2020).pool == pytest.approx(math.log(3))
    assert pooled_growth({"A": {2019: 900.0, 2020: 10.0}}, 2020).pool == pytest.approx(-math.log(3))


@pytest.mark.parametrize("counts", [{}, {"A": {}}, {"A": {2020: 5.0}}, {"A": {2019: 0.0, 2020: 5.0}}])
def test_without_any_growth_it_is_refused(counts):
    with pytest.raises(InputError, match="No growth is known up to 2021"):
        pooled_growth(counts, 2021)


def test_variance_by_hand():
    growth = pooled_growth({"A": grown(0.05), "B": grown(0.10), "C": grown(0.15)}, 2020)
    weights = 1, 1.4, 1.56
    for years in (1, 2, 3):
        expected = growth.sd**2 * sum(w * w for w in weights[:years]) + (years * growth.pool_sd) ** 2
        assert growth.variance(years) == pytest.approx(expected)
    assert growth.ahead("C", 2) == pytest.approx(2 * growth.pool + (0.4 + 0.16) * growth.deviation["C"])
    assert growth.ahead("unknown", 2) == pytest.approx(2 * growth.pool)


@given(
    st.lists(st.lists(st.integers(0, 5000), min_size=4, max_size=4), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_order_of_areas_and_years_does_not_matter(table, chance):
    counts = {
        f"{row:02}": dict(zip(range(2019, 2023), map(float, cells), strict=True)) for row, cells in enumerate(table)
    }
    mixed = [(area, list(years.items())) for area, years in counts.items()]
    chance.shuffle(mixed)
    for _, cells in mixed:
        chance.shuffle(cells)
    try:
        expected = pooled_growth(counts, 2022)
    except InputError:
        return
    assert pooled_growth({area: dict(cells) for area, cells in mixed}, 2022) == expected
    assert 0 <= expected.persistence <= 0.9
    assert expected.sd > 0
