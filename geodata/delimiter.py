"""Which delimiter cuts a CSV file into columns, and its headings. Called by `geodata.reading`."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.cell_text import clean, one_line
from geodata.errors import InputError
from geodata.heading_row import SAMPLE_ROWS, HeadingRow, Row, find_headings, require_plain
from geodata.quotes import long_cells
from geodata.text_file import HOW_TO_SAVE

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
OTHERS = "^~¬§#!:\x1f\x1e\x1c\x01"
"""Delimiters that are named when they are met, but not read."""

MOST_CELLS = 16_384
"""Columns of a spreadsheet; a row with more cells has lost its line ends."""


@dataclass(frozen=True)
class Headings:
    """The headings of a CSV file.

    Attributes
    ----------
    delimiter : str
        One of `DELIMITERS`.
    row, line : int
        Row of the headings as a spreadsheet shows it, and the line of the file on which they end; from 1.
    cells : tuple of str
        The headings, each on one line.
    notes : tuple of str
        Sentences on what a person should look at.
    """

    delimiter: str
    row: int
    line: int
    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Cut:
    """The first rows as one delimiter cuts them, the line on which each ends, and whether there are no more."""

    delimiter: str
    rows: list[Row]
    lines: list[int]
    is_whole: bool
    found: HeadingRow | None
    too_wide: tuple[int, int] | None = None
    """A row with more than `MOST_CELLS`, and how many."""

    @property
    def width(self) -> int:
        return len(self.rows[self.found.index][1]) if self.found else 0

    def below(self) -> list[Row]:
        after = self.rows[self.found.index + 1 :] if self.found else []
        return [(number, cells) for number, cells in after if any(cells)]

    def score(self) -> tuple[float, int]:
        """Return the number of headings by the share of rows below that have as many cells.

        Half where something stands above them: it may be the headings, cut by another delimiter.
        """
        if self.found is None:
            return 0.0, 0
        below, filled = self.below(), sum(bool(cell) for cell in self.rows[self.found.index][1])
        agreeing = sum(len(cells) == self.width for _, cells in below) / max(len(below), 1)
        return filled * agreeing / (2 if self.found.passed_over else 1), filled


def find_delimiter(path: Path, encoding: str) -> Headings:
    """Return the headings and the delimiter: the one that gives the most headings with the most rows agreeing.

    Raises
    ------
    InputError
        If there are no headings or no rows, no delimiter that is known, or two of them.
    """
    cuts = [_cut(path, encoding, delimiter) for delimiter in DELIMITERS]
    best = max(cuts, key=_Cut.score)
    if best.found is None and (wide := next((cut.too_wide for cut in cuts if cut.too_wide), None)):
        raise InputError(
            f"Row {wide[0]} of '{path.name}' has {wide[1]:,} cells; no more than {MOST_CELLS:,} are read. Is the table "
            "turned on its side, or are line ends missing? Export it again with one row for each record."
        )
    if any(not any(any(cells) for _, cells in cut.rows) for cut in cuts):
        where = "" if cuts[0].is_whole else f" at its beginning ({SAMPLE_ROWS})"
        raise InputError(f"'{path.name}' holds only blank rows{where}. Export it again.")
    if best.found is None:
        raise InputError(_no_delimiter(path, encoding))
    mixed = _mixed(best, path.name)
    if best.is_whole and not best.below():
        raise InputError(f"'{path.name}' has headings but no rows. Export it again and check the filter.")
    notes = require_plain(best.found, best.rows, f"'{path.name}'")
    number, cells = best.rows[best.found.index]
    return Headings(best.delimiter, number, best.lines[best.found.index], one_line(cells), (*notes, *mixed))


def _cut(path: Path, encoding: str, delimiter: str) -> _Cut:
    rows: list[Row] = []
    lines: list[int] = []
    is_whole = False
    with path.open(encoding=encoding, newline="") as file, long_cells():
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for number, record in enumerate(reader, start=1):
                if len(record) > MOST_CELLS:
                    return _Cut(delimiter, rows, lines, is_whole, None, (number, len(record)))
                rows.append((number, [clean(cell) for cell in record]))
                lines.append(reader.line_num)
                if len(rows) == SAMPLE_ROWS:
                    break
            else:
                is_whole = True
        except csv.Error:
            if not rows:
                raise InputError(f"The first rows of '{path.name}' cannot be read as CSV. Export it again.") from None
    found = find_headings(rows)
    single = sum(sum(bool(cell) for cell in cells) == 1 for _, cells in rows)
    if found and found.passed_over and single * 2 > sum(any(cells) for _, cells in rows):
        found = None  # a delimiter that only stands in the text of some row
    return _Cut(delimiter, rows, lines, is_whole, found)


def _mixed(best: _Cut, name: str) -> tuple[str, ...]:
    """Return a note on a row, among the first, that another delimiter cuts; refuse the file where it is most rows."""
    other = {number: _other_delimiter(cells, best) for number, cells in best.rows}
    below = [number for number, _ in best.below() if other[number]]
    heading = best.rows[best.found.index][0] if best.found else 0
    above = [number for number, delimiter in other.items() if delimiter and number < heading]
    if above or len(below) * 2 > len(best.below()):
        odd = (above or below)[0]
        raise InputError(
            f"'{name}' mixes delimiters: row {odd} is cut by {DELIMITERS[other[odd]]}, row {heading} by "
            f"{DELIMITERS[best.delimiter]}. Export it again with one delimiter throughout."
        )
    if not below:
        return ()
    return (
        f"Row {below[0]} of '{name}' is cut by {DELIMITERS[other[below[0]]]}, the headings by "
        f"{DELIMITERS[best.delimiter]}: such rows were set aside. Export it again with one delimiter throughout.",
    )


def _other_delimiter(cells: Sequence[str], best: _Cut) -> str:
    """Return the delimiter that would cut a row of one cell into as many as there are headings; else empty text."""
    filled = [cell for cell in cells if cell]
    if len(filled) != 1 or best.width < 2:
        return ""
    return next((d for d in DELIMITERS if d != best.delimiter and filled[0].count(d) == best.width - 1), "")


def _no_delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding) as file:
        lines = [line for line, _ in zip(file, range(SAMPLE_ROWS), strict=False) if line.strip()]
    counts = {other: {line.count(other) for line in lines} for other in OTHERS}
    steady = next((other for other, found in counts.items() if len(found) == 1 and found != {0}), "")
    hint = ""
    if steady:
        hint = f" They seem to be cut by {steady if steady.isprintable() else f'the character U+{ord(steady):04X}'}."
    elif sum(bool(re.search(r"\S {2,}\S", line)) for line in lines) * 2 > len(lines):
        hint = " They seem to be filled up with spaces (fixed width)."
    *first, last = DELIMITERS.values()
    return (
        f"The rows of '{path.name}' are not cut into columns: {', '.join(first)} and {last} were looked for.{hint} "
        f"Export it again as CSV. Or: {HOW_TO_SAVE}."
    )
