"""CSV, XLSX or Parquet -> all-text cells with the row numbers a person sees in a spreadsheet.

A file is looked at first (`inspect_file`: headings only) and read second (`read_cells`), so that columns nobody asked
for, names of people among them, are never loaded. No message repeats a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata import delimited, parquet_file, spreadsheet
from geodata.delimiter import find_delimiter
from geodata.errors import InputError, UsageError
from geodata.file_kind import Kind, file_kind, require_table
from geodata.sheet_xml import SheetFacts
from geodata.text_file import examine


@dataclass(frozen=True)
class Layout:
    """How a file is laid out.

    Attributes
    ----------
    kind : {"csv", "xlsx", "parquet"}
        By its content, not its name.
    headings : tuple of str
        As they stand, each on one line; blank ones are empty text.
    heading_row : int
        Row of the headings as a spreadsheet shows it, from 1; 0 for Parquet, which has none.
    encoding, delimiter : str
        For CSV.
    sheet : str
        For XLSX: the one that is read.
    other_sheets : tuple of str
        Those that have rows too, and are not read.
    notes : tuple of str
        Sentences on what a person should look at; they hold no cell.
    day_numbers : bool
        Whether a plain number may stand for a day (a workbook that counts from 1900).
    heading_line, quotes : int
        For CSV: the line of the file on which the headings end, and quotation marks in the whole file.
    zero_lines : tuple of int
        For CSV: lines with zero bytes.
    sheet_facts : SheetFacts or None
        For XLSX: cells that only look blank.
    stamp : tuple of int
        Size and time of the last change of the file that was looked at.
    """

    kind: Kind
    headings: tuple[str, ...]
    heading_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    day_numbers: bool = False
    heading_line: int = 0
    quotes: int = 0
    zero_lines: tuple[int, ...] = ()
    sheet_facts: SheetFacts | None = None
    stamp: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cells:
    """The text of chosen columns.

    Attributes
    ----------
    frame : pandas.DataFrame
        Text; one column per chosen position, named by the position; blank cells are empty text; index 0 to n - 1.
    rows : numpy.ndarray of int
        For each row of `frame`, its number as a spreadsheet shows it.
    misfits : numpy.ndarray of int
        Numbers of the rows with more or fewer cells than there are headings; they are not in `frame`.
    """

    frame: pd.DataFrame
    rows: np.ndarray
    misfits: np.ndarray


def inspect_file(path: Path, sheet: str = "") -> Layout:
    """Return the layout of a file, by its content and not its name.

    Parameters
    ----------
    path : pathlib.Path
        CSV, XLSX or Parquet.
    sheet : str
        Of a workbook, the sheet to read; by default the first visible one with headings.

    Raises
    ------
    UsageError
        If there is no such file, or no such sheet in it.
    InputError
        If it is empty, open in another program, locked, damaged, or another kind of file; or has no headings.
    """
    try:
        if not path.is_file():
            raise UsageError(f"There is no file '{path.name}' in that folder.")
        stamp = _stamp(path)
        kind = file_kind(path)
        if sheet and kind != "xlsx":
            raise UsageError(f"'{path.name}' is not a workbook: it has no sheets to choose from.")
        layout = {"csv": _inspect_text, "xlsx": _inspect_book, "parquet": _inspect_parquet}[kind](path, sheet)
    except PermissionError:
        raise InputError(
            f"'{path.name}' may not be opened. Close it in Excel or any other program, or ask for the right to read it."
        ) from None
    return replace(layout, stamp=stamp)


def _stamp(path: Path) -> tuple[int, ...]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def _inspect_text(path: Path, _sheet: str) -> Layout:
    facts = examine(path)
    require_table(path, facts.encoding)
    found = find_delimiter(path, facts.encoding)
    notes = list(found.notes)
    if zeros := facts.zeros:
        lines = f"lines {zeros[0]} to {zeros[-1]}" if len(zeros) > 1 else f"line {zeros[0]}"
        notes.append(
            f"Zero bytes stand in {len(zeros):,} of the lines of '{path.name}' ({lines}): what stood there is lost, "
            "and no cell with one is read. Export it again."
        )
    if facts.ends_open:
        notes.append(
            f"The last line of '{path.name}' has no line end. If copying or exporting was cut off, rows lack after it: "
            "compare the last row with the system it comes from."
        )
    return Layout(
        "csv", found.cells, found.row, facts.encoding, found.delimiter, notes=tuple(notes),
        heading_line=found.line, quotes=facts.quotes, zero_lines=facts.zeros,
    )  # fmt: skip


def _inspect_book(path: Path, sheet: str) -> Layout:
    found = spreadsheet.inspect_book(path, sheet)
    return Layout(
        "xlsx", found.headings, found.heading_row, sheet=found.title, other_sheets=found.others, notes=found.notes,
        day_numbers=found.day_numbers, sheet_facts=found.facts,
    )  # fmt: skip


def _inspect_parquet(path: Path, _sheet: str) -> Layout:
    return Layout("parquet", parquet_file.headings(path))


def read_cells(path: Path, layout: Layout, positions: Sequence[int]) -> Cells:
    """Read the columns at `positions` (0 is the first) as text.

    Parameters
    ----------
    path : pathlib.Path
        The file that `layout` describes.
    layout : Layout
        From `inspect_file`.
    positions : sequence of int
        At least one.

    Returns
    -------
    Cells
        Rows that are blank in every column of the file are left out.

    Raises
    ------
    InputError
        If there is no row below the headings, the file breaks off, or it is no longer the one that `layout` describes.
    """
    misfits = np.empty(0, dtype=np.int64)
    if layout.kind == "csv":
        frame, rows, misfits = delimited.read(path, layout, positions)
    elif layout.kind == "xlsx":
        frame, rows = spreadsheet.read(path, layout, positions)
    else:
        frame, rows = parquet_file.read(path, positions)
    if layout.stamp and layout.stamp != _stamp(path):
        raise InputError(
            f"'{path.name}' changed while it was being read. Wait until it is written in full, and import it again."
        )
    if not len(rows) and not len(misfits):
        raise InputError(f"'{path.name}' has headings but no rows. Export it again and check the filter.")
    return Cells(frame, rows, misfits)
