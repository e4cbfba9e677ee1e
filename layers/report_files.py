"""A report as JSON, CSV or plain text: the same figures, and the words that must travel with them."""

from __future__ import annotations

import csv
import io
from typing import Any

from layers.report import Report, Table, plain, show
from layers.table import neutral


def as_json(report: Report) -> dict[str, Any]:
    """Return a report in JSON's types; every row has a value, or null, for every column of its table."""
    return {
        "report": report.key,
        "title": report.title,
        "period": report.period,
        "when": report.when,
        "council": report.council,
        "basis": list(report.basis),
        **report.about,
        "notes": list(report.notes),
        "tables": [_table_json(table) for table in report.tables],
    }


def _table_json(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "sentence": table.sentence,
        "columns": {column.key: column.title for column in table.columns},
        "rows": [{column.key: plain(row.get(column.key)) for column in table.columns} for row in table.rows],
        "notes": list(table.notes),
    }


CSV_COLUMNS = ("table", "row", "column", "value", "period", "basis", "audience", "snapshot")


def as_csv(report: Report) -> str:
    """Return a report as one long CSV: a line for each cell, with table, row, column and what must travel with it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    tail = [report.period, "; ".join(report.basis), report.about.get("audience", ""), report.about.get("snapshot", "")]
    for table in report.tables:
        name = table.columns[0].key
        for row in table.rows:
            for column in table.columns[1:]:
                value = plain(row.get(column.key))
                if value not in (None, ""):
                    line = [table.key, show(row.get(name)), column.key, value, *tail]
                    writer.writerow([neutral(cell) for cell in line])
    return buffer.getvalue()


def as_text(report: Report) -> list[str]:
    """Return a report as lines for a person: aligned tables with their sentences and notes."""
    marks = f" [{', '.join(report.basis)}]" if report.basis else ""
    lines = [f"{report.title}, {report.when}: {report.council}{marks}", *_wrapped_notes(report.notes)]
    for table in report.tables:
        lines += ["", f"{table.title}{marks}"]
        lines += [table.sentence] if table.sentence else []
        lines += _table_lines(table) if table.rows else ["  (no figures)"]
        lines += _wrapped_notes(table.notes)
    return lines


def _wrapped_notes(notes: tuple[str, ...]) -> list[str]:
    return [f"* {note}" for note in notes]


def _table_lines(table: Table) -> list[str]:
    columns = [column for column in table.shown_columns if any(show(row.get(column.key)) for row in table.rows)]
    cells = [[column.title for column in columns]]
    cells += [[show(row.get(column.key)) for column in columns] for row in table.rows]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    return [
        "  ".join(
            cell.rjust(width) if column.numeric else cell.ljust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for line in cells
    ]
