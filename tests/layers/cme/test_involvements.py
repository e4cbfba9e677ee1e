from datetime import date

import pytest

from geodata.errors import UsageError
from geodata.periods import stock
from layers.cme.involvements import active_in, ended_in, involvements, of_area, open_on, span, started_in


def children(cases):
    return "".join(case.child for case in cases)


def test_open_is_at_the_end_of_a_day(cases):
    assert children(open_on(cases, date(2021, 8, 31))) == "ab"
    assert children(open_on(cases, date(2021, 9, 1))) == "ac"
    assert children(open_on(cases, date(2022, 7, 31))) == "agh"


def test_a_case_of_one_day_is_new_and_closed_but_never_open(cases, year):
    assert "f" in children(started_in(cases, year))
    assert "f" in children(ended_in(cases, year))
    assert "f" not in children(open_on(cases, date(2022, 1, 10)))


def test_a_year_counts_what_was_open_at_its_start_and_what_started_in_it(cases, year):
    assert children(started_in(cases, year)) == "ccdefgh"
    assert children(ended_in(cases, year)) == "bccdef"
    assert children(active_in(cases, year)) == "abccdefgh"


def test_a_day_is_no_span():
    with pytest.raises(ValueError, match="no span"):
        span(stock(date(2022, 7, 31)))


def test_an_open_case_has_no_duration(cases):
    with pytest.raises(ValueError, match="no duration"):
        _ = cases[0].days


def test_cases_come_with_their_area_and_without_a_home(small_store):
    found = involvements(small_store, "locality")
    assert len(found) == 14
    assert children(of_area(found, "unknown")) == "kl"  # an unknown address and a protected one
    assert children(of_area(found, "outside")) == "mn"
    # Columns that the part lacks are missing throughout.
    assert {case.sen_status for case in found} == {None}


@pytest.mark.parametrize("column", ["postcode", "protected", "atom"])
def test_nobody_is_told_where_a_child_lives(small_store, column):
    with pytest.raises(UsageError, match=column):
        small_store.cases("cme_involvements", ("child_id", column), "locality")


def test_nothing_loaded_gives_no_case(small_store):
    assert small_store.cases("home_education", ("child_id",), "locality") == ()
