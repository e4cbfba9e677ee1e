"""A stock has a date, a flow is half-open, and both are found by their keys."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import UsageError
from geodata.periods import (
    UNDATED,
    Period,
    census_day,
    census_days,
    cme_years,
    find_period,
    month_ends,
    months,
    nearest,
    stock,
    words,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 2000)).map(lambda span: (span[0], span[0] + timedelta(span[1])))


def keys(periods):
    return [period.key for period in periods]


def test_a_stock_is_one_day():
    period = stock(date(2022, 7, 31))
    assert period == Period("2022-07-31", "31 July 2022", date(2022, 7, 31), date(2022, 7, 31))
    assert (period.is_stock, period.last_day, period.dates) == (True, date(2022, 7, 31), "2022-07-31")


def test_a_flow_names_its_last_day_and_not_the_one_after():
    period = Period("2022-07", "July 2022", date(2022, 7, 1), date(2022, 8, 1))
    assert (period.is_stock, period.last_day, period.dates) == (False, date(2022, 7, 31), "2022-07-01/2022-07-31")


def test_an_undated_source_says_so():
    assert (UNDATED.is_stock, UNDATED.last_day, UNDATED.dates) == (True, None, "undated")


def test_dates_are_written_as_people_do():
    assert words(date(2022, 1, 5)) == "5 January 2022"


def test_month_ends_know_leap_years_and_end_with_the_last_day_covered():
    assert keys(month_ends(date(2024, 1, 31), date(2024, 4, 10))) == [
        "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-10",
    ]  # fmt: skip


def test_month_ends_cross_the_year():
    assert keys(month_ends(date(2021, 11, 30), date(2022, 1, 31))) == ["2021-11-30", "2021-12-31", "2022-01-31"]


@pytest.mark.parametrize(
    ("year", "day"), [(2019, 17), (2020, 16), (2021, 21), (2022, 20), (2023, 19), (2024, 18), (2025, 16)]
)
def test_the_census_is_on_the_third_thursday_of_january(year, day):
    assert census_day(year) == date(year, 1, day)


@given(st.integers(1950, 2100))
def test_a_census_day_is_always_a_thursday_with_two_before_it(year):
    day = census_day(year)
    assert day.weekday() == 3
    assert 15 <= day.day <= 21


def test_census_days_take_each_january_each_july_and_the_last_day():
    assert keys(census_days(date(2021, 1, 21), date(2022, 3, 1))) == [
        "2021-01-21", "2021-07-31", "2022-01-20", "2022-03-01",
    ]  # fmt: skip


def test_only_whole_months_are_offered():
    # Covered from 15 September: September is not whole; covered to 29 November: nor is November.
    assert keys(months(date(2021, 9, 15), date(2021, 11, 29))) == ["2021-10"]
    assert keys(months(date(2021, 8, 31), date(2021, 11, 30))) == ["2021-09", "2021-10", "2021-11"]


def test_a_month_ends_before_the_first_of_the_next():
    (december,) = months(date(2021, 11, 30), date(2021, 12, 31))
    assert (december.label, december.start, december.end) == ("December 2021", date(2021, 12, 1), date(2022, 1, 1))


def test_the_committee_year_runs_from_september_to_the_end_of_july():
    (year,) = cme_years(date(2021, 8, 31), date(2022, 7, 31))
    assert (year.key, year.label, year.dates) == ("2021/22", "2021/22", "2021-09-01/2022-07-31")
    assert year.end == date(2022, 8, 1)  # half-open: 31 July belongs to it, 1 August does not


def test_august_belongs_to_no_committee_year():
    first, second = cme_years(date(2021, 8, 31), date(2023, 7, 31))
    assert (first.end, second.start) == (date(2022, 8, 1), date(2022, 9, 1))


def test_a_running_year_says_up_to_when_and_ends_there():
    (year,) = cme_years(date(2021, 8, 31), date(2022, 3, 31))
    assert (year.key, year.label) == ("2021/22", "2021/22 so far, to 31 March 2022")
    assert year.last_day == date(2022, 3, 31)


def test_a_year_begun_before_the_extract_is_not_offered():
    assert cme_years(date(2021, 10, 1), date(2022, 7, 31)) == ()


def test_the_year_2099_ends_in_00():
    assert keys(cme_years(date(2099, 8, 1), date(2100, 7, 31))) == ["2099/00"]


@pytest.mark.parametrize("calendar", [month_ends, census_days])
@given(span=SPANS)
def test_stock_calendars_rise_stay_within_their_span_and_end_with_its_last_day(calendar, span):
    found = calendar(*span)
    days = [period.start for period in found]
    assert days == sorted(set(days))
    assert all(span[0] <= day <= span[1] for day in days)
    assert days[-1] == span[1]
    assert all(period.is_stock for period in found)


@pytest.mark.parametrize("calendar", [months, cme_years])
@given(span=SPANS)
def test_flow_calendars_rise_without_overlap_within_their_span(calendar, span):
    found = calendar(*span)
    assert all(span[0] <= period.start <= period.last_day <= span[1] for period in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_period_is_found_by_its_key():
    periods = month_ends(date(2022, 6, 30), date(2022, 7, 31))
    assert find_period(periods, "2022-06-30") is periods[0]


def test_a_month_stands_for_the_only_date_in_it():
    periods = month_ends(date(2022, 6, 30), date(2022, 7, 31))
    assert find_period(periods, "2022-07") is periods[1]


def test_a_month_with_two_dates_in_it_is_refused():
    periods = (stock(date(2022, 7, 15)), stock(date(2022, 7, 31)))
    with pytest.raises(UsageError, match="Valid: 2022-07-15, 2022-07-31"):
        find_period(periods, "2022-07")


@pytest.mark.parametrize("key", ["2022", "2022-0", "20", "2022-07-3", "july"])
def test_a_piece_of_a_date_is_no_period(key):
    with pytest.raises(UsageError, match=r"No period '.*' here\. Valid: 2022-07-31\."):
        find_period((stock(date(2022, 7, 31)),), key)


def test_without_periods_the_error_says_none():
    with pytest.raises(UsageError, match="Valid: none"):
        find_period((), "2022-07")


def test_the_nearest_day_is_found_and_of_two_the_earlier():
    days = [date(2020, 6, 30), date(2022, 6, 30)]
    assert nearest(days, date(2022, 1, 1)) == date(2022, 6, 30)
    # 2020-06-30 and 2022-06-30 are both 365 days from 2021-06-30.
    assert nearest(days, date(2021, 6, 30)) == date(2020, 6, 30)
    assert nearest(days[::-1], date(2021, 6, 30)) == date(2020, 6, 30)


def test_a_year_that_still_runs_is_partial_and_a_whole_one_is_not():
    whole, running = cme_years(date(2021, 9, 1), date(2022, 12, 14))
    assert (whole.key, whole.partial) == ("2021/22", False)
    assert (running.key, running.partial) == ("2022/23", True)
    assert running.label == "2022/23 so far, to 14 December 2022"
