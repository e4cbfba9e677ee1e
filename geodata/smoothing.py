"""Rates of small areas, drawn towards the rate of all areas by as much as chance alone would move them.

Plain Python, like `geodata.rates`, so that the serving process can use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp, lgamma, log, sqrt

from geodata.rates import Z_95, Estimate, poisson_limits

WILSON_HILFERTY_FROM = 100
"""Shape from which the cube-root formula is right to four digits."""

HALVINGS = 80


def empirical_bayes(counts: Sequence[float], bases: Sequence[float]) -> tuple[float | None, ...] | None:
    """Return Marshall's global empirical Bayes estimates of rates.

    With m the rate of all areas together, s2 the variance of the areas' rates around it, weighted by their bases, and
    A = s2 - m / mean base the part of it that chance does not explain, an area of rate r and base b gets
    m + (r - m) A / (A + m / b). Where A is negative it is taken as 0, and every area gets m (Marshall, 1991, Applied
    Statistics 40, 283-294).

    Parameters
    ----------
    counts, bases : sequence of float
        Events and persons of each area. An area whose base is not positive has no rate: it gets None and takes no part
        in the others' estimates.

    Returns
    -------
    tuple of float or None
        A rate for each area, in the order given, in events per one of the base; each between the area's own rate and m.
        None instead of the tuple where no area has a base.

    Raises
    ------
    ValueError
        If a count is negative, or there are not as many counts as bases.
    """
    prior = _prior(counts, bases)
    if prior is None:
        return None
    mean, true = prior
    pairs = zip(counts, bases, strict=True)
    return tuple(_drawn(count / base, mean, true, mean / base) if base > 0 else None for count, base in pairs)


def smoothed_rates(counts: Sequence[int], bases: Sequence[float], per: float) -> tuple[Estimate | None, ...]:
    """Return the same estimates with 95 % limits.

    The estimate is the mean of a gamma distribution: with the rates of areas spread as a gamma distribution of mean m
    and variance A, what is known of an area after its count has shape count + m^2 / A, over base + m / A persons. The
    limits are its 2.5 and 97.5 % points: exact for shapes under 100, from there by the cube-root formula of Wilson and
    Hilferty (1931), on which Byar's limits rest too.
    Where chance explains all the differences (A = 0) each area gets m with the limits of the total count.

    Parameters
    ----------
    counts, bases : sequence
        As for `empirical_bayes`.
    per : float
        1000 for rates per 1,000.

    Returns
    -------
    tuple of Estimate or None
        None for an area whose base is not positive.
    """
    values, prior = empirical_bayes(counts, bases), _prior(counts, bases)
    if values is None or prior is None:
        return (None,) * len(counts)
    mean, true = prior
    total = sum(count for count, base in zip(counts, bases, strict=True) if base > 0)
    people = sum(base for base in bases if base > 0)
    found: list[Estimate | None] = []
    for count, base, value in zip(counts, bases, values, strict=True):
        if value is None:
            found.append(None)
            continue
        if true:
            persons = base + mean / true
            limits = _gamma_limits(count + mean * mean / true)
        else:
            persons, limits = people, poisson_limits(total)
        found.append(Estimate(value * per, limits[0] / persons * per, limits[1] / persons * per))
    return tuple(found)


@lru_cache(4096)  # areas of the same count have the same shape
def _gamma_limits(shape: float) -> tuple[float, float]:
    """Return the 2.5 and 97.5 % points of the gamma distribution of a shape and scale 1."""
    if shape >= WILSON_HILFERTY_FROM:
        lower, upper = (1 - 1 / (9 * shape) + z / (3 * sqrt(shape)) for z in (-Z_95, Z_95))
        return shape * lower**3, shape * upper**3
    return _gamma_point(shape, 0.025), _gamma_point(shape, 0.975)


def _gamma_point(shape: float, share: float) -> float:
    """Return the point under which a gamma variable lies with a probability, by halving."""
    low, high = -700.0, log(WILSON_HILFERTY_FROM * 3)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _gamma_share(shape, exp(middle)) < share else (low, middle)
    return exp(high)


def _gamma_share(shape: float, point: float) -> float:
    """Return the probability under a point: the series of the incomplete gamma function (Abramowitz, Stegun 6.5.29)."""
    term = total = 1.0
    divisor = shape
    while term > total * 1e-15:
        divisor += 1
        term *= point / divisor
        total += term
    return total * exp(shape * log(point) - point - lgamma(shape + 1))


def _prior(counts: Sequence[float], bases: Sequence[float]) -> tuple[float, float] | None:
    """Return the rate of all areas and the variance between areas that chance does not explain; None without a base."""
    pairs = list(zip(counts, bases, strict=True))
    if any(count < 0 for count in counts):
        raise ValueError(f"A count cannot be negative; got {min(counts)}.")
    used = [(count, base) for count, base in pairs if base > 0]
    if not used:
        return None
    people = sum(base for _, base in used)
    mean = sum(count for count, _ in used) / people
    chance = mean * len(used) / people
    true = max(0.0, sum(base * (count / base - mean) ** 2 for count, base in used) / people - chance)
    return mean, true


def _drawn(own: float, mean: float, true: float, chance: float) -> float:
    if not true:
        return mean
    # Rounding errors must not carry the estimate past the two rates that it lies between.
    return min(max(mean + (own - mean) * true / (true + chance), min(own, mean)), max(own, mean))
