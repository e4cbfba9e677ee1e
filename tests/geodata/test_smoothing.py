"""Marshall's empirical Bayes estimates against esda, a hand-worked example and laws."""

import json
from pathlib import Path

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from geodata.rates import poisson_limits
from geodata.smoothing import _gamma_limits, empirical_bayes, smoothed_rates

CASES = json.loads((Path(__file__).parent / "reference" / "smoothing_esda.json").read_text(encoding="utf-8"))

AREAS = st.lists(st.tuples(st.integers(0, 500), st.floats(0.5, 50_000)), min_size=1, max_size=40)


def smoothed(areas):
    return empirical_bayes(*zip(*areas, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{len(case['bases'])} areas")
def test_the_estimates_are_those_of_esda(case):
    assert empirical_bayes(case["counts"], case["bases"]) == pytest.approx(case["rates"], rel=1e-12, abs=1e-15)


def test_a_small_example_by_hand():
    # m = 20/200 = 0.1; s2 = (100 x 0.08^2 + 100 x 0.08^2) / 200 = 0.0064; A = 0.0064 - 0.1/100 = 0.0054;
    # each keeps 0.0054 / (0.0054 + 0.001) = 27/32 of its distance: 0.1 -+ 0.0675.
    assert empirical_bayes([2, 18], [100, 100]) == pytest.approx((0.0325, 0.1675))


def test_where_chance_explains_it_all_every_area_gets_the_common_rate():
    # m = 0.1, s2 = 0.0001, chance alone 0.1/100 = 0.001.
    assert empirical_bayes([9, 11], [100, 100]) == (0.1, 0.1)


def test_where_nothing_happened_every_rate_is_nothing():
    assert empirical_bayes([0, 0, 0], [10, 200, 3000]) == (0, 0, 0)


def test_one_area_keeps_its_rate():
    assert empirical_bayes([3], [12]) == (0.25,)


@pytest.mark.parametrize("base", [0, -4])
def test_an_area_without_a_base_has_no_rate_and_takes_no_part(base):
    with_it = empirical_bayes([2, 5, 18], [100, base, 100])
    assert with_it == (pytest.approx(0.0325), None, pytest.approx(0.1675))


@pytest.mark.parametrize(("counts", "bases"), [([], []), ([0, 3], [0, 0])])
def test_without_any_base_there_are_no_rates(counts, bases):
    assert empirical_bayes(counts, bases) is None


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative; got -1"):
        empirical_bayes([2, -1], [10, 10])


def test_counts_without_bases_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        empirical_bayes([2, 1], [10])


@given(areas=AREAS)
def test_an_estimate_lies_between_the_areas_rate_and_the_common_one(areas):
    common = sum(count for count, _ in areas) / sum(base for _, base in areas)
    for (count, base), estimate in zip(areas, smoothed(areas), strict=True):
        low, high = sorted([count / base, common])
        assert low <= estimate <= high


@given(rate=st.integers(1, 20), sizes=st.lists(st.integers(1, 500), min_size=1, max_size=20))
def test_equal_rates_stay(rate, sizes):
    counts, bases = [rate * size for size in sizes], [20 * size for size in sizes]
    assert empirical_bayes(counts, bases) == pytest.approx([rate / 20] * len(sizes))


@given(counts=st.lists(st.integers(0, 500), min_size=2, max_size=30), base=st.floats(0.5, 50_000))
def test_areas_with_equal_bases_keep_their_order(counts, base):
    estimates = empirical_bayes(sorted(counts), [base] * len(counts))
    assert list(estimates) == sorted(estimates)


@given(areas=AREAS, rate=st.sampled_from([0.0, 0.2, 0.9]), bases=st.tuples(st.integers(1, 40), st.integers(1, 40)))
def test_of_two_areas_with_one_rate_the_larger_moves_less(areas, rate, bases):
    pair = [(rate * 10 * base, 10 * base) for base in sorted(bases)]
    *_, small, large = smoothed([*areas, *pair])
    assert abs(large - rate) <= abs(small - rate) + 1e-12


@given(areas=AREAS, times=st.sampled_from([2, 4, 0.5, 1000]))
def test_the_unit_of_the_base_is_the_unit_of_the_rate(areas, times):
    in_unit = smoothed([(count, base / times) for count, base in areas])
    assert in_unit == pytest.approx([estimate * times for estimate in smoothed(areas)], rel=1e-6)


def test_limits_are_those_of_the_gamma_distribution():
    counts, bases = [2, 18, 7], [100.0, 100.0, 90.0]
    mean = 27 / 290
    true = sum(b * (c / b - mean) ** 2 for c, b in zip(counts, bases, strict=True)) / 290 - mean * 3 / 290
    for count, base, found in zip(counts, bases, smoothed_rates(counts, bases, 1000), strict=True):
        exact = scipy.stats.gamma(count + mean**2 / true, scale=1000 / (base + mean / true))
        assert found.value == pytest.approx(exact.mean())
        assert (found.lower, found.upper) == pytest.approx(exact.interval(0.95), rel=1e-9)


@pytest.mark.parametrize(("shape", "digits"), [(0.01, 9), (0.5, 9), (1, 9), (7.3, 9), (99.9, 9), (100, 4), (1234.5, 4)])
def test_limits_of_every_shape(shape, digits):
    exact = scipy.stats.gamma(shape).interval(0.95)
    assert _gamma_limits(shape) == pytest.approx(exact, rel=0.5 * 10**-digits, abs=1e-12)


def test_where_chance_explains_it_all_the_limits_are_those_of_the_total():
    lower, upper = poisson_limits(20)
    assert [(one.value, one.lower, one.upper) for one in smoothed_rates([9, 11], [100, 100], 1)] == [
        pytest.approx((0.1, lower / 200, upper / 200))
    ] * 2


def test_no_base_no_estimate():
    assert smoothed_rates([1, 2], [0, 0], 1000) == (None, None)
    assert smoothed_rates([1, 2], [0, 10], 1000)[0] is None


@given(st.lists(st.tuples(st.integers(0, 500), st.floats(0.5, 50_000)), min_size=1, max_size=40))
def test_a_smoothed_rate_lies_between_its_limits_or_is_next_to_none(areas):
    for found in smoothed_rates(*zip(*areas, strict=True), 1000):
        assert 0 <= found.lower <= found.upper
        assert found.lower <= found.value
