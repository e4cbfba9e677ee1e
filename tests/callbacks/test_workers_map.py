"""The map: hulls, colours, the part that is shown, and what stands on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.workers_desk import shown
from callbacks.workers_map import LEAST_SIDE, hull, map_view, tones, window
from callbacks.workers_state import WorkersState

POINTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=12)


def test_the_hull_of_a_square_is_its_corners():
    assert hull([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0)]) == ((0, 0), (4, 0), (4, 4), (0, 4))
    assert hull([(3, 3), (3, 3)]) == ((3, 3),)
    assert hull([(0, 0), (1, 1), (2, 2)]) == ((0, 0), (2, 2))


@given(POINTS)
def test_every_place_lies_in_the_hull(points):
    corners = hull(points)
    assert set(corners) <= set(points)
    if len(corners) > 2:
        sides = zip(corners, (*corners[1:], corners[0]), strict=True)
        for (ax, ay), (bx, by) in sides:
            assert all((bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0 for x, y in points)


def test_neighbours_differ_in_colour():
    found = tones({str(n): [(n, n)] for n in range(6)} | {"far": [(900, 900)]})
    assert len({found[str(n)] for n in range(6)}) == 6
    assert found["far"] in range(6)


@given(POINTS)
def test_the_part_that_is_shown_holds_what_is_wanted_within_the_drawing(points):
    left, top, wide, high = window([(20 * x, 30 * y) for x, y in points], 1300)
    assert (wide, high) == (1000, 1300) or wide == high >= LEAST_SIDE
    assert left >= 0
    assert top >= 0
    assert left + wide <= 1000
    assert top + high <= 1300
    assert all(left <= 20 * x <= left + wide and top <= 30 * y <= top + high for x, y in points)


def test_nothing_chosen_shows_the_county():
    assert window([], 1300) == (0, 0, 1000, 1300)


@pytest.fixture
def found(small_desk, small_store):
    def view(**state):
        plan = small_desk.today() if state.pop("today", False) else small_desk.proposed
        one = shown(small_desk, "x", "x", plan)
        return map_view(small_store, small_desk, one, WorkersState(**state), {4: 1, 5: 2})

    return view


def test_every_school_is_a_dot_and_every_base_a_sign_once(found):
    view = found()
    assert len(view["dots"]) == 6
    assert [one["worker"] for one in view["clusters"]] == ["LW-1", "LW-2", "LW-4"]
    assert [one["says"] for one in view["bases"]] == ["Oak: base of LW-1, LW-2", "Elm: base of LW-4"]
    assert [one["name"] for one in view["shapes"]] == ["Aylesbury", "Chiltern & South Bucks", "Wycombe"]
    assert view["labels"]["LW-4"] == "4"
    assert (view["rays"], view["chosen"], view["alone"]) == ("", "", [])


def test_a_chosen_worker_is_drawn_closer_with_ways_and_numbers(found):
    view = found(worker="LW-4")
    assert view["chosen"] == "LW-4"
    assert view["rays"].count("M") == 2
    assert float(view["zoom"]) < 0.5
    assert sorted(one["number"] for one in view["dots"] if one["number"]) == [1, 2]


def test_a_school_without_a_worker_has_a_sign_of_its_own(found):
    view = found(today=True, worker="LW-3")
    assert [one["says"] for one in view["alone"]] == ["School 5: no worker"]
    assert view["base"] == ""
    assert view["chosen"] == "LW-3"


def test_a_locality_is_drawn_closer(found):
    view = found(area="wycombe")
    assert float(view["zoom"]) < 0.5
    assert [one["name"] for one in view["areas"] if one["chosen"]] == ["Wycombe"]
    assert view["areas"][0] == {"name": "County", "address": "link-workers#map", "chosen": False}


def test_bases_stand_where_their_school_is(found):
    dots = {one["says"][:8]: (one["x"], one["y"]) for one in found()["dots"]}
    x, y = dots["School 1"]
    assert found()["bases"][0]["path"].startswith(f"M{x} {y - 9}")
