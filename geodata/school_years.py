"""School years: which national curriculum year a child is expected in on a day, and which phase of schooling it is.

Light: the serving process reads it. The month of birth is enough, because a school year begins with a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

FIRST_MONTH = 9
"""A school year begins on 1 September and is called by the calendar year of that day."""

RECEPTION_AFTER = 5
"""School years from the one a child is born in to Reception: who is 4 on 31 August begins Reception on 1 September."""

SCHOOL_AGE = (0, 11)
"""National curriculum years of compulsory school age: Reception to year 11."""

PHASES: Mapping[str, str] = MappingProxyType(
    {"early_years": "Early years", "primary": "Primary", "secondary": "Secondary", "post_16": "Post-16"}
)
"""Code -> title, youngest first. Early years are the nursery years (-2 and -1), primary is Reception to year 6,
secondary years 7 to 11, and post-16 year 12 and all beyond, so also the 14 that stands for 14 and over."""

NO_PHASE = ""
"""Code of the phase of a child whose year group is blank; not among `PHASES`."""


def school_year_of(day: date) -> int:
    """Return the calendar year in which the school year of a day began."""
    return day.year - (day.month < FIRST_MONTH)


def year_group_of(born: date, day: date) -> int:
    """Return the national curriculum year that a child is expected in on a day.

    It is the age on the 31 August before the school year began, less 4 (Department for Education, "School admissions
    code": a child is admitted to Reception in the September after the fourth birthday).

    Parameters
    ----------
    born : datetime.date
        Date of birth, or any other day of that month.
    day : datetime.date
        The day asked about.

    Returns
    -------
    int
        0 is Reception, -1 and -2 are nursery years; not limited to the years that schools have.

    Examples
    --------
    >>> year_group_of(date(2010, 8, 31), date(2015, 8, 31)), year_group_of(date(2010, 9, 1), date(2015, 9, 1))
    (0, 0)
    """
    return school_year_of(day) - school_year_of(born) - RECEPTION_AFTER


def year_groups_of(born: pd.Series, day: pd.Series) -> pd.Series[float]:
    """Return the same for many children at once; missing where either day is.

    Parameters
    ----------
    born, day : pandas.Series of datetime64
        Of the same index.

    Returns
    -------
    pandas.Series of float
        Whole numbers.
    """
    years: pd.Series[float] = _school_years(day) - _school_years(born) - RECEPTION_AFTER
    return years


def _school_years(days: pd.Series) -> pd.Series[float]:
    years: pd.Series[float] = days.dt.year.astype("float64") - (days.dt.month < FIRST_MONTH)
    return years


def phase_of(year_group: int | None) -> str:
    """Return the code of the phase that a national curriculum year belongs to.

    Parameters
    ----------
    year_group : int or None
        -2 and -1 for nursery, 0 for Reception; None where it is not known.

    Returns
    -------
    str
        One of `PHASES`; `NO_PHASE` where the year is not known.

    Examples
    --------
    >>> [phase_of(year) for year in (-2, 0, 6, 7, 11, 12, 14, None)]
    ['early_years', 'primary', 'primary', 'secondary', 'secondary', 'post_16', 'post_16', '']
    """
    if year_group is None:
        return NO_PHASE
    if year_group < 0:
        return "early_years"
    if year_group <= 6:
        return "primary"
    return "secondary" if year_group <= SCHOOL_AGE[1] else "post_16"
