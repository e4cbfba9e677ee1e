"""Dated records of children as a whole: the period a file covers, and records of one child that overlap."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from geodata.errors import InputError


def covered(frame: pd.DataFrame, covers_from: date | None, covers_to: date | None, today: date) -> tuple[date, date]:
    """Return the first and last day for which an extract is taken to be complete.

    Parameters
    ----------
    frame : pandas.DataFrame
        Accepted rows: start_date, end_date.
    covers_from, covers_to : datetime.date or None
        As said by a person. Else: from the earliest end (what closed before it has left the extract; where nothing
        closed, from the latest start), to the latest start or end.
    today : datetime.date
        No extract is complete beyond it, although plans may end or start later.

    Raises
    ------
    InputError
        If the period would end before it begins.
    """
    days = frame[["start_date", "end_date"]].max()
    last = covers_to or min(days.max().date(), today)
    closed = first_closing(frame, today)
    first = covers_from or closed or min(frame["start_date"].max().date(), last)
    if first > last:
        raise InputError(
            f"The period covered would end ({last}) before it begins ({first}). "
            "Give both --covers-from and --covers-to."
        )
    return first, last


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
        parts.append(f"from the {'first closing date' if closed else 'latest start'} ({covers[0]})")
    if covers_to is None:
        parts.append(f"to its last date ({covers[1]})")
    if not parts:
        return ""
    return (
        f"The file does not say for which days it is complete: taken to be complete {' '.join(parts)}. "
        "If that is wrong, import it again with --covers-from and --covers-to."
    )


def count_overlapping(frame: pd.DataFrame) -> int:
    """Return how many records start while an earlier one of the same child is still open.

    Parameters
    ----------
    frame : pandas.DataFrame
        child_id, start_date, end_date (missing while open; the day of the end is no longer open).
    """
    child, _ = pd.factorize(frame["child_id"])
    start = frame["start_date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    ends = frame["end_date"]
    open_ended = np.iinfo(np.int64).max
    end = np.where(ends.isna(), open_ended, ends.to_numpy().astype("datetime64[D]").astype(np.int64))
    order = np.lexsort((start, child))
    child, start = child[order], start[order]
    latest = pd.Series(end[order]).groupby(child, sort=False).cummax().to_numpy()
    same = child[1:] == child[:-1]
    return int((same & (start[1:] < latest[:-1])).sum())
