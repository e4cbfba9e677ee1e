"""The charts of all the children of the report: over time, by how long, by reason, by who they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from geodata.periods import words
from layers.chart_rows import bars
from layers.charts import Bar, Panel, Stock, columns, stock_line
from layers.cme.chart import PRINTED_RINGS, Chart, at_end, by_key, count, number, rings, with_printed
from layers.cme.facts import TOTAL
from layers.format import format_value
from layers.report import Cell, Report, Table, show

CLOSURES_OF = "Closures, with their mean weeks"
WIDE_BANDS = "The last two columns stand apart: they hold 12 months, and 24 months or more, the others one month each."


def children_charts(report: Report) -> dict[str, Chart]:
    """Return the charts of all the children: over time, by how long, by reason, by who they are.

    Parameters
    ----------
    report : Report
        From `layers.cme.report.cme_report`. A chart whose table is missing or has no figures is left out.
    """
    tables = {table.key: table for table in report.tables}
    found = [
        _stock(tables.get("open_stock")),
        _flows(tables.get("open_stock")),
        _months(tables.get("open_by_months")),
        _closures(tables.get("closures")),
        _year_groups(tables.get("by_year_group")),
        *(_crossing(table) for key, table in tables.items() if key in CROSSED),
    ]
    return by_key(found)


CROSSED = ("phase_by_sen_status", "phase_by_social_care", "sen_status_by_social_care")
"""Keys of the tables of two things crossed."""


def _stock(table: Table | None) -> Chart | None:
    points = [_stock_of(row) for row in table.rows if with_printed(row["open"], row["printed"])] if table else []
    if table is None or not points:
        return None
    spec = stock_line(points, "Open involvements")
    said = [f"{point.printed:,} printed for {words(point.day)}" for point in points if point.printed is not None]
    sentence = table.sentence or f"Open involvements: {', '.join(said)}."
    return Chart("stock", "Open at the end of each month", sentence, spec, table.key, PRINTED_RINGS if said else "")


def _stock_of(row: Mapping[str, Cell]) -> Stock:
    hover = f"{row['on']}: {with_printed(row['open'], row['printed'])} open"
    hover += f"; {show(row['year_ago'])} a year earlier" if row.get("year_ago") is not None else ""
    day = date.fromisoformat(str(row["date"]))
    return Stock(day, count(row["open"]), count(row["printed"]), count(row.get("year_ago")), hover)


def _flows(table: Table | None) -> Chart | None:
    rows = [row for row in table.rows if row.get("new") is not None] if table else []
    if table is None or not rows:
        return None
    named = [(_month_words(row, first=not place), row) for place, row in enumerate(rows)]
    panels = [
        Panel(title, [_flow(name, row, key, what) for name, row in named])
        for key, title, what in (("new", "New in the month", "new"), ("closed", "Closed in the month", "closed"))
    ]
    spec = columns(panels, ("Month", "Involvements"))
    note = "Both have the same scale. How many are open is a stock, and has a chart of its own."
    return Chart("flows", "New and closed in each month", _flows_sentence(rows), spec, table.key, note)


def _month_words(row: Mapping[str, Cell], *, first: bool) -> str:
    day = date.fromisoformat(str(row["date"]))
    return f"{day:%b} {day:%Y}" if first or day.month == 1 else f"{day:%b}"


def _in_month(row: Mapping[str, Cell]) -> str:
    day = date.fromisoformat(str(row["date"]))
    whole = (day + timedelta(days=1)).day == 1
    return f"{day:%B %Y}" if whole else f"{day:%B %Y} (to {words(day)})"


def _flow(name: str, row: Mapping[str, Cell], key: str, what: str) -> Bar:
    value = row[key]
    return Bar(name, number(value), None, show(value), f"{_in_month(row)}: {show(value)} {what}")


def _flows_sentence(rows: list[Mapping[str, Cell]]) -> str:
    parts = []
    for key in ("new", "closed"):
        counts = [count(row[key]) or 0 for row in rows]
        most = max(counts)
        months = [_in_month(row) for row, one in zip(rows, counts, strict=True) if one == most]
        when = f", the most in {months[0]} ({most:,})" if most and len(months) == 1 else ""
        parts.append(f"{sum(counts):,} {key}{when}")
    return f"In all {'; '.join(parts)}."


def _months(table: Table | None) -> Chart | None:
    rows = [row for row in table.rows if row["months"] != TOTAL] if table else []
    if table is None or not any(with_printed(row["open"], row["printed"]) for row in rows):
        return None
    listed = [_months_bar(row) for row in rows]
    places: list[tuple[float, float]] = []
    for bar in listed:
        wide = not bar.name.isdigit()
        last = places[-1][0] + places[-1][1] / 2 if places else -0.4
        places.append((last + 1.6, 1.6) if wide else (last + 0.6, 0.8) if places else (0.0, 0.8))
    spec = columns([Panel("", listed)], ("Completed months since the start", "Open involvements"), places)
    note = f"{WIDE_BANDS} {rings(listed)}".strip()
    return Chart("months", table.title, table.sentence or "As printed.", spec, table.key, note)


def _months_bar(row: Mapping[str, Cell]) -> Bar:
    name = str(row["months"]).replace("-", "\u2013")
    found, printed = row["open"], row["printed"]
    unit = "month" if name == "1" else "months"
    hover = f"{name} completed {unit}: {with_printed(found, printed)} open"
    # Columns are narrow: the printed figure stands on a line of its own.
    text = at_end(found, printed).replace(" ", "\n")
    return Bar(name, number(found), number(printed), text, hover)


def _closures(table: Table | None) -> Chart | None:
    if table is None:
        return None
    kept = [row for row in table.rows if with_printed(row["n"], row["n_printed"])]
    reasons = [row for row in kept if row["reason"] not in table.strong]
    if not reasons:
        return None
    sums = {str(row["group"]): row for row in table.rows if row["reason"] in table.strong and row["group"]}
    total = next((row for row in table.rows if row["reason"] == TOTAL), {})
    panels = []
    for group in dict.fromkeys(str(row["group"]) for row in reasons):
        inside = [_closures_bar(row) for row in reasons if row["group"] == group]
        panels.append(Panel(_closures_title(group, sums.get(group, {}), total), inside))
    note = rings(bar for panel in panels for bar in panel.bars)
    sentence = table.sentence or _printed_closures(total)
    return Chart("closures", table.title, sentence, bars(panels, CLOSURES_OF), table.key, note)


def _closures_bar(row: Mapping[str, Cell]) -> Bar:
    found, printed = row["n"], row["n_printed"]
    weeks = row["mean_weeks_printed"] if found is None else row["mean_weeks"]
    hover = f"{row['reason']}: {with_printed(found, printed)} closed"
    hover += f", mean {with_printed(row['mean_weeks'], row['mean_weeks_printed'])} weeks" if weeks is not None else ""
    text = at_end(found, printed) + ("" if weeks is None else f" \u00b7 {show(weeks)} weeks")
    return Bar(str(row["reason"]), number(found), number(printed), text, hover)


def _closures_title(group: str, row: Mapping[str, Cell], total: Mapping[str, Cell]) -> str:
    if not group or row.get("n") is None:
        return group
    weeks = f", mean {show(row['mean_weeks'])} weeks" if row.get("mean_weeks") is not None else ""
    return f"{group}: {show(row['n'])} of {show(total.get('n'))}{weeks}"


def _printed_closures(total: Mapping[str, Cell]) -> str:
    said = total.get("n_printed")
    return "Closures as printed." if said is None else f"{show(said)} closures as printed."


def _year_groups(table: Table | None) -> Chart | None:
    rows = [row for row in table.rows if row["value"] != TOTAL and row["open"] is not None] if table else []
    if table is None or not rows:
        return None
    listed = [Bar(str(row["value"]), number(row["open"]), None, show(row["open"]), _share_words(row)) for row in rows]
    spec = bars([Panel("", listed)], "Open involvements")
    return Chart("year_groups", "Open by year group", table.sentence, spec, table.key)


def _share_words(row: Mapping[str, Cell]) -> str:
    share = f", {show(row['open_share'])} of the open" if row["open_share"] is not None else ""
    return f"{row['value']}: {show(row['open'])} open{share}"


def _crossing(table: Table) -> Chart | None:
    rows = [row for row in table.rows if row["value"] != TOTAL]
    kept = [row for row in rows if row["total"]]
    if not kept:
        return None
    total = table.row(TOTAL)
    panels = [
        Panel(
            f"{column.title}: {show(total[column.key])}",
            [_crossed(row, column.key, column.title) for row in kept],
        )
        for column in table.columns[1:]
        if column.key != "total"
    ]
    parts = (f"{column.title} {show(total[column.key])}" for column in table.columns[1:] if column.key != "total")
    sentence = f"{table.sentence} Of {format_value(number(total['total']))}: {', '.join(parts)}."
    nobody = [str(row["value"]) for row in rows if not row["total"]]
    note = f"Nobody: {', '.join(nobody)}." if nobody else ""
    spec = bars(panels, "Open involvements")
    return Chart(f"crossing_{table.key}", table.title, sentence, spec, table.key, note)


def _crossed(row: Mapping[str, Cell], key: str, title: str) -> Bar:
    value = row[key]
    return Bar(str(row["value"]), number(value), None, show(value), f"{row['value']}, {title}: {show(value)} open")
