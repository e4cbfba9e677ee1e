"""The places of a set, as the map takes them."""

import json

import pytest

from callbacks.places import place_set
from geodata.errors import UsageError
from layers.points import all_point_sets


def test_the_centres_are_those_open_in_the_county_by_name(subjects_figures):
    found = place_set(subjects_figures, "family_centres")
    assert (found["key"], found["tags"]) == ("family_centres", ["illustrative"])
    assert [(place[2], place[3]) for place in found["places"]] == [
        ("Ash 2", "centre"), ("Elm", "centre"), ("Oak", "centre_plus"),
    ]  # fmt: skip
    assert found["places"][2] == [
        51.7,
        -0.8,
        "Oak",
        "centre_plus",
        ["Family centre plus", "Open Monday, Wednesday and Friday"],
    ]


@pytest.mark.parametrize("key", [one.key for one in all_point_sets()])
def test_every_place_has_a_kind_of_its_set_and_travels_as_it_is(subjects_figures, key):
    found = place_set(subjects_figures, key)
    kinds = {code for one in all_point_sets() if one.key == key for code, _ in one.kinds}
    assert found["places"]
    for latitude, longitude, name, kind, facts in found["places"]:
        assert 51 < latitude < 53
        assert -2 < longitude < 0
        assert name
        assert kind in kinds
        assert all(isinstance(fact, str) for fact in facts)
    assert json.loads(json.dumps(found)) == found


def test_names_are_in_order_whatever_their_case(subjects_figures):
    names = [place[2].casefold() for place in place_set(subjects_figures, "schools")["places"]]
    assert names == sorted(names)


def test_real_places_carry_no_tag(subjects_figures):
    assert place_set(subjects_figures, "schools")["tags"] == []


def test_an_unknown_set_is_refused(subjects_figures):
    with pytest.raises(UsageError, match="No point set 'children'"):
        place_set(subjects_figures, "children")
