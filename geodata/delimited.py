"""The cells of CSV files. Called by `geodata.reading`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geodata.cell_text import BROKEN, clean_column
from geodata.errors import InputError
from geodata.quotes import require_no_lost_rows
from geodata.text_file import HOW_TO_SAVE

if TYPE_CHECKING:
    from geodata.reading import Layout

BLOCK_BYTES = (1 << 20, 1 << 26)
"""How much is read at a time; the second where a row does not fit into the first."""

ARROW_ENCODINGS = {"utf-8": "utf8", "utf-8-sig": "utf8"}


def read(path: Path, layout: Layout, positions: Sequence[int]) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return the cells at `positions`, their row numbers, and the numbers of rows that do not fit the headings."""
    table, skipped, misfits = _table(path, layout, positions)
    require_no_lost_rows(path, layout, table.num_rows + len(skipped))
    numbers = _numbers(layout.heading_row, table.num_rows, skipped)
    blank = _blank(table)
    if blank.any():
        # Blank in what is asked for; only rows blank in all of the file are not rows of data.
        blank &= _blank(_table(path, layout, range(len(layout.headings)))[0])
    frame = table.to_pandas()
    frame.columns = pd.Index(list(positions))
    return frame[~blank].reset_index(drop=True), numbers[~blank], misfits


def _table(path: Path, layout: Layout, positions: Sequence[int]) -> tuple[Any, np.ndarray, np.ndarray]:
    """Return the columns as a table, the numbers of the rows it leaves out, and of these the ones not blank."""
    import pyarrow as pa  # noqa: PLC0415 - only where a file is read

    said = ""
    for block_bytes in BLOCK_BYTES:
        try:
            return _in_blocks(path, layout, positions, block_bytes)
        except (pa.ArrowException, UnicodeError) as error:
            said = str(error)
            if "straddl" not in said:
                break
    require_no_lost_rows(path, layout, None)
    row = re.search(r"[Rr]ow #?(\d+)", said)  # Arrow's message repeats the row; of it only the number is taken
    raise InputError(
        f"'{path.name}' breaks off or holds rows that cannot be told apart{f', near row {row[1]}' if row else ''}. "
        f"Export it again. Or: {HOW_TO_SAVE}."
    )


def _in_blocks(
    path: Path, layout: Layout, positions: Sequence[int], block_bytes: int
) -> tuple[Any, np.ndarray, np.ndarray]:
    import pyarrow as pa  # noqa: PLC0415 - only where a file is read
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.csv  # noqa: PLC0415

    skipped: list[int] = []
    misfits: list[int] = []

    def set_aside(row: Any) -> str:
        skipped.append(row.number)
        if row.text.strip(f'{layout.delimiter}" \t\r\n'):
            misfits.append(row.number)
        return "skip"

    wanted = [str(i) for i in positions]
    table = pa.csv.read_csv(
        path,
        # One thread: only then are the numbers of rows that do not fit known.
        read_options=pa.csv.ReadOptions(
            use_threads=False,
            block_size=block_bytes,
            column_names=[str(i) for i in range(len(layout.headings))],
            skip_rows_after_names=layout.heading_row,
            encoding=ARROW_ENCODINGS.get(layout.encoding, layout.encoding),
        ),
        parse_options=pa.csv.ParseOptions(
            delimiter=layout.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types={name: pa.string() for name in wanted},
            include_columns=wanted,
            strings_can_be_null=False,
            null_values=[],
        ),
    )
    columns = [clean_column(column) for column in table.columns]
    if layout.zero_lines:
        columns = [pc.if_else(pc.match_substring(c, "\0"), BROKEN, c) for c in columns]
    table = pa.table(columns, names=table.column_names)
    below = [number for number in skipped if number > layout.heading_row]
    aside = [number for number in misfits if number > layout.heading_row]
    return table, np.array(below, dtype=np.int64), np.array(aside, dtype=np.int64)


def _numbers(heading_row: int, kept: int, skipped: np.ndarray) -> np.ndarray:
    """Return the row numbers of the `kept` rows when the `skipped` ones stood among them."""
    numbers = np.arange(heading_row + 1, heading_row + 1 + kept + len(skipped))
    return np.delete(numbers, skipped - heading_row - 1)


def _blank(table: Any) -> np.ndarray:
    import pyarrow.compute as pc  # noqa: PLC0415 - only where a file is read

    blank = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not blank.any():
            break
        blank &= pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0).to_numpy()
    return blank
