"""Ages and curriculum years on the days where they change."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.demo.people import age_on, birthday, year_group


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def test_age_changes_on_the_birthday() -> None:
    born = days("2010-06-15", "2010-06-16", "2010-12-31")

    assert age_on(born, np.datetime64("2022-06-15")).tolist() == [12, 11, 11]


def test_birthday_of_a_leap_day_is_the_first_of_march() -> None:
    assert birthday(days("2012-02-29", "2012-05-05"), 5).tolist() == days("2017-03-01", "2017-05-05").tolist()


@pytest.mark.parametrize(
    ("born", "day", "group"),
    [
        ("2016-09-01", "2021-09-01", 0),
        ("2016-08-31", "2021-09-01", 1),
        ("2016-09-01", "2021-08-31", -1),
        ("2006-08-31", "2022-07-31", 11),
        ("2006-09-01", "2022-07-31", 10),
    ],
)
def test_year_group_turns_on_the_first_of_september(born: str, day: str, group: int) -> None:
    assert year_group(days(born), np.datetime64(day)).tolist() == [group]
