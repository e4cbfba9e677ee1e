"""Whole numbers whose parts add up to their total."""

from __future__ import annotations

import math
from collections.abc import Sequence


def rounded(number: float) -> int:
    """Return the nearest whole number, halves upwards, as people round."""
    return math.floor(number + 0.5)


def shared_out(total: int, weights: Sequence[float]) -> tuple[int, ...]:
    """Share a whole number by weights so that the parts add up to it (method of the largest remainder).

    Each part gets the whole of its exact share; what is left goes to the largest remainders, among equal ones to the
    first (A. Hamilton's method; M. L. Balinski and H. P. Young, "Fair representation", 1982).

    Parameters
    ----------
    total : int
        Not negative.
    weights : sequence of float
        Not negative. Where all are 0, all goes to equal shares.

    Returns
    -------
    tuple of int
        As many as there are weights; none where there are no weights.

    Examples
    --------
    >>> shared_out(10, [1, 1, 1]), shared_out(3, [0.5, 0.25, 0.25])
    ((4, 3, 3), (1, 1, 1))
    """
    if not weights:
        return ()
    whole = math.fsum(weights)
    used = list(weights) if whole > 0 else [1.0] * len(weights)
    exact = [total * weight / math.fsum(used) for weight in used]
    found = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(found)), key=lambda at: found[at] - exact[at])
    for at in by_remainder[: total - sum(found)]:
        found[at] += 1
    return tuple(found)
