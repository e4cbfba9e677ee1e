"""Forecasts of the pooled model: laws that hold whatever the counts, and cases worked by hand."""

import math
from itertools import pairwise
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from geodata.errors import InputError, UsageError
from layers.sufficiency.growth_pool import NOISE
from layers.sufficiency.pooled import PooledModel, forecast_series, pooled_growth, student_quantile

FIRST, ORIGIN, LAST = 2018, 2021, 2025
YEARS = range(FIRST, LAST + 1)
HORIZONS = (1, 2, 3, 7)

cells = st.one_of(st.none(), st.integers(0, 20_000).map(float))
tables = st.lists(st.lists(cells, min_size=len(YEARS), max_size=len(YEARS)), min_size=1, max_size=40)


def series(table):
    """Return the counts of a table of cells; None is a year that is not known."""
    return {
        f"{row:02}": {year: cell for year, cell in zip(YEARS, found, strict=True) if cell is not None}
        for row, found in enumerate(table)
    }


def answer(counts, origin=ORIGIN, horizons=HORIZONS):
    """Return the forecasts, or the reason that there are none."""
    try:
        return forecast_series(counts, origin, horizons)
    except InputError as refused:
        return str(refused)


@given(tables, tables)
def test_years_after_the_origin_change_nothing(table, other):
    counts = series(table)
    later = [year for year in YEARS if year > ORIGIN]
    scrambled = {
        area: {
            **{year: count for year, count in years.items() if year <= ORIGIN},
            **dict(zip(later, [7.0, 90_000.0, 0.0, 1.0][: len(later)], strict=True)),
        }
        for area, years in counts.items()
    }
    cut = {area: {year: count for year, count in years.items() if year <= ORIGIN} for area, years in counts.items()}
    newcomers = {f"new {row}": {LAST: found[-1] or 5.0} for row, found in enumerate(other)}
    expected = answer(cut)
    assert answer(counts) == expected
    assert answer(scrambled) == expected
    assert answer({**counts, **newcomers}) == expected


@given(tables)
def test_limits_hold_the_forecast_and_widen_with_the_horizon(table):
    found = answer(series(table))
    for projections in found.values() if isinstance(found, dict) else ():
        widths = []
        for ahead in projections:
            assert 0 <= ahead.lower_95 <= ahead.lower_80 <= ahead.forecast <= ahead.upper_80 <= ahead.upper_95
            assert all(math.isfinite(value) for value in ahead)
            widths.append(ahead.upper_80 / max(ahead.forecast, 1.0))
        if min(ahead.forecast for ahead in projections) >= 10:
            assert all(before < after for before, after in pairwise(widths))


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(1, 9), min_size=5, max_size=5), min_size=1, max_size=20), st.integers(2, 50))
def test_large_counts_times_a_factor_give_forecasts_times_it(table, factor):
    counts = {
        f"{row:02}": {2017 + year: (1e8 + 1e7 * cell) * 1.1**year for year, cell in enumerate(found)}
        for row, found in enumerate(table)
    }
    larger = {area: {year: count * factor for year, count in years.items()} for area, years in counts.items()}
    expected = forecast_series(counts, ORIGIN, HORIZONS)
    for area, projections in forecast_series(larger, ORIGIN, HORIZONS).items():
        for ahead, before in zip(projections, expected[area], strict=True):
            assert ahead[1:] == pytest.approx([value * factor for value in before[1:]], rel=1e-3)


def test_the_forecast_is_the_last_count_grown():
    counts = {"A": {2019: 1000.0, 2020: 1080.0, 2021: 1200.0}, "B": {2019: 2000.0, 2020: 2200.0, 2021: 2300.0}}
    growth = pooled_growth(counts, 2021)
    for ahead in forecast_series(counts, 2021, (1, 2, 3))["A"]:
        assert ahead.forecast == pytest.approx(1200 * math.exp(growth.ahead("A", ahead.horizon)))
        assert ahead.upper_80 / ahead.forecast == pytest.approx(ahead.forecast / ahead.lower_80)


def test_a_band_without_past_errors_by_hand():
    counts = {name: {2019: 1000.0, 2020: 1100.0} for name in "ABC"}
    growth = pooled_growth(counts, 2020)
    (ahead,) = forecast_series(counts, 2020, [1])["A"]
    # Three errors of the expected size stand in; one year of growth adds half to the variance.
    width = math.sqrt(1.5) * student_quantile(0.9, 3)
    noise = NOISE * (1 / 1100 + 1 / ahead.forecast)
    assert math.log(ahead.upper_80 / ahead.forecast) == pytest.approx(width * math.sqrt(growth.variance(1) + noise))


def test_an_area_without_growth_of_its_own_gets_that_of_the_pool():
    counts = {"A": {2019: 1000.0, 2020: 1100.0}, "B": {2019: 500.0, 2020: 550.0}, "new": {2020: 300.0}}
    (ahead,) = forecast_series(counts, 2020, [1])["new"]
    assert ahead.forecast == pytest.approx(330.0)


def test_a_small_area_has_the_wider_band():
    counts = {"large": {2019: 10_000.0, 2020: 11_000.0}, "small": {2019: 10.0, 2020: 11.0}}
    found = forecast_series(counts, 2020, [1])
    assert found["small"][0].upper_80 / found["small"][0].forecast > 1.3
    assert found["large"][0].upper_80 / found["large"][0].forecast < 1.2


def test_an_area_that_ends_before_the_origin_is_carried_on_from_there_with_the_wider_band():
    counts = {"A": {2019: 1000.0, 2020: 1100.0, 2021: 1210.0}, "B": {2019: 1000.0, 2020: 1100.0}}
    found = forecast_series(counts, 2021, [1])
    assert found["B"][0].forecast == pytest.approx(found["A"][0].forecast, rel=1e-6)
    assert found["B"][0].upper_80 > found["A"][0].upper_80
    assert "C" not in forecast_series({**counts, "C": {2022: 5.0}}, 2021, [1])


def test_after_a_zero_the_forecast_is_zero_and_the_upper_limit_that_of_a_poisson_count():
    counts = {"A": {2019: 1000.0, 2020: 1100.0}, "none": {2019: 3.0, 2020: 0.0}}
    first, second = forecast_series(counts, 2020, [1, 4])["none"]
    assert (first.forecast, first.lower_80) == (0.0, 0.0)
    assert 0.5**first.upper_80 == pytest.approx(0.1)
    assert 0.5**first.upper_95 == pytest.approx(0.025)
    assert second.upper_80 == pytest.approx(2 * first.upper_80)


def test_where_few_plans_are_expected_none_and_a_few_are_within_the_limits():
    calm = {name: {2019: 1000.0, 2020: 1000.0} for name in "ABCDEF"}
    found = forecast_series({**calm, "few": {2019: 2.0, 2020: 2.0}, "fell": {2019: 49.0, 2020: 1.0}}, 2020, [1, 3])
    for area in ("few", "fell"):
        assert [ahead.lower_80 for ahead in found[area]] == [0.0, 0.0]
        assert 3 < found[area][0].upper_80 < found[area][1].upper_80 < 20


def test_a_single_doubling_is_believed_with_a_band_that_doubts_it():
    (ahead,) = forecast_series({"A": {2019: 500.0, 2020: 1000.0}}, 2020, [1])["A"]
    assert ahead.forecast == pytest.approx(2000)
    assert ahead.lower_80 < 1000


def test_a_jump_beyond_all_measure_leaves_a_forecast_of_some_use():
    (ahead,) = forecast_series({"A": {2019: 10.0, 2020: 10.0, 2021: 20_000.0}}, 2021, [1])["A"]
    assert 20_000 < ahead.forecast < 60_000
    assert 1000 < ahead.lower_80 < 15_000
    assert ahead.upper_80 < 1e6


def test_one_area_alone_is_answered():
    counts = {"A": {2019: 1000.0, 2020: 1090.0, 2021: 1170.0, 2022: 1290.0}}
    (ahead,) = forecast_series(counts, 2022, [1])["A"]
    assert 1290 * 1.06 < ahead.forecast < 1290 * 1.11
    assert ahead.upper_80 > 1.04 * ahead.forecast


@pytest.mark.parametrize("horizon", [0, -1])
def test_a_horizon_before_the_next_year_is_wrong_use(horizon):
    with pytest.raises(UsageError, match="at least 1 year ahead"):
        forecast_series({"A": {2019: 5.0, 2020: 6.0}}, 2020, [horizon])


def test_without_growth_it_is_refused():
    with pytest.raises(InputError, match="No growth is known up to 2019"):
        forecast_series({"A": {2019: 5.0, 2020: 6.0}}, 2019, [1])


def test_a_model_that_is_kept_says_the_same_as_a_new_one():
    counts = {
        name: {year: 100.0 * (1.05 + i / 50) ** (year - FIRST) for year in YEARS} for i, name in enumerate("ABCDE")
    }
    model = PooledModel(counts)
    for origin in (LAST, ORIGIN, LAST - 1):
        assert model.forecast(origin, HORIZONS) == forecast_series(counts, origin, HORIZONS)


@pytest.mark.parametrize("share", [0.9, 0.975])
@pytest.mark.parametrize("freedom", [3, 4, 8, 20, 100])
def test_quantiles_of_students_t(share, freedom):
    assert student_quantile(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), rel=0.01)
    assert student_quantile(share, freedom) > NormalDist().inv_cdf(share)
