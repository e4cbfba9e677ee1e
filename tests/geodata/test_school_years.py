"""The national curriculum year that a child is expected in, and its phase."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.demo.people import year_group
from geodata.school_years import NO_PHASE, PHASES, SCHOOL_AGE, phase_of, school_year_of, year_group_of, year_groups_of

DAYS = st.dates(date(1995, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [
        # Born in 2010/11: 4 on 31 August 2015, so Reception in 2015/16 (School admissions code 2021, paragraph 2.17).
        (date(2010, 9, 1), date(2015, 8, 31), -1),
        (date(2010, 9, 1), date(2015, 9, 1), 0),
        (date(2011, 8, 31), date(2015, 9, 1), 0),
        (date(2011, 9, 1), date(2015, 9, 1), -1),
        # GCSEs at 16: who was born from September 2005 to August 2006 was in year 11 in 2021/22.
        (date(2005, 9, 1), date(2022, 7, 31), 11),
        (date(2006, 8, 31), date(2022, 7, 31), 11),
        (date(2006, 8, 31), date(2022, 9, 1), 12),
        (date(2020, 1, 1), date(2020, 1, 1), -5),
    ],
)
def test_year_groups(born, day, year):
    assert year_group_of(born, day) == year


def test_a_school_year_begins_in_september():
    assert [school_year_of(date(2022, month, 1)) for month in (1, 8, 9, 12)] == [2021, 2021, 2022, 2022]


@given(DAYS, DAYS)
def test_the_age_on_the_last_day_of_august_less_four(born, day):
    before = date(school_year_of(day), 8, 31)
    age = before.year - born.year - ((before.month, before.day) < (born.month, born.day))
    assert year_group_of(born, day) == age - 4


@given(DAYS, DAYS)
def test_the_month_of_birth_is_enough(born, day):
    assert year_group_of(born.replace(day=1), day) == year_group_of(born, day)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20))
def test_many_at_once_are_the_same(pairs):
    born, day = (pd.Series(pd.to_datetime(list(days))).astype("datetime64[s]") for days in zip(*pairs, strict=True))
    expected = [year_group_of(*pair) for pair in pairs]
    assert year_groups_of(born, day).tolist() == expected
    assert (
        year_group(born.to_numpy().astype("datetime64[D]"), day.to_numpy().astype("datetime64[D]")).tolist() == expected
    )


def test_a_day_that_is_missing_has_no_year():
    born = pd.Series(pd.to_datetime(["2010-09-01", None])).astype("datetime64[s]")
    day = pd.Series(pd.to_datetime([None, "2022-01-01"])).astype("datetime64[s]")
    assert np.isnan(year_groups_of(born, day)).all()


def test_every_year_group_has_a_phase():
    phases = [phase_of(year) for year in range(-2, 15)]
    assert list(dict.fromkeys(phases)) == list(PHASES)
    assert [phases.count(phase) for phase in PHASES] == [2, 7, 5, 3]
    assert phase_of(None) == NO_PHASE
    assert NO_PHASE not in PHASES
    assert {phase_of(year) for year in range(SCHOOL_AGE[0], SCHOOL_AGE[1] + 1)} == {"primary", "secondary"}
