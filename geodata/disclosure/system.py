"""Known sums -> the smallest system of rows that says the same: like parts merged, shown sums subtracted.

Parts that the same cells contain cannot be told apart, so they become one column. A sum that is shown exactly is
subtracted from every sum around it: what is left is short, and falls into pieces that can be attacked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.disclosure.core import Numbers, Whole
from geodata.disclosure.known import Known

Terms = tuple[tuple[int, float], ...]
"""Cells with their factors, as a row was put together."""


@dataclass(frozen=True)
class Row:
    """A sum of columns between two limits.

    Attributes
    ----------
    columns, factors : numpy.ndarray
        What is added; columns rise.
    low, high : float
        Limits, possibly infinite.
    cells : Terms
        The cells whose sum, with these factors, the row is.
    relation : int
        Position of the relation it comes from, -1 for a cell.
    taken : float
        What the subtracted cells hold together: limits here are those of the first cell less this.
    """

    columns: Whole
    factors: Numbers
    low: float
    high: float
    cells: Terms
    relation: int = -1
    taken: float = 0.0


@dataclass(frozen=True)
class System:
    """Rows over merged columns, and the cells to bound.

    Attributes
    ----------
    width : int
        How many columns.
    rows : tuple of Row
        What is known.
    targets : mapping of int to Row
        Cell -> what is left of it after subtraction; add its `taken` to come back to the cell.
    """

    width: int
    rows: tuple[Row, ...]
    targets: dict[int, Row]


def system_of(known: Known, targets: Sequence[int]) -> System:
    """Return the reduced system.

    Parameters
    ----------
    known : Known
        Sums and limits.
    targets : sequence of int
        Cells that are to be bounded.
    """
    width, cells = merged(known)
    limited = np.flatnonzero((known.low > 0) | np.isfinite(known.high))
    exact = np.flatnonzero(known.low == known.high)
    holders = holders_of(width, cells, exact)
    sizes = np.array([len(cell) for cell in cells], dtype=np.int64)
    seen: dict[bytes, int] = {}
    rows: list[Row] = []
    for cell in limited[np.argsort(sizes[limited], kind="stable")].tolist():
        same = seen.setdefault(cells[cell].tobytes(), cell)
        # The same sum shown exactly twice: once is enough.
        if same != cell and known.low[same] == known.high[same] == known.low[cell] == known.high[cell]:
            continue
        rows.append(_less(known, cells, cell, _inside(cells, holders, sizes, cell)))
    left = {
        cell: _less(known, cells, cell, _inside(cells, holders, sizes, cell, itself=True)) for cell in map(int, targets)
    }
    rows.extend(_related(known, cells, at) for at in range(len(known.relations)))
    return System(width, tuple(rows), left)


def columns_of(known: Known) -> Whole:
    """Return the merged column of each part, numbered in the order of the parts; -1 for one that is in no cell."""
    lengths = np.diff(known.starts)
    owner = np.repeat(np.arange(len(known)), lengths)
    order = np.lexsort((owner, known.members))
    part, cell = known.members[order], owner[order]
    edges = np.concatenate(([0], np.cumsum(np.bincount(part, minlength=known.parts))))
    signs: dict[bytes, int] = {}
    column = np.full(known.parts, -1, dtype=np.int64)
    for at in range(known.parts):
        if edges[at] < edges[at + 1]:
            column[at] = signs.setdefault(cell[edges[at] : edges[at + 1]].tobytes(), len(signs))
    return column


def merged(known: Known) -> tuple[int, list[Whole]]:
    """Return the number of merged columns and, for each cell, its columns, rising."""
    column = columns_of(known)
    width = int(column.max(initial=-1)) + 1
    return width, [np.unique(column[known.of(at)]) for at in range(len(known))]


def holders_of(width: int, cells: Sequence[Whole], among: Iterable[int]) -> list[list[int]]:
    """Return, for each column, which of some cells contain it."""
    holders: list[list[int]] = [[] for _ in range(width)]
    for cell in among:
        for column in cells[int(cell)].tolist():
            holders[column].append(int(cell))
    return holders


def contained(holders: Sequence[list[int]], sizes: Whole, columns: Whole) -> Whole:
    """Return the cells (of those in `holders`) all of whose columns are among these, empty cells left out."""
    flat = [cell for column in columns.tolist() for cell in holders[column]]
    if not flat:
        return np.zeros(0, dtype=np.int64)
    found, often = np.unique(np.array(flat, dtype=np.int64), return_counts=True)
    return np.asarray(found[often == sizes[found]])


def _inside(
    cells: Sequence[Whole], holders: Sequence[list[int]], sizes: Whole, cell: int, *, itself: bool = False
) -> list[int]:
    """Return exact cells within a cell that do not meet, largest first."""
    found = contained(holders, sizes, cells[cell])
    free = np.ones(len(cells[cell]), dtype=bool)
    taken = []
    for inner in found[np.argsort(-sizes[found], kind="stable")].tolist():
        if inner == cell or (sizes[inner] == sizes[cell] and not itself):
            continue
        at = np.searchsorted(cells[cell], cells[inner])
        if free[at].all():
            free[at] = False
            taken.append(inner)
    return taken


def _less(known: Known, cells: Sequence[Whole], cell: int, inner: Sequence[int]) -> Row:
    left = np.setdiff1d(cells[cell], np.concatenate([cells[one] for one in inner])) if inner else cells[cell]
    taken = float(known.low[list(inner)].sum()) if inner else 0.0
    terms = ((cell, 1.0), *((one, -1.0) for one in inner))
    low, high = max(known.low[cell] - taken, 0.0), known.high[cell] - taken
    return Row(left, np.ones(len(left)), float(low), float(high), terms, taken=taken)


def _related(known: Known, cells: Sequence[Whole], at: int) -> Row:
    relation = known.relations[at]
    totals: dict[int, float] = {}
    for cell, factor in zip(relation.cells, relation.factors, strict=True):
        for column in cells[cell].tolist():
            totals[column] = totals.get(column, 0.0) + factor
    columns = np.array(sorted(column for column, factor in totals.items() if factor), dtype=np.int64)
    factors = np.array([totals[column] for column in columns.tolist()], dtype=float)
    terms = tuple(zip(relation.cells, relation.factors, strict=True))
    return Row(columns, factors, relation.low, relation.high, terms, relation=at)
