"""Rules that a record may break and still be taken in, each at its limits."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from geodata.contracts import contract, for_profile
from geodata.contracts.base import LAST_DAY
from geodata.contracts.doubts import (
    CONTACT_BEFORE_START,
    CONTACT_IN_FUTURE,
    LATE_END,
    PAST_SCHOOL_AGE,
    STILL_OPEN,
    YEAR_GROUP_AND_BIRTH,
)
from geodata.options import today
from geodata.profile import load_profile
from geodata.validation import read_types

CME = contract("cme_involvements")


def holds(rule, last="2022-07-31", **cells):
    """Return whether one row keeps a rule."""
    text = pd.DataFrame({"child_id": ["C1"], "start_date": ["2022-01-01"]} | {key: [cells[key]] for key in cells})
    frame, faults = read_types(CME, text.astype("str"))
    assert faults == []
    (kept,) = rule.holds(frame.assign(**{LAST_DAY: pd.Timestamp(last).as_unit("s")}))
    return bool(kept)


@pytest.mark.parametrize(
    ("start", "end", "open_kept", "closed_kept"),
    [
        ("2017-08-01", "", True, True),  # a day short of five years
        ("2017-07-31", "", False, True),
        ("2013-07-01", "", False, True),
        ("2012-01-01", "2016-12-31", True, True),
        ("2012-01-01", "2017-01-01", True, False),
        ("2016-02-29", "2021-02-28", True, False),  # five years after a leap day
        ("2023-01-01", "", True, True),  # planned
    ],
)
def test_open_for_five_years(start, end, open_kept, closed_kept):
    assert holds(STILL_OPEN, start_date=start, end_date=end) == open_kept
    assert holds(LATE_END, start_date=start, end_date=end) == closed_kept


@pytest.mark.parametrize(
    ("last", "born", "end", "kept"),
    [
        ("2022-08-31", "2006-08", "", True),  # year 11 until August
        ("2022-09-01", "2006-08", "", False),
        ("2022-09-01", "2006-09", "", True),
        ("2022-09-01", "2000-01", "2022-06-24", True),
        ("2022-09-01", "", "", True),
    ],
)
def test_open_after_school_leaving_age(last, born, end, kept):
    assert holds(PAST_SCHOOL_AGE, last, born=born, end_date=end) == kept


# Born in October 2010: year 6 in 2021/22, when the case starts, and year 7 from September 2022.
@pytest.mark.parametrize(
    ("year", "last", "end", "kept"),
    [
        ("5", "2022-07-31", "", True),
        ("4", "2022-07-31", "", False),
        ("7", "2022-07-31", "", True),
        ("8", "2022-07-31", "", False),
        ("8", "2022-09-01", "", True),
        ("8", "2022-09-01", "2022-02-01", False),
        ("8", "2021-09-01", "2022-09-02", True),
        ("7", "2020-01-01", "", True),  # said to be complete to a day before the start
        ("8", "2020-01-01", "", False),
        ("", "2022-07-31", "", True),
    ],
)
def test_a_year_group_beside_the_month_of_birth(year, last, end, kept):
    assert holds(YEAR_GROUP_AND_BIRTH, last, born="2010-10", year_group=year, end_date=end) == kept
    assert holds(YEAR_GROUP_AND_BIRTH, last, year_group=year, end_date=end)


@pytest.mark.parametrize(("born", "year", "kept"), [("2000-01", "14", True), ("2000-01", "13", True),
                                                    ("2000-01", "12", False), ("2021-12", "-2", True),
                                                    ("2021-12", "-1", True), ("2021-12", "0", False)])  # fmt: skip
def test_beyond_the_first_and_last_year_the_nearest_counts(born, year, kept):
    assert holds(YEAR_GROUP_AND_BIRTH, born=born, year_group=year) == kept


def test_the_day_of_the_last_contact():
    assert holds(CONTACT_BEFORE_START, last_contact="2022-01-01")
    assert not holds(CONTACT_BEFORE_START, last_contact="2021-12-31")
    assert holds(CONTACT_BEFORE_START)
    assert holds(CONTACT_IN_FUTURE, last_contact=today().isoformat())
    assert not holds(CONTACT_IN_FUTURE, last_contact=(today() + timedelta(days=2)).isoformat())
    assert holds(CONTACT_IN_FUTURE)


def test_the_remedy_is_named_where_the_profile_has_its_code():
    profile = load_profile()
    others = tuple(reason for reason in profile.closures if reason.code != "SLA")
    with_code, without = (for_profile(CME, one).flags for one in (profile, replace(profile, closures=others)))
    place = CME.flags.index(PAST_SCHOOL_AGE)
    assert with_code[place].description == "open, but older than school age; should it be closed as SLA?"
    assert without[place] == PAST_SCHOOL_AGE
    assert "SLA" not in PAST_SCHOOL_AGE.description
    assert with_code[:place] + with_code[place + 1 :] == CME.flags[:place] + CME.flags[place + 1 :]


def test_every_reason_is_told_apart():
    reasons = [rule.description for rule in CME.flags]
    assert len(set(reasons)) == len(reasons)
    assert {rule.column for rule in CME.flags} <= set(CME.keys)
