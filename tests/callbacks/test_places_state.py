"""The address of the page: what it says comes back, and what it cannot say is refused in words."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.places_facts import ALL, COUNTY, CellKey, Frame
from callbacks.places_state import NEEDS, PROVISION_KEYS, PlacesState, default_year, read_places_state
from geodata.errors import UsageError

FRAME = Frame((2025, 2026, 2027), {COUNTY: "Testshire", "aylesbury": "Aylesbury"}, testable=True)


def test_an_address_that_says_nothing_means_the_county_in_the_next_january():
    found = read_places_state(FRAME, {}, 2025)
    assert (found.year, found.cell) == (2026, CellKey(COUNTY, ALL, ALL, ALL))


@pytest.mark.parametrize(("this_year", "year"), [(2020, 2025), (2026, 2027), (2050, 2027)])
def test_the_january_to_begin_with_is_one_of_the_forecast(this_year, year):
    assert default_year(FRAME, this_year) == year


CELLS = st.builds(
    CellKey, st.sampled_from((COUNTY, "aylesbury")), st.sampled_from((ALL, "primary")), st.sampled_from((ALL, *NEEDS)),
    st.sampled_from(PROVISION_KEYS),
)  # fmt: skip


@given(st.sampled_from(FRAME.years), CELLS, st.text(max_size=20), st.booleans())
def test_an_address_reproduces_its_view(year, cell, name, finer):
    state = PlacesState(year, cell, name, finer=finer)
    assert read_places_state(FRAME, dict(parse_qsl(state.address().split("?")[1])), 2025) == state


@pytest.mark.parametrize(
    ("raw", "said"),
    [({"year": "1900"}, "No January '1900' here. Valid: 2025, 2026, 2027."),
     ({"area": "moon"}, "Valid: county, aylesbury."), ({"need": "ASD"}, "broad area of need"),
     ({"colour": "red"}, "The address has 'colour'"), ({"scenario": "a", "plan": "b"}, "give 'scenario' or 'plan'")],
)  # fmt: skip
def test_an_address_that_asks_for_nothing_there_is_refused(raw, said):
    with pytest.raises(UsageError, match=said.replace("(", r"\(")):
        read_places_state(FRAME, raw, 2025)


def test_at_most_four_scenarios_stand_side_by_side():
    with pytest.raises(UsageError, match="Choose up to 4"):
        read_places_state(FRAME, {}, 2025, list("abcde"))
    assert read_places_state(FRAME, {}, 2025, ["a", "b", "a"]).beside == ("a", "b")


def test_a_change_keeps_the_rest():
    state = PlacesState(2026, CellKey("aylesbury", "primary", "semh", "base"), "A plan", beside=("x", "y"))
    address = state.address(area=COUNTY, year=2027)
    assert address == (
        "places?year=2027&area=county&phase=primary&need=semh&provision=base&scenario=A+plan&with=x&with=y"
    )
