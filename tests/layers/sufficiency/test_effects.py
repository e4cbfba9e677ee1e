"""What a scenario does."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.sufficiency.core import NCYS, NEEDS, PHASE_KEYS, PROVISIONS, by_phase
from layers.sufficiency.effects import avoid_independent, changed_demand, places_of, rate_changes, settings_of
from layers.sufficiency.ground import Ground, Site
from layers.sufficiency.mean_path import RateChanges
from layers.sufficiency.scenario_options import (
    Diversion,
    IndependentAvoided,
    NewBase,
    NewSchool,
    OverNumber,
    PriceInflation,
    Ramp,
    Reform,
    Retention,
    Scenario,
    Slippage,
)
from layers.sufficiency.settings import SufficiencySettings

AREAS = ("a", "b")
YEARS = (2026, 2027, 2028, 2029, 2030, 2031)
GROUND = Ground(YEARS, {"a": "A", "b": "B"}, {900001: Site("Oak", "a", 1.0, 2.0)}, {}.get, lambda _x, _y: "a")
SETTINGS = SufficiencySettings(working_occupancy=0.5)
SPECIAL, INDEPENDENT, MAINSTREAM = (PROVISIONS.index(key) for key in ("special", "independent", "mainstream"))


def of(*options):
    return Scenario("Scheme", "", options)


def forecast(draws=1000, years=3, seed=1):
    """Return draws around an expected path, [year, area, NCY, need, provision]."""
    rng = np.random.default_rng(seed)
    mean = rng.gamma(0.5, 2.0, (years, len(AREAS), len(NCYS), len(NEEDS), len(PROVISIONS)))
    found = rng.poisson(by_phase(mean), (draws, years, len(AREAS), len(PHASE_KEYS), len(NEEDS), len(PROVISIONS)))
    return SimpleNamespace(draws=found.astype(np.int16)), mean


def test_places_open_on_their_ramp_and_are_marked():
    school = NewSchool("North", (("primary", 40), ("secondary", 80)), date(2027, 9, 1), "SEMH", "b")
    first, second = places_of(of(school), SETTINGS, GROUND)
    # Januaries 2026 and 2027 lie before; then 25, 50, 75 and 100 % of 40, of which half can be filled.
    assert first.by_year == (0, 0, 5, 10, 15, 20)
    assert second.by_year == (0, 0, 10, 20, 30, 40)
    assert (first.setting, first.area, first.phase, first.need, first.provision) == ("North", "b", "primary", "SEMH",
                                                                                    "special")  # fmt: skip
    assert (first.commissioned, first.capacity, first.pupils, first.urn) == (40, None, None, None)
    assert first.planned
    assert first.from_scenario


def test_slippage_and_ramp_of_the_scenario_count():
    scenario = of(NewBase(900001, (("primary", 8),), date(2027, 9, 1)), Slippage(12), Ramp((0.5, 1.0)))
    (found,) = places_of(scenario, settings_of(scenario, SETTINGS), GROUND)
    assert found.by_year == (0, 0, 0, 2, 4, 4)
    assert (found.opens, found.setting, found.urn, found.provision) == (date(2028, 9, 1), "Oak", 900001, "base")
    assert (found.area, found.easting, found.northing) == ("a", 1.0, 2.0)


def test_assumptions_change_only_where_a_scenario_says():
    assert settings_of(of(), SETTINGS) is SETTINGS
    slow = SufficiencySettings(slippage_months=3)
    assert settings_of(of(Slippage(6)), slow).slippage_months == 9
    assert settings_of(of(OverNumber()), slow).over_number
    assert not settings_of(of(OverNumber(False)), SufficiencySettings(over_number=True)).over_number


def test_rates_change_only_where_a_scenario_says():
    assert rate_changes(of(PriceInflation((("special", 3.0),)))) == RateChanges()
    assert rate_changes(of(Reform(0.25, 2028), Diversion(0.3, 2029), Retention(0.1, 2030))) == RateChanges(
        {2028: 0.75}, {"special": 0.3, "base": 0.3, "independent": 0.3}, 2029, 0.1, 2030
    )


@given(places=st.integers(1, 500), more=st.integers(0, 500), opens=st.dates(date(2026, 2, 1), date(2030, 12, 31)))
def test_more_places_are_never_fewer_in_any_year(places, more, opens):
    few, many = (
        places_of(of(NewSchool("N", (("primary", count),), opens)), SETTINGS, GROUND)[0].by_year
        for count in (places, places + more)
    )
    assert all(one <= other for one, other in zip(few, many, strict=True))
    assert list(few) == sorted(few)


def test_without_a_change_the_draws_are_the_very_same():
    demand, mean = forecast(draws=10)
    assert changed_demand(demand, mean, mean.copy()) is demand.draws
    assert avoid_independent(demand.draws, of(), GROUND, AREAS) is demand.draws


def test_cells_that_do_not_change_keep_their_plans_in_every_draw():
    demand, mean = forecast(draws=100)
    demand.draws[:, 2, 0, 0, 0, SPECIAL] = 8_000
    after = mean.copy()
    after[1:, 0, :, :, MAINSTREAM] *= 0.5
    found = changed_demand(demand, mean, after)
    assert found.dtype == np.int16
    np.testing.assert_array_equal(found[:, 0], demand.draws[:, 0])
    np.testing.assert_array_equal(found[:, :, 1], demand.draws[:, :, 1])
    np.testing.assert_array_equal(found[..., SPECIAL], demand.draws[..., SPECIAL])
    assert found[:, 1:, 0, ..., MAINSTREAM].sum() < demand.draws[:, 1:, 0, ..., MAINSTREAM].sum()


@pytest.mark.parametrize("factor", [0.0, 0.37, 0.9, 1.1, 2.5])
def test_the_mean_of_the_draws_is_scaled_exactly(factor):
    demand, mean = forecast()
    found = changed_demand(demand, mean, mean * factor)
    wanted = demand.draws.mean(axis=0) * factor
    # The rests lie evenly over the draws of one cell; of all cells together next to nothing is left.
    assert np.abs(found.mean(axis=0) - wanted).max() < 0.06
    assert found.sum() == pytest.approx(demand.draws.sum() * factor, rel=1e-3, abs=1)
    assert (found >= 0).all()


def test_the_relative_spread_is_kept():
    rng = np.random.default_rng(5)
    mean = np.zeros((2, len(AREAS), len(NCYS), len(NEEDS), len(PROVISIONS)))
    mean[:, 0, 10, 0, 0] = 1000
    shape = (1000, 2, len(AREAS), len(PHASE_KEYS), len(NEEDS), len(PROVISIONS))
    draws = np.zeros(shape, dtype=np.int16)
    draws[:, 1, 0, 1, 0, 0] = rng.normal(1000, 100, 1000).round()
    after = mean.copy()
    after[1] *= 0.6
    before, now = draws[:, 1, 0, 1, 0, 0], changed_demand(SimpleNamespace(draws=draws), mean, after)[:, 1, 0, 1, 0, 0]
    assert now.std() / now.mean() == pytest.approx(before.std() / before.mean(), rel=0.01)


def test_plans_appear_where_there_were_none_to_scale():
    demand, mean = forecast()
    mean[:, 0, :, 3, MAINSTREAM] = 0
    demand.draws[:, :, 0, :, 3, MAINSTREAM] = 0
    after = mean.copy()
    after[2, 0, 5, 3, MAINSTREAM] = 1.3
    found = changed_demand(demand, mean, after)[..., 3, MAINSTREAM]
    assert found[:, 2, 0].sum(axis=1).mean() == pytest.approx(1.3, abs=0.02)
    assert found[:, :2, 0].sum() == 0
    assert set(np.unique(found[:, 2, 0].sum(axis=1))) == {1, 2}


def test_children_kept_out_of_independent_schools_by_hand():
    draws = np.zeros((2, len(YEARS), 2, len(PHASE_KEYS), len(NEEDS), len(PROVISIONS)), dtype=np.int16)
    draws[:, :, 0, 1, 0, INDEPENDENT] = 10
    draws[:, :, 1, 1, 0, INDEPENDENT] = 30
    found = avoid_independent(draws, of(IndependentAvoided(8, 2028)), GROUND, AREAS)
    np.testing.assert_array_equal(found[:, :2], draws[:, :2])
    # A quarter of the plans is in area a: 2 of 8.
    assert (found[:, 2:, 0, 1, 0, INDEPENDENT] == 8).all()
    assert (found[:, 2:, 0, 1, 0, SPECIAL] == 2).all()
    assert (found[:, 2:, 1, 1, 0, SPECIAL] == 6).all()
    into = avoid_independent(draws, of(IndependentAvoided(50, 2030, "base", "b")), GROUND, AREAS)
    assert (into[:, 4:, 1, 1, 0, PROVISIONS.index("base")] == 30).all()
    assert (into[:, 4:, 1, 1, 0, INDEPENDENT] == 0).all()
    np.testing.assert_array_equal(into[:, :, 0], draws[:, :, 0])


@given(number=st.integers(1, 300), seed=st.integers(0, 50), area=st.sampled_from(["", "a", "b"]))
def test_children_are_moved_and_none_is_lost(number, seed, area):
    demand, _ = forecast(draws=30, years=len(YEARS), seed=seed)
    draws = demand.draws
    found = avoid_independent(draws, of(IndependentAvoided(number, 2028, area=area)), GROUND, AREAS)
    np.testing.assert_array_equal(found.sum(axis=-1), draws.sum(axis=-1))
    assert (found >= 0).all()
    chosen = slice(None) if not area else slice(AREAS.index(area), AREAS.index(area) + 1)
    moved = (draws - found)[:, :, chosen, ..., INDEPENDENT]
    assert (moved >= 0).all()
    there = draws[:, 2:, chosen, ..., INDEPENDENT].sum(axis=(2, 3, 4))
    np.testing.assert_array_equal(moved[:, 2:].sum(axis=(2, 3, 4)), np.minimum(there, number))
    assert moved[:, :2].sum() == 0


def test_every_child_is_as_likely_to_be_kept_out():
    demand, _ = forecast(draws=1000, years=len(YEARS))
    there = demand.draws[:, 3, ..., INDEPENDENT]
    found = avoid_independent(demand.draws, of(IndependentAvoided(60, 2028)), GROUND, AREAS)
    taken = (there - found[:, 3, ..., INDEPENDENT]).mean(axis=0)
    wanted = (there * 60 / there.sum(axis=(1, 2, 3))[:, None, None, None]).mean(axis=0)
    assert np.abs(taken - wanted).max() < 0.06
