"""Travel, estimated."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.sufficiency.core import Places
from layers.sufficiency.distances import (
    KM_PER_MILE,
    Homes,
    Journey,
    area_distances,
    area_journeys,
    children_over,
    flows_of,
    homes,
    journeys,
    setting_key,
)
from layers.sufficiency.settings import SufficiencySettings

AREAS = ("a", "b", "unknown", "outside")
# Area a: 30 residents at the origin and 10 at 10 km east; area b: 20 at 20 km north.
HOMES = Homes(
    AREAS,
    np.array([0, 0, 1]),
    np.array([[0.0, 0.0], [10_000.0, 0.0], [0.0, 20_000.0]]),
    np.array([30.0, 10.0, 20.0]),
)
PLAIN = SufficiencySettings(detour=1.5, minutes_per_km=4.0, over_miles=(2.0, 3.0), over_minutes=(45.0, 75.0))


def place(setting, area, *point, urn=None, size=10.0, provision="special"):
    easting, northing = point or (None, None)
    return Places(setting, urn, area, easting, northing, provision, "primary", "ANY", 10, None, None, (0.0, size))


def test_a_journey_by_hand():
    found = journeys(HOMES, [place("Oak", "a", 0.0, 0.0, urn=1)], PLAIN)
    # From a: 30 live 0 km away and 10 live 10 km x 1.5 = 15 km, 9.3 miles, 60 minutes.
    assert found["a", 1] == Journey("a", 1, 3.75, 15.0, (0.25, 0.25), (0.25, 0.0))
    assert found["b", 1] == Journey("b", 1, 30.0, 120.0, (1.0, 1.0), (1.0, 1.0))
    assert found["a", 1].miles == pytest.approx(3.75 / 1.609344)
    assert set(found) == {("a", 1), ("b", 1)}


def test_a_distance_at_the_limit_is_not_beyond_it():
    limit = SufficiencySettings(detour=1.0, minutes_per_km=4.5, over_miles=(10 / KM_PER_MILE,), over_minutes=(45.0,))
    found = journeys(HOMES, [place("Oak", "a", 0.0, 0.0)], limit)["a", "Oak"]
    assert (found.over_miles, found.over_minutes) == ((0.0,), (0.0,))


def test_a_setting_without_a_point_stands_in_the_middle_of_its_area():
    found = journeys(HOMES, [place("Elm", "a"), place("Far", "outside"), place("Lost", "unknown")], PLAIN)
    # The middle of 30 at 0 and 10 at 10 km is 2.5 km east: 2.5 and 7.5 km, times 1.5.
    assert found["a", "Elm"].km == pytest.approx((30 * 2.5 + 10 * 7.5) / 40 * 1.5)
    assert {setting for _, setting in found} == {"Elm"}
    assert not journeys(HOMES, [place("Odd", "outside", float("nan"), float("nan"))], PLAIN)


def test_a_setting_is_called_by_its_number_or_its_name():
    assert (setting_key(place("Oak", "a", urn=5)), setting_key(place("Oak", "a"))) == (5, "Oak")


def test_the_way_to_an_area_is_the_mean_by_places():
    offered = [place("Near", "a", 0.0, 0.0, size=30.0), place("Far", "a", 0.0, 20_000.0, size=10.0)]
    found = area_journeys(HOMES, offered, PLAIN)["b", "a"]
    # 30 km to the one with 30 places, 0 km to the one with 10.
    assert found.km == pytest.approx(22.5)
    assert found.over_miles == pytest.approx((0.75, 0.75))
    unfilled = [place("Near", "a", 0.0, 0.0, size=0.0), place("Far", "a", 0.0, 20_000.0, size=0.0)]
    assert area_journeys(HOMES, unfilled, PLAIN)["b", "a"].km == pytest.approx(15.0)


def test_distances_for_the_allocation_by_hand():
    found = area_distances(HOMES, [place("Oak", "a", 0.0, 0.0), place("Out", "outside", 0.0, 40_000.0)], PLAIN)
    assert found[0, 0] == pytest.approx(3.75)
    assert found[1, 0] == pytest.approx(30.0)
    assert found[1, 3] == pytest.approx(30.0)
    # No setting in b: the middle of its residents, where all of them live.
    assert found[1, 1] == pytest.approx(0.0)
    # Of unknown address: as far as the mean of 40 and 20 residents.
    assert found[2, 0] == pytest.approx((40 * 3.75 + 20 * 30.0) / 60)
    # Homes outside: as far as the farthest.
    assert found[3] == pytest.approx([found.max()] * 4)
    assert np.isfinite(found).all()


@given(
    points=st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 1e5), st.sampled_from(AREAS)), max_size=6),
    detour=st.floats(1, 3),
)
def test_distances_are_always_numbers_and_grow_with_the_detour(points, detour):
    offered = [place(f"S{number}", area, *point) for number, (*point, area) in enumerate(points)]
    straight = area_distances(HOMES, offered, SufficiencySettings(detour=1.0))
    longer = area_distances(HOMES, offered, SufficiencySettings(detour=detour))
    assert np.isfinite(straight).all()
    assert (straight >= 0).all()
    np.testing.assert_allclose(longer, straight * detour, rtol=1e-9)


def test_children_beyond_the_limits_by_hand():
    ways = journeys(HOMES, [place("Oak", "a", 0.0, 0.0, urn=1)], PLAIN)
    found = children_over({("a", 1): 8.0, ("b", 1): 2.0, ("outside", 1): 3.0}, ways, PLAIN)
    assert found.miles == {2.0: 4.0, 3.0: 4.0}
    assert found.minutes == {45.0: 4.0, 75.0: 2.0}
    assert (found.children, found.unknown) == (10.0, 3.0)
    assert found.words.startswith("estimated")


@given(counts=st.lists(st.floats(0, 100), min_size=2, max_size=2))
def test_fewer_are_beyond_a_farther_limit(counts):
    ways = journeys(HOMES, [place("Oak", "a", 0.0, 0.0, urn=1)], PLAIN)
    found = children_over({("a", 1): counts[0], ("b", 1): counts[1]}, ways, PLAIN)
    assert found.children + 1e-9 >= found.miles[2.0] >= found.miles[3.0] >= 0
    assert found.minutes[45.0] >= found.minutes[75.0] >= 0


def test_flows_by_area():
    assert flows_of(np.array([[0.0, 2.0], [0.5, 0.0]]), ("a", "b")) == {("a", "b"): 2.0, ("b", "a"): 0.5}


def test_homes_of_a_snapshot(demo_store):
    found = homes(demo_store)
    persons = demo_store.residents((0, 25), None).persons["locality"]
    for number, area in enumerate(found.areas[:-2]):
        assert found.residents[found.area == number].sum() == pytest.approx(persons[area])
    assert len(found.area) == 319
    assert found.area.max() < len(found.areas) - 2
    # Within the county, in metres of the National Grid.
    assert (found.points.min(axis=0) > (460_000, 170_000)).all()
    assert (found.points.max(axis=0) < (510_000, 245_000)).all()
