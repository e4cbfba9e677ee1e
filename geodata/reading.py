"""CSV, XLSX or Parquet -> all-text cells with the row numbers a person sees in a spreadsheet.

A file is looked at first (`inspect_file`: headings only) and read second (`read_cells`), so that columns nobody asked
for, names of people among them, are never loaded. No message repeats a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from geodata import delimited, spreadsheet
from geodata.errors import InputError, UsageError

MAGIC_LENGTH = 8
ZIP_MAGIC, PARQUET_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Layout:
    """How a file is laid out.

    Attributes
    ----------
    kind : {"csv", "xlsx", "parquet"}
        By its content, not its name.
    headings : tuple of str
        As they stand, stripped; blank ones are empty text.
    heading_row : int
        Row of the headings as a spreadsheet shows it, from 1; 0 for Parquet, which has none.
    encoding, delimiter : str
        For CSV.
    sheet : str
        For XLSX: the one that is read.
    other_sheets : tuple of str
        Those that have rows too, and are not read.
    """

    kind: Literal["csv", "xlsx", "parquet"]
    headings: tuple[str, ...]
    heading_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


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


def inspect_file(path: Path) -> Layout:
    """Return the layout of a file from its first bytes and its headings.

    Raises
    ------
    UsageError
        If there is no such file.
    InputError
        If it is empty, open in another program, locked, or none of the three kinds.
    """
    try:
        if not path.is_file():
            raise UsageError(f"There is no file '{path.name}' in that folder.")
        with path.open("rb") as file:
            magic = file.read(MAGIC_LENGTH)
    except PermissionError:
        raise InputError(
            f"'{path.name}' may not be opened. Close it in Excel or any other program, or ask for the right to read it."
        ) from None
    if not magic.strip():
        raise InputError(f"'{path.name}' is empty. Export it again and check that it holds rows.")
    if magic.startswith(OLE_MAGIC):
        raise InputError(
            f"'{path.name}' is an old Excel file (.xls) or has a password. "
            "Save it as .xlsx without a password, or as CSV."
        )
    if magic.startswith(ZIP_MAGIC):
        sheet, row, headings, others = spreadsheet.headings(path)
        return Layout("xlsx", headings, row, sheet=sheet, other_sheets=others)
    if magic.startswith(PARQUET_MAGIC):
        return Layout("parquet", _parquet_headings(path))
    encoding = delimited.encoding(path)
    delimiter, row, headings = delimited.headings(path, encoding)
    return Layout("csv", headings, row, encoding, delimiter)


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
        If there is no row below the headings, or the file breaks off.
    """
    if layout.kind == "csv":
        frame, rows, misfits = delimited.read(path, layout, positions)
    elif layout.kind == "xlsx":
        frame, rows = spreadsheet.read(path, layout.sheet, layout.heading_row, positions)
        misfits = np.empty(0, dtype=np.int64)
    else:
        frame, rows = _read_parquet(path, positions)
        misfits = np.empty(0, dtype=np.int64)
    if not len(rows) and not len(misfits):
        raise InputError(f"'{path.name}' has headings but no rows. Export it again and check the filter.")
    return Cells(frame, rows, misfits)


def _parquet_headings(path: Path) -> tuple[str, ...]:
    import pyarrow as pa  # noqa: PLC0415 - only where a Parquet file is read
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError):
        raise InputError(f"'{path.name}' starts like a Parquet file but cannot be read. Export it again.") from None
    return tuple(str(name).strip() for name in schema.names)


def _read_parquet(path: Path, positions: Sequence[int]) -> tuple[pd.DataFrame, np.ndarray]:
    import pyarrow as pa  # noqa: PLC0415 - only where a Parquet file is read
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(path)
        table = file.read(columns=[file.schema_arrow.names[i] for i in positions])
        texts = [pc.fill_null(column.cast(pa.string()), "") for column in table.columns]
    except (pa.ArrowException, OSError):
        raise InputError(
            f"'{path.name}' breaks off or holds columns that are not plain values. Export it again."
        ) from None
    frame = pd.DataFrame({i: text.to_pandas() for i, text in zip(positions, texts, strict=True)})
    return frame, np.arange(1, len(frame) + 1)
