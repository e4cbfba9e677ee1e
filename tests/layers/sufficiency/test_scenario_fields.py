"""Reading single values of a scenario."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import UsageError
from layers.sufficiency.scenario_fields import area_code, day, plain_text, postcode, share, shares, whole


@pytest.mark.parametrize(
    ("typed", "expected"), [("hp201ua", "HP20 1UA"), (" SL1  1aa ", "SL1 1AA"), ("", ""), ("W1A 1AA", "W1A 1AA")]
)
def test_a_postcode_is_written_in_one_way(typed, expected):
    assert postcode(typed, "here") == expected


def test_text_is_written_in_one_way():
    assert plain_text(80)("  North \n  Scheme e\u0301 ", "here") == "North Scheme \u00e9"
    with pytest.raises(UsageError, match="here: give a text"):
        plain_text(80)(5, "here")


def test_a_date_may_be_one_already():
    assert day(date(2028, 9, 1), "here") == date(2028, 9, 1)


def test_a_code_is_printable():
    with pytest.raises(UsageError, match="give the code of an area"):
        area_code("a\n", "here")


def complaint(read, value):
    """Return what a reader says against a value; empty where it takes it."""
    try:
        read(value, "Option 1")
    except UsageError as error:
        return str(error)
    return ""


@given(value=st.none() | st.text() | st.lists(st.integers()) | st.floats() | st.integers())
def test_whatever_is_typed_is_a_value_or_an_error_with_its_place(value):
    for read in (share, shares, day, postcode, area_code, whole(1, 5), plain_text(80)):
        said = complaint(read, value)
        assert said == "" or said.startswith("Option 1: ")
        assert len(said) < 500


@given(value=st.floats(0, 1))
def test_every_share_is_taken(value):
    assert share(value, "here") == value
