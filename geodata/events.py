"""Dated records of children as a whole: the period a file covers, and records of one child that overlap."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd


def covered(frame: pd.DataFrame, covers_from: date | None, covers_to: date | None) -> tuple[date, date]:
    """Return the first and last day for which an extract is taken to be complete.

    Parameters
    ----------
    frame : pandas.DataFrame
        Accepted rows: start_date, end_date.
    covers_from, covers_to : datetime.date or None
        As said by a person. Else: from the earliest end (what closed before it has left the extract; where nothing
        closed, from the latest start), to the latest start or end.
    """
    starts, ends = frame["start_date"], frame["end_date"].dropna()
    first = ends.min() if len(ends) else starts.max()
    last = max(starts.max(), ends.max()) if len(ends) else starts.max()
    return covers_from or first.date(), covers_to or last.date()


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
