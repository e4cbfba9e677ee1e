from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.periods import Period, months_before
from layers.cme.involvements import Involvement, ended_in, open_on, started_in
from layers.cme.measures import (
    BANDS,
    Durations,
    band,
    closed_within,
    closures_by_reason,
    durations,
    month_days,
    months_since,
    open_by_months,
    stock_by_day,
    year_figures,
)

FIRST = date(2021, 9, 1)


def test_a_year_by_hand(cases, year):
    found = year_figures(cases, year)
    assert (found.involvements, found.children) == (9, 8)
    assert (found.carried, found.new, found.closed, found.open) == (2, 7, 6, 3)
    assert found.durations == Durations(6, 1 + 14 + 15 + 28 + 29 + 0)
    assert found.durations.mean_weeks == pytest.approx(87 / 7 / 6)
    assert found.within == {2: 3, 4: 5}
    assert found.cases_of_a_child == {1: 7, 2: 1}


def test_closures_by_reason(cases, year):
    found = closures_by_reason(ended_in(cases, year))
    assert found == {"IND": Durations(3, 15), "OLCM": Durations(3, 72)}


@pytest.mark.parametrize(("days", "two", "four"), [(0, 1, 1), (14, 1, 1), (15, 0, 1), (28, 0, 1), (29, 0, 0)])
def test_within_four_weeks_is_at_most_28_days(make_case, days, two, four):
    closed = [make_case("a", "2022-01-01", str(date(2022, 1, 1) + timedelta(days)))]
    assert (closed_within(closed, 2), closed_within(closed, 4)) == (two, four)


def test_nothing_closed_has_no_mean():
    assert durations([]).mean_weeks is None


@pytest.mark.parametrize(
    ("start", "day", "months"),
    [
        ("2022-07-31", "2022-07-31", 0),
        ("2022-07-01", "2022-07-31", 0),
        ("2022-06-30", "2022-07-31", 1),
        ("2021-07-31", "2022-07-31", 12),
        ("2021-08-01", "2022-07-31", 11),
        ("2020-07-31", "2022-07-31", 24),
        ("2022-01-31", "2022-02-28", 0),
        ("2022-01-28", "2022-02-28", 1),
    ],
)
def test_completed_months(start, day, months):
    assert months_since(date.fromisoformat(start), date.fromisoformat(day)) == months


def test_bands_are_those_of_the_papers():
    assert [band(months) for months in (0, 11, 12, 23, 24, 108)] == ["0", "11", "12-23", "12-23", "24+", "24+"]
    assert open_by_months([], FIRST) == dict.fromkeys(BANDS, 0)


def test_open_by_months(cases):
    found = open_by_months(cases, date(2022, 7, 31))
    assert {key: count for key, count in found.items() if count} == {"0": 2, "24+": 1}


def test_month_days_begin_with_the_day_before(year):
    days = month_days(year)
    assert (days[0], days[1], days[-1], len(days)) == (date(2021, 8, 31), date(2021, 9, 30), date(2022, 7, 31), 12)


days = st.dates(date(2020, 1, 1), date(2023, 12, 31))


@st.composite
def any_cases(draw):
    found = []
    for start, length in draw(st.lists(st.tuples(days, st.none() | st.integers(0, 900)), max_size=40)):
        end = None if length is None else start + timedelta(days=length)
        child = draw(st.sampled_from("abcdefgh"))
        found.append(Involvement(child, start, end, "IND" if end else None, None, None, None, None, "wycombe"))
    return found


@st.composite
def spans(draw):
    first, length = draw(days), draw(st.integers(1, 400))
    return Period("x", "x", first, first + timedelta(days=length))


@given(any_cases(), spans())
def test_what_was_open_and_new_is_what_closed_and_is_open(cases, period):
    found = year_figures(cases, period)
    assert found.carried + found.new - found.closed == found.open
    assert found.carried + found.new == found.involvements
    assert sum(n * children for n, children in found.cases_of_a_child.items()) == found.involvements
    assert sum(found.cases_of_a_child.values()) == found.children
    assert 0 <= found.within[2] <= found.within[4] <= found.closed
    by_reason = closures_by_reason(ended_in(cases, period))
    assert sum(by_reason.values(), Durations(0, 0)) == found.durations


@given(any_cases(), st.lists(days, max_size=5))
def test_a_stock_of_many_days_is_that_of_each(cases, on):
    assert stock_by_day(cases, on) == {day: len(open_on(cases, day)) for day in on}


@given(any_cases(), days)
def test_bands_add_to_the_stock_and_agree_with_the_map_on_long_open(cases, day):
    found = open_by_months(cases, day)
    assert sum(found.values()) == len(open_on(cases, day))
    long = [case for case in open_on(cases, day) if case.start <= months_before(day, 12)]
    assert found["12-23"] + found["24+"] == len(long)


@given(any_cases(), spans())
def test_months_of_a_span_add_to_it(cases, period):
    middle = period.start + (period.end - period.start) // 2
    halves = (Period("a", "a", period.start, middle), Period("b", "b", middle, period.end))
    for flow in (started_in, ended_in):
        parts = [len(flow(cases, half)) if half.start < half.end else 0 for half in halves]
        assert sum(parts) == len(flow(cases, period))
