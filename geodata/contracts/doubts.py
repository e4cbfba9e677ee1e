"""Rules that the record of a child may break and still be taken in: the row is listed, for a person to look at.

Of an open record the end is taken to be the last day of the file (`geodata.contracts.base.LAST_DAY`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.contracts.base import LAST_DAY, YEAR_GROUPS, Rule
from geodata.contracts.children import not_before
from geodata.school_years import SCHOOL_AGE, year_groups_of

if TYPE_CHECKING:
    import pandas as pd

LONG_YEARS = 5
"""A record that was open for as long has more likely been forgotten, or has a wrong date."""

YEARS_ASIDE = 1
"""Held back or moved up by one year is ordinary."""


def _open_for_long(rows: pd.DataFrame, until: pd.Series) -> pd.Series[bool]:
    import pandas as pd  # noqa: PLC0415 - contracts stay light to import

    long: pd.Series[bool] = rows["start_date"] + pd.DateOffset(years=LONG_YEARS) <= until
    return long


def _year_group_fits(rows: pd.DataFrame) -> pd.Series[bool]:
    """Return where the year group is that of the start, that of the end, one between, or at most one year aside.

    Exports give the year group of the start, of the end, or of the day they were made.
    """
    lowest, highest = YEAR_GROUPS
    until = rows["end_date"].fillna(rows[LAST_DAY])
    until = until.where(until > rows["start_date"], rows["start_date"])
    # A young adult has the highest year there is, and an infant the lowest.
    first = year_groups_of(rows["born"], rows["start_date"]).clip(upper=highest) - YEARS_ASIDE
    last = year_groups_of(rows["born"], until).clip(lower=lowest) + YEARS_ASIDE
    given = rows["year_group"].astype("float64")
    fits: pd.Series[bool] = ~((given < first) | (given > last))
    return fits


def _still_of_school_age(rows: pd.DataFrame) -> pd.Series[bool]:
    past = year_groups_of(rows["born"], rows[LAST_DAY]) > SCHOOL_AGE[1]
    of_age: pd.Series[bool] = ~(rows["end_date"].isna() & past)
    return of_age


def _not_in_future(days: pd.Series) -> pd.Series[bool]:
    import pandas as pd  # noqa: PLC0415

    result: pd.Series[bool] = ~(days > pd.Timestamp.now().normalize())
    return result


STILL_OPEN = Rule(
    "end_date",
    f"open for {LONG_YEARS} years or more; was its closing forgotten?",
    lambda rows: ~(rows["end_date"].isna() & _open_for_long(rows, rows[LAST_DAY])),
)
LATE_END = Rule(
    "end_date",
    f"closed {LONG_YEARS} years or more after its start; are both dates right?",
    lambda rows: ~_open_for_long(rows, rows["end_date"]),
)
PAST_SCHOOL_AGE = Rule(
    "end_date", "open, but older than school age; should it be closed?", _still_of_school_age, code="SLA"
)
YEAR_GROUP_AND_BIRTH = Rule(
    "year_group", "more than one year away from what the month of birth gives", _year_group_fits
)
CONTACT_BEFORE_START = Rule(
    "last_contact",
    "the last contact lies before the start",
    lambda rows: not_before(rows["last_contact"], rows["start_date"]),
)
CONTACT_IN_FUTURE = Rule(
    "last_contact", "the last contact lies in the future", lambda rows: _not_in_future(rows["last_contact"])
)
