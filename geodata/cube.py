"""Counts by area, period and attributes: one Narwhals expression for every dataset of dated records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import narwhals as nw

Event = Literal["open", "long_open", "started", "ended", "ended_soon"]
"""What is counted: records open at the end of a day, or so for `LONG_MONTHS`; started or ended in a span, or ended in
it within `SOON_DAYS` of their start."""

LONG_MONTHS = 12
"""Whole months from which a record counts as long open."""

SOON_DAYS = 28
"""Four weeks: a record of at most so many days ended soon."""


def happens(event: Event) -> nw.Expr:
    """Return the condition on a record crossed with a period.

    Parameters
    ----------
    event : Event
        ``open`` and ``long_open`` count at the end of ``first``; the others within the half-open span ``first`` to
        ``after``.

    Returns
    -------
    narwhals.Expr
        Boolean, over the columns start_date, end_date, first, after and, for ``long_open``, since: the day
        `LONG_MONTHS` before ``first``. A record is the half-open interval from its start to its end, so one that starts
        and ends on one day is never open.
    """
    if event in ("open", "long_open"):
        started = nw.col("start_date") <= nw.col("first" if event == "open" else "since")
        return started & (nw.col("end_date").is_null() | (nw.col("end_date") > nw.col("first")))
    day = nw.col("start_date" if event == "started" else "end_date")
    within = (day >= nw.col("first")) & (day < nw.col("after"))
    if event == "ended_soon":
        return within & (nw.col("start_date").dt.offset_by(f"{SOON_DAYS}d") >= nw.col("end_date"))
    return within


def cube(
    records: nw.LazyFrame[Any],
    periods: nw.LazyFrame[Any],
    areas: nw.LazyFrame[Any],
    event: Event,
    by: Sequence[str] = (),
    place: str = "atom",
) -> nw.LazyFrame[Any]:
    """Count records by scheme, area, period and attributes.

    Parameters
    ----------
    records : narwhals.LazyFrame
        One row a record: its place, start_date, end_date (null while open) and the attributes.
    periods : narwhals.LazyFrame
        One row a period: period, first, after, since.
    areas : narwhals.LazyFrame
        One row a scheme and place: scheme, place, area, with rows for the places "unknown", "withheld" and "outside".
    event : Event
        What is counted.
    by : sequence of str, optional
        Attributes that split the counts.
    place : str, optional
        The records' column that `areas` speaks of.

    Returns
    -------
    narwhals.LazyFrame
        scheme, area, period, the attributes, count; only cells with at least one record. For each period the
        counts of every scheme add up to the same total.
    """
    return (
        records.join(periods, how="cross")
        .filter(happens(event))
        .group_by(place, "period", *by)
        .agg(nw.len().alias("records"))
        .join(areas, left_on=place, right_on="place", how="inner")
        .group_by("scheme", "area", "period", *by)
        .agg(nw.col("records").sum().alias("count"))
        .select("scheme", "area", "period", *by, "count")
    )
