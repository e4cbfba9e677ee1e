"""Family centres as points."""

import pytest

from layers.points import find_point_set


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("mon;wed;fri", ("Open Monday, Wednesday and Friday",)),
        ("fri;mon", ("Open Monday and Friday",)),
        ("sun", ("Open Sunday",)),
        ("", ()),
        (None, ()),
    ],
)
def test_the_days_stand_in_the_order_of_the_week(days, expected):
    facts = find_point_set("family_centres").facts_of({"kind": "centre_plus", "days": days})
    assert facts == ("Family centre plus", *expected)


def test_a_centre_without_a_kind_is_a_plain_one(subjects_store):
    points = {point.name: point for point in find_point_set("family_centres").points(subjects_store)}
    assert {name: point.kind for name, point in points.items()} == {
        "Oak": "centre_plus", "Elm": "centre", "Ash 2": "centre",
    }  # fmt: skip
    assert points["Ash 2"].facts == ("Family centre",)
