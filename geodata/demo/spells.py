"""Starts and ends of records whose number open is fixed on some days, and follows a straight line between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from geodata.demo.people import Days, as_day
from geodata.periods import month_ends

NEVER = np.datetime64("NaT", "D")
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Course:
    """How many records are open, and how fast they change.

    Attributes
    ----------
    stock : mapping of datetime.date to int
        Open at the end of each of these days, oldest first; the first and the last bound the records.
    leaving : float
        Share of the open that close within a month.
    month_weights : tuple of float
        January to December: closings of a month relative to its mean.
    shortest_days, longest_days : int
        A record lasts at least, and at most, about this long.
    """

    stock: Mapping[date, int]
    leaving: float
    month_weights: tuple[float, ...]
    shortest_days: int
    longest_days: int


def draw_spells(course: Course, rng: np.random.Generator) -> tuple[Days, Days]:
    """Draw records whose number open on each day of ``course.stock`` is the one given.

    Between two month ends as many close as the course says, and as many start as the line then asks for.

    Parameters
    ----------
    course : Course
        What is given.
    rng : numpy.random.Generator
        Seeded by the caller; decides days and who closes.

    Returns
    -------
    tuple of numpy.ndarray of datetime64[D]
        Starts and ends (NaT while open), ordered by start.
    """
    days, open_on = _line(course)
    start, end = [_earlier(days[0], open_on[0], course, rng)], [np.full(open_on[0], NEVER)]
    for (before, last), (was, now) in zip(pairwise(days), pairwise(open_on), strict=True):
        starts, ends = np.concatenate(start), np.concatenate(end)
        may = np.flatnonzero(np.isnat(ends) & (starts <= before - course.shortest_days))
        months = float((last - before).astype(np.int64)) / DAYS_A_MONTH
        weight = course.month_weights[last.astype("datetime64[M]").astype(np.int64) % 12]
        closing = min(max(round(was * course.leaving * months * weight), was - now), may.size)
        # Those that have lasted longest go first, the others at random.
        key = np.where(starts[may] <= last - course.longest_days, 1.0, 0.0) + rng.random(may.size)
        chosen = may[np.argsort(-key, kind="stable")[:closing]]
        ends[chosen] = _working_days(before, last, closing, rng)
        fresh = now - was + closing
        start, end = [starts, _working_days(before, last, fresh, rng)], [ends, np.full(fresh, NEVER)]
    starts, ends = np.concatenate(start), np.concatenate(end)
    order = np.lexsort((ends, starts))
    return starts[order], ends[order]


def _line(course: Course) -> tuple[list[np.datetime64], list[int]]:
    """Return the days of the stock with all month ends between, and the number open on each."""
    fixed = list(course.stock)
    days = sorted({*fixed, *(period.start for period in month_ends(fixed[0], fixed[-1]) if period.start)})
    ordinals = [day.toordinal() for day in fixed]
    numbers = np.interp([day.toordinal() for day in days], ordinals, list(course.stock.values()))
    return [as_day(day) for day in days], [round(number) for number in numbers.tolist()]


def _earlier(first: np.datetime64, count: int, course: Course, rng: np.random.Generator) -> Days:
    """Return starts of the records open on the first day."""
    ago = rng.exponential(DAYS_A_MONTH / course.leaving, count).astype(np.int64) % (course.longest_days - 60)
    starts: Days = np.busday_offset(first - ago, 0, roll="preceding")
    return starts


def _working_days(before: np.datetime64, last: np.datetime64, size: int, rng: np.random.Generator) -> Days:
    """Draw working days after `before` up to `last`; any days where none of them is one."""
    days: npt.NDArray[np.datetime64] = np.arange(before + 1, last + 1)
    working = days[np.is_busday(days)]
    drawn: Days = rng.choice(working if working.size else days, size)
    return drawn
