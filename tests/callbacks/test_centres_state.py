"""The address of the page on family centres: what it asks for, made whole and checked."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from callbacks.centres_state import MOST_ADDED, CentresState, asked_fields, read_asked, read_mode
from geodata.errors import UsageError
from layers.family_centres.site_report import SiteAsked

WITH = SimpleNamespace(buildings=("one",))
WITHOUT = SimpleNamespace(buildings=())


def test_what_an_address_leaves_out_has_a_default():
    assert read_mode({}, "bus") == "bus"
    assert read_mode({"mode": "walk"}, "bus") == "walk"
    assert read_asked({}, (), "bus", WITH) is None
    assert read_asked({"mode": "car", "objective": "cover"}, (), "car", WITH) is None
    assert read_asked({"close": "A"}, ("A", ""), "bus", WITH) == SiteAsked(close=("A",), mode="bus")
    assert read_asked({"add": "2"}, (), "bus", WITHOUT) == SiteAsked(add=2, mode="bus", search=True)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"add": "6"}, "'6' is no number of sites to add here. Valid: 0 to 5"),
        ({"add": "many"}, "'many' is no number"),
        ({"add": "-1"}, "'-1' is no number"),
        ({"add": "1", "objective": "cheap"}, "No aim 'cheap'. Valid: median, cover"),
        ({"add": "1", "by": "stars"}, "No kind of place 'stars'. Valid: buildings, search"),
        ({"add": "1", "minutes": "15"}, "'15' is no limit here. Valid: 10, 20, 30 minutes"),
        ({"move": "A"}, "Choose the building that the centre moves to"),
        ({"to": "B"}, "Choose the centre that moves there"),
    ],
)
def test_what_makes_no_sense_is_said_in_words(raw, said):
    with pytest.raises(UsageError, match=said):
        read_asked(raw, (), "bus", WITH)


def test_the_address_itself_is_checked():
    with pytest.raises(UsageError, match="has 'colour', which this page does not know"):
        read_mode({"colour": "red"}, "bus")
    with pytest.raises(UsageError, match=r"No way of travel 'boat'\. Valid: walk, bus, car"):
        read_mode({"mode": "boat"}, "bus")
    with pytest.raises(UsageError, match="No list of buildings is loaded"):
        read_asked({"add": "1", "by": "buildings"}, (), "bus", WITHOUT)


KEYS = st.text("ABC-01 &=+/:", min_size=1, max_size=8).filter(str.strip)


@given(
    add=st.integers(0, MOST_ADDED),
    close=st.lists(KEYS, max_size=4).map(tuple),
    move=st.tuples(KEYS, KEYS) | st.none(),
    objective=st.sampled_from(("median", "cover")),
    mode=st.sampled_from(("walk", "bus", "car")),
    search=st.booleans(),
    minutes=st.sampled_from((10, 20, 30)),
)
def test_an_address_gives_back_what_was_asked(*, add, close, move, objective, mode, search, minutes):
    asked = SiteAsked(
        add, close, (move,) if move else (), objective, mode, minutes if objective == "cover" else 30, search=search
    )
    if not (add or close or move):
        return
    fields = MultiDict(CentresState(mode, asked).fields)
    assert asked_fields(asked) == CentresState(mode, asked).fields[1:]
    assert read_mode(fields.to_dict(), "car") == mode
    assert read_asked(fields.to_dict(), fields.getlist("close"), mode, WITH) == asked


def test_an_address_of_another_view():
    state = CentresState("bus", SiteAsked(close=("A 1",), mode="bus"))
    assert state.address() == "centres?mode=bus&close=A+1&objective=median&by=buildings"
    assert state.address(asked=None) == "centres?mode=bus"
