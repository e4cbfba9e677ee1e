"""What a reader sees of a cube: counts that are rounded, and counts that are held back."""

from __future__ import annotations

import numpy as np

from geodata.disclosure.core import Cube, Flags, Shown, Threshold, Whole
from geodata.disclosure.thresholds import require

HELD_BACK = -1
"""In place of a figure that is not shown."""


def rounded(counts: Whole, base: int) -> Whole:
    """Return counts rounded to the nearest multiple of a base; halves, which an even base has, go up.

    Each count by itself, so that the same count always shows as the same figure: pieces need not add up to their total,
    by up to half the base a piece.
    """
    found: Whole = (counts + base // 2) // base * base
    return found


def figures(cube: Cube, held_back: Flags, threshold: Threshold) -> Whole:
    """Return [cell]: the figure that is shown, `HELD_BACK` where none is."""
    found: Whole = np.where(held_back, HELD_BACK, rounded(cube.counts, require(threshold).base_of_rounding))
    return found


def shown(cube: Cube, primary: Flags, held_back: Flags, threshold: Threshold) -> Shown:
    """Return what each figure says by itself about the count behind it.

    Parameters
    ----------
    cube : Cube
        True counts.
    primary : Flags
        [cell]: from `too_small`.
    held_back : Flags
        [cell]: from `suppressed`; the cells of `primary` at least.
    threshold : Threshold
        Its base of rounding is used. That small counts are never shown is known too, so that a rounded figure never
        stands for one of them: 0 stands for nobody, and 10 to base 5 for 8 to 12.

    Returns
    -------
    Shown
        Limits are whole and both included.

    Raises
    ------
    ProfileError
        For a threshold of 0.
    ValueError
        Where a primary cell would be shown.
    """
    base, smallest = require(threshold).base_of_rounding, threshold.smallest
    if (~held_back & (primary | ((cube.counts > 0) & (cube.counts <= smallest)))).any():
        raise ValueError("A cell that is too small is not held back.")
    nearest = rounded(cube.counts, base)
    most = nearest + (base - 1) // 2
    low = np.where(nearest == 0, 0, np.maximum(nearest - base // 2, smallest + 1))
    high = np.where((nearest == 0) & (most <= smallest), 0, most)
    return Shown(np.where(held_back, 0, low), np.where(held_back, -1, high), held_back.copy(), primary.copy())
