"""Cells of a workbook that look blank and may not be. Called by `geodata.spreadsheet`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from geodata.cell_text import MERGED, UNCOMPUTED
from geodata.errors import InputError
from geodata.heading_row import Row
from geodata.sheet_xml import SheetFacts, column_letters, listed, place


def mark_doubtful(columns: Mapping[int, list[str]], numbers: np.ndarray, facts: SheetFacts) -> None:
    """Write `MERGED` or `UNCOMPUTED` into cells that only look blank, in place.

    Parameters
    ----------
    columns : mapping of int to list of str
        Position -> the column's text, with the first column of every range that reaches into another.
    numbers : numpy.ndarray of int
        Rows of the sheet, rising, as long as each column.
    facts : SheetFacts
        Of the sheet.
    """
    for position in columns.keys() & facts.uncomputed.keys():
        for k in np.flatnonzero(np.isin(numbers, list(facts.uncomputed[position]))):
            columns[position][k] = UNCOMPUTED
    for merge in facts.merges:
        first, after = np.searchsorted(numbers, [merge.first_row, merge.last_row + 1])
        if first == after or numbers[first] != merge.first_row:
            continue
        if not columns.get(merge.first_column, [""] * len(numbers))[first]:
            continue  # nothing stands in it
        for position in columns.keys() & set(range(merge.first_column, merge.last_column + 1)):
            column = columns[position]
            column[first:after] = [text or MERGED for text in column[first:after]]


def require_one_row(facts: SheetFacts, heading_row: int, rows: Sequence[Row], where: str) -> None:
    """Refuse headings that take up several rows, by cells merged downwards.

    Parameters
    ----------
    facts : SheetFacts
        Of the sheet.
    heading_row : int
        Their row.
    rows : sequence of Row
        The first rows that are not blank.
    where : str
        The sheet, as it is named in messages.

    Raises
    ------
    InputError
        With the ranges.
    """
    filled = {number for number, _ in rows}
    tall = [
        merge
        for merge in facts.merges
        if merge.first_row <= heading_row <= merge.last_row
        and filled & set(range(merge.first_row + 1, min(merge.last_row, heading_row + len(rows)) + 1))
    ]
    if tall:
        raise InputError(
            f"The headings of {where} take up several rows (merged cells {listed(tall)}). "
            "Unmerge them and give each column its own heading in one row, right above the first row of data."
        )


def notes_on(facts: SheetFacts, heading_row: int, where: str) -> tuple[str, ...]:
    """Return sentences on merged cells, formulas without a value and Excel's errors, with their places."""
    notes = []
    if wide := [merge for merge in facts.merges if merge.first_row == heading_row == merge.last_row]:
        columns = listed([column_letters(merge.first_column) for merge in wide])
        notes.append(
            f"Headings of {where} are merged over several columns ({listed(wide)}): they head only {columns}, and "
            "the columns beside were not read. If one is needed, unmerge the cells and give each column its heading."
        )
    if merged := [merge for merge in facts.merges if merge.first_row > heading_row]:
        notes.append(
            f"Cells of {where} are merged ({listed(merged)}): only the first cell of each holds its value. Rows that "
            "lack a value by that were set aside. Unmerge the cells and write the value into each row."
        )
    lacking = sorted((row, column) for column, rows in facts.uncomputed.items() for row in rows if row >= heading_row)
    if lacking:
        notes.append(
            f"Cells of {where} hold a formula whose value was never stored ({listed([place(*one) for one in lacking])}"
            "). Rows that lack a value by that were set aside. Open the file in Excel and save it, or paste the cells "
            "as values."
        )
    if errors := [place(row, column) for row, column in facts.errors if row >= heading_row]:
        notes.append(
            f"Cells of {where} hold an error of Excel, such as #REF! ({listed(errors)}). Correct the formulas there; "
            "#N/A counts as blank."
        )
    return tuple(notes)
