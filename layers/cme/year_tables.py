"""The tables of the committee report on a year: its totals, the stock, the months since the start, cases of a child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from geodata.periods import Period, months, months_before, words
from geodata.printed import PrintedYear
from layers.cme.facts import TOTAL, Facts, mean_weeks, percent_of
from layers.cme.involvements import ended_in, span, started_in
from layers.cme.measures import BANDS, YearFigures, month_days, open_by_months, stock_by_day
from layers.cme.printed_marks import mark
from layers.cme.years import earlier_key, year_days
from layers.format import format_value, plural, round_half_up
from layers.report import Cell, Column, Figure, Table


def _year_cells(found: YearFigures | None) -> dict[str, Cell]:
    if found is None:
        return {}
    return {
        "total_involvements": found.involvements,
        "total_children": found.children,
        "new_involvements": found.new,
        "closed_involvements": found.closed,
        "mean_weeks_closed": mean_weeks(found.durations),
        "pct_closed_within_2_weeks": percent_of(found.within[2], found.closed),
        "pct_closed_within_4_weeks": percent_of(found.within[4], found.closed),
    }


def _printed_cells(found: PrintedYear | None) -> dict[str, Cell]:
    if found is None:
        return {}
    numbers = {
        "mean_weeks_closed": (found.mean_weeks, ""),
        "pct_closed_within_2_weeks": (found.within_2_weeks, "%"),
        "pct_closed_within_4_weeks": (found.within_4_weeks, "%"),
    }
    counts: dict[str, Cell] = {
        "total_involvements": found.involvements,
        "total_children": found.children,
        "new_involvements": found.new,
        "closed_involvements": found.closed,
    }
    return counts | {
        key: None if value is None else Figure(value, 1, suffix) for key, (value, suffix) in numbers.items()
    }


MEASURES = {
    "total_involvements": "Involvements",
    "total_children": "Children",
    "new_involvements": "New involvements",
    "closed_involvements": "Closed involvements",
    "mean_weeks_closed": "Mean weeks of those closed",
    "pct_closed_within_2_weeks": "Closed within 2 weeks",
    "pct_closed_within_4_weeks": "Closed within 4 weeks",
}
"""Key -> words of each figure of a year, in the order of the papers."""

PART_OF_A_YEAR = "No change is given: it would hold a part of a year against a whole one."


def change(now: Cell, then: Cell) -> Cell:
    """Return the difference of two figures as they are written; None where either is missing."""
    if isinstance(now, Figure) and isinstance(then, Figure):
        suffix = " points" if now.suffix == "%" else now.suffix
        shown = round_half_up(now.value, now.decimals) - round_half_up(then.value, then.decimals)
        return Figure(float(shown), now.decimals, suffix, signed=True)
    if isinstance(now, int) and isinstance(then, int):
        return Figure(now - then, 0, signed=True)
    return None


def annual_table(facts: Facts) -> Table:
    """Return the year's totals, recomputed and printed, beside those of the year before."""
    found, before = facts.figures, facts.earlier_figures
    here, printed = _year_cells(found), _printed_cells(facts.printed.years.get(facts.year.key))
    key = facts.earlier.key if facts.earlier else ""
    earlier = _year_cells(before) or _printed_cells(facts.printed.years.get(key))
    rows = []
    for measure, title in MEASURES.items():
        now, said, then = here.get(measure), printed.get(measure), earlier.get(measure)
        # Printed figures are compared with printed ones where there is nothing else.
        rows.append(
            {
                "figure": title,
                "key": measure,
                "recomputed": now,
                "printed": said,
                "mark": mark(("", now, said)),
                "earlier": then,
                "change": change(said if now is None else now, then) if facts.comparable else None,
            }
        )
    columns = (
        Column("figure", "Figure", numeric=False),
        Column("key", "Key", numeric=False, hidden=True),
        Column("recomputed", "From the records"),
        Column("printed", "Printed"),
        Column("mark", "Printed figure", numeric=False),
        Column("earlier", facts.earlier_words if earlier else "Year before"),
        Column("change", "Change"),
    )
    notes = () if facts.comparable or not earlier else (PART_OF_A_YEAR,)
    return Table("annual", f"The year {facts.year.period.label}", columns, tuple(rows), _year_sentence(found), notes)


def _year_sentence(found: YearFigures | None) -> str:
    if found is None:
        return "The records do not speak of this year: only printed figures are shown."
    if not found.involvements:
        return "No involvement was open in this year."
    return (
        f"{plural(found.involvements, 'involvement')} for {plural(found.children, 'child', 'children')}: "
        f"{found.carried:,} open at the start, {found.new:,} new, {found.closed:,} closed, {found.open:,} open at the "
        "end."
    )


def stock_table(facts: Facts) -> Table:
    """Return the open involvements at the end of each month, with what started and ended in it."""
    before, last = year_days(earlier_key(facts.year.key))[1], facts.last_day
    days = month_days(facts.year.period) if facts.year.counted else ()
    stock = stock_by_day(facts.cases, days)
    # The papers quote the end of the year before too, which is a month before this one begins.
    printed = {day: count for day, count in facts.printed.stock.items() if before <= day <= last}
    flows = {one.last_day: one for one in _months(facts)}
    year_ago = _year_ago(facts, days)
    rows = []
    for day in sorted({*stock, *printed}):
        flow = flows.get(day)
        rows.append(
            {
                "on": words(day),
                "date": day.isoformat(),
                "open": stock.get(day),
                "printed": printed.get(day),
                "mark": mark(("", stock.get(day), printed.get(day))),
                "new": len(started_in(facts.cases, flow)) if flow else None,
                "closed": len(ended_in(facts.cases, flow)) if flow else None,
                "year_ago": year_ago.get(day),
            }
        )
    columns = (
        Column("on", "End of", numeric=False),
        Column("date", "Date", numeric=False, hidden=True),
        Column("open", "Open"),
        Column("printed", "Printed"),
        Column("mark", "Printed figure", numeric=False),
        Column("new", "New in the month"),
        Column("closed", "Closed in the month"),
        Column("year_ago", "Open a year earlier"),
    )
    notes = ("Open is a stock at the end of a day; new and closed are flows within the month.",)
    return Table("open_stock", "Open involvements by month", columns, tuple(rows), _stock_sentence(stock), notes)


def _months(facts: Facts) -> tuple[Period, ...]:
    if not facts.year.counted:
        return ()
    first, last = facts.year.period.start, facts.last_day
    whole = months(first, last) if first else ()
    running = Period("", "", date(last.year, last.month, 1), last + timedelta(days=1), partial=True)
    return whole if whole and whole[-1].last_day == last else (*whole, running)


def _year_ago(facts: Facts, days: Sequence[date]) -> dict[date, int]:
    if facts.earlier is None or not facts.earlier.counted or not days:
        return {}
    first, after = span(facts.earlier.period)
    asked = {day: _a_year_before(day) for day in days}
    known = {day: then for day, then in asked.items() if first - timedelta(days=1) <= then < after}
    stock = stock_by_day(facts.before, known.values())
    return {day: stock[then] for day, then in known.items()}


def _a_year_before(day: date) -> date:
    """Return the same day a year earlier; of a month's end the month's end."""
    if _is_month_end(day):
        return months_before(day + timedelta(days=1), 12) - timedelta(days=1)
    return months_before(day, 12)


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _stock_sentence(stock: Mapping[date, int]) -> str:
    if not stock:
        return ""
    first, last = min(stock), max(stock)
    text = f"{stock[last]:,} open on {words(last)}, {stock[first]:,} on {words(first)}"
    ends = [day for day in stock if _is_month_end(day)]
    if not ends:
        return f"{text}."
    high = max(ends, key=lambda day: (stock[day], day))
    return f"{text}; the most at a month's end were {stock[high]:,}, on {words(high)}."


def months_table(facts: Facts) -> Table:
    """Return the involvements open at the year's end by completed months since their start."""
    day = facts.last_day
    found = open_by_months(facts.cases, day) if facts.year.counted else {}
    printed = facts.printed.open_by_months.get(day, {})
    bands = BANDS if found or printed else ()
    rows = [
        {"months": key, "open": found.get(key), "printed": printed.get(key),
         "mark": mark(("", found.get(key), printed.get(key)))}
        for key in bands
    ]  # fmt: skip
    if rows:
        total, said = (sum(one.values()) if one else None for one in (found, printed))
        rows.append({"months": TOTAL, "open": total, "printed": said, "mark": mark(("", total, said))})
    columns = (
        Column("months", "Months since the start", numeric=False),
        Column("open", "Open"),
        Column("printed", "Printed"),
        Column("mark", "Printed figure", numeric=False),
    )
    title = f"Open on {words(day)} by months since the start"
    return Table("open_by_months", title, columns, tuple(rows), _months_sentence(found), strong=frozenset({TOTAL}))


def _months_sentence(found: Mapping[str, int]) -> str:
    total = sum(found.values())
    if not total:
        return "No involvement was open." if found else ""
    long = found["12-23"] + found["24+"]
    return (
        f"{plural(long, 'involvement')} of {total:,} had been open for 12 months or more, {found['24+']:,} of them for "
        "24 months or more."
    )


def children_table(facts: Facts) -> Table:
    """Return how many involvements the children of the year had."""
    found = facts.figures
    rows: list[dict[str, Cell]] = []
    if found:
        for number, children in found.cases_of_a_child.items():
            rows.append({"cases": str(number), "children": children, "involvements": number * children})
        rows.append({"cases": TOTAL, "children": found.children, "involvements": found.involvements})
    columns = (
        Column("cases", "Involvements of a child", numeric=False),
        Column("children", "Children"),
        Column("involvements", "Involvements"),
    )
    sentence = ""
    if found and found.children:
        more = found.children - found.cases_of_a_child.get(1, 0)
        each = format_value(found.involvements / found.children, 2)
        sentence = f"{plural(more, 'child', 'children')} had more than one involvement; on average {each} for a child."
    title = "Involvements per child"
    return Table("cases_of_a_child", title, columns, tuple(rows), sentence, strong=frozenset({TOTAL}))
