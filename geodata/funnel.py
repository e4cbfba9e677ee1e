"""The limits of a funnel plot: how far an area's figure goes by chance alone, if the area is like all the others.

Plain Python, like `geodata.rates`, so that the serving process can use it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, floor, lgamma, log, log1p, sqrt
from typing import Literal, NamedTuple

TAILS = {0.95: 0.025, 0.998: 0.001}
"""Level of a pair of limits, and the probability beyond each: about two and three standard errors."""

Position = Literal["within", "above 95 %", "above 99.8 %", "below 95 %", "below 99.8 %"]

FAR = 10
"""Standard deviations, and counts, under the mean at which sums begin: what lies below is below a rounding error."""


class _Counts(NamedTuple):
    """Probabilities of counts: that of the first, and the ratio of a later one's to the one's before it."""

    first: int
    probability: float
    ratio: Callable[[int], float]

    def quantile(self, share: float) -> float:
        """Return the interpolated count that has so much of the probability at or below it, not under 0.

        With r the smallest count for which P(R <= r) >= share, r - (P(R <= r) - share) / P(R = r) (Spiegelhalter, 2005,
        appendix A.1).
        """
        count, probability = self.first, self.probability
        total = probability
        while total < share:
            count += 1
            probability *= self.ratio(count)
            total += probability
        return max(0.0, count - (total - share) / probability)


def _poisson(mean: float) -> _Counts:
    first = max(0, floor(mean - FAR * sqrt(mean) - FAR))
    return _Counts(first, exp(first * log(mean) - mean - lgamma(first + 1)), lambda count: mean / count)


def _binomial(share: float, base: int) -> _Counts:
    mean, odds = share * base, share / (1 - share)
    first = max(0, floor(mean - FAR * sqrt(mean * (1 - share)) - FAR))
    ways = lgamma(base + 1) - lgamma(first + 1) - lgamma(base - first + 1)
    probability = exp(ways + first * log(share) + (base - first) * log1p(-share))
    return _Counts(first, probability, lambda count: odds * (base - count + 1) / count)


def _tail(level: float) -> float:
    if level not in TAILS:
        raise ValueError(f"Limits are of level {' or '.join(map(str, TAILS))}; got {level}.")
    return TAILS[level]


def rate_limits(mean_rate: float, base: float, level: float) -> tuple[float, float] | None:
    """Return the limits within which a rate lies by chance, for Poisson counts around the rate of all areas.

    Parameters
    ----------
    mean_rate : float
        Events per one of the base, over all areas.
    base : float
        The area's base: residents, or in an indirectly standardised ratio the expected events (`mean_rate` is then 1).
        It need not be whole, and may be in thousands where the rate is per 1,000.
    level : float
        0.95 or 0.998.

    Returns
    -------
    tuple of float or None
        Lower and upper limit in the unit of `mean_rate`: exact quantiles, interpolated between whole counts
        (Spiegelhalter, 2005, Statistics in Medicine 24, 1185-1202, appendix A.1), over the base. None where the base is
        not positive. Where next to no event is expected (0.026 or fewer at 0.95) the upper quantile falls short of the
        mean, and the limit is the mean.

    Raises
    ------
    ValueError
        If the rate is negative or the level another.

    Notes
    -----
    By this interpolation the smallest count above the upper limit is likelier than the level says, most of all where
    few events are expected: with 0.5 expected the limit at 0.95 is 1.86, and chance gives 2 or more to 9 % of such
    areas. The lower limit errs the other way. Manktelow and Seaton (2012, PLoS ONE 7, e45723) compare ways to
    interpolate.
    """
    tail = _tail(level)
    if mean_rate < 0:
        raise ValueError(f"A rate cannot be negative; got {mean_rate}.")
    if base <= 0:
        return None
    mean = mean_rate * base
    if not mean:
        return 0.0, 0.0
    counts = _poisson(mean)
    return min(mean_rate, counts.quantile(tail) / base), max(mean_rate, counts.quantile(1 - tail) / base)


def share_limits(mean_share: float, base: int, level: float) -> tuple[float, float] | None:
    """Return the limits within which a share lies by chance, for binomial counts around the share of all areas.

    Parameters
    ----------
    mean_share : float
        Members with the attribute over all members, 0 to 1, over all areas.
    base : int
        The area's members.
    level : float
        0.95 or 0.998.

    Returns
    -------
    tuple of float or None
        Lower and upper limit, 0 to 1, found and interpolated as in `rate_limits`. None where the base is not positive.
        Where it is likelier than the level allows that all members have the attribute, the upper limit is 1:
        interpolation would put it just below, and so call 10 of 10 high where 9 of 10 are usual.

    Raises
    ------
    ValueError
        If the share is not 0 to 1 or the level another.
    """
    tail = _tail(level)
    if not 0 <= mean_share <= 1:
        raise ValueError(f"A share is 0 to 1; got {mean_share}.")
    if base <= 0:
        return None
    if mean_share in {0, 1}:
        return mean_share, mean_share
    counts = _binomial(mean_share, base)
    upper = 1.0 if mean_share**base > tail else counts.quantile(1 - tail) / base
    return min(mean_share, counts.quantile(tail) / base), max(mean_share, upper)


def outside(value: float, limits_95: tuple[float, float], limits_998: tuple[float, float]) -> Position:
    """Return where a figure stands to its area's limits, by the outermost limit that it is beyond.

    Parameters
    ----------
    value : float
        The area's rate or share, in the unit of the limits.
    limits_95, limits_998 : tuple of float
        The lower and upper limit of each level for the same area. A figure on a limit is within it.

    Returns
    -------
    Position
    """
    if value > limits_998[1]:
        return "above 99.8 %"
    if value < limits_998[0]:
        return "below 99.8 %"
    if value > limits_95[1]:
        return "above 95 %"
    if value < limits_95[0]:
        return "below 95 %"
    return "within"
