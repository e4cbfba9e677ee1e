"""Tables of a report as a page shows them: text in every cell, columns that say nothing left out, marks in words."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.figures import Answer
from layers.cme.facts import TOTAL
from layers.cme.printed_marks import DIFFERS, SAME
from layers.report import Cell, Report, Table, show

SIDE_BY_SIDE = (
    ("cme_open_by_locality", "Open", "count"),
    ("cme_open_by_locality", "Open, {unit}", "value"),
    ("cme_new_by_locality", "New in the year", "count"),
    ("cme_new_by_locality", "New, {unit}", "value"),
    ("cme_long_open_by_locality", "Open for 12 months or more", "value"),
    ("cme_closed_soon_by_locality", "Closed within 4 weeks", "value"),
    ("duration", "Median weeks, all cases", "median_weeks"),
)
"""Table, heading and column of the localities' table, in its order."""


def table_view(table: Table) -> Answer:
    """Return a table for the page; a column without any text is left out.

    Parameters
    ----------
    table : Table
        Of a report.

    Returns
    -------
    dict
        ``columns`` are [title, numeric]; each of ``rows`` has a name, whether it is a total, and cells, each with its
        text, whether it is a number and, in the column of marks, how it compares with the print.
    """
    name, *others = table.shown_columns
    # Of several intervals each stands beneath its figure: columns of their own would leave no room.
    beneath = [one for one in others if one.key.endswith(INTERVAL)]
    beneath = beneath if len(beneath) > 1 else []
    kept = [one for one in others if one not in beneath and any(show(row.get(one.key)) for row in table.rows)]
    intervals = {others[others.index(one) - 1].key: one.key for one in beneath}
    rows = [
        {
            "name": show(row.get(name.key)),
            "strong": show(row.get(name.key)) in table.strong,
            "cells": [
                _cell(row.get(one.key), numeric=one.numeric, marks=one.key == "mark")
                | ({"interval": show(row.get(intervals[one.key]))} if one.key in intervals else {})
                for one in kept
            ],
        }
        for row in table.rows
    ]
    beneath_note = ("Beneath a figure: its 95% interval.",) if beneath else ()
    return {
        "key": table.key,
        "title": table.title,
        "sentence": table.sentence,
        "notes": [*beneath_note, *table.notes],
        "columns": [[one.title, one.numeric] for one in (name, *kept)],
        "rows": rows,
    }


def _cell(cell: Cell, *, numeric: bool, marks: bool) -> Answer:
    text = show(cell)
    mark = "" if not marks else SAME if text == SAME else DIFFERS if text.startswith(DIFFERS) else ""
    return {"text": text, "numeric": numeric, "mark": mark}


def localities_view(report: Report) -> Answer | None:
    """Return the localities side by side: each figure with its interval, from the tables by area; None without any."""
    tables = {table.key: table for table in report.tables}
    if not all(key in tables for key, _, _ in SIDE_BY_SIDE):
        return None
    names = list(dict.fromkeys(_names(tables[key] for key, _, _ in SIDE_BY_SIDE)))
    columns = [["Locality", False]]
    for key, title, column in SIDE_BY_SIDE:
        unit = next(one.title for one in tables[key].columns if one.key == column)
        columns.append([title.format(unit=unit), True])
    found = {key: _by_name(tables[key]) for key, _, _ in SIDE_BY_SIDE}
    strong = frozenset().union(*(table.strong for table in tables.values()))
    rows = [
        {
            "name": name,
            "strong": name in strong,
            "cells": [_with_interval(found[key].get(name, {}), column) for key, _, column in SIDE_BY_SIDE],
        }
        for name in names
    ]
    return {"key": "localities", "title": "The localities side by side", "columns": columns, "rows": rows,
            "sentence": "", "notes": []}  # fmt: skip


INTERVAL = "interval"
"""What the keys of columns of intervals end with; each follows its figure."""

ALL_CASES = "All cases"
"""The first row of the durations: what the total is in the other tables."""


def _names(tables: Iterable[Table]) -> Iterable[str]:
    for table in tables:
        yield from (str(row["area"]) for row in table.rows if row["area"] != ALL_CASES)


def _by_name(table: Table) -> dict[str, dict[str, Cell]]:
    return {(TOTAL if row["area"] == ALL_CASES else str(row["area"])): dict(row) for row in table.rows}


def _with_interval(row: dict[str, Cell], column: str) -> Answer:
    interval = row.get("median_interval" if column == "median_weeks" else "interval", "")
    return {
        "text": show(row.get(column)),
        "interval": "" if column == "count" else interval,
        "numeric": True,
        "mark": "",
    }
