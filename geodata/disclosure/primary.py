"""Which counts are too small to be shown by themselves."""

from __future__ import annotations

import numpy as np

from geodata.disclosure.core import Flags, Threshold, Whole
from geodata.disclosure.thresholds import require
from geodata.errors import InputError

UNKNOWN = -1
"""Families or base of a cell for which there are none."""


def too_small(
    counts: Whole,
    threshold: Threshold,
    families: Whole | None = None,
    bases: Whole | None = None,
    zeros: bool = False,
) -> Flags:
    """Return which cells have to be held back because of what they say themselves.

    A count is too small from 1 to ``smallest``, where it is of fewer than ``fewest_families``, where its base is below
    ``least_base``, and where it equals its base: that everybody has something is as telling as who has it. A count of
    nobody is not: it is about no child, and most cells of a fine crossing are empty. What it does tell, that nobody of
    a group has something, matters for some subjects; `zeros` is for these.

    Parameters
    ----------
    counts : Whole
        [cell].
    threshold : Threshold
        Of the audience.
    families : Whole, optional
        [cell]: families that the children are of, `UNKNOWN` where nobody knows.
    bases : Whole, optional
        [cell]: among how many the children were counted, `UNKNOWN` where the count has no base. A base below
        ``least_base`` holds back a count of nobody as well.
    zeros : bool
        Whether counts of nobody are too small.

    Returns
    -------
    Flags
        [cell].

    Raises
    ------
    ProfileError
        For a threshold of 0.
    InputError
        For a count below 0, and one above its base.
    """
    require(threshold)
    if (counts < 0).any():
        raise InputError("A count is below 0.")
    found: Flags = (counts <= threshold.smallest) & (counts >= (0 if zeros else 1))
    if families is not None:
        found |= (counts > 0) & (families != UNKNOWN) & (families < threshold.fewest_families)
    if bases is not None:
        known = bases != UNKNOWN
        if (known & (counts > bases)).any():
            raise InputError("A count is above its base; one of the two is of other children, or of another day.")
        found |= known & ((bases < threshold.least_base) | ((counts == bases) & (counts > 0)))
    return np.asarray(found, dtype=np.bool_)
