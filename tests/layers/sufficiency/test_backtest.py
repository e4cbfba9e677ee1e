"""The back-test: scores worked by hand, a rolling origin that sees no later year, and the figures on real plans."""

import math
import random
from pathlib import Path

import pytest

from geodata.errors import InputError, UsageError
from layers.sufficiency.backtest import backtest, mean_growth, score
from layers.sufficiency.series import read_series

REAL = Path("/work/shared/data/send/ehc_plans_by_authority_50.csv")
real = pytest.mark.skipif(not REAL.exists(), reason="the published plans of 50 authorities are not here")


def steady(areas="ABCDEF", years=range(2019, 2026), rate=1.1):
    return {area: {year: (100.0 + 10 * i) * rate ** (year - 2019) for year in years} for i, area in enumerate(areas)}


def test_scores_by_hand():
    found = score([(110, 90, 120, 100), (90, 95, 105, 100), (240, 180, 260, 200), (5, 1, 6, 0)])
    assert found.mape == pytest.approx((10 + 10 + 20) / 3)
    assert found.median_ape == pytest.approx(10)
    assert found.bias == pytest.approx((10 - 10 + 20) / 3)
    assert found.wape == pytest.approx(100 * (10 + 10 + 40 + 5) / 400)
    assert found.coverage_80 == pytest.approx(75)
    assert (found.n, found.zeros) == (4, 1)


def test_too_many_forecast_is_a_bias_above_zero():
    assert score([(110, None, None, 100)]).bias == pytest.approx(10)


def test_nothing_to_score_gives_no_figure():
    found = score([])
    assert (found.mape, found.median_ape, found.wape, found.bias, found.coverage_80, found.n) == (*[None] * 5, 0)
    assert score([(1, 0, 2, 0)]).mape is None


def test_baselines_have_no_coverage():
    assert "coverage_80" not in score([(1, None, None, 2)]).as_json(with_band=False)
    assert score([(1, None, None, 2)]).coverage_80 is None


def test_mean_growth_by_hand():
    assert mean_growth({2019: 100, 2020: 110, 2021: 121}, 2021) == pytest.approx(math.log(1.1))
    assert mean_growth({2019: 100, 2021: 121, 2022: 900}, 2021) == pytest.approx(math.log(1.1))
    assert mean_growth({2019: 0, 2020: 110, 2021: 121}, 2021) == pytest.approx(math.log(1.1))
    assert mean_growth({2021: 100}, 2021) == 0


def test_steady_growth_is_forecast_without_error_and_the_last_value_is_not():
    found = backtest(steady())
    assert [found.horizons[h].n for h in (1, 2, 3)] == [24, 18, 12]
    for horizon in (1, 2, 3):
        assert found.horizons[horizon].mape == pytest.approx(0, abs=1e-9)
        assert found.baselines["mean_growth"][horizon].mape == pytest.approx(0, abs=1e-9)
        assert found.baselines["last_value"][horizon].bias == pytest.approx(100 * (1.1**-horizon - 1))
        assert found.horizons[horizon].coverage_80 == 100
    assert found.notes == ()


def test_rows_begin_with_the_first_origin_that_has_years_enough():
    rows = backtest(steady()).rows
    assert {(row.origin, row.horizon) for row in rows} == {
        (2021, 1), (2021, 2), (2021, 3), (2022, 1), (2022, 2), (2022, 3), (2023, 1), (2023, 2), (2024, 1),
    }  # fmt: skip
    assert min(row.origin for row in backtest(steady(), min_train=5).rows) == 2023


def test_years_are_counted_in_each_area_and_an_origin_needs_a_count():
    counts = steady()
    counts["late"] = {2022: 100.0, 2023: 110.0, 2024: 121.0, 2025: 133.0}
    del counts["A"][2022]
    rows = backtest(counts).rows
    assert {(row.origin, row.horizon) for row in rows if row.area == "late"} == {(2024, 1)}
    assert {(row.origin, row.horizon) for row in rows if row.area == "A"} == {
        (2021, 2), (2021, 3), (2023, 1), (2023, 2), (2024, 1),
    }  # fmt: skip


def test_json_has_just_the_agreed_parts():
    shown = backtest(steady()).as_json()
    assert list(shown) == ["horizons", "baselines", "rows"]
    assert list(shown["horizons"]) == ["1", "2", "3"]
    assert set(shown["horizons"]["1"]) == {"mape", "median_ape", "wape", "bias", "coverage_80", "n"}
    assert set(shown["baselines"]) == {"last_value", "mean_growth"}
    assert set(shown["baselines"]["last_value"]["3"]) == {"mape", "median_ape", "wape", "bias", "n"}
    assert list(shown["rows"][0]) == ["area", "origin", "horizon", "forecast", "lower_80", "upper_80", "actual"]
    assert backtest(steady()).as_json(("said",))["notes"] == ["said"]


def test_one_area_alone_says_that_its_band_rests_on_one_area():
    found = backtest(steady("A"))
    assert "its band rests on one area" in found.notes[0]


def test_an_actual_zero_is_kept_out_of_percentages_and_told():
    counts = steady()
    counts["A"][2025] = 0.0
    found = backtest(counts)
    assert found.horizons[1].zeros == 1
    assert found.horizons[1].n == 24
    assert "1 of 24 actual counts 1 year ahead are 0" in " ".join(found.notes)
    assert found.horizons[1].wape > 1
    assert found.horizons[1].mape < 1


def test_areas_and_horizons_without_a_score_are_told():
    counts = {**steady(years=range(2019, 2023)), "short": {2022: 5.0}}
    notes = " ".join(backtest(counts).notes)
    assert "No forecast could be scored for short" in notes
    assert "Nothing can be scored 2 years ahead" in notes


def test_an_origin_before_any_growth_is_told():
    assert "No forecast from 2019: no growth is known" in " ".join(backtest(steady(), min_train=1).notes)


@pytest.mark.parametrize(
    "counts", [{}, steady(years=[2020]), steady(years=[2020, 2021, 2022]), {"A": {2019: 0, 2020: 0}}]
)
def test_too_short_a_series_is_refused_with_the_reason(counts):
    with pytest.raises(InputError, match="needs 3 years up to its origin"):
        backtest(counts)


@pytest.mark.parametrize("min_train", [0, -3])
def test_fewer_than_one_year_to_learn_from_is_wrong_use(min_train):
    with pytest.raises(UsageError, match="at least 1"):
        backtest(steady(), min_train)


@real
def test_on_real_plans_later_years_change_no_earlier_forecast():
    counts = read_series(REAL).counts
    chance = random.Random(5)
    for origin in (2021, 2022, 2023, 2024):
        scrambled = {
            area: {year: count if year <= origin else chance.uniform(0, 20_000) for year, count in years.items()}
            for area, years in counts.items()
        }
        before, after = (
            {(r.area, r.origin, r.horizon): r[3:6] for r in backtest(given).rows if r.origin <= origin}
            for given in (counts, scrambled)
        )
        assert before == after


@real
def test_on_real_plans_both_baselines_are_beaten_and_the_bands_hold():
    found = backtest(read_series(REAL).counts)
    for horizon, most in ((1, 2.7), (2, 5.25), (3, 5.9)):
        scores = found.horizons[horizon]
        for by_horizon in found.baselines.values():
            assert scores.median_ape < by_horizon[horizon].median_ape
            assert scores.mape < by_horizon[horizon].mape
        assert scores.median_ape <= most
        assert 75 <= scores.coverage_80 <= 85
    measured = [found.baselines["mean_growth"][horizon].median_ape for horizon in (1, 2, 3)]
    assert measured == pytest.approx([3.6, 6.6, 9.3], abs=0.06)


@real
@pytest.mark.parametrize("seed", range(4))
def test_on_half_of_the_real_authorities_it_holds_too(seed):
    counts = read_series(REAL).counts
    half = random.Random(seed).sample(sorted(counts), 25)
    found = backtest({area: counts[area] for area in half})
    for horizon in (1, 2, 3):
        scores = found.horizons[horizon]
        assert all(scores.median_ape < by[horizon].median_ape for by in found.baselines.values())
        assert 65 <= scores.coverage_80 <= 95
