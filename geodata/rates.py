"""Rates and their 95 % intervals, each formula once.

Plain Python on purpose: a table has a few hundred rows, and the serving process should not load NumPy for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""

EXACT_BELOW = 10
"""Counts under this take exact Poisson limits, others Byar's approximation."""

EXACT_LIMITS = (
    (0.0, 3.688879454114),
    (0.025317807984, 5.571643390939),
    (0.242209278544, 7.224687667724),
    (0.618672122896, 8.767273069742),
    (1.089865373626, 10.241588675404),
    (1.623486390118, 11.668332079323),
    (2.201894253491, 13.059474022519),
    (2.814363051520, 14.422675361702),
    (3.453832176749, 15.763189220193),
    (4.115373097378, 17.084803451419),
)
"""Exact 95 % limits of a Poisson count 0 to 9: half the chi-square quantiles (Garwood, 1936)."""


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval, all in the unit of the value."""

    value: float
    lower: float
    upper: float


def poisson_limits(count: int) -> tuple[float, float]:
    """Return the 95 % limits of a Poisson count.

    Parameters
    ----------
    count : int
        Events seen, 0 or more.

    Returns
    -------
    tuple of float
        Lower and upper limit: exact under `EXACT_BELOW`, Byar's approximation from there (Breslow and Day, 1987,
        vol. II, p. 69), as the Office for Health Improvement and Disparities uses them.

    Raises
    ------
    ValueError
        If the count is negative.
    """
    if count < 0:
        raise ValueError(f"A count cannot be negative; got {count}.")
    if count < EXACT_BELOW:
        return EXACT_LIMITS[count]
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - Z_95 / (3 * sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + Z_95 / (3 * sqrt(above))) ** 3
    return lower, upper


def rate(count: int, base: float, per: float) -> Estimate | None:
    """Return events per `per` of a base, with Poisson limits; None where the base is not positive."""
    if base <= 0:
        return None
    lower, upper = poisson_limits(count)
    return Estimate(count / base * per, lower / base * per, upper / base * per)


def _wilson(count: float, base: float) -> tuple[float, float]:
    share, z2 = count / base, Z_95**2
    centre = (share + z2 / (2 * base)) / (1 + z2 / base)
    half = Z_95 / (1 + z2 / base) * sqrt(share * (1 - share) / base + z2 / (4 * base**2))
    # At 0 and at the whole the formula meets the share itself; rounding errors must not carry it past.
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


def proportion(count: int, base: float, per: float = 100.0) -> Estimate | None:
    """Return a share of a base with Wilson's score limits (Wilson, 1927).

    Parameters
    ----------
    count : int
        Members of the base that have the attribute.
    base : float
        All members.
    per : float, optional
        100 for per cent.

    Returns
    -------
    Estimate or None
        None where the base is not positive, or smaller than the count: then it is not that count's base.
    """
    if base <= 0 or count > base:
        return None
    lower, upper = _wilson(count, base)
    return Estimate(count / base * per, lower * per, upper * per)


def growth(count: int, earlier: int) -> Estimate | None:
    """Return the change from an earlier count in per cent, with limits.

    The two counts are taken as independent Poisson: given their sum, the later is binomial, so Wilson's limits for
    its share of the sum turn into limits for the ratio (the conditional method of Przyborowski and Wilenski, 1940).
    Many children stand in both counts, so the true uncertainty is smaller: the interval errs on the wide side.

    Returns
    -------
    Estimate or None
        None where the earlier count is 0.
    """
    if earlier <= 0:
        return None
    low, high = _wilson(count, count + earlier)
    return Estimate((count / earlier - 1) * 100, (low / (1 - low) - 1) * 100, (high / (1 - high) - 1) * 100)
