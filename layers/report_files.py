"""A report as JSON, CSV, a workbook or plain text: the same figures, and the words that must travel with them."""

from __future__ import annotations

import csv
import io
from typing import Any

from layers.report import Cell, Figure, Report, Table, plain, show
from layers.table import neutral

WIDEST_COLUMN = 60
"""Characters; longer notes wrap."""

SHEET_NAME = 31
"""Characters that the name of a sheet may have."""


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


def as_workbook(report: Report) -> bytes:
    """Return a report as XLSX: a sheet that says what it is, then one for each table."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, needed only for this form
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    book = Workbook()
    about = book.active
    about.title = "About"
    facts = {"Report": report.title, "Year": report.when, "Council": report.council}
    facts |= {"Figures": ", ".join(report.basis) or "from the council's records"}
    facts |= {key.capitalize(): value for key, value in report.about.items()}
    for key, value in [*facts.items(), *(("Note", note) for note in report.notes)]:
        about.append([key, neutral(value)])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 14, WIDEST_COLUMN * 2
    for cell in about["B"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    marks = f" ({', '.join(report.basis)})" if report.basis else ""
    for table in report.tables:
        sheet = book.create_sheet(table.key[:SHEET_NAME])
        sheet.append([f"{table.title}, {report.when}{marks}"])
        sheet["A1"].font = Font(bold=True, size=13)
        sheet.append([table.sentence])
        columns = [column for column in table.columns if not column.hidden or column.numeric]
        sheet.append([column.title for column in columns])
        for cell in sheet[3]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for row in table.rows:
            sheet.append([neutral(plain(row.get(column.key))) for column in columns])
            for cell, column in zip(sheet[sheet.max_row], columns, strict=True):
                cell.number_format = _number_format(row.get(column.key))
                if str(row.get(table.columns[0].key)) in table.strong:
                    cell.font = Font(bold=True)
        for note in table.notes:
            sheet.append([note])
        for place, column in enumerate(columns, start=1):
            longest = max([len(show(row.get(column.key))) for row in table.rows] + [len(column.title) // 2, 8])
            sheet.column_dimensions[sheet.cell(3, place).column_letter].width = min(longest + 2, WIDEST_COLUMN)
        sheet.freeze_panes = "B4"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _number_format(cell: Cell) -> str:
    """Return the spreadsheet's format of a number: rounded to see, whole to reckon with."""
    if isinstance(cell, Figure):
        digits = "0" if cell.decimals == 0 else f"0.{'0' * cell.decimals}"
        text = f'#,##{digits}"{cell.suffix}"' if cell.suffix else f"#,##{digits}"
        return f"+{text};\u2212{text};{text}" if cell.signed else text
    return "#,##0" if isinstance(cell, int) else "General"
