"""Published figures in words, and as a file to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from geodata.contracts.base import SYMBOLS
from layers.format import NO_VALUE, format_value
from layers.published import Cell, PublishedTable
from layers.table import neutral

SYMBOL_WORDS: Mapping[str, str] = {
    **SYMBOLS, "na": "not available", ":": "not available", "..": "not available", ".": "not applicable",
}  # fmt: skip
NOT_GIVEN = "not given"
MOST_DECIMALS = 4
"""Shown of a published figure; the file to take away has all."""

COLUMNS = (
    "indicator", "title", "breakdown", "area", "area_code", "level", "period", "value", "symbol", "base", "basis",
    "file", "sha256", "snapshot",
)  # fmt: skip


def decimals_of(values: Iterable[float]) -> int:
    """Return the most decimals that figures have, at most four: those that stand together are written alike.

    Examples
    --------
    >>> [decimals_of(values) for values in ([4054.0], [38.3, 40.0], [0.123456])]
    [0, 1, 4]
    """
    texts = (repr(float(value)) for value in values)
    found = (MOST_DECIMALS if "e" in text else len(text.partition(".")[2].rstrip("0")) for text in texts)
    return min(max(found, default=0), MOST_DECIMALS)


def cell_words(cell: Cell, decimals: int) -> str:
    """Return a figure, with its base where it has one, or in words why there is none."""
    if cell.value is None:
        return SYMBOL_WORDS.get(cell.symbol, NOT_GIVEN)
    base = f" of {format_value(cell.base, decimals_of([cell.base]))}" if cell.base is not None else ""
    return f"{format_value(cell.value, decimals)}{base}"


def shown(table: PublishedTable) -> list[list[str]]:
    """Return what a table shows: for each line the words of each period."""
    cells = [cell for line in table.lines for cell in line.cells.values()]
    decimals = decimals_of(cell.value for cell in cells if cell.value is not None)
    return [
        [cell_words(cell, decimals) if (cell := line.cells.get(key)) else NO_VALUE for key in table.periods]
        for line in table.lines
    ]


def table_title(table: PublishedTable) -> str:
    """Return what a table shows, with its breakdown where it has one."""
    return f"{table.title}, {table.breakdown}" if table.breakdown else table.title


def records(table: PublishedTable, snapshot: str) -> list[dict[str, object]]:
    """Return the figures as plain dictionaries with the keys of `COLUMNS`, by area and period."""
    part = table.file.part
    basis = "; ".join(table.basis) or "published"
    found: list[dict[str, object]] = []
    for line in table.lines:
        for key, label in table.periods.items():
            if cell := line.cells.get(key):
                row = (table.indicator, table.title, table.breakdown, line.area, cell.code, line.level, label,
                       whole(cell.value), cell.symbol, whole(cell.base), basis, part.source_name, part.sha256,
                       snapshot)  # fmt: skip
                found.append(dict(zip(COLUMNS, row, strict=True)))
    return found


def whole(value: float | None) -> float | int | None:
    """Return a whole number as one: 4054.0 is 4054."""
    return int(value) if value is not None and value == int(value) else value


def as_csv(table: PublishedTable, snapshot: str) -> str:
    """Return the figures as CSV, each with where it comes from."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records(table, snapshot):
        writer.writerow(["" if cell is None else neutral(cell) for cell in record.values()])
    return buffer.getvalue()
