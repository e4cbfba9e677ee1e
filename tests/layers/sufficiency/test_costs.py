"""What places cost."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.sufficiency.core import PROVISIONS, Places
from layers.sufficiency.costs import (
    FEWER_WORDS,
    NEW_WORDS,
    UNMET_WORDS,
    Placement,
    capital_cost,
    inflation_of,
    price,
    scenario_cost,
    yearly_cost,
)
from layers.sufficiency.scenario_options import PriceInflation, Scenario
from layers.sufficiency.settings import Cost, SufficiencySettings

YEARS = (2026, 2027, 2028)
SETTINGS = SufficiencySettings(
    costs=(
        Cost("special", 20_000.0, "2024", "a report", "indicative"),
        Cost("independent", 60_000.0, "2024", "a report", "indicative"),
        Cost("mainstream", 10_000.0, "assumed", "assumed", "assumed"),
    ),
    capital=(Cost("special", 80_000.0, "", "assumed", "assumed", 40),),
)
INDICATIVE = SufficiencySettings(costs=SETTINGS.costs[:2])


def placement(**plans):
    """Return plans and children without a place in each year: special=(plans, unmet)."""
    whole, unmet = np.zeros((len(YEARS), len(PROVISIONS))), np.zeros((len(YEARS), len(PROVISIONS)))
    for key, (count, without) in plans.items():
        whole[:, PROVISIONS.index(key)], unmet[:, PROVISIONS.index(key)] = count, without
    return Placement(YEARS, whole, unmet)


def new(places=100, opens=date(2026, 9, 1), provision="special"):
    return Places("N", None, "a", None, None, provision, "primary", "ANY", places, None, None, (0.0,) * 3, opens,
                  planned=True, from_scenario=True)  # fmt: skip


def test_a_year_by_kind_of_provision_with_its_sources():
    found = yearly_cost({"special": 10, "other": 4, "mainstream": 2.5}, 2028, 2026, SETTINGS, {"special": 10.0})
    mainstream, special, other = found
    assert (special.each, special.pounds) == (pytest.approx(24_200), pytest.approx(242_000))
    assert (special.prices, special.source, special.status) == ("2024", "a report", "indicative")
    assert (mainstream.pounds, mainstream.status) == (25_000, "assumed")
    assert (other.children, other.each, other.pounds, other.status) == (4, None, None, "")


def test_a_price_rises_from_the_base_year_on():
    assert [price(SETTINGS.costs[0], {"special": 50.0}, years) for years in (0, 1, 2)] == [20_000, 30_000, 45_000]
    assert inflation_of(Scenario("x", "", (PriceInflation((("special", 3.0),)),))) == {"special": 3.0}
    assert inflation_of(Scenario("x")) == {}


def test_new_places_are_spread_over_the_life_of_the_building():
    # 100 places x 80,000 / 40 years = 200,000 a year, from January 2027.
    assert capital_cost([new()], YEARS, SETTINGS).tolist() == [0, 200_000, 200_000]
    assert capital_cost([new(), new(50, date(2027, 9, 1))], YEARS, SETTINGS).tolist() == [0, 200_000, 300_000]
    assert capital_cost([new(provision="base")], YEARS, SETTINGS).tolist() == [0, 0, 0]
    short = SufficiencySettings(capital=(Cost("special", 80_000.0, "", "assumed", "assumed", 1),))
    assert capital_cost([new()], YEARS, short).tolist() == [0, 8_000_000, 0]


def test_a_scenario_beside_the_base_case_by_hand():
    base = placement(special=(100, 30), independent=(10, 0))
    after = placement(special=(100, 10), independent=(10, 0))
    found = scenario_cost(base, after, [new(40)], SETTINGS)
    # Base: 70 x 20,000 + 10 x 60,000 + 30 without at 60,000 = 3.8 m. After: 90, 10 and 10, and 80,000 of building.
    assert found.base_pounds == (3_800_000,) * 3
    assert found.pounds == (3_000_000, 3_080_000, 3_080_000)
    assert found.extra == (-800_000, -720_000, -720_000)
    assert (found.capital, found.unmet) == ((0, 80_000, 80_000), (600_000,) * 3)
    assert found.newly_placed == (20, 20, 20)
    # 60 child-years: 60 x 20,000 + 160,000 of building; less 60 x 60,000.
    assert found.per_child == pytest.approx(22_666.67, abs=0.01)
    assert found.net_per_child == pytest.approx(22_666.67 - 60_000, abs=0.01)
    assert found.status == "assumed"
    assert UNMET_WORDS in found.words
    assert NEW_WORDS in found.words


def test_children_whose_plan_a_reform_leaves_out_are_not_placed():
    base, after = placement(special=(100, 30)), placement(special=(80, 10))
    found = scenario_cost(base, after, [], SETTINGS)
    assert (found.newly_placed, found.fewer_plans) == ((0, 0, 0), (20, 20, 20))
    assert found.per_child is None
    assert found.extra == (-1_200_000,) * 3
    assert FEWER_WORDS in found.words


def test_children_who_stay_in_mainstream_free_places_for_others():
    base, after = placement(special=(100, 30)), placement(special=(80, 10), mainstream=(20, 0))
    found = scenario_cost(base, after, [], SETTINGS)
    assert found.newly_placed == (20, 20, 20)
    assert found.per_child == 10_000
    assert FEWER_WORDS not in found.words


def test_the_base_case_costs_nothing_more():
    base = placement(special=(100, 30), mainstream=(50, 0))
    found = scenario_cost(base, base, [], SETTINGS)
    assert found.extra == (0,) * 3
    assert (found.per_child, found.net_per_child) == (None, None)
    assert NEW_WORDS not in found.words


def test_inflation_alone_costs_more_and_does_not_touch_the_cost_of_a_child():
    base, after = placement(special=(100, 30)), placement(special=(100, 10))
    plain = scenario_cost(base, after, [], SETTINGS)
    rising = scenario_cost(base, after, [], SETTINGS, {"independent": 10.0})
    assert rising.extra[0] == plain.extra[0]
    assert rising.extra[2] > plain.extra[2]
    assert rising.per_child == plain.per_child


@given(percent=st.sampled_from([{}, {"special": 0.0}, dict.fromkeys(PROVISIONS, 0.0)]), without=st.integers(0, 100))
def test_inflation_of_0_changes_nothing(percent, without):
    base, after = placement(special=(100, 30)), placement(special=(100, without))
    assert scenario_cost(base, after, [], SETTINGS, percent) == scenario_cost(base, after, [], SETTINGS)


@given(unmet=st.tuples(st.integers(0, 100), st.integers(0, 100)), mainstream=st.integers(0, 50))
def test_the_parts_add_up(unmet, mainstream):
    special = 100 - mainstream
    base = placement(special=(100, unmet[0]))
    after = placement(special=(special, min(unmet[1], special)), mainstream=(mainstream, 0))
    found = scenario_cost(base, after, [new()], SETTINGS)
    np.testing.assert_allclose(np.array(found.extra), np.array(found.pounds) - np.array(found.base_pounds))
    assert (found.per_child is None) == (sum(found.newly_placed) < 0.5)
    if found.per_child is not None:
        # What is spent on each child and what is not spent on it any more make up the difference in all.
        assert found.net_per_child * sum(found.newly_placed) == pytest.approx(sum(found.extra), abs=1e-3)


def test_what_has_no_price_is_said():
    found = scenario_cost(placement(other=(5, 0)), placement(other=(5, 0)), [new(provision="base")], INDICATIVE)
    assert "Not in the sums, as the settings have no price: Other, at home or not yet placed." in found.words
    assert "No price to build: Additionally resourced provision or SEN unit." in found.words
    assert found.status == "indicative"
    nothing = scenario_cost(placement(), placement(), [], SufficiencySettings())
    assert (nothing.status, nothing.words[0]) == ("assumed", "The settings have no prices.")


def test_every_price_is_said_with_how_sure_it_is():
    found = scenario_cost(placement(), placement(), [], SETTINGS)
    assert "Special school: £20,000 a year, indicative (2024)" in found.words[0]
    assert "Mainstream school: £10,000 a year, assumed." in found.words[0]
