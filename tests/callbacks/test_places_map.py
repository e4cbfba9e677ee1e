"""The map of settings: areas of signs are in proportion to places, whatever their shape."""

import re
from dataclasses import replace
from math import pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.places_facts import ALL, COUNTY, CellKey
from callbacks.places_map import LEAST_RADIUS, SQUARE_UNITS_PER_PLACE, map_view, sign_path
from callbacks.places_state import PlacesState

STATE = PlacesState(2026, CellKey(COUNTY, ALL, ALL, ALL))


def area_of(path):
    """Return the area of a path of straight lines (shoelace), or of a circle of two arcs."""
    if "a" in path:
        radius = float(re.search(r"a([\d.]+)", path)[1])
        return pi * radius**2
    points = [tuple(map(float, one.split())) for one in re.split("[MLz]", path) if one]
    twice = sum(x * b - a * y for (x, y), (a, b) in zip(points, [*points[1:], points[0]], strict=True))
    return abs(twice) / 2


@given(st.sampled_from(("circle", "square", "triangle", "diamond")), st.floats(200, 20_000))
def test_every_shape_has_the_area_that_is_asked_for(shape, area):
    # Corners are written to a tenth of a unit.
    assert area_of(sign_path(shape, 500, 500, area)) == pytest.approx(area, rel=0.03)


def test_signs_are_in_proportion_and_the_largest_is_drawn_first(hand_made, demo_store, setting):
    other = replace(setting, name="B", urn=2, working=57.0, pupils=20)
    view = map_view(demo_store, hand_made(settings=(setting, other)), STATE)
    assert [row["name"] for row in view["rows"]] == ["B", "A school"]
    areas = [area_of(sign["path"]) for sign in view["signs"]]
    assert areas[0] / areas[1] == pytest.approx(2, rel=0.05)
    assert areas[0] == pytest.approx(57 * SQUARE_UNITS_PER_PLACE, rel=0.03)


def test_a_ring_and_words_say_that_a_setting_is_over_its_number(hand_made, demo_store, setting):
    view = map_view(demo_store, hand_made(settings=(setting,)), STATE)
    assert view["over"] == 1
    assert view["signs"][0]["ring"]
    assert view["rows"][0]["over"] == "over by 3"
    assert (
        view["signs"][0]["says"] == "A school: Special school, 29 working places in January 2026, over its number by 3"
    )


def test_a_small_sign_can_still_be_seen_and_one_without_address_stands_in_its_locality(hand_made, demo_store, setting):
    tiny = replace(setting, working=0.5, longitude=None, latitude=None)
    view = map_view(demo_store, hand_made(settings=(tiny,)), STATE)
    assert sqrt(area_of(view["signs"][0]["path"]) / pi) == pytest.approx(LEAST_RADIUS, abs=0.1)
    assert (view["middle"], view["unplaced"]) == (1, 0)
    lost = map_view(demo_store, hand_made(settings=(replace(tiny, area="outside"),)), STATE)
    assert (lost["signs"], lost["unplaced"]) == ([], 1)
