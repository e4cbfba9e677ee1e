"""What the committee report counts: stocks, flows, durations and the cases of each child."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.periods import Period, month_ends, months_before
from layers.cme.involvements import Involvement, active_in, ended_in, open_on, span, started_in

DAYS_A_WEEK = 7
"""Days divided by this are weeks."""

SOON_WEEKS = (2, 4)
"""Closed within so many weeks: at most 14 and 28 days."""

BANDS = (*map(str, range(12)), "12-23", "24+")
"""Completed months since the start, as the papers print them."""


def stock_by_day(cases: Sequence[Involvement], days: Iterable[date]) -> dict[date, int]:
    """Return how many involvements are open at the end of each day.

    Counted as those started by then less those ended by then, so that many days cost little more than one.
    """
    starts = sorted(case.start for case in cases)
    ends = sorted(case.end for case in cases if case.end is not None)
    return {day: bisect_right(starts, day) - bisect_right(ends, day) for day in days}


def months_since(start: date, day: date) -> int:
    """Return the completed months from a start to a day that is not before it, counted back from that day."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if start <= months_before(day, months) else months - 1


def band(months: int) -> str:
    """Return the printed band of completed months."""
    return str(months) if months < 12 else "12-23" if months < 24 else "24+"


def open_by_months(cases: Iterable[Involvement], day: date) -> dict[str, int]:
    """Return the involvements open on a day by completed months since their start; every band of `BANDS` is there."""
    found = Counter(band(months_since(case.start, day)) for case in open_on(cases, day))
    return {key: found[key] for key in BANDS}


@dataclass(frozen=True)
class Durations:
    """Closed involvements and how long they lasted.

    Attributes
    ----------
    closed : int
        How many.
    days : int
        The days of all of them together.
    """

    closed: int
    days: int

    @property
    def mean_weeks(self) -> float | None:
        """Mean duration in weeks; None where nothing closed."""
        return self.days / DAYS_A_WEEK / self.closed if self.closed else None

    def __add__(self, other: Durations) -> Durations:
        """Return both together."""
        return Durations(self.closed + other.closed, self.days + other.days)


def durations(closed: Iterable[Involvement]) -> Durations:
    """Return how many closed involvements there are, and the sum of their days."""
    days = [case.days for case in closed]
    return Durations(len(days), sum(days))


def closures_by_reason(closed: Iterable[Involvement]) -> dict[str, Durations]:
    """Return closing code -> closed involvements; those without a code under ""."""
    days: dict[str, list[int]] = {}
    for case in closed:
        days.setdefault(case.reason or "", []).append(case.days)
    return {reason: Durations(len(found), sum(found)) for reason, found in days.items()}


def closed_within(closed: Iterable[Involvement], weeks: int) -> int:
    """Return how many closed involvements lasted at most so many weeks."""
    return sum(case.days <= weeks * DAYS_A_WEEK for case in closed)


@dataclass(frozen=True)
class YearFigures:
    """The totals of one committee year.

    Attributes
    ----------
    involvements, children : int
        Open at its start or started in it; and the children they were opened for.
    new, closed : int
        Started, and ended, in it.
    carried : int
        Open at the end of the day before it.
    open : int
        Open at the end of its last day: carried + new - closed.
    durations : Durations
        Of the closed.
    within : mapping of int to int
        Weeks -> closed within them.
    cases_of_a_child : mapping of int to int
        Number of involvements -> children who had so many of those counted.
    """

    involvements: int
    children: int
    new: int
    closed: int
    carried: int
    open: int
    durations: Durations
    within: Mapping[int, int]
    cases_of_a_child: Mapping[int, int]


def year_figures(cases: Sequence[Involvement], period: Period) -> YearFigures:
    """Return the totals of one year, or of another span of days."""
    first, after = span(period)
    active, new, closed = active_in(cases, period), started_in(cases, period), ended_in(cases, period)
    before, last = first - timedelta(days=1), after - timedelta(days=1)
    stock = stock_by_day(active, (before, last))
    each = Counter(case.child for case in active)
    return YearFigures(
        involvements=len(active),
        children=len(each),
        new=len(new),
        closed=len(closed),
        carried=stock[before],
        open=stock[last],
        durations=durations(closed),
        within={weeks: closed_within(closed, weeks) for weeks in SOON_WEEKS},
        cases_of_a_child=dict(sorted(Counter(each.values()).items())),
    )


def month_days(period: Period) -> tuple[date, ...]:
    """Return the day before a span, each month's end in it, and its last day."""
    first, after = span(period)
    before, last = first - timedelta(days=1), after - timedelta(days=1)
    ends = (one.start for one in month_ends(first, last) if one.start is not None)
    return (before, *ends)
