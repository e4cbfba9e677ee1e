"""Which families a timeliness figure is of: the spans of referrals and of ends that the records tell of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from geodata.errors import UsageError
from geodata.periods import Period, months_before, words
from geodata.store import Store
from layers.family_centres.timeliness import months_after
from layers.family_centres.timeliness_records import DATASET, help_cases
from layers.family_centres.timeliness_settings import timeliness_settings

YEAR_MONTHS = 12
ONE_DAY = timedelta(days=1)


class Told(NamedTuple):
    """The first and the last day for which the records are complete."""

    first: date
    last: date


def told_of(store: Store) -> Told:
    """Return the days for which the cases of early help are complete.

    Raises
    ------
    UsageError
        Where none are loaded.
    """
    part = store.part(DATASET)
    cases = help_cases(store)
    if part is None or not cases:
        raise UsageError(f"{DATASET} is not loaded, or holds no case. Import the records of early help.")
    first = part.covers_from or min(one.start for one in cases)
    last = part.covers_to or max(one.start for one in cases)
    return Told(first, last)


def latest_months(told: Told, until: date | None = None) -> Period:
    """Return the latest 12 whole calendar months that end no later than a day.

    Parameters
    ----------
    told : Told
        Where the records begin within the 12 months they are shorter, and `Period.partial`.
    until : datetime.date, optional
        The last day of the records by default.
    """
    last = until or told.last
    after = (last + ONE_DAY).replace(day=1)
    first = months_before(after, YEAR_MONTHS)
    return _period("latest", max(first, told.first), after, partial=first < told.first)


def _period(key: str, first: date, after: date, *, partial: bool) -> Period:
    return Period(key, f"{words(first)} to {words(after - ONE_DAY)}", first, after, partial)


def referral_years(store: Store) -> tuple[Period, ...]:
    """Return the years that can be asked for, oldest first, each only as far as the records are complete.

    A year such as "2024/25" begins in the month that the settings say; one that begins in January is "2024".
    """
    told, month = told_of(store), timeliness_settings(store.profile).year_starts_month
    found = []
    for year in range(told.first.year - 1, told.last.year + 1):
        start, after = date(year, month, 1), date(year + 1, month, 1)
        first, end = max(start, told.first), min(after, told.last + ONE_DAY)
        if first < end:
            key = str(year) if month == 1 else f"{year}/{(year + 1) % 100:02d}"
            found.append(_period(key, first, end, partial=(first, end) != (start, after)))
    return tuple(found)


def referral_period(store: Store, year: str | None = None) -> Period:
    """Return the span of referrals of a year, or of the latest 12 whole months.

    Raises
    ------
    UsageError
        For a year that the records do not tell of, with the valid ones.
    """
    if not year:
        return latest_months(told_of(store))
    years = {period.key: period for period in referral_years(store)}
    if year not in years:
        raise UsageError(f"No year '{year}' here. Valid: {', '.join(years)}, or none for the latest 12 months.")
    return years[year]


def ends_followed(told: Told, period: Period, months: int) -> Period:
    """Return the span of ends of which every one was followed for so many months.

    Parameters
    ----------
    told : Told
        For which days the records are complete.
    period : Period
        Serves itself where all of it was followed; else the latest 12 whole months that were.
    months : int
        How long.
    """
    if period.last_day and months_after(period.last_day, months) <= told.last:
        return period
    # The day after a month's end is followed as long from there, so that short months lose nobody.
    return latest_months(told, months_before(told.last + ONE_DAY, months) - ONE_DAY)
