"""A table of involvements held against every figure the papers print for 2021/22."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from geodata.demo.cme_printed import (
    AUGUST_OPEN,
    JULY_CLOSED,
    JULY_START,
    NO_PRINTED_ROW,
    YEAR_END,
    YEAR_START,
    Printed,
    round_half_up,
)

Comparison = tuple[str, object, object]
"""What is compared, its target, and the value reached."""


def check(table: pd.DataFrame, printed: Printed) -> list[str]:
    """Hold a table of involvements against every printed figure.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per involvement: `involvement`, `child`, `start_date`, `end_date` (ISO text or
        dates, blank while open), `closure_code`.
    printed : Printed
        The figures to meet.

    Returns
    -------
    list of str
        One line per figure with target and reached value; ``FAIL`` begins a line that is not met.
    """
    cases = table.assign(
        start_date=pd.to_datetime(table["start_date"]),
        end_date=pd.to_datetime(table["end_date"]),
        closure_code=table["closure_code"].fillna(""),
    )
    cases["days"] = (cases["end_date"] - cases["start_date"]).dt.days
    comparisons = [*_flows(cases, printed), *_closures(cases, printed), *_shape(cases, printed)]
    return [
        f"{'ok' if target == reached else 'FAIL'}: {what}: target {target}, reached {reached}"
        for what, target, reached in comparisons
    ]


def completed_months(start: pd.Series, day: date) -> pd.Series:
    """Return the completed months from each start to `day`.

    Parameters
    ----------
    start : pandas.Series
        Dates.
    day : datetime.date
        On or after every start.

    Returns
    -------
    pandas.Series
        Whole months.
    """
    months = (day.year - start.dt.year) * 12 + day.month - start.dt.month
    return months - (start.dt.day > day.day)


def _open_on(cases: pd.DataFrame, day: date) -> pd.Series:
    at = pd.Timestamp(day)
    return (cases["start_date"] <= at) & ~(cases["end_date"] <= at)


def _flows(cases: pd.DataFrame, printed: Printed) -> Iterable[Comparison]:
    """Yield stocks, flows and the open ones by age."""
    last = pd.Timestamp(YEAR_END)
    carried = cases["start_date"] < pd.Timestamp(YEAR_START)
    new = ~carried & (cases["start_date"] <= last)
    closed = cases["end_date"].between(pd.Timestamp(YEAR_START), last)
    july_opened = new & (cases["start_date"] >= pd.Timestamp(JULY_START))
    july_closed = closed & (cases["end_date"] >= pd.Timestamp(JULY_START))
    still_open = _open_on(cases, YEAR_END)
    months = completed_months(cases.loc[still_open, "start_date"], YEAR_END)
    by_band = months.map(_month_band).value_counts()
    yield "involvements", printed.involvements, len(cases)
    yield "open on 31 August 2021", AUGUST_OPEN, int(_open_on(cases, date(2021, 8, 31)).sum())
    yield "new in the year", printed.new, int(new.sum())
    yield "closed in the year", printed.closed, int(closed.sum())
    yield "carried in and closed", printed.carried_closed, int((carried & closed).sum())
    yield "open on 30 June 2022", printed.open_june, int(_open_on(cases, date(2022, 6, 30)).sum())
    yield "open on 31 July 2022", printed.open_july, int(still_open.sum())
    yield "opened in July 2022", printed.opened_july, int(july_opened.sum())
    yield "closed in July 2022", JULY_CLOSED, int(july_closed.sum())
    yield (
        "opened and closed in July 2022",
        printed.july_both,
        int((july_opened & july_closed).sum()),
    )
    for row, count in printed.open_by_months.items():
        yield f"open since {row} months", count, int(by_band.get(row, 0))


def _closures(cases: pd.DataFrame, printed: Printed) -> Iterable[Comparison]:
    """Yield durations and reasons of the closed."""
    closed = cases[cases["end_date"].notna()]
    total = max(len(closed), 1)
    for weeks, percent in ((2, printed.pct_within_2_weeks), (4, printed.pct_within_4_weeks)):
        count = int((closed["days"] <= weeks * 7).sum())
        yield f"closed within {weeks} weeks", printed.within(weeks), count
        yield f"per cent closed within {weeks} weeks", percent, round_half_up(count * 100, total)
    yield "mean weeks", printed.mean_weeks, round_half_up(int(closed["days"].sum()), 7 * total)
    for reason in printed.reasons:
        rows = closed[closed["closure_code"] == reason.code]
        mean = round_half_up(int(rows["days"].sum()), 7 * max(len(rows), 1))
        yield f"{reason.code} closed", reason.closed, len(rows)
        yield f"{reason.code} mean weeks", reason.mean_weeks, mean
        yield f"{reason.code} closed in July 2022", reason.closed_july, _july(rows)
    unlisted = closed[closed["closure_code"] == NO_PRINTED_ROW]
    yield "closed with no printed row", printed.unlisted, len(unlisted)
    yield "closed in July 2022 with no printed row", printed.unlisted_july, _july(unlisted)


def _month_band(months: int) -> str:
    if months < 12:
        return str(months)
    return "12-23" if months < 24 else "24+"


def _july(rows: pd.DataFrame) -> int:
    return int((rows["end_date"] >= pd.Timestamp(JULY_START)).sum())


def _shape(cases: pd.DataFrame, printed: Printed) -> Iterable[Comparison]:
    """Yield what the papers do not print but any such file must hold."""
    ordered = cases.sort_values(["child", "start_date"])
    previous_end = ordered.groupby("child")["end_date"].shift()
    repeat = ordered["child"].duplicated()
    dates = pd.concat([cases["start_date"], cases["end_date"].dropna()])
    has_code = cases["closure_code"] != ""
    yield "children", printed.children, int(cases["child"].nunique())
    yield "distinct involvement numbers", printed.involvements, int(cases["involvement"].nunique())
    overlaps = int((repeat & ~(ordered["start_date"] > previous_end)).sum())
    yield "repeats not after the earlier closure", 0, overlaps
    yield "ends before starts", 0, int((cases["days"] < 0).sum())
    yield (
        "code without end, or end without code",
        0,
        int((has_code != cases["end_date"].notna()).sum()),
    )
    yield "dates at weekends", 0, int((dates.dt.day_of_week >= 5).sum())
