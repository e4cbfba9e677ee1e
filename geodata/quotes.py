"""Quotation marks in CSV files: one that is never closed, or is closed rows later, makes one cell of the rows between.

Called by `geodata.delimited`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from geodata.errors import InputError
from geodata.text_file import count_lines

if TYPE_CHECKING:
    from geodata.reading import Layout

LONGEST_CELL = 1 << 22
"""Characters in a cell; a longer one is taken for a quotation mark that lacks its partner."""


@contextmanager
def long_cells() -> Iterator[None]:
    """Let the csv module read cells of up to `LONGEST_CELL`; its own limit, 128 kB, is less than a long note.

    The limit holds for the whole process, so it is put back.
    """
    usual = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def require_no_lost_rows(path: Path, layout: Layout, rows_below: int | None) -> None:
    """Refuse a file in which rows became part of a cell.

    Parameters
    ----------
    path, layout : pathlib.Path, Layout
        The file.
    rows_below : int or None
        How many rows were found below the headings; None when reading failed. Where each line gave one row, no cell
        goes over a line end, and nothing else has to be looked at.

    Raises
    ------
    InputError
        With the line where such a cell begins.
    """
    if not layout.quotes:
        return
    if rows_below is not None and rows_below == count_lines(path, layout.encoding) - layout.heading_line:
        return
    lone = _find(path, layout)
    odd = layout.quotes % 2
    if not lone:
        return
    where = f"in line {lone} of '{path.name}'"
    if odd:
        raise InputError(
            f'A quotation mark (") {where} is never closed, so rows after it would be lost. '
            "Find the lone mark and remove it, or export the file again."
        )
    raise InputError(
        f'A quotation mark (") {where} is closed lines later, so the rows between would be lost. Find the lone mark '
        "and remove it, or export the file again. If that cell really has line ends, remove them."
    )


def _find(path: Path, layout: Layout) -> int:
    """Return the line where a record begins that is several rows, else where a mark has no partner, else 0.

    All columns are looked at, also those nobody asked for; nothing of them is kept.
    """
    lines: list[str] = []

    def watched(file: TextIO) -> Iterator[str]:
        for line in file:
            lines.append(line)
            yield line

    begins, unpaired = 1, 0
    with path.open(encoding=layout.encoding, newline="") as file, long_cells():
        reader = csv.reader(watched(file), delimiter=layout.delimiter)
        try:
            for number, record in enumerate(reader, start=1):
                if len(lines) > 1 and number > layout.heading_row and _swallows(record, lines, layout):
                    return begins
                if not unpaired and sum(line.count('"') for line in lines) % 2:
                    unpaired = begins
                begins += len(lines)
                lines.clear()
        except csv.Error:  # a cell longer than `LONGEST_CELL`
            return begins
    return unpaired if layout.quotes % 2 else 0


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
