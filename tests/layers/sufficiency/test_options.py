"""Scenarios side by side."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import UsageError
from layers.sufficiency.core import NCYS, NEEDS, PHASE_KEYS, PROVISIONS, Demand, Places, Supply, by_phase
from layers.sufficiency.costs import ScenarioCost, placement_of
from layers.sufficiency.distances import Homes, area_distances
from layers.sufficiency.effects import places_of
from layers.sufficiency.gap import Bands, gap_matrix
from layers.sufficiency.ground import Ground, Site
from layers.sufficiency.options import Case, Outcome, compare, outcome_of, ranking
from layers.sufficiency.scenario_options import NewSchool, PriceInflation, Scenario
from layers.sufficiency.settings import Cost, SufficiencySettings

AREAS = ("a", "b", "unknown", "outside")
YEARS = (2026, 2027, 2028, 2029)
SETTINGS = SufficiencySettings(
    working_occupancy=1.0,
    ramp=(1.0,),
    detour=1.0,
    costs=(Cost("special", 20_000.0, "2024", "a report", "indicative"),
           Cost("independent", 60_000.0, "2024", "a report", "indicative")),
    capital=(Cost("special", 80_000.0, "", "assumed", "assumed", 40),),
)  # fmt: skip
GROUND = Ground(YEARS, {"a": "A", "b": "B"}, {}, {}.get, lambda _x, _y: "a")
# Area a lies round the origin; all of b lives 10 km north, 6.2 miles and 19 minutes away.
HOMES = Homes(AREAS, np.array([0, 1]), np.array([[0.0, 0.0], [0.0, 10_000.0]]), np.array([10.0, 10.0]))
SPECIAL, PRIMARY = PROVISIONS.index("special"), PHASE_KEYS.index("primary")


def demand():
    """20 children of a and 10 of b need a special school in every year, in each of 20 draws."""
    mean = np.zeros((len(YEARS), len(AREAS), len(NCYS), len(NEEDS), len(PROVISIONS)))
    mean[:, 0, NCYS.index(3), NEEDS.index("SEMH"), SPECIAL] = 20
    mean[:, 1, NCYS.index(3), NEEDS.index("SEMH"), SPECIAL] = 10
    draws = np.repeat(by_phase(mean)[None], 20, axis=0).astype(np.int16)
    return Demand(AREAS, YEARS, draws, np.zeros((20, 3, 4, 4), np.int32), mean, ("synthetic",), (), True)


def supply(extra=()):
    listed = Places("Oak", 1, "a", 0.0, 0.0, "special", "primary", "ANY", 5, None, None, (5.0,) * 4)
    return Supply(YEARS, (listed, *extra), {}, {}, (), ())


FORECAST = demand()


def case(*options):
    scenario = Scenario("Scheme", "", options)
    held = supply(places_of(scenario, SETTINGS, GROUND))
    distances = area_distances(HOMES, held.places, SETTINGS)
    return Case(scenario, gap_matrix(FORECAST, held, {}, SETTINGS, distances), held)


def school(places, opens=date(2027, 9, 1)):
    return NewSchool("North", (("primary", places),), opens, easting=0.0, northing=0.0)


BASE = case()


def test_expected_children_of_a_case():
    found = placement_of(BASE.matrix)
    assert found.plans[:, SPECIAL].tolist() == [30] * 4
    assert found.unmet[:, SPECIAL].tolist() == [25] * 4
    assert found.placed.sum() == 20


def test_the_base_case_beside_itself():
    found = outcome_of(BASE, BASE, HOMES, SETTINGS)
    assert [bands.median for bands in found.gap] == [25] * 4
    assert found.first_short == 2026
    assert found.cost.extra == (0,) * 4
    assert found.cost.per_child is None
    # Shared between a and b by the fewest kilometres: a's children live next to the setting.
    assert found.over[0].children == pytest.approx(5)
    assert found.over[0].miles == {2.0: 0.0, 3.0: 0.0}


def test_a_new_school_closes_the_gap_by_hand():
    found = outcome_of(case(school(25)), BASE, HOMES, SETTINGS)
    assert [bands.median for bands in found.gap] == [25, 25, 0, 0]
    assert found.first_short is None
    assert sum(bands[0].median for bands in found.gap_by_area.values()) == 25
    assert found.cost.newly_placed == pytest.approx((0, 0, 25, 25))
    assert found.cost.capital == (0, 0, 50_000, 50_000)
    assert found.cost.per_child == pytest.approx(22_000)
    assert found.cost.net_per_child == pytest.approx(-38_000)
    # All 10 children of b now have a place, 10 km away.
    assert found.over[3].miles == pytest.approx({2.0: 10.0, 3.0: 10.0})
    assert found.over[3].minutes == {45.0: 0.0, 75.0: 0.0}
    assert any("estimated" in words for words in found.words)


@given(places=st.integers(1, 40), more=st.integers(1, 40))
def test_more_places_never_place_fewer_children(places, more):
    few, many = (outcome_of(case(school(count)), BASE, HOMES, SETTINGS) for count in (places, places + more))
    assert all(one <= other + 1e-6 for one, other in zip(few.cost.newly_placed, many.cost.newly_placed, strict=True))
    assert all(one.median + 1e-6 >= other.median for one, other in zip(few.gap, many.gap, strict=True))


def test_inflation_of_0_is_the_base_case():
    found = outcome_of(case(PriceInflation((("special", 0.0),))), BASE, HOMES, SETTINGS)
    assert found == replace(outcome_of(BASE, BASE, HOMES, SETTINGS), name="Scheme")


def outcome(name, per_child, extra=0.0):
    cost = ScenarioCost(
        (2026,), (0.0,), (0.0,), (extra,), (0.0,), (0.0,), (0.0,), (0.0,), per_child, None, "assumed", ()
    )
    return Outcome(name, (2026,), (Bands(0, 0, 0, 0, 0),), {}, None, cost, (), ())


def test_ranking_by_hand():
    found = ranking([
        outcome("dear", 40_000.0), outcome("none, dear", None, 5e6), outcome("cheap B", 20_000.4),
        outcome("cheap A", 19_999.6), outcome("saves", -3_000.0), outcome("none, saves", None, -2e6),
        outcome("none", None),
    ])  # fmt: skip
    assert [(one.position, one.name) for one in found] == [
        (1, "saves"), (2, "cheap A"), (2, "cheap B"), (4, "dear"), (None, "none, saves"), (None, "none"),
        (None, "none, dear"),
    ]  # fmt: skip
    assert found[0].words == "-£3,000 a year for each child newly placed (assumed)."
    assert found[4].words.startswith("No more children have a place, and it costs £2.0 million less over 2026 to 2026")
    assert "costs the same" in found[5].words
    (thousands,) = ranking([outcome("a", None, 12_345.0)])
    assert "costs £12,000 more" in thousands.words
    assert ranking([]) == ()


def test_up_to_four_stand_side_by_side():
    base = outcome("Base case", None)
    four = [outcome(name, 1.0) for name in "abcd"]
    assert compare(base, four).outcomes == tuple(four)
    assert len(compare(base, four).ranking) == 4
    with pytest.raises(UsageError, match=r"5 scenarios are too many.*up to 4"):
        compare(base, [*four, outcome("e", 1.0)])
    with pytest.raises(UsageError, match="'a' was chosen twice"):
        compare(base, [four[0], four[0]])


def test_a_place_without_a_known_site_is_counted_as_unknown():
    lost = replace(GROUND, area_of_point=lambda _x, _y: "unknown")
    assert lost.site(NewSchool("N", (("primary", 5),), date(2027, 9, 1))) == Site("N", "unknown")
    found = outcome_of(case(NewSchool("N", (("primary", 25),), date(2027, 9, 1))), BASE, HOMES, SETTINGS)
    assert found.over[3].unknown == pytest.approx(25)
    assert found.over[3].children == pytest.approx(5)
