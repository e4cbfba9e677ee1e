"""Signs of centres: moved apart where they would hide each other, and what they say."""

from math import dist

from hypothesis import given
from hypothesis import strategies as st

from callbacks.centres_signs import clear_of, days_words, kind_words, signs, spread
from callbacks.cme_outlines import Sheet
from layers.family_centres.core import Centre

SHEET = Sheet(51.0, -1.0, 52.0, 0.0)


def centre(key, kind="centre", days=("mon", "fri"), longitude=-0.5, latitude=51.5):
    return Centre(key, f"Centre {key}", kind, days, 1.0, 1.0, longitude, latitude, "a")


def test_signs_far_from_each_other_stay_and_near_ones_are_pushed_the_same_way_each():
    assert spread([(0, 0), (500, 0)]) == [(0, 0), (500, 0)]
    assert spread([(90, 10), (110, 10)], 40) == [(80, 10), (120, 10)]
    assert spread([]) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6))
def test_no_sign_hides_another(points):
    found = spread(points, 20)
    assert min(dist(one, other) for place, one in enumerate(found) for other in found[:place]) >= 15


def test_a_sign_that_was_moved_has_a_line_to_its_place():
    found = signs(SHEET, [(centre("a"), "centre"), (centre("b"), "centre"), (centre("c", latitude=None), "centre"),
                          (centre("d"), "building")])  # fmt: skip
    assert [one["key"] for one in found] == ["a", "b", "d"]
    x, y = SHEET.at(-0.5, 51.5)
    assert [bool(one["lead"]) for one in found] == [True, True, False]
    assert found[0]["lead"].startswith(f"M{x} {y}L")
    assert (found[2]["x"], found[2]["y"]) == (x, y)
    assert found[0]["says"] == "Centre a: family centre, 2 days a week: Mon, Fri"


def test_words_of_days_and_kinds():
    assert days_words(centre("a", days=())) == "opening days not stated"
    assert days_words(centre("a", days=("tue",))) == "1 day a week: Tue"
    assert kind_words(centre("a", "centre_plus")) == "Family centre plus"
    assert kind_words(centre("a", "mobile_van")) == "Mobile van"


def test_a_name_goes_past_the_signs_that_it_would_hide_and_no_farther():
    name = {"name": "Wycombe", "x": 500, "y": 400}
    assert clear_of([name], []) == [name]
    assert clear_of([name], [{"x": 500, "y": 700}]) == [name]
    (moved,) = clear_of([name], [{"x": 500, "y": 400}])
    assert 30 <= abs(moved["y"] - 400) <= 60
    assert (moved["name"], moved["x"]) == ("Wycombe", 500)
