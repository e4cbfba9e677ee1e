"""Counts that may be published together, as sums of the same unseen parts.

Areas of several schemes, phases, needs and periods overlap in any way: a board may straddle two localities. So every
published count is written as a sum of parts that nobody publishes (the finest crossings). Whatever adds up then follows
from the sums, without any list of margins: a total and its pieces have the same parts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

Key = tuple[str, ...]
"""Coordinates of a cell: table, then a value a dimension, such as ("ehcp", "locality:aylesbury", "ASD", "2025-01")."""


@dataclass(frozen=True)
class Cube:
    """Cells, each the sum of some of the same parts.

    Attributes
    ----------
    keys : tuple of Key
        Of the cells; no key twice.
    counts : Whole
        [cell]: the true counts.
    starts, members : Whole
        Parts of cell i are ``members[starts[i]:starts[i + 1]]``, rising; a part counts once in a cell.
    parts : int
        How many parts there are. Each holds a whole number of children, at least 0.
    weights : Numbers
        [cell]: what holding a cell back costs; totals that readers look for first cost more. Above 0.
    """

    keys: tuple[Key, ...]
    counts: Whole
    starts: Whole
    members: Whole
    parts: int
    weights: Numbers

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, cell: int) -> Whole:
        """Return the parts of a cell."""
        found: Whole = self.members[self.starts[cell] : self.starts[cell + 1]]
        return found


@dataclass(frozen=True)
class Threshold:
    """When a count is too small to be shown, for one audience.

    Attributes
    ----------
    audience : str
        "public", "partner".
    smallest : int
        A count from 1 to this is held back; at least 1.
    fewest_families : int
        So is one of fewer families than this, where they are known.
    least_base : int
        So is a count over a base below this, and a count that equals its base.
    base_of_rounding : int
        Counts that are shown are rounded to a multiple of this; 1 for none.
    width : int
        An attacker must not be able to pin a count that was held back to a range narrower than this.
    """

    audience: str
    smallest: int
    fewest_families: int
    least_base: int
    base_of_rounding: int
    width: int


@dataclass(frozen=True)
class Shown:
    """What a reader sees of a cube.

    Attributes
    ----------
    low, high : Whole
        [cell]: the least and the greatest count that what is shown allows by itself: equal for a count that is shown as
        it is, the limits of rounding for a rounded one, 0 and -1 (without limit) for one that is held back.
    held_back : Flags
        [cell]: whether no figure is shown.
    primary : Flags
        [cell]: whether the cell itself is too small; the others that are held back protect these.
    """

    low: Whole
    high: Whole
    held_back: Flags
    primary: Flags


@dataclass(frozen=True)
class Bounds:
    """What an attacker can work out of each cell.

    Attributes
    ----------
    low, high : Numbers
        [cell]: the least and greatest count that fits everything that is known; infinite where nothing limits it.
    """

    low: Numbers
    high: Numbers
