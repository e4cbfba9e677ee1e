"""Classes of a map: at most five, the same over all periods, with limits that a person can read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from math import floor, log10
from statistics import quantiles

from layers.palette import CLASS_COUNT

ZERO, MISSING, WITHHELD = "z", "x", "w"
"""Looks that are no class: none counted, no figure, figure withheld."""


def _tidy(value: float, digits: int) -> float:
    """Round to significant digits, so that limits read well."""
    if value == 0:
        return 0.0
    exponent = floor(log10(abs(value))) - digits + 1
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_EVEN))


def breaks(values: Iterable[float], decimals: int, classes: int = CLASS_COUNT) -> tuple[float, ...]:
    """Return the limits between classes.

    Parameters
    ----------
    values : iterable of float
        The figures of every area in one period; the limits then serve every other, so that classes stay fixed when the
        period moves.
    decimals : int
        Digits after the point that the layer shows; limits have no more.
    classes : int, optional
        At most this many: three areas do not need five classes.

    Returns
    -------
    tuple of float
        Limits, one fewer than the classes, rising: quantiles of the figures, rounded to two significant digits
        (three where two would make them meet). A figure equal to a limit belongs to the class above it.
    """
    found = sorted(values)
    if len(found) < 2 or classes < 2 or found[0] == found[-1]:
        return ()
    cuts = quantiles(found, n=min(classes, CLASS_COUNT), method="inclusive")
    for digits in (2, 3):
        limits = sorted({round(_tidy(cut, digits), decimals) for cut in cuts})
        if len(limits) == len(cuts):
            break
    between = tuple(limit for limit in limits if found[0] < limit <= found[-1])
    highest = round(found[-1], decimals)
    # Where most figures are alike every quantile is the lowest of them: the highest then stands apart.
    return between or ((highest,) if found[0] < highest <= found[-1] else ())


def class_of(value: float, limits: Sequence[float]) -> int:
    """Return the class, 0 for the lowest."""
    return bisect_right(limits, value)
