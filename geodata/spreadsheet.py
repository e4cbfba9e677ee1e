"""XLSX files: the sheet, its headings and its cells as text. Called by `geodata.reading`."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import numpy as np
import pandas as pd

from geodata.cell_text import UNCOMPUTED, clean, one_line
from geodata.doubtful_cells import mark_doubtful, notes_on, require_one_row
from geodata.errors import InputError, UsageError
from geodata.heading_row import SAMPLE_ROWS, SEARCH_ROWS, Row, find_headings, require_plain
from geodata.sheet_xml import SheetFacts, examine_sheet

if TYPE_CHECKING:
    from geodata.reading import Layout

LAST_ROW = 1_048_576
"""Of any spreadsheet; a file that says more is damaged, or made to keep a machine busy."""

_ESCAPED = re.compile(r"_x000[0-9A-Da-d]_")


@dataclass(frozen=True)
class Sheet:
    """The sheet that is read.

    Attributes
    ----------
    title : str
        Its name.
    heading_row : int
        From 1.
    headings : tuple of str
        Each on one line; blank ones are empty text.
    others : tuple of str
        Other sheets that have rows.
    notes : tuple of str
        Sentences on what a person should look at.
    facts : SheetFacts
        Merged cells and the like.
    day_numbers : bool
        Whether a plain number in it may be a day, counted from 1900.
    """

    title: str
    heading_row: int
    headings: tuple[str, ...]
    others: tuple[str, ...]
    notes: tuple[str, ...]
    facts: SheetFacts
    day_numbers: bool


@contextmanager
def _book(path: Path) -> Iterator[Any]:
    import openpyxl  # noqa: PLC0415 - only where a spreadsheet is read
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            try:
                yield book
            finally:
                book.close()
        except (InputError, UsageError):
            raise
        except (
            InvalidFileException,
            zipfile.BadZipFile,
            zlib.error,
            ParseError,
            KeyError,
            IndexError,
            ValueError,
            TypeError,
            AttributeError,
            OSError,
            EOFError,
            RuntimeError,
        ):  # fmt: skip - what openpyxl runs into in files that are not whole
            raise InputError(
                f"'{path.name}' cannot be opened as .xlsx: a part of it is damaged. Save it again in Excel, without a "
                "password."
            ) from None


def inspect_book(path: Path, wanted: str = "") -> Sheet:
    """Return the first visible sheet with headings, or the one that is wanted.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.
    wanted : str
        Name of a sheet; case does not matter.

    Raises
    ------
    UsageError
        If there is no sheet of that name; the message lists them.
    InputError
        If no sheet has headings, or the workbook is damaged.
    """
    with _book(path) as book:
        sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
        if wanted and not [sheet for sheet in sheets if sheet.title.casefold() == wanted.casefold()]:
            names = ", ".join(f"'{sheet.title}'" for sheet in book.worksheets)
            raise UsageError(f"'{path.name}' has no sheet '{wanted}'. Its sheets: {names}.")
        found = [(sheet, rows) for sheet in sheets if (rows := _first_rows(sheet))]
        tables = [(sheet, rows, head) for sheet, rows in found if (head := find_headings(rows))]
        chosen = [table for table in tables if not wanted or table[0].title.casefold() == wanted.casefold()]
        if not chosen:
            raise InputError(_no_headings(path.name, wanted, [cells for _, rows in found for _, cells in rows]))
        sheet, rows, head = chosen[0]
        others = tuple(other.title for other, below, _ in tables if other is not sheet and len(below) > 1)
        member, counts_from_1904 = sheet._worksheet_path, book.epoch.year == 1904
    where = f"sheet '{sheet.title}'"
    notes = require_plain(head, rows, where)
    number, cells = rows[head.index]
    facts = examine_sheet(path, member)
    require_one_row(facts, number, rows, where)
    notes += notes_on(facts, number, where)
    if counts_from_1904:
        notes += (
            f"The days of '{path.name}' count from 1904, as on old Macs: give its dates a date format before importing "
            "it, for plain numbers would be four years wrong.",
        )
    return Sheet(sheet.title, number, one_line(cells), others, notes, facts, not counts_from_1904)


def _no_headings(name: str, wanted: str, rows: Sequence[Sequence[str]]) -> str:
    lead = f"Sheet '{wanted}'" if wanted else "No sheet"
    said = f"{lead} of '{name}' has {'no' if wanted else 'a'} row of headings in its first {SEARCH_ROWS} rows."
    one = [[cell for cell in cells if cell] for cells in rows]
    if sum(len(cells) == 1 and bool(re.search(r"[,;|\t]", cells[0])) for cells in one) > 1:
        return f"{said} Its rows stand in one column: cut them in Excel with Data, Text to Columns, and save it."
    return f"{said} Put one heading above each column."


def _first_rows(sheet: Any) -> list[Row]:
    """Return the first rows of a sheet that are not blank."""
    sheet.reset_dimensions()  # what the file says of its size may be out of date
    found: list[Row] = []
    for number, row in enumerate(sheet.iter_rows(max_row=SAMPLE_ROWS, values_only=True), start=1):
        cells = [as_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append((number, tuple(cells)))
    return found


def read(path: Path, layout: Layout, positions: Sequence[int]) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the cells at `positions` below the headings, and their row numbers; blank rows are left out.

    Raises
    ------
    InputError
        If every row has, in one of these columns, a formula whose value was never stored; or the file is damaged.
    """
    facts = layout.sheet_facts or SheetFacts()
    columns: dict[int, list[str]] = {i: [] for i in {*positions, *(merge.first_column for merge in facts.merges)}}
    formulas = frozenset[int]().union(*facts.uncomputed.values())
    numbers: list[int] = []
    with _book(path) as book:
        book[layout.sheet].reset_dimensions()
        start = layout.heading_row + 1
        for number, row in enumerate(book[layout.sheet].iter_rows(min_row=start, values_only=True), start=start):
            if number > LAST_ROW:
                raise InputError(f"A row of '{path.name}' lies beyond row {LAST_ROW:,}. Save it again in Excel.")
            if number not in formulas and all(_is_blank(value) for value in row):
                continue
            numbers.append(number)
            for position, column in columns.items():
                column.append(as_text(row[position]) if position < len(row) else "")
    mark_doubtful(columns, np.array(numbers, dtype=np.int64), facts)
    frame = pd.DataFrame({i: pd.Series(columns[i], dtype="str") for i in positions})
    if len(frame) and frame.eq(UNCOMPUTED).any(axis=1).all():
        raise InputError("No row can be read. " + " ".join(note for note in layout.notes if "formula" in note))
    return frame, np.array(numbers, dtype=np.int64)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not clean(value))


def as_text(value: object) -> str:
    """Return a cell's value as text: dates as ISO, whole numbers without ``.0``, without characters nobody sees."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(_ESCAPED.sub(" ", value) if "_x000" in value else value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
