"""A report as a workbook: a sheet that says what it is, then one for each table, every number as a number."""

from __future__ import annotations

import io
from typing import Any

from layers.report import Cell, Figure, Report, Table, plain, show
from layers.table import neutral

WIDEST_COLUMN = 60
"""Characters; longer texts wrap."""

SHEET_NAME = 31
"""Characters that the name of a sheet may have."""

FIRST_ROW = 3
"""Of a table's sheet, from 0: title, sentence and headings come before."""


def as_workbook(report: Report) -> bytes:
    """Return a report as XLSX. Texts that a spreadsheet would run as formulas are neutralised."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - needed for this form alone

    buffer = io.BytesIO()
    # Texts stay texts: nothing that looks like a formula, a number or an address becomes one.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, options) as book:
        formats = _Formats(book)
        _about(book, report, formats)
        for table in report.tables:
            _sheet(book, report, table, formats)
    return buffer.getvalue()


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _about(book: Any, report: Report, formats: _Formats) -> None:
    facts = [("Report", report.title), ("Year", report.when), ("Council", report.council)]
    facts.append(("Figures", ", ".join(report.basis) or "from the council's records"))
    facts += [(key.capitalize(), value) for key, value in report.about.items()]
    facts += [("Note", note) for note in report.notes]
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, WIDEST_COLUMN * 2, formats.of(text_wrap=True, valign="top"))
    for row, (key, value) in enumerate(facts):
        sheet.write_string(row, 0, key, formats.of(bold=True, valign="top"))
        sheet.write_string(row, 1, str(neutral(value)))


def _sheet(book: Any, report: Report, table: Table, formats: _Formats) -> None:
    sheet = book.add_worksheet(table.key[:SHEET_NAME])
    marks = f" ({', '.join(report.basis)})" if report.basis else ""
    sheet.write_string(0, 0, f"{table.title}, {report.when}{marks}", formats.of(bold=True, font_size=13))
    sheet.write_string(1, 0, table.sentence)
    columns = [column for column in table.columns if not column.hidden or column.numeric]
    for place, column in enumerate(columns):
        texts = [show(row.get(column.key)) for row in table.rows]
        longest = max([len(text) for text in texts] + [len(column.title) // 2, 8])
        sheet.set_column(place, place, min(longest + 2, WIDEST_COLUMN))
        sheet.write_string(2, place, column.title, formats.of(bold=True, text_wrap=True, valign="top"))
    for number, row in enumerate(table.rows, start=FIRST_ROW):
        bold = show(row.get(table.columns[0].key)) in table.strong
        for place, column in enumerate(columns):
            cell = row.get(column.key)
            if cell is not None:
                sheet.write(number, place, neutral(plain(cell)), formats.of(bold=bold, num_format=_number_format(cell)))
    for number, note in enumerate(table.notes, start=FIRST_ROW + len(table.rows) + 1):
        sheet.write_string(number, 0, str(neutral(note)))
    sheet.freeze_panes(FIRST_ROW, 1)


def _number_format(cell: Cell) -> str:
    """Return the spreadsheet's format of a number: rounded to see, whole to reckon with."""
    if isinstance(cell, Figure):
        digits = "0" if cell.decimals == 0 else f"0.{'0' * cell.decimals}"
        text = f'#,##{digits}"{cell.suffix}"' if cell.suffix else f"#,##{digits}"
        return f"+{text};\u2212{text};{text}" if cell.signed else text
    return "#,##0" if isinstance(cell, int) else "General"
