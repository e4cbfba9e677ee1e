"""The first screen of the page on children missing education: how many now, more or fewer, how long, where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from callbacks.figures import Answer
from geodata.periods import months_before, words
from layers.cme.facts import TOTAL
from layers.cme.years import ReportYear
from layers.format import NO_VALUE, format_value, plural, round_half_up
from layers.report import Cell, Figure, Report, Table, show

MORE, FEWER, SAME = "up", "down", "same"
"""Which way a figure went; the sign beside the words."""

Row = Mapping[str, Cell]


class Change(NamedTuple):
    """What a figure was before, in words.

    Attributes
    ----------
    way : str
        `MORE`, `FEWER` or `SAME`.
    words : str
        Such as "7 more than on 30 June 2022".
    """

    way: str
    words: str


def change(now: Cell, then: Cell, since: str, noun: tuple[str, str] = ("more", "fewer")) -> Change | None:
    """Return how a figure changed, reckoned on the figures as they are written; None where either is missing.

    Parameters
    ----------
    now, then : Cell
        Counts, or figures of the same decimals.
    since : str
        Follows "than" or "as": "on 30 June 2022", "in 2020/21".
    noun : tuple of str
        The words for up and for down.
    """
    before, after = (one.value if isinstance(one, Figure) else one for one in (then, now))
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        return None
    decimals = max(one.decimals if isinstance(one, Figure) else 0 for one in (now, then))
    suffix = now.suffix if isinstance(now, Figure) else ""
    step = round_half_up(after, decimals) - round_half_up(before, decimals)
    if not step:
        return Change(SAME, f"the same as {since}")
    unit = " points" if suffix == "%" else " weeks" if decimals else ""
    written = format_value(float(abs(step)), decimals)
    return Change(MORE if step > 0 else FEWER, f"{written}{unit} {noun[step < 0]} than {since}")


def cards(report: Report, year: ReportYear, earlier: ReportYear | None) -> list[Answer]:
    """Return the headline cards, in the order a person asks.

    Parameters
    ----------
    report : Report
        Of the year.
    year, earlier : ReportYear
        The year and the one before it, where there is one.
    """
    annual = {str(row["key"]): row for row in report.table("annual").rows}
    # A year that still runs is not held against a whole one.
    before = "" if year.period.partial else _before(earlier)
    return [
        _open_card(report, year),
        _pace_card(report, annual["mean_weeks_closed"], year, before),
        _where_card(report, year),
        _long_card(report, year),
        _annual_card("Involvements in the year", annual["total_involvements"], year, before, _children(annual, year)),
        _annual_card("New in the year", annual["new_involvements"], year, before),
        _annual_card("Closed in the year", annual["closed_involvements"], year, before),
        _soon_card(annual, year, before),
    ]


def _before(earlier: ReportYear | None) -> str:
    if earlier is None:
        return ""
    return f"in {earlier.period.label}" + ("" if earlier.counted else " (printed)")


def _card(key: str, title: str, value: str, unit: str = "", **more: object) -> Answer:
    return {"key": key, "title": title, "value": value, "unit": unit, "changes": [], "areas": [],
            "lines": [], "after": [], "printed": False, **more}  # fmt: skip


def _said(row: Row, year: ReportYear) -> tuple[Cell, bool]:
    """Return the figure of a year, and whether it is only printed.

    Where the records speak of the year, nothing printed stands in for what they do not have: a mean of none closed.
    """
    return (row["recomputed"], False) if year.counted else (row["printed"], row["printed"] is not None)


def _against(now: Cell, row: Row, before: str, noun: tuple[str, str] = ("more", "fewer")) -> Change | None:
    """Return the change from the year before, if there is one to compare with."""
    return change(now, row["earlier"], before, noun) if before else None


def _open_card(report: Report, year: ReportYear) -> Answer:
    """Return how many are open at the end, against a month earlier, the year's start and the year before."""
    rows = {date.fromisoformat(str(row["date"])): row for row in report.table("open_stock").rows}
    last = year.period.last_day
    title = f"Open on {words(last)}" if last else "Open"
    row = rows.get(last) if last else None
    if row is None or last is None:
        return _card("open", title, "", lines=["Not on record."])
    now = row["printed"] if row["open"] is None else row["open"]
    changes = []
    counted = [day for day, one in rows.items() if one["open"] is not None and day < last]
    if counted:
        changes.append(change(now, rows[counted[-1]]["open"], f"on {words(counted[-1])}"))
        if len(counted) > 1:
            changes.append(change(now, rows[counted[0]]["open"], f"at the start, on {words(counted[0])}"))
    changes.append(_year_ago(rows, row, last, now))
    found = [one for one in changes if one]
    return _card("open", title, show(now), changes=found, printed=row["open"] is None)


def _year_ago(rows: Mapping[date, Row], row: Row, last: date, now: Cell) -> Change | None:
    if row.get("year_ago") is not None:
        return change(now, row["year_ago"], f"on {words(months_before(last, 12))}")
    then = next((one for day, one in rows.items() if (day.year + 1, day.month) == (last.year, last.month)), None)
    if then is None or then["printed"] is None:
        return None
    return change(now, then["printed"], f"on {words(months_before(last, 12))} (printed)")


def _pace_card(report: Report, mean: Row, year: ReportYear, before: str) -> Answer:
    """Return the median of all cases beside the mean of the closed, whose change is that of the mean alone."""
    now, printed = _said(mean, year)
    compared = _against(now, mean, before, ("longer", "shorter"))
    median = _median(report)
    if printed and median is None:
        return _card("pace", "Mean of those closed", show(now), "weeks", changes=_some(compared), printed=True)
    closed = [] if now is None else [f"The mean of those closed alone is {show(now)} weeks:" if compared
                                     else f"The mean of those closed alone is {show(now)} weeks."]  # fmt: skip
    if median is None:
        lines = ["Too few cases have closed for a median.", *closed]
        return _card("pace", "How long a case lasts", NO_VALUE, lines=lines, after=_some(compared))
    interval = str(median["median_interval"])
    lines = [*([f"95% interval {interval}"] if interval else []), *closed]
    title = "Half of all cases close within"
    return _card("pace", title, show(median["median_weeks"]), "weeks", lines=lines, after=_some(compared))


def _median(report: Report) -> Row | None:
    table = _table(report, "duration")
    row = table.rows[0] if table and table.rows else None
    return row if row and row["median_weeks"] is not None else None


def _table(report: Report, key: str) -> Table | None:
    return next((table for table in report.tables if table.key == key), None)


def _some(found: Change | None) -> list[Change]:
    return [found] if found else []


def _where_card(report: Report, year: ReportYear) -> Answer:
    """Return the open cases of each locality, with those that are on no map."""
    table = _table(report, "cme_open_by_locality")
    if table is None or not table.rows:
        why = "The printed figures do not say where." if not year.counted else "No figures by area for this day."
        return _card("where", "Where they live", "", lines=[why])
    listed = [row for row in table.rows if str(row["area"]) not in table.strong]
    most = max((row["count"] for row in listed if isinstance(row["count"], int)), default=0)
    areas = [
        {
            "name": row["area"],
            "count": show(row["count"]),
            "value": show(row["value"]),
            "width": round(100 * row["count"] / most, 1) if most and isinstance(row["count"], int) else 0.0,
        }
        for row in listed
    ]
    unit = next(column.title for column in table.columns if column.key == "value")
    return _card("where", "Where the open cases live", "", areas=areas, lines=[f"Second figure: rate {unit}"])


def _long_card(report: Report, year: ReportYear) -> Answer:
    rows = {str(row["months"]): row for row in report.table("open_by_months").rows}
    title = "Open for 12 months or more"
    if not rows:
        why = "Not printed for this year." if not year.counted else "No figures for this day."
        return _card("long", title, "", lines=[why])
    key = "open" if rows[TOTAL]["open"] is not None else "printed"
    counts = {name: row[key] for name, row in rows.items()}
    long, total = (sum(int(str(counts[name] or 0)) for name in names) for names in (("12-23", "24+"), (TOTAL,)))
    of = f"of {total:,} open" + (f", {show(Figure(100 * long / total, 1, '%'))}" if total else "")
    older = [f"{counts['24+'] or 0} of them for 24 months or more"] if long else []
    return _card("long", title, show(long), lines=[of, *older], printed=key == "printed")


def _annual_card(title: str, row: Row, year: ReportYear, before: str, lines: tuple[str, ...] = ()) -> Answer:
    now, printed = _said(row, year)
    compared = _against(now, row, before)
    lines = lines if now is not None else ("Not on record.",)
    return _card(str(row["key"]), title, show(now), lines=list(lines), changes=_some(compared), printed=printed)


def _children(annual: Mapping[str, Row], year: ReportYear) -> tuple[str, ...]:
    children, _ = _said(annual["total_children"], year)
    return (f"for {plural(children, 'child', 'children')}",) if isinstance(children, int) else ()


def _soon_card(annual: Mapping[str, Row], year: ReportYear, before: str) -> Answer:
    four, two = (annual[f"pct_closed_within_{weeks}_weeks"] for weeks in (4, 2))
    now, printed = _said(four, year)
    within_two, _ = _said(two, year)
    lines = [f"{show(within_two)} within 2 weeks"] if within_two is not None else []
    compared = _against(now, four, before, ("higher", "lower"))
    title = "Of those closed, within 4 weeks"
    return _card("soon", title, show(now) or NO_VALUE, lines=lines, changes=_some(compared), printed=printed)


SIGNS = {MORE: "\u25b2", FEWER: "\u25bc", SAME: "="}
"""Drawn beside the words of a change."""
