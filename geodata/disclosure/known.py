"""What an attacker knows: which published figures are sums of the same unseen parts, and what each lets one know.

Only the structure of the sums enters, never a true count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, floor

import numpy as np

from geodata.disclosure.core import Cube, Numbers, Shown, Whole
from geodata.errors import InputError

CLOSE = 1e-6
"""Solvers err by about this much; a limit this near to a whole number is that number."""


@dataclass(frozen=True)
class Relation:
    """A sum of cells, each with a factor, that is known to lie between two limits.

    Stock and flow: ``start + joined - left - end`` lies between 0 and 0. Order: ``first - second`` is 0 or more.

    Attributes
    ----------
    cells : tuple of int
        Positions of the cells; none twice.
    factors : tuple of float
        One for each cell, not 0.
    low, high : float
        Limits, possibly infinite.
    says : str
        The relation in words, for explanations.
    """

    cells: tuple[int, ...]
    factors: tuple[float, ...]
    low: float
    high: float
    says: str = ""


@dataclass(frozen=True)
class Known:
    """Cells as sums of parts, and the limits that each figure sets by itself.

    Attributes
    ----------
    starts, members : Whole
        As in `Cube`.
    parts : int
        How many parts there are, each a whole number of at least 0.
    low, high : Numbers
        [cell]: limits in children; -inf or 0 below and inf above where nothing is shown.
    relations : tuple of Relation
        What is known besides.
    """

    starts: Whole
    members: Whole
    parts: int
    low: Numbers
    high: Numbers
    relations: tuple[Relation, ...] = ()

    def __len__(self) -> int:
        return len(self.low)

    def of(self, cell: int) -> Whole:
        """Return the parts of a cell."""
        found: Whole = self.members[self.starts[cell] : self.starts[cell + 1]]
        return found


def known_of(cube: Cube, shown: Shown, relations: tuple[Relation, ...] = ()) -> Known:
    """Return what a reader knows of a cube. The cube's counts are not looked at.

    Parameters
    ----------
    cube : Cube
        For its sums.
    shown : Shown
        For its limits; a greatest count of -1 is no limit.
    relations : tuple of Relation, optional
        Known besides, over the same cells.
    """
    high = np.where(shown.high < 0, np.inf, shown.high)
    low = np.maximum(shown.low, 0).astype(float)
    return Known(cube.starts, cube.members, cube.parts, low, high.astype(float), relations)


def with_facts(known: Known, facts: Mapping[int, tuple[float, float]]) -> Known:
    """Return the same with narrower limits for some cells: what others published, or what another leak tells.

    Parameters
    ----------
    known : Known
        What is known so far.
    facts : mapping of int to tuple of float
        Cell -> least and greatest count.

    Raises
    ------
    InputError
        If a fact leaves no count for its cell.
    """
    low, high = known.low.copy(), known.high.copy()
    for cell, (least, greatest) in facts.items():
        low[cell], high[cell] = max(low[cell], least), min(high[cell], greatest)
        if low[cell] > high[cell] + CLOSE:
            raise InputError(f"Figures contradict each other: no count of cell {cell} fits all that is said of it.")
    return replace(known, low=low, high=high)


def whole_low(value: float) -> float:
    """Return the least whole number from a lower limit on."""
    return float(ceil(value - CLOSE)) if np.isfinite(value) else value


def whole_high(value: float) -> float:
    """Return the greatest whole number up to an upper limit."""
    return float(floor(value + CLOSE)) if np.isfinite(value) else value
