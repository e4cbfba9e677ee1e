"""Rates and their limits against reference values and laws."""

from itertools import pairwise
from math import isclose, sqrt

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PHStatsMethods import byars_lower, byars_upper, exact_lower, exact_upper, ph_proportion, ph_rate, wilson
from scipy.stats import chi2

from geodata.rates import EXACT_BELOW, EXACT_LIMITS, Estimate, growth, poisson_limits, proportion, rate

COUNTS = st.integers(0, 100_000)
BASES = st.floats(0.5, 10_000_000)


@pytest.mark.parametrize("count", range(EXACT_BELOW))
def test_under_ten_the_limits_are_garwoods(count):
    # Garwood (1936): half the chi-square quantiles with 2n and 2n + 2 degrees of freedom.
    lower = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    upper = chi2.ppf(0.975, 2 * count + 2) / 2
    assert poisson_limits(count) == pytest.approx((lower, upper), abs=2e-12)


def test_the_exact_limits_are_tabled_up_to_where_byar_begins():
    assert len(EXACT_LIMITS) == EXACT_BELOW == 10


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        # 100 (1 - 1/900 - 1.959964/30)^3 = 100 x 0.9335568^3 and 101 (1 - 1/909 + 1.959964/30.1496)^3
        # = 101 x 1.0639078^3; the exact limits are 81.36 and 121.63.
        (100, 81.3621, 121.6279),
        # 10 (1 - 1/90 - 1.959964/9.486833)^3 = 10 x 0.7822905^3, 11 (1 - 1/99 + 1.959964/9.949874)^3
        # = 11 x 1.1868828^3; the exact limits are 4.795 and 18.390.
        (10, 4.7874, 18.3915),
    ],
)
def test_from_ten_the_limits_are_byars(count, lower, upper):
    assert poisson_limits(count) == pytest.approx((lower, upper), abs=1e-4)


@pytest.mark.parametrize("count", [10, 11, 15, 25, 50, 67, 250, 1000, 5704])
def test_byar_stays_close_to_the_exact_limits(count):
    lower, upper = poisson_limits(count)
    assert lower == pytest.approx(chi2.ppf(0.025, 2 * count) / 2, rel=2e-3)
    assert upper == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2, rel=2e-3)


def test_the_limits_keep_rising_where_exact_gives_way_to_byar():
    limits = [poisson_limits(count) for count in range(200)]
    for one, other in pairwise(limits):
        assert one[0] < other[0]
        assert one[1] < other[1]


@pytest.mark.parametrize("count", [*range(1, 31), 99, 100, 1000, 5704, 123_456])
def test_the_limits_are_the_official_ones(count):
    # PHStatsMethods is the package of the Office for Health Improvement and Disparities. Of nothing it gives no limits.
    official = (exact_lower, exact_upper) if count < EXACT_BELOW else (byars_lower, byars_upper)
    assert poisson_limits(count) == pytest.approx([limit(count) for limit in official], rel=1e-9)


def test_rates_are_the_official_ones():
    counts = [1, 9, 10, 11, 64, 1729]
    bases = [12_650, 900, 901.5, 82_940, 63.5, 545_000]
    areas = pd.DataFrame({"count": counts, "base": bases, "area": list("abcdef")})
    table = ph_rate(areas, "count", "base", "area", multiplier=1000)
    official = table[["Value", "lower_95_ci", "upper_95_ci"]].to_numpy()
    for count, base, (value, lower, upper) in zip(counts, bases, official, strict=True):
        found = rate(count, base, per=1000)
        assert (found.value, found.lower, found.upper) == pytest.approx((value, lower, upper), rel=1e-9)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative; got -1"):
        poisson_limits(-1)


def test_a_rate_scales_count_and_limits_alike():
    # 2 of 12,650 per 1,000: 0.15810...; limits 0.242209 / 12.65 and 7.224688 / 12.65.
    found = rate(2, 12_650, per=1000)
    assert found.value == pytest.approx(0.1581028, abs=1e-7)
    assert found.lower == pytest.approx(0.0191470, abs=1e-7)
    assert found.upper == pytest.approx(0.5711216, abs=1e-7)


def test_no_case_is_a_rate_of_nothing_with_an_upper_limit():
    # The rule of three, exactly: 3.688879 per 1,000 residents.
    assert rate(0, 1000, per=1000) == Estimate(0.0, 0.0, pytest.approx(3.688879454))


@pytest.mark.parametrize("base", [0, -5])
def test_without_a_base_there_is_no_rate(base):
    assert rate(3, base, per=1000) is None
    assert proportion(0, base) is None


@pytest.mark.parametrize(
    ("count", "base", "lower", "upper"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3 (score without continuity correction).
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0.00, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_wilson_meets_newcombes_published_examples(count, base, lower, upper):
    found = proportion(count, base)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.005)


@pytest.mark.parametrize(("count", "base"), [(1, 29), (6, 82_940), (15, 148), (50, 100), (28, 29), (81, 263)])
def test_wilson_limits_are_the_official_ones(count, base):
    found = proportion(count, base, per=1)
    assert (found.lower, found.upper) == pytest.approx(wilson(count, base), rel=1e-9)


def test_proportions_are_the_official_ones():
    counts = [0, 7, 20]
    areas = pd.DataFrame({"count": counts, "base": [20, 20, 20], "area": list("abc")})
    table = ph_proportion(areas, "count", "base", "area", multiplier=100)
    official = table[["Value", "lower_95_ci", "upper_95_ci"]].to_numpy()
    for count, expected in zip(counts, official, strict=True):
        found = proportion(count, 20)
        assert (found.value, found.lower, found.upper) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_wilson_limits_solve_the_score_equation():
    # Wilson's limits are the two p with (x/n - p)^2 = z^2 p (1 - p) / n: another way to the same numbers.
    count, base, z = 6, 82_940, sqrt(chi2.ppf(0.95, 1))
    found = proportion(count, base, per=1)
    for bound in (found.lower, found.upper):
        assert isclose((count / base - bound) ** 2, z**2 * bound * (1 - bound) / base, rel_tol=1e-9)


def test_a_base_smaller_than_its_count_is_not_its_base():
    assert proportion(11, 10.5) is None
    assert proportion(10, 10.0) is not None


def test_growth_from_nothing_is_no_figure():
    assert growth(5, 0) is None
    assert growth(0, 0) is None


def test_growth_interval_is_the_odds_of_wilsons():
    # 10 after 10: Wilson's limits for 10 of 20 are 0.29930 and 0.70070; their odds 0.42714 and 2.34115.
    found = growth(10, 10)
    assert found.value == 0
    assert (found.lower, found.upper) == pytest.approx((-57.286, 134.115), abs=0.01)


def test_growth_to_nothing_is_minus_a_hundred_per_cent():
    found = growth(0, 4)
    assert (found.value, found.lower) == (-100, -100)
    assert found.upper > -100


@given(count=COUNTS, base=BASES, per=st.sampled_from([1.0, 100.0, 1000.0]))
def test_a_rate_lies_within_its_limits(count, base, per):
    found = rate(count, base, per)
    assert 0 <= found.lower <= found.value <= found.upper


@given(count=COUNTS, base=BASES)
def test_a_proportion_lies_within_its_limits_and_these_within_0_and_100(count, base):
    assume(count <= base)
    found = proportion(count, base)
    assert 0 <= found.lower <= found.value <= found.upper <= 100


@given(base=st.integers(1, 100_000))
def test_none_and_all_touch_the_ends_exactly(base):
    assert proportion(0, base).lower == 0
    assert proportion(base, base).upper == 100


@given(count=st.integers(0, 5000), base=st.floats(5001, 1_000_000))
def test_one_record_more_never_lowers_a_figure_or_its_limits(count, base):
    for estimate in (lambda n: rate(n, base, 1000.0), lambda n: proportion(n, base)):
        one, more = estimate(count), estimate(count + 1)
        assert one.value < more.value
        assert one.lower <= more.lower
        assert one.upper <= more.upper


@given(count=st.integers(0, 20_000), earlier=st.integers(1, 20_000))
def test_growth_lies_within_its_limits(count, earlier):
    found = growth(count, earlier)
    assert -100 <= found.lower <= found.value <= found.upper


@given(count=st.integers(0, 5000), earlier=st.integers(1, 5000))
def test_growth_rises_with_the_later_count(count, earlier):
    one, more = growth(count, earlier), growth(count + 1, earlier)
    assert one.value < more.value
    assert one.upper < more.upper
