"""Counts that other figures tell: rates, intervals, smoothed values, classes, means, shares and order.

Each function gives the counts that fit what is shown, so that a caller can see whether a count that was held back is
one of few. Half a unit of the last digit either way counts as fitting, so that no way of rounding halves escapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import ceil, floor

from geodata.disclosure.known import CLOSE, Relation
from geodata.rates import Estimate
from geodata.smoothing import empirical_bayes

Possible = tuple[int, ...]
"""Counts that fit, rising."""

Formula = Callable[[int, float, float], Estimate | None]
"""Count, base, per -> estimate: `geodata.rates.rate` or `proportion`."""

MOST = 5_000
"""Counts that are tried where nothing else limits the search."""


def _half(decimals: int) -> float:
    return 0.5 * 10.0**-decimals * (1 + 1e-9) + 1e-12


def rounded_limits(shown: float, base_of_rounding: int) -> tuple[int, int]:
    """Return the least and greatest count that is shown as this number, halves rounded up, never under 0."""
    down = base_of_rounding // 2
    return max(0, round(shown) - down), round(shown) + base_of_rounding - 1 - down


def from_rate(shown: float, decimals: int, base: float, per: float, *, base_of_rounding: int = 1) -> Possible:
    """Return the counts that a rate and its base tell.

    Parameters
    ----------
    shown : float
        The rate as printed.
    decimals : int
        Digits after the point.
    base : float
        Its denominator, above 0.
    per : float
        100 for per cent, 1000 for rates per 1,000.
    base_of_rounding : int, optional
        The rate was worked out from a count rounded to a multiple of this.

    Returns
    -------
    tuple of int
        All counts whose rate is shown as this one.
    """
    low, high = ((shown + sign * _half(decimals)) / per * base for sign in (-1, 1))
    step = base_of_rounding
    multiples = range(max(0, ceil(low / step - CLOSE)) * step, floor(high / step + CLOSE) * step + 1, step)
    found = {count for multiple in multiples for count in _range(*rounded_limits(multiple, step))}
    return tuple(sorted(found))


def from_interval(shown: tuple[float, float], decimals: int, base: float, per: float, formula: Formula) -> Possible:
    """Return the counts whose interval has these limits.

    Parameters
    ----------
    shown : tuple of float
        Lower and upper limit as printed.
    decimals : int
        Digits after the point of both.
    base, per : float
        As for `from_rate`.
    formula : callable
        The formula of the interval (Wilson's, Byar's or exact).
    """

    def fits(count: int) -> bool:
        made = formula(count, base, per)
        return (
            made is not None
            and abs(made.lower - shown[0]) <= _half(decimals)
            and abs(made.upper - shown[1]) <= _half(decimals)
        )

    return _search(fits, base, per, shown[1])


def from_width(shown: float, decimals: int, base: float, per: float, formula: Formula) -> Possible:
    """Return the counts whose interval is this wide: an error bar without its limits.

    Parameters
    ----------
    shown : float
        Upper less lower limit, as printed.
    decimals, base, per, formula
        As for `from_interval`.
    """

    def fits(count: int) -> bool:
        made = formula(count, base, per)
        return made is not None and abs(made.upper - made.lower - shown) <= _half(decimals)

    return tuple(count for count in range(min(MOST, floor(base)) + 1) if fits(count))


def from_class(low: float, high: float, base: float, per: float) -> Possible:
    """Return the counts whose rate falls into a class with known limits.

    Parameters
    ----------
    low, high : float
        Limits of the class; a rate equal to the lower one belongs to it, one equal to the upper one does not, as in
        `layers.classify`. The highest class may be endless.
    base, per : float
        As for `from_rate`; a base and per of 1 for classes of counts.
    """
    least = max(0, ceil(low / per * base - CLOSE))
    greatest = ceil(high / per * base - CLOSE) - 1 if high < float("inf") else max(least, floor(base))
    return tuple(_range(least, greatest))


def from_smoothed(
    shown: float, decimals: int, counts: Sequence[int | None], bases: Sequence[float], per: float
) -> Possible:
    """Return the counts of one area that Marshall's smoothed rate of it tells, when the other areas' counts are known.

    Parameters
    ----------
    shown : float
        The smoothed rate as printed.
    decimals : int
        Digits after the point.
    counts : sequence of int or None
        Of all areas; None exactly once, for the area in question.
    bases : sequence of float
        Of all areas.
    per : float
        As for `from_rate`.

    Raises
    ------
    ValueError
        If not exactly one count is None.
    """
    if sum(count is None for count in counts) != 1:
        raise ValueError("Exactly one count must be unknown.")
    at = counts.index(None)

    def fits(count: int) -> bool:
        tried = [count if known is None else known for known in counts]
        rates = empirical_bayes(tried, bases)
        value = None if rates is None else rates[at]
        return value is not None and abs(value * per - shown) <= _half(decimals)

    return tuple(count for count in range(min(MOST, floor(bases[at])) + 1) if fits(count))


def from_mean(shown: float, decimals: int, total: float) -> Possible:
    """Return the numbers of cases over which a known total gives this mean.

    Parameters
    ----------
    shown : float
        The mean as printed, not 0.
    decimals : int
        Digits after the point.
    total : float
        What the cases add up to.
    """
    low, high = shown - _half(decimals), shown + _half(decimals)
    if shown <= 0 or total <= 0:
        return ()
    least = max(1, ceil(total / high - CLOSE))
    greatest = floor(total / low + CLOSE) if low > 0 else MOST
    return tuple(_range(least, min(greatest, MOST)))


def from_whole_mean(shown: float, decimals: int, most: int) -> Possible:
    """Return the numbers of cases for which a mean of whole numbers can be this one: 3.33 is not that of two.

    Parameters
    ----------
    shown : float
        The mean of whole values (days, children of a family), as printed.
    decimals : int
        Digits after the point.
    most : int
        Numbers up to this are tried.
    """
    half = _half(decimals)
    return tuple(count for count in range(1, most + 1) if floor((shown + half) * count) >= ceil((shown - half) * count))


def left_over(mean: float, count: int, mean_of_rest: float, rest: int) -> float | None:
    """Return the mean of those who are in the whole but not in the rest; with one of them, that child's own value.

    Parameters
    ----------
    mean, count
        Of the whole.
    mean_of_rest, rest
        Of the part that is shown too, or of the earlier release.

    Returns
    -------
    float or None
        None where no one is left over.
    """
    return (mean * count - mean_of_rest * rest) / (count - rest) if count > rest else None


def from_share(shown: float, decimals: int, base: float) -> Possible:
    """Return the counts that a share in per cent tells. Of 0 % and 100 % it tells something of everyone in the base."""
    return tuple(count for count in from_rate(shown, decimals, base, 100.0) if count <= base)


def of_everyone(possible: Iterable[int], base: float) -> bool:
    """Return whether a figure tells of each person in its base that it holds: all counts that fit are the base."""
    found = tuple(possible)
    return bool(found) and base > 0 and min(found) >= base


def of_one(possible: Iterable[int]) -> bool:
    """Return whether a printed duration (or another mean) must be that of one child."""
    return set(possible) == {1}


def from_order(cells: Sequence[int], says: str = "the order of the list") -> tuple[Relation, ...]:
    """Return what a list sorted by count tells: each cell has at least as many as the next.

    Parameters
    ----------
    cells : sequence of int
        Cells in the order shown, most first; rank numbers and sorted names say the same.
    says : str, optional
        Words for the explanation.
    """
    return tuple(
        Relation((first, second), (1.0, -1.0), 0.0, float("inf"), says)
        for first, second in pairwise(cells)
        if first != second
    )


def _range(low: int, high: int) -> range:
    return range(low, high + 1)


def _search(fits: Callable[[int], bool], base: float, per: float, upper: float) -> Possible:
    """Try counts up to the upper limit: no formula puts a count above its own."""
    most = min(MOST, floor(base), floor(upper / per * base) + 1)
    return tuple(count for count in range(most + 1) if fits(count))
