"""Limits of a funnel plot against scipy's quantiles, hand-worked examples and laws."""

from math import ceil, floor, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from geodata.funnel import TAILS, outside, rate_limits, share_limits

LEVELS = pytest.mark.parametrize("level", [0.95, 0.998])
EITHER = st.sampled_from([0.95, 0.998])
SHARES = st.floats(0.001, 0.999)


def interpolated(distribution, probability):
    """Return the interpolated quantile of a distribution of scipy's."""
    count = distribution.ppf(probability)
    up_to = distribution.cdf(count)
    return max(0.0, count - (up_to - probability) / (up_to - distribution.cdf(count - 1)))


@LEVELS
@pytest.mark.parametrize("mean", [0.03, 0.1, 0.5, 1, 2.5, 3.7, 6.95, 10, 42.42, 99, 150, 1000, 2500.5, 5704, 80_000])
def test_rate_limits_are_the_interpolated_quantiles_of_scipy(mean, level):
    low, high = (interpolated(poisson(mean), point) for point in (TAILS[level], 1 - TAILS[level]))
    assert rate_limits(mean, 1, level) == pytest.approx((min(low, mean), max(high, mean)), rel=1e-9, abs=1e-9)


@LEVELS
@pytest.mark.parametrize("share", [0.002, 0.04, 0.31, 0.5, 0.77, 0.96])
@pytest.mark.parametrize("base", [1, 2, 9, 30, 144, 1000, 20_000])
def test_share_limits_are_the_interpolated_quantiles_of_scipy(share, base, level):
    counts = binom(base, share)
    low, high = (interpolated(counts, point) / base for point in (TAILS[level], 1 - TAILS[level]))
    if counts.pmf(base) > TAILS[level]:
        high = 1
    assert share_limits(share, base, level) == pytest.approx((min(low, share), max(high, share)), rel=1e-9, abs=1e-9)


def test_a_small_rate_by_hand():
    # Expected 2: P(R <= 0) = 0.135335, P(R <= 4) = 0.947347, P(R <= 5) = 0.983436, so 5 - 0.008436/0.036089 = 4.766.
    # At 0.025 the count is 0 and the formula goes below nothing.
    low, high = rate_limits(0.002, 1000, 0.95)
    assert low == 0
    assert high == pytest.approx(4.7662 / 1000, abs=1e-7)


def test_a_small_share_by_hand():
    # 5 of 10 expected: P(R <= 1) = 11/1024, P(R <= 2) = 56/1024, P(R <= 7) = 968/1024, P(R <= 8) = 1013/1024.
    # Lower 2 - (56 - 25.6)/45 = 1.324444, upper 8 - (1013 - 998.4)/45 = 7.675556.
    assert share_limits(0.5, 10, 0.95) == pytest.approx((0.1324444, 0.7675556), abs=1e-6)


def test_where_all_of_a_few_have_it_usually_all_is_not_high():
    # 0.9^10 = 0.349 is much more than 0.025.
    low, high = share_limits(0.9, 10, 0.95)
    assert high == 1
    assert 0.5 < low < 0.7


def test_with_next_to_nothing_expected_the_limit_is_no_lower_than_the_mean():
    assert rate_limits(0.01, 1, 0.95) == (0, 0.01)


@LEVELS
def test_for_large_counts_the_limits_are_near_the_normal_ones(level):
    z = {0.95: 1.959964, 0.998: 3.090232}[level]
    low, high = rate_limits(0.01, 1_000_000, level)
    assert low == pytest.approx(0.01 - z * sqrt(0.01 / 1_000_000), rel=1e-3)
    assert high == pytest.approx(0.01 + z * sqrt(0.01 / 1_000_000), rel=1e-3)


@pytest.mark.parametrize("base", [0, -3])
def test_without_a_base_there_are_no_limits(base):
    assert rate_limits(0.1, base, 0.95) is None
    assert share_limits(0.1, base, 0.95) is None


@LEVELS
def test_where_nothing_varies_the_limits_are_the_mean(level):
    assert rate_limits(0, 500, level) == (0, 0)
    assert share_limits(0, 500, level) == (0, 0)
    assert share_limits(1, 500, level) == (1, 1)


@pytest.mark.parametrize("limits", [rate_limits, share_limits])
def test_another_level_is_refused(limits):
    with pytest.raises(ValueError, match=r"level 0\.95 or 0\.998; got 0\.99"):
        limits(0.1, 100, 0.99)


def test_a_mean_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"negative; got -0\.1"):
        rate_limits(-0.1, 100, 0.95)
    for share in (-0.1, 1.1):
        with pytest.raises(ValueError, match="0 to 1"):
            share_limits(share, 100, 0.95)


@given(mean=st.floats(1e-6, 5000), base=st.floats(0.01, 1e6), level=EITHER)
def test_rate_limits_contain_the_mean(mean, base, level):
    low, high = rate_limits(mean / base, base, level)
    assert 0 <= low <= mean / base <= high


@given(share=SHARES, base=st.integers(1, 5000), level=EITHER)
def test_share_limits_contain_the_mean_and_stay_shares(share, base, level):
    low, high = share_limits(share, base, level)
    assert 0 <= low <= share <= high <= 1


@given(mean=st.floats(1e-6, 5000))
def test_the_wide_rate_limits_contain_the_narrow_ones(mean):
    (low, high), (lowest, highest) = rate_limits(mean, 1, 0.95), rate_limits(mean, 1, 0.998)
    assert lowest <= low
    assert high <= highest


@given(share=SHARES, base=st.integers(1, 5000))
def test_the_wide_share_limits_contain_the_narrow_ones(share, base):
    (low, high), (lowest, highest) = share_limits(share, base, 0.95), share_limits(share, base, 0.998)
    assert lowest <= low
    assert high <= highest


@given(expected=st.floats(1, 2000), times=st.floats(2, 10), level=EITHER)
def test_rate_limits_narrow_with_the_base(expected, times, level):
    # Where less than one event is expected, whole counts are too coarse for this.
    (low, high), (lower, higher) = (rate_limits(0.01, base, level) for base in (100 * expected, 100 * expected * times))
    assert low <= lower
    assert higher <= high


@given(share=st.floats(0.05, 0.95), base=st.integers(20, 2000), times=st.integers(2, 10), level=EITHER)
def test_share_limits_narrow_with_the_base(share, base, times, level):
    assume(min(share, 1 - share) * base >= 1)
    (low, high), (lower, higher) = share_limits(share, base, level), share_limits(share, base * times, level)
    assert low <= lower
    assert higher <= high


@given(mean=st.floats(0.03, 2000), level=EITHER)
def test_counts_beyond_a_limit_are_as_rare_as_the_level_says_but_for_one_above(mean, level):
    low, high = rate_limits(mean, 1, level)
    assert poisson.cdf(ceil(low) - 1, mean) <= TAILS[level] + 1e-12
    assert poisson.sf(floor(high) + 1, mean) <= TAILS[level] + 1e-12


def test_the_first_count_above_the_upper_limit_may_be_likelier():
    _, high = rate_limits(0.5, 1, 0.95)
    assert high == pytest.approx(1.86, abs=0.005)
    assert poisson.sf(1, 0.5) == pytest.approx(0.09, abs=0.005)


@pytest.mark.parametrize(
    ("value", "position"),
    [
        (0.5, "below 99.8 %"),
        (1, "below 95 %"),
        (1.9, "below 95 %"),
        (2, "within"),
        (4, "within"),
        (6, "within"),
        (6.1, "above 95 %"),
        (8, "above 95 %"),
        (8.1, "above 99.8 %"),
    ],
)
def test_a_figure_stands_beyond_the_outermost_limit_it_passes(value, position):
    assert outside(value, (2, 6), (1, 8)) == position


@given(value=st.floats(0, 100), mean=st.floats(0.01, 100))
def test_a_figure_beyond_the_wide_limits_is_beyond_the_narrow_ones(value, mean):
    narrow, wide = rate_limits(mean, 1, 0.95), rate_limits(mean, 1, 0.998)
    position = outside(value, narrow, wide)
    assert (position == "within") == (narrow[0] <= value <= narrow[1])
    assert position.endswith("99.8 %") == (not wide[0] <= value <= wide[1])
