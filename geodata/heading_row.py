"""Which of the first rows of a table has the headings."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.errors import InputError

SEARCH_ROWS = 20
"""How far down the headings may stand, below a title."""

SAMPLE_ROWS = 40
"""How many rows are looked at to see how wide the table is."""

MOST_HEADINGS = 2_000
"""Each heading is compared with every known one; a table on its side would keep a machine busy for minutes."""

Row = tuple[int, Sequence[str]]
"""Its number in the file, from 1, and its cells, stripped."""

_DATA = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
"""A date or a postcode."""


@dataclass(frozen=True)
class HeadingRow:
    """Where the headings are.

    Attributes
    ----------
    index : int
        Position in the rows looked at.
    over_groups : int
        Number of a row right above that may head groups of columns; 0 when there is none.
    passed_over : bool
        Whether anything stands above.
    """

    index: int
    over_groups: int
    passed_over: bool


def find_headings(rows: Sequence[Row]) -> HeadingRow | None:
    """Return the row of the headings: the first with two filled cells, unless it is a title in two cells.

    Parameters
    ----------
    rows : sequence of Row
        The first rows; blank ones may lack.

    Returns
    -------
    HeadingRow or None
        None when no row down to `SEARCH_ROWS` has two filled cells.
    """
    filled = [[i for i, cell in enumerate(cells) if cell] for _, cells in rows]
    may_be = [k for k, (number, _) in enumerate(rows) if len(filled[k]) > 1 and number <= SEARCH_ROWS]
    if not may_be:
        return None
    usual = statistics.median(len(positions) for positions in filled if positions)
    index = next((k for k in may_be if len(filled[k]) * 2 > usual), may_be[0])
    if not _like_headings([cell for cell in rows[index][1] if cell]):
        index = may_be[0]  # below half-filled headings, perhaps
    # "Report of:", "01/09/2022" stand side by side; headings of groups stand over the first column of each.
    apart = [k for k in may_be if k < index and filled[k] != list(range(len(filled[k])))]
    return HeadingRow(index, rows[apart[-1]][0] if apart else 0, any(filled[:index]))


def _like_headings(cells: Sequence[str]) -> bool:
    folded = [cell.casefold() for cell in cells]
    return len(set(folded)) == len(folded) and not any(_DATA.fullmatch(cell) for cell in cells)


def require_plain(found: HeadingRow, rows: Sequence[Row], where: str) -> tuple[str, ...]:
    """Return a note on what was passed over, as a tuple of none or one; refuse headings that are not one plain row.

    Parameters
    ----------
    found, rows : HeadingRow, sequence of Row
        From `find_headings`, and what was given to it.
    where : str
        The file or the sheet, as it is named in messages.

    Raises
    ------
    InputError
        If there are headings of groups above them, or too many of them.
    """
    number, cells = rows[found.index]
    if found.over_groups:
        raise InputError(
            f"Row {found.over_groups} of {where} has cells far apart above the headings in row {number}. "
            "If they head groups of columns, give each column its own heading in one row; if they are a title, delete "
            f"row {found.over_groups}."
        )
    if (count := sum(bool(cell) for cell in cells)) > MOST_HEADINGS:
        raise InputError(
            f"Row {number} of {where} has {count:,} headings; more than {MOST_HEADINGS:,} are not read. "
            "Is the table turned on its side, or a line end missing? Export it again with one row for each record and "
            "only the columns needed."
        )
    if not found.passed_over:
        return ()
    return (f"The headings of {where} were found in row {number}; the rows above it were passed over.",)
