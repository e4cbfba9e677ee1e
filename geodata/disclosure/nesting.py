"""Differences of published sums that are small counts: of two areas, or two vintages of one, a few streets apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.disclosure.known import Known
from geodata.disclosure.system import contained, holders_of, merged


@dataclass(frozen=True)
class Difference:
    """Two cells, one within the other, and how many children are in the outer one only.

    Attributes
    ----------
    outer, inner : int
        Cells.
    low, high : float
        Least and greatest count of the difference.
    column : int
        The merged column that it is, as `system.merged` numbers them; -1 where it is several.
    """

    outer: int
    inner: int
    low: float
    high: float
    column: int


def differences(known: Known, smallest: int, width: float) -> tuple[Difference, ...]:
    """Return pairs of shown cells whose difference is a small count.

    Pairs are found through the parts that the cells share, not by comparing each with each. A difference that is itself
    a cell, or that held-back cells make up, is left out: that of a cell is judged by the cell's own range.

    Parameters
    ----------
    known : Known
        Sums and limits.
    smallest : int
        Counts from 1 to this are small.
    width : float
        A range of at least this width tells too little.

    Returns
    -------
    tuple of Difference
        By outer cell, then inner.
    """
    columns, cells = merged(known)
    sizes = np.array([len(cell) for cell in cells], dtype=np.int64)
    shown = np.flatnonzero(np.isfinite(known.high) & (sizes > 0))
    everything = holders_of(columns, cells, np.flatnonzero(sizes > 0))
    inner_cells = holders_of(columns, cells, shown)
    found = []
    for outer in shown.tolist():
        inside = contained(inner_cells, sizes, cells[outer])
        low = np.maximum(known.low[outer] - known.high[inside], 0.0)
        high = known.high[outer] - known.low[inside]
        telling = (low <= smallest) & (high >= 1) & (high - low < width) & (sizes[inside] < sizes[outer])
        for at in np.flatnonzero(telling).tolist():
            inner = int(inside[at])
            left = np.setdiff1d(cells[outer], cells[inner])
            within = contained(everything, sizes, left)
            if not _made_of(left, [cells[cell] for cell in within.tolist()]):
                column = int(left[0]) if len(left) == 1 else -1
                found.append(Difference(outer, inner, float(low[at]), float(high[at]), column))
    return tuple(found)


def _made_of(columns: np.ndarray, cells: list[np.ndarray]) -> bool:
    """Whether cells cover all the columns."""
    return bool(cells) and len(np.unique(np.concatenate(cells))) == len(columns)
