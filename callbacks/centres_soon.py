"""How soon early help comes, on the page of the family centres: a line for each measure, a column for each locality."""

from __future__ import annotations

from callbacks.figures import Answer
from geodata.areas import EXTRA_AREAS
from geodata.store import Store
from layers.family_centres.timeliness_records import DATASET
from layers.family_centres.timeliness_report import timeliness_report
from layers.report import Table, show

BESIDE = frozenset({*EXTRA_AREAS, ""})
"""Rows that the overview leaves to the tables below it: unknown, outside, and all together."""


def soon_view(store: Store) -> Answer | None:
    """Return the overview and its tables; None where no early help is loaded."""
    if store.part(DATASET) is None:
        return None
    report = timeliness_report(store)
    first = [row for row in report.tables[0].rows if row["code"] not in BESIDE]
    return {
        "tags": list(report.basis),
        "areas": [{"name": show(row["area"]), "strong": row["code"] == "county"} for row in first],
        "measures": [_measure(table) for table in report.tables],
        "tables": [_whole(table) for table in report.tables],
        "notes": list(report.notes),
    }


def _measure(table: Table) -> Answer:
    cells = [
        {
            "share": show(row["share"]),
            "of": f"{show(row['met'])} of {show(row['base'])}",
            "range": show(row["interval"]),
        }
        for row in table.rows
        if row["code"] not in BESIDE
    ]
    return {"title": table.title, "span": table.notes[0].rstrip("."), "sentence": table.sentence, "cells": cells}


def _whole(table: Table) -> Answer:
    columns = table.shown_columns
    return {
        "title": table.title,
        "columns": [{"title": one.title, "numeric": one.numeric} for one in columns],
        "rows": [
            {"strong": row["code"] == "county", "cells": [show(row[one.key]) for one in columns]} for row in table.rows
        ],
        "notes": list(table.notes),
    }
