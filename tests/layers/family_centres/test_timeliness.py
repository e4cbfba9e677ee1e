"""Waits by the clock and by days alone, who comes back, and shares that hold whatever is not told."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.family_centres.timeliness import (
    Tally,
    again_answers,
    contact_answer,
    days_between,
    decision_answer,
    months_after,
    outcome_answer,
    support_answer,
    tally,
    within_hours,
)
from layers.family_centres.timeliness_records import FamilyReferral, Spell

LAST = date(2024, 12, 31)


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("since", "until", "day", "limit"),
    [
        ("2024-01-05 10:00", "2024-01-06 10:00", "met", "met"),  # 24 hours to the minute
        ("2024-01-05 10:00", "2024-01-06 10:01", "missed", "met"),
        ("2024-01-05 10:00", "2024-01-08 10:00", "missed", "met"),
        ("2024-01-05 10:00", "2024-01-08 10:01", "missed", "missed"),
        ("2024-01-05", "2024-01-05", "met", "met"),  # days alone: the same day is always within 24 hours
        ("2024-01-05", "2024-01-06", "untold", "met"),  # between nothing and 48 hours
        ("2024-01-05", "2024-01-07", "missed", "met"),  # more than 24, less than 72
        ("2024-01-05", "2024-01-08", "missed", "untold"),
        ("2024-01-05", "2024-01-09", "missed", "missed"),
        ("2024-01-05 10:00", "2024-01-06", "untold", "met"),  # 14 to 38 hours
        ("2024-01-05 10:00", "2024-01-07", "missed", "met"),  # 38 to 62
        ("2024-01-05", "2024-01-06 09:00", "untold", "met"),  # 9 to 33
        ("2024-01-05", "2024-01-07 00:30", "missed", "met"),
        ("2024-01-05 10:00", "2024-01-04 10:00", "met", "met"),  # before: in time
        (None, "2024-01-05", "unstated", "unstated"),
        ("2024-01-05", None, "unstated", "unstated"),
    ],
)
def test_within_24_and_72_hours(since, until, day, limit):
    moments = (since and at(since), until and at(until))
    assert (within_hours(*moments, 24), within_hours(*moments, 72)) == (day, limit)


@given(st.datetimes(at("2020-01-01 00:01"), at("2020-02-01")), st.integers(0, 120 * 60), st.booleans())
def test_what_days_alone_tell_is_what_the_times_tell(since, minutes, other):
    since = since.replace(second=0, microsecond=0)
    until = since + timedelta(minutes=minutes)
    true = "met" if minutes <= 24 * 60 else "missed"
    bare = [moment.replace(hour=0, minute=0) for moment in (since, until)]
    told = within_hours(bare[0], until if other else bare[1], 24)
    assert told in (true, "untold")


def test_days_are_counted_as_said():
    friday, tuesday = date(2024, 1, 5), date(2024, 1, 9)
    assert (days_between(friday, tuesday, "calendar"), days_between(friday, tuesday, "working")) == (4, 2)
    assert (days_between(tuesday, friday, "calendar"), days_between(tuesday, friday, "working")) == (0, 0)


def referral(**facts):
    known = {"referral": at("2024-01-05 10:00"), "decision": at("2024-01-05 12:00"), "contact": None}
    known |= {"day": date(2024, 1, 5), "start": date(2024, 1, 10), "area": "a"} | facts
    return FamilyReferral(**known)


def test_each_wait_has_its_two_ends():
    one = referral(contact=at("2024-01-06 12:00"))
    assert (decision_answer(one, 24), decision_answer(one, 1)) == ("met", "missed")
    assert (contact_answer(one, 24), contact_answer(referral(), 24)) == ("met", "unstated")
    assert (support_answer(one, 5, "calendar"), support_answer(one, 4, "calendar")) == ("met", "missed")
    assert support_answer(one, 3, "working") == "met"
    assert support_answer(referral(decision=None), 5, "calendar") == "unstated"
    assert support_answer(referral(start=date(2024, 1, 4)), 5, "calendar") == "unstated"
    assert support_answer(referral(decision=at("2024-01-12")), 5, "calendar") == "met"


def test_a_share_with_the_limits_that_hold_whatever_is_not_told():
    sure = Tally(met=80, missed=20, unstated=7).share()
    # Wilson's limits of 80 of 100, as published: 71.1 to 86.7.
    assert (sure.value, round(sure.lower, 1), round(sure.upper, 1)) == (80.0, 71.1, 86.7)
    some = Tally(met=80, missed=20, untold=5).share()
    assert some.value == 80.0
    assert some.lower < Tally(met=80, missed=25).share().lower + 1e-9
    assert some.upper > Tally(met=85, missed=20).share().upper - 1e-9
    many = Tally(met=60, missed=10, untold=30)
    assert many.share() is None
    lower, upper = many.limits()
    assert (lower, upper) == (Tally(60, 40).share().lower, Tally(90, 10).share().upper)
    assert (Tally(unstated=3).share(), Tally(unstated=3).limits()) == (None, None)


COUNTS = st.integers(0, 60)
TALLIES = st.builds(Tally, COUNTS, COUNTS, COUNTS, COUNTS)


@given(TALLIES)
def test_shares_lie_between_their_limits_and_within_the_whole(one):
    share, limits = one.share(), one.limits()
    if limits:
        assert 0 <= limits[0] <= limits[1] <= 100
    if share:
        assert 0 <= share.lower <= share.value <= share.upper <= 100


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["met", "missed", "untold", "unstated"]))))
def test_tallies_add_up_to_the_families(answers):
    found = tally(answers)
    total = sum(found.values(), Tally())
    assert total.families == len(answers)
    assert total.met == sum(answer == "met" for _, answer in answers)


def spell(family, begin, end, outcome=None, area="a"):
    return Spell(family, date.fromisoformat(begin), end and date.fromisoformat(end), outcome, area)


def test_again_within_six_months_of_those_followed_for_as_long():
    found = [
        spell("back", "2023-09-01", "2024-01-31"), spell("back", "2024-07-31", None),  # the last day that counts
        spell("late", "2023-09-01", "2024-01-31", area="b"), spell("late", "2024-08-01", None),
        spell("never", "2023-09-01", "2024-06-30", area="b"),  # followed to the last day
        spell("short", "2023-09-01", "2024-07-01"), spell("short", "2024-07-10", "2024-07-20"),  # both too recent
        spell("open", "2023-09-01", None),
        spell("before", "2023-01-01", "2023-12-31"),
    ]  # fmt: skip
    answers = again_answers(found, date(2024, 1, 1), date(2025, 1, 1), 6, LAST)
    assert sorted(answers) == [("a", "met"), ("b", "missed"), ("b", "missed")]
    assert again_answers(found, date(2024, 1, 1), date(2025, 1, 1), 12, LAST) == []


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 400)), max_size=8),
    st.integers(1, 24),
    st.integers(0, 2500),
)
def test_whoever_is_counted_was_followed_throughout(drawn, months, last):
    day = date(2018, 1, 1)
    found, free = [], 0
    for gap, length in drawn:
        begin = free + gap % 300 + 1
        free = begin + length
        found.append(Spell("f", day + timedelta(begin), day + timedelta(free), None, "a"))
    last_day = day + timedelta(last)
    answers = again_answers(found, day, date(2030, 1, 1), months, last_day)
    followed = [one for one in found if months_after(one.end, months) <= last_day]
    assert len(answers) == len(followed)
    # What happens later changes nothing.
    longer = again_answers(found, day, date(2030, 1, 1), months, last_day + timedelta(900))
    assert longer[: len(answers)] == answers


def test_months_end_with_the_month():
    assert months_after(date(2023, 8, 31), 6) == date(2024, 2, 29)


def test_an_outcome_is_achieved_or_not():
    answers = [outcome_answer(spell("f", "2024-01-01", "2024-02-01", code)) for code in ("achieved", "partly", None)]
    assert answers == ["met", "missed", "unstated"]
