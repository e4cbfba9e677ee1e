"""What follows from a date of birth: age, national curriculum year, and the last day of compulsory schooling."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]

OLDEST_WITH_A_PLAN = 25
"""An EHC plan can last until the day before the 26th birthday."""

FIRST_YEAR_GROUP, LAST_YEAR_GROUP = -2, 14


def as_day(day: date) -> np.datetime64:
    """Return a date as numpy's, to the day."""
    return np.datetime64(day, "D")


def birthday(born: Days, age: int | npt.NDArray[np.int64]) -> Days:
    """Return the day on which each turns `age`; who was born on 29 February has it on 1 March.

    Parameters
    ----------
    born : numpy.ndarray of datetime64[D]
        Dates of birth.
    age : int or numpy.ndarray of int
        Whole years, the same for all or one each; below zero for as many years before.
    """
    months = born.astype("datetime64[M]")
    days: Days = (months + 12 * age).astype("datetime64[D]") + (born - months.astype("datetime64[D]"))
    return days


def age_on(born: Days, day: Days | np.datetime64) -> npt.NDArray[np.int64]:
    """Return each one's age in whole years on a day (for leap days right to one day)."""
    months = (day.astype("datetime64[M]") - born.astype("datetime64[M]")).astype(np.int64)
    of_month = (day - day.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    born_of_month = (born - born.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    whole: npt.NDArray[np.int64] = (months - (of_month < born_of_month)) // 12
    return whole


def _school_year(day: Days | np.datetime64) -> npt.NDArray[np.int64]:
    """Return the calendar year in which the school year of each day began, on 1 September."""
    months: npt.NDArray[np.int64] = day.astype("datetime64[M]").astype(np.int64)
    return 1970 + (months - 8) // 12


def year_group(born: Days, day: Days | np.datetime64) -> npt.NDArray[np.int64]:
    """Return the national curriculum year on a day: 0 is Reception, -1 and -2 are nursery years.

    Parameters
    ----------
    born : numpy.ndarray of datetime64[D]
        Dates of birth.
    day : numpy.datetime64 or numpy.ndarray
        The day asked about, the same for all or one each.

    Returns
    -------
    numpy.ndarray of int
        Not limited to the years that schools have; see `FIRST_YEAR_GROUP` and `LAST_YEAR_GROUP`.
    """
    return _school_year(day) - _school_year(born) - 5
