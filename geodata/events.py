"""Dated records of children as a whole: the days a file tells of, and records of one child that overlap."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import numpy as np
import pandas as pd

from geodata.errors import InputError

EDGE_DAYS = 7
"""Days at the edge of a month without an event that are taken for chance."""


def covered(frame: pd.DataFrame, covers_from: date | None, covers_to: date | None, today: date) -> tuple[date, date]:
    """Return the first and last day for which an extract is taken to be complete.

    Parameters
    ----------
    frame : pandas.DataFrame
        Accepted rows: start_date, end_date.
    covers_from, covers_to : datetime.date or None
        As said by a person. Else: from the earliest end (what closed before it has left the extract; where nothing
        closed, from the latest start), to the latest start or end. Extracts are made by months, and not every day has
        an event: in the first or last week of a month they are taken for its first and its last day.
    today : datetime.date
        No extract is complete beyond it, although plans may end or start later.

    Raises
    ------
    InputError
        If the period would end before it begins.
    """
    days = frame[["start_date", "end_date"]].max()
    last = covers_to or _end_of_month(min(days.max().date(), today), today)
    closed = first_closing(frame, today)
    first = covers_from or (closed and _start_of_month(closed)) or min(frame["start_date"].max().date(), last)
    if first > last:
        raise InputError(
            f"The period covered would end ({last}) before it begins ({first}). "
            "Give both --covers-from and --covers-to."
        )
    return first, last


def _start_of_month(day: date) -> date:
    return day.replace(day=1) if day.day <= EDGE_DAYS else day


def _end_of_month(day: date, today: date) -> date:
    end = day.replace(day=monthrange(day.year, day.month)[1])
    return end if (end - day).days < EDGE_DAYS and end <= today else day


def first_closing(frame: pd.DataFrame, today: date) -> date | None:
    """Return the earliest end that has come, or None where nothing closed."""
    ends = frame["end_date"].dropna()
    ends = ends[ends <= pd.Timestamp(today)]
    return ends.min().date() if len(ends) else None


def assumed(covers: tuple[date, date], covers_from: date | None, covers_to: date | None, *, closed: bool) -> str:
    """Return a sentence on what was not said of the period covered; empty when all of it was.

    Parameters
    ----------
    covers : tuple of datetime.date
        From `covered`.
    covers_from, covers_to : datetime.date or None
        As said by a person.
    closed : bool
        Whether any record has closed.
    """
    parts = []
    if covers_from is None:
        parts.append(f"from {covers[0]}, by its {'first closing' if closed else 'latest start'},")
    if covers_to is None:
        parts.append(f"to {covers[1]}, by its last date")
    if not parts:
        return ""
    return (
        f"The file does not say for which days it is complete: taken to be complete {' '.join(parts).rstrip(',')}. "
        "If that is wrong, import it again with --covers-from and --covers-to."
    )


def last_day(frame: pd.DataFrame, covers_to: date | None, today: date) -> date:
    """Return the day to which a file tells: as said, else its latest start, end or last contact.

    Parameters
    ----------
    frame : pandas.DataFrame
        Accepted rows, at least one: start_date, end_date, and last_contact where the dataset has it.
    covers_to : datetime.date or None
        As said by a person.
    today : datetime.date
        No file tells of days beyond it.
    """
    days = frame[[key for key in ("start_date", "end_date", "last_contact") if key in frame]].max()
    return covers_to or min(days.max().date(), today)


def overlapping(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the records that start while an earlier one of the same child is still open, and which that is.

    Parameters
    ----------
    frame : pandas.DataFrame
        child_id, start_date, end_date (missing while open; the day of the end is no longer open).

    Returns
    -------
    later, still_open : numpy.ndarray of int
        Places in the frame, from 0, in the order of the later; of several that are open the one that ends last.
    """
    child, _ = pd.factorize(frame["child_id"])
    start = frame["start_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    ends = frame["end_date"]
    open_ended = np.iinfo(np.int64).max
    end = np.where(ends.isna(), open_ended, ends.to_numpy().astype("datetime64[D]").astype(np.int64))
    order = np.lexsort((start, child))
    child, start = child[order], start[order]
    end = end[order]
    latest = pd.Series(end).groupby(child, sort=False).cummax().to_numpy()
    same, before = np.zeros(len(child), dtype=bool), np.zeros_like(end)
    same[1:] = child[1:] == child[:-1]
    before[1:] = latest[:-1]  # the latest end of the child's earlier records
    # The record whose end that is stands where the latest end last rose, or a child began.
    rises = np.maximum.accumulate(np.where(~same | (end > before), np.arange(len(end)), 0))
    hits = np.flatnonzero(same & (start < before))
    later, still_open = order[hits], order[rises[hits - 1]]
    place = np.argsort(later)
    return later[place], still_open[place]
