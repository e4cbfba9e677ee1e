"""XLSX files: the sheet, its headings and its cells as text. Called by `geodata.reading`."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geodata.errors import InputError

HEADING_SEARCH_ROWS = 20
"""How far down the headings may stand, below a title."""


@contextmanager
def _book(path: Path) -> Iterator[Any]:
    import openpyxl  # noqa: PLC0415 - only where a spreadsheet is read
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
            raise InputError(f"'{path.name}' cannot be opened as .xlsx. Save it again without a password.") from None
        try:
            yield book
        finally:
            book.close()


def headings(path: Path) -> tuple[str, int, tuple[str, ...], tuple[str, ...]]:
    """Return the first sheet with headings, their row (from 1), the headings, and other sheets that have rows.

    The headings are the first row with at least two filled cells, so a title above them is passed over.
    """
    with _book(path) as book:
        tables = [(sheet.title, rows) for sheet in book.worksheets if (rows := _first_rows(sheet))]
    if not tables:
        raise InputError(
            f"No sheet of '{path.name}' has a row of headings in its first {HEADING_SEARCH_ROWS} rows. "
            "Put one heading above each column."
        )
    title, rows = tables[0]
    return title, *rows[0], tuple(other for other, found in tables[1:] if len(found) > 1)


def _first_rows(sheet: Any) -> list[tuple[int, tuple[str, ...]]]:
    """Return the number and the cells of the first rows of a sheet that have at least two filled cells."""
    sheet.reset_dimensions()  # what the file says of its size may be out of date
    found = []
    for number, row in enumerate(sheet.iter_rows(max_row=HEADING_SEARCH_ROWS, values_only=True), start=1):
        cells = [as_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if sum(bool(cell) for cell in cells) > 1:
            found.append((number, tuple(cells)))
    return found


def read(path: Path, sheet: str, heading_row: int, positions: Sequence[int]) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the cells at `positions` below the headings, and their row numbers; blank rows are left out."""
    columns: list[list[str]] = [[] for _ in positions]
    numbers: list[int] = []
    with _book(path) as book:
        book[sheet].reset_dimensions()
        for number, row in enumerate(
            book[sheet].iter_rows(min_row=heading_row + 1, values_only=True), start=heading_row + 1
        ):
            if all(value is None or value == "" for value in row):
                continue
            numbers.append(number)
            for column, position in zip(columns, positions, strict=True):
                column.append(as_text(row[position]) if position < len(row) else "")
    frame = pd.DataFrame({i: pd.Series(column, dtype="str") for i, column in zip(positions, columns, strict=True)})
    return frame, np.array(numbers, dtype=np.int64)


def as_text(value: object) -> str:
    """Return a cell's value as text: dates as ISO, whole numbers without ``.0``."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
