"""Dates and spans: when a stock is counted, and what a flow covers.

A stock has a date and counts what is open at the end of that day. A flow has a start and an end, half-open:
the end is the first day that no longer belongs to it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.errors import UsageError

CME_YEAR_START_MONTH = 9
"""The year of the committee reports on children missing education runs from 1 September..."""

CME_YEAR_END = (7, 31)
"""... to 31 July."""


@dataclass(frozen=True)
class Period:
    """A date for a stock, or a span for a flow.

    Attributes
    ----------
    key : str
        What stands in addresses and on the command line: "2022-07-31", "2022-07", "2021/22".
    label : str
        The same in words.
    start, end : datetime.date or None
        For a stock both are its date. For a flow `end` is exclusive. Both are None where the source states no date.
    partial : bool
        Whether a flow still runs: it is not compared with whole ones.
    """

    key: str
    label: str
    start: date | None
    end: date | None
    partial: bool = False

    @property
    def is_stock(self) -> bool:
        """Whether this is a single date, stated or not."""
        return self.start == self.end

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to the period."""
        return self.end if self.is_stock or self.end is None else self.end - timedelta(days=1)

    @property
    def dates(self) -> str:
        """ISO date, ISO interval of first and last day, or "undated"."""
        if self.start is None:
            return "undated"
        return self.start.isoformat() if self.is_stock else f"{self.start.isoformat()}/{self.last_day}"


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def words(day: date) -> str:
    """Return a date as people write it: "31 July 2022"."""
    return f"{day.day} {day:%B %Y}"


def stock(day: date) -> Period:
    """Return the stock period of one day."""
    return Period(day.isoformat(), words(day), day, day)


UNDATED = Period("undated", "undated", None, None)
"""The period of a source that states no date."""


def month_ends(first: date, last: date) -> tuple[Period, ...]:
    """Return the stock at each month end from `first` to `last`, and at `last` itself, oldest first."""
    days = {last}
    year, month = first.year, first.month
    while (day := date(year, month, monthrange(year, month)[1])) <= last:
        if day >= first:
            days.add(day)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return tuple(stock(day) for day in sorted(days))


def census_day(year: int) -> date:
    """Return the January census day of the SEN2 return: the third Thursday of January."""
    first = date(year, 1, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 14)


def census_days(first: date, last: date) -> tuple[Period, ...]:
    """Return the stock at each January census and each 31 July from `first` to `last`, and at `last`, oldest first."""
    days = {last}
    for year in range(first.year, last.year + 1):
        days |= {day for day in (census_day(year), date(year, 7, 31)) if first <= day <= last}
    return tuple(stock(day) for day in sorted(days))


def _month_starts(first: date, last: date) -> Iterator[date]:
    year, month = first.year, first.month
    while (day := date(year, month, 1)) <= last:
        yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def months(first: date, last: date) -> tuple[Period, ...]:
    """Return the whole calendar months from `first` to `last`, both days included, oldest first."""
    found = []
    for start in _month_starts(first, last):
        end = start + timedelta(days=monthrange(start.year, start.month)[1])
        if start >= first and end - timedelta(days=1) <= last:
            found.append(Period(f"{start:%Y-%m}", f"{start:%B %Y}", start, end))
    return tuple(found)


def cme_years(first: date, last: date) -> tuple[Period, ...]:
    """Return the committee years (1 September to 31 July) begun on or after `first`, oldest first.

    The newest may still be running; its label then says up to when, and it ends with `last`.
    """
    found = []
    for year in range(first.year, last.year + 1):
        start, finish = date(year, CME_YEAR_START_MONTH, 1), date(year + 1, *CME_YEAR_END)
        if first <= start <= last:
            key = f"{year}/{(year + 1) % 100:02d}"
            label = key if finish <= last else f"{key} so far, to {words(last)}"
            found.append(Period(key, label, start, min(finish, last) + timedelta(days=1), partial=finish > last))
    return tuple(found)


def months_and_cme_years(first: date, last: date) -> tuple[Period, ...]:
    """Return whole months, then committee years: the last of all is what a person wants first."""
    return (*months(first, last), *cme_years(first, last))


def find_period(periods: Sequence[Period], key: str) -> Period:
    """Return the period of that key; a month such as "2022-01" stands for the only date in it.

    Raises
    ------
    UsageError
        If there is none, with the valid keys.
    """
    exact = [period for period in periods if period.key == key]
    near = [period for period in periods if period.is_stock and len(key) == 7 and period.key.startswith(f"{key}-")]
    found = exact or near
    if len(found) != 1:
        raise UsageError(f"No period '{key}' here. Valid: {', '.join(period.key for period in periods) or 'none'}.")
    return found[0]


def nearest(days: Sequence[date], to: date) -> date:
    """Return the day of `days` nearest to `to`; of two equally near, the earlier."""
    return min(days, key=lambda day: (abs((day - to).days), day))
