"""The committee years that can be reported: from the records, from the printed figures, or from both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from geodata.errors import UsageError
from geodata.periods import CME_YEAR_END, CME_YEAR_START_MONTH, Period, words
from geodata.printed import PrintedCme, printed_cme
from geodata.profile import PROFILES
from geodata.store import Store
from layers.cme.involvements import DATASET

EDGE_DAYS = 31
"""An extract that begins at most so many days within a year still speaks for all of it, which is then said; one that
begins later speaks for the rest of the year."""


@dataclass(frozen=True)
class ReportYear:
    """One committee year, 1 September to 31 July.

    Attributes
    ----------
    period : Period
        A span; of a year that still runs up to the last day of the extract, of one that the extract begins within from
        its first.
    counted : bool
        Whether the records speak of it; otherwise only printed figures do.
    doubt : str
        A sentence where the records do not say that they are complete for all of it.
    """

    period: Period
    counted: bool
    doubt: str = ""

    @property
    def whole(self) -> bool:
        """Whether it begins with the first day of the year; it may still run."""
        return self.period.start == year_days(self.key)[0]

    @property
    def key(self) -> str:
        """Such as "2021/22"."""
        return self.period.key


def year_key(first: int) -> str:
    """Return the key of the committee year that begins in September of a calendar year."""
    return f"{first}/{(first + 1) % 100:02d}"


def earlier_key(key: str) -> str:
    """Return the key of the committee year before one."""
    return year_key(int(key[:4]) - 1)


def year_days(key: str) -> tuple[date, date]:
    """Return the first and the last day of a committee year."""
    first = int(key[:4])
    return date(first, CME_YEAR_START_MONTH, 1), date(first + 1, *CME_YEAR_END)


def printed_of(store: Store) -> PrintedCme:
    """Return the printed figures of the council of a snapshot; they stand in its profile, whatever its areas."""
    return printed_cme(PROFILES / store.profile.key)


def report_years(store: Store) -> tuple[ReportYear, ...]:
    """Return the years that can be reported, oldest first; empty where nothing is loaded and nothing printed."""
    printed = printed_of(store).years
    part = store.part(DATASET)
    counted = _counted(part.covers_from, part.covers_to) if part and part.covers_from and part.covers_to else {}
    found = {key: counted.get(key) or _only_printed(key) for key in {*printed, *counted}}
    return tuple(found[key] for key in sorted(found))


def find_year(store: Store, key: str = "") -> ReportYear:
    """Return the year of that key, or the newest one that the records speak of.

    Raises
    ------
    UsageError
        If there is none, with the valid keys, or with what to import.
    """
    years = report_years(store)
    valid = ", ".join(year.key for year in years)
    if key:
        for year in years:
            if year.key == key:
                return year
        raise UsageError(f"No committee year '{key}' here. Valid: {valid or 'none: nothing is loaded or printed'}.")
    counted = [year for year in years if year.counted]
    if counted or years:
        return (counted or list(years))[-1]
    raise UsageError(f"Nothing to report: {DATASET} is not loaded. Run 'locality-atlas import {DATASET} FILE'.")


def _only_printed(key: str) -> ReportYear:
    first, last = year_days(key)
    return ReportYear(Period(key, key, first, last + timedelta(days=1)), counted=False)


def _counted(covers_from: date, covers_to: date) -> dict[str, ReportYear]:
    found = {}
    for first_year in range(covers_from.year - 1, covers_to.year + 1):
        key = year_key(first_year)
        first, last = year_days(key)
        if covers_to < first or covers_from > last:
            continue
        begins_late, runs = (covers_from - first).days > EDGE_DAYS, covers_to < last
        start, until = covers_from if begins_late else first, min(covers_to, last)
        label = key + (f" from {words(start)}" if begins_late else "") + (f" so far, to {words(until)}" if runs else "")
        period = Period(key, label, start, until + timedelta(days=1), partial=runs or begins_late)
        found[key] = ReportYear(period, counted=True, doubt=_doubt(covers_from, first, begins_late=begins_late))
    return found


def _doubt(covers_from: date, first: date, *, begins_late: bool) -> str:
    if covers_from <= first:
        return ""
    missing = (
        "the figures begin with that day, and printed ones of the whole year do not stand beside them"
        if begins_late
        else "cases that closed before that day are missing here"
    )
    return (
        f"The extract is taken to be complete only from {words(covers_from)}. If it is complete for the whole year, "
        f"import it again with --covers-from; otherwise {missing}."
    )
