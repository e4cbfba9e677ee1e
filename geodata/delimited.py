"""CSV files: encoding, delimiter, headings and cells. Called by `geodata.reading`."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np
import pandas as pd

from geodata.errors import InputError

if TYPE_CHECKING:
    from geodata.reading import Layout

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "cp1252")
SAMPLE_RECORDS = 20
CHUNK_BYTES = 1 << 20


def encoding(path: Path) -> str:
    """Return the encoding of a text file: by its byte order mark, else UTF-8 if it is valid, else cp1252.

    Raises
    ------
    InputError
        If it is neither, or no text at all.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for name in ENCODINGS:
        if _decodes(path, name):
            return name
    raise InputError(f"'{path.name}' is not a text file in UTF-8 or Windows (cp1252). Save it as 'CSV UTF-8'.")


def _decodes(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                if b"\0" in chunk:
                    return False
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def headings(path: Path, encoding: str) -> tuple[str, int, tuple[str, ...]]:
    """Return the delimiter, the row of the headings (from 1) and the headings.

    The delimiter is the one that gives the most headings with the most of the next rows agreeing on their number.
    """
    best: tuple[float, str, int, tuple[str, ...]] | None = None
    for delimiter in DELIMITERS:
        records = _sample(path, encoding, delimiter)
        filled = [(number, record) for number, record in records if any(cell.strip() for cell in record)]
        if not filled:
            raise InputError(f"'{path.name}' holds only blank rows. Export it again.")
        if len(filled) == 1 and len(records) < SAMPLE_RECORDS:
            raise InputError(f"'{path.name}' has headings but no rows. Export it again and check the filter.")
        number, first = filled[0]
        agreeing = sum(len(record) == len(first) for _, record in filled) / len(filled)
        score = agreeing * len(first) if len(first) > 1 else 0.0
        if best is None or score > best[0]:
            best = (score, delimiter, number, tuple(cell.strip() for cell in first))
    assert best is not None
    return best[1:]


def _sample(path: Path, encoding: str, delimiter: str) -> list[tuple[int, list[str]]]:
    records: list[tuple[int, list[str]]] = []
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, record in enumerate(csv.reader(file, delimiter=delimiter), start=1):
                records.append((number, record))
                if len(records) == SAMPLE_RECORDS:
                    break
        except (csv.Error, UnicodeError):
            if not records:
                raise InputError(f"The first rows of '{path.name}' cannot be read as CSV. Export it again.") from None
    return records


def _require_paired_quotes(path: Path, layout: Layout) -> None:
    """Refuse a file with a quotation mark that is never closed: all rows after it would become one cell, silently."""
    count = 0
    with path.open(encoding=layout.encoding, newline="") as file:
        while chunk := file.read(CHUNK_BYTES):
            count += chunk.count('"')
    if count % 2:
        raise InputError(
            f"'{path.name}' has a quotation mark (\") that is never closed, so rows after it would be lost. "
            "Find the lone mark and remove it, or export the file again."
        )
    if count:
        _require_no_swallowed_rows(path, layout)


def _require_no_swallowed_rows(path: Path, layout: Layout) -> None:
    """Refuse a file where two lone quotation marks make one cell of the rows between them.

    All columns are looked at, also those nobody asked for; nothing of them is kept.
    """
    lines: list[str] = []

    def watched(file: TextIO) -> Iterator[str]:
        for line in file:
            lines.append(line)
            yield line

    begins = 1
    with path.open(encoding=layout.encoding, newline="") as file:
        reader = csv.reader(watched(file), delimiter=layout.delimiter)
        try:
            for number, record in enumerate(reader, start=1):
                if len(lines) > 1 and number > layout.heading_row and _swallows(record, lines, layout):
                    break
                begins += len(lines)
                lines.clear()
            else:
                return
        except csv.Error:  # a cell longer than the csv module reads (128 kB)
            pass
    raise InputError(
        f"A quotation mark (\") in line {begins} of '{path.name}' is closed lines later, so the rows between would be "
        "lost. Find the lone mark and remove it, or export the file again. If that cell really has line ends, remove "
        "them."
    )


def _swallows(record: list[str], lines: list[str], layout: Layout) -> bool:
    """Return whether a record of several lines is several rows.

    Either its marks do not stand around a whole cell, or most of its lines have as many delimiters as the headings.
    """
    try:
        list(csv.reader(lines, delimiter=layout.delimiter, strict=True))
    except csv.Error:
        return True
    for position, cell in enumerate(record):
        counts = [line.count(layout.delimiter) for line in re.split(r"\r\n|\r|\n", cell)]
        counts[0] += position
        counts[-1] += len(record) - 1 - position
        rows = counts.count(len(layout.headings) - 1)
        if rows > 1 and rows * 2 >= len(counts):
            return True
    return False


def read(path: Path, layout: Layout, positions: Sequence[int]) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return the cells at `positions`, their row numbers, and the numbers of rows that do not fit the headings."""
    _require_paired_quotes(path, layout)
    table, skipped, misfits = _table(path, layout, positions)
    numbers = _numbers(layout.heading_row, table.num_rows, skipped)
    blank = _blank(table)
    if blank.any():
        # Blank in what is asked for; only rows blank in all of the file are not rows of data.
        blank &= _blank(_table(path, layout, range(len(layout.headings)))[0])
    frame = table.to_pandas()
    frame.columns = pd.Index(list(positions))
    return frame[~blank].reset_index(drop=True), numbers[~blank], misfits


def _table(path: Path, layout: Layout, positions: Sequence[int]) -> tuple[Any, np.ndarray, np.ndarray]:
    import pyarrow as pa  # noqa: PLC0415 - only where a file is read
    import pyarrow.csv as pc  # noqa: PLC0415

    skipped: list[int] = []
    misfits: list[int] = []

    def set_aside(row: Any) -> str:
        skipped.append(row.number)
        if row.text.strip(f'{layout.delimiter}" \t\r\n'):
            misfits.append(row.number)
        return "skip"

    names = [str(i) for i in range(len(layout.headings))]
    wanted = [str(i) for i in positions]
    try:
        table = pc.read_csv(
            path,
            # One thread: only then are the numbers of rows that do not fit known.
            read_options=pc.ReadOptions(
                use_threads=False,
                column_names=names,
                skip_rows_after_names=layout.heading_row,
                encoding={"utf-8": "utf8", "utf-8-sig": "utf8"}.get(layout.encoding, layout.encoding),
            ),
            parse_options=pc.ParseOptions(
                delimiter=layout.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            convert_options=pc.ConvertOptions(
                column_types={name: pa.string() for name in wanted},
                include_columns=wanted,
                strings_can_be_null=False,
                null_values=[],
            ),
        )
    except (pa.ArrowException, UnicodeError):
        # Arrow's own message repeats the row.
        raise InputError(
            f"'{path.name}' breaks off or holds rows that cannot be told apart. Export it again as 'CSV UTF-8'."
        ) from None
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
