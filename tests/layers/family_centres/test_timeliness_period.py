"""The spans that are asked for, and those of which every end was followed long enough."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import UsageError
from layers.family_centres.timeliness import months_after
from layers.family_centres.timeliness_period import (
    Told,
    ends_followed,
    latest_months,
    referral_period,
    referral_years,
    told_of,
)

TOLD = Told(date(2020, 9, 1), date(2024, 7, 31))


def test_the_latest_twelve_whole_months():
    assert latest_months(TOLD).dates == "2023-08-01/2024-07-31"  # the last day is a month's end
    assert latest_months(Told(TOLD.first, date(2024, 7, 30))).dates == "2023-07-01/2024-06-30"
    short = latest_months(Told(date(2024, 1, 15), TOLD.last))
    assert (short.dates, short.partial) == ("2024-01-15/2024-07-31", True)


def test_ends_are_those_that_were_followed():
    period = latest_months(TOLD)
    six, twelve = (ends_followed(TOLD, period, months) for months in (6, 12))
    assert (six.dates, twelve.dates) == ("2023-02-01/2024-01-31", "2022-08-01/2023-07-31")
    assert ends_followed(TOLD, twelve, 12) is twelve
    assert ends_followed(Told(TOLD.first, date(2024, 7, 30)), period, 6).dates == "2023-01-01/2023-12-31"


@given(st.dates(date(2010, 1, 1), date(2040, 1, 1)), st.integers(1, 36))
def test_every_end_of_the_span_was_followed_and_the_next_month_was_not(last, months):
    told = Told(date(1990, 1, 1), last)
    found = ends_followed(told, latest_months(told), months)
    assert months_after(found.last_day, months) <= last
    assert found.start == date(found.end.year - 1, found.end.month, 1)
    following = months_after(found.end, 1)
    assert months_after(following, months) > last


def test_years_end_with_the_records(subjects_store):
    assert told_of(subjects_store) == Told(date(2021, 8, 31), date(2022, 7, 31))
    years = referral_years(subjects_store)
    assert [(one.key, one.dates, one.partial) for one in years] == [
        ("2021/22", "2021-08-31/2022-03-31", True), ("2022/23", "2022-04-01/2022-07-31", True),
    ]  # fmt: skip
    assert referral_period(subjects_store, "2021/22") == years[0]
    latest = referral_period(subjects_store)
    assert (latest.key, latest.dates, latest.partial) == ("latest", "2021-08-31/2022-07-31", True)


def test_what_the_records_do_not_tell_of_is_refused(subjects_store, small_store):
    with pytest.raises(UsageError, match=r"No year '2019/20' here\. Valid: 2021/22, 2022/23"):
        referral_period(subjects_store, "2019/20")
    with pytest.raises(UsageError, match="early_help_cases is not loaded"):
        told_of(small_store)
