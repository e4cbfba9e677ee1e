"""A growth model for totals by year that borrows strength from other areas.

An area grows like all areas together (the pool) plus what stays of its own deviation from them
(`layers.sufficiency.growth_pool`). The bands reach as far as the model's own errors at earlier origins did.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from geodata.errors import InputError, UsageError
from layers.sufficiency.growth_pool import MOST_GROWTH, NOISE, Counts, Growth, pooled_growth

__all__ = ["Counts", "Growth", "PooledModel", "Projection", "forecast_series", "pooled_growth", "student_quantile"]

TRIED = (1, 2, 3)
"""Horizons, in years, whose past errors set the width of the bands."""

PAST_ORIGINS = 8
ENOUGH_ERRORS = 30
"""From so many past errors on a band's width is a quantile of them; below, Student's t."""

PRIOR_ERRORS = 3
"""Errors of just the expected size that stand in where there are few."""

ALIKE = 0.5
"""Share of an error's variance that all areas of a year have in common (assumed)."""

SHARES = (0.80, 0.95)
_LARGEST_LOG = 300.0


class Projection(NamedTuple):
    """A forecast of one area's count: years ahead of the origin, median, and its 80 and 95 % limits."""

    horizon: int
    forecast: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float


class _Start(NamedTuple):
    """The last count that is known."""

    year: int
    plans: float


class _Error(NamedTuple):
    """A past forecast: where it began, its log growth, and by how much the log of what came was more."""

    start: _Start
    step: float
    log: float


def forecast_series(counts: Counts, origin: int, horizons: Sequence[int]) -> dict[str, tuple[Projection, ...]]:
    """Forecast every area that has a count at or before the origin.

    An area whose last count is older than the origin is carried forward from there, with the wider band of the longer
    way. A count of 0 stays 0; no upper limit is lower than what a Poisson count after a 0 stays under.

    Parameters
    ----------
    counts : mapping of str to mapping of int to float
        Area -> year -> count, none negative. Years after the origin are not looked at.
    origin : int
        The last year that may be used.
    horizons : sequence of int
        Years ahead of the origin, each at least 1.

    Returns
    -------
    dict of str to tuple of Projection
        By area, in the order of `horizons`.

    Raises
    ------
    UsageError
        If a horizon is less than 1.
    InputError
        If no area has two years with plans up to the origin.
    """
    return PooledModel(counts).forecast(origin, horizons)


class PooledModel:
    """The model over one set of counts; keeps what it found for an origin, for a back-test asks many times.

    Parameters
    ----------
    counts : mapping of str to mapping of int to float
        Area -> year -> count, none negative.
    """

    def __init__(self, counts: Counts) -> None:
        self._counts = {area: counts[area] for area in sorted(counts)}
        self._growth: dict[int, Growth | None] = {}
        self._errors: dict[tuple[int, int], list[_Error]] = {}

    def growth(self, origin: int) -> Growth | None:
        """Return `pooled_growth` at the origin; None where no growth is known."""
        if origin not in self._growth:
            try:
                self._growth[origin] = pooled_growth(self._counts, origin)
            except InputError:
                self._growth[origin] = None
        return self._growth[origin]

    def forecast(self, origin: int, horizons: Sequence[int]) -> dict[str, tuple[Projection, ...]]:
        """Return what `forecast_series` says."""
        if not all(horizon >= 1 for horizon in horizons):
            raise UsageError("A forecast looks at least 1 year ahead of its origin.")
        growth = self.growth(origin) or pooled_growth(self._counts, origin)
        widths = self._widths(origin, growth)
        return {
            area: tuple(_project(growth, area, start, horizon, widths) for horizon in horizons)
            for area, start in _starts(self._counts, origin).items()
        }

    def _widths(self, origin: int, growth: Growth) -> tuple[float, ...]:
        """Return by how many expected standard deviations a band reaches out, for each of `SHARES`.

        Errors of one year are alike, so that many areas do not make up for few years: widths are multiplied by
        sqrt(1 + `ALIKE` / T) for T years of growth, as for one more year beside the mean of T.
        """
        first = min(min(years) for years in self._counts.values() if years)
        past = range(max(first + 1, origin - PAST_ORIGINS), origin)
        errors = np.array(
            [
                abs(error.log) / _deviation(growth, error.start, error.step, ahead)
                for start in past
                for ahead in TRIED
                if start + ahead <= origin
                for error in self._past(start, ahead)
            ]
        )
        few_years = math.sqrt(1 + ALIKE / (origin - first))
        if len(errors) >= ENOUGH_ERRORS:
            ordered = np.sort(errors)
            # The rank of split conformal prediction (Vovk et al., 2005; Lei et al., 2018).
            ranks = [min(math.ceil((len(errors) + 1) * share), len(errors)) for share in SHARES]
            return tuple(few_years * float(ordered[rank - 1]) for rank in ranks)
        freedom = len(errors) + PRIOR_ERRORS
        scale = few_years * math.sqrt((float(errors @ errors) + PRIOR_ERRORS) / freedom)
        return tuple(scale * student_quantile((1 + share) / 2, freedom) for share in SHARES)

    def _past(self, origin: int, ahead: int) -> list[_Error]:
        """Return the errors of the forecasts made at an earlier origin, where both ends have plans."""
        if (origin, ahead) not in self._errors:
            growth, found = self.growth(origin), []
            for area, start in _starts(self._counts, origin).items() if growth else ():
                actual = self._counts[area].get(origin + ahead, 0.0)
                if growth and start.year == origin and start.plans > 0 and actual > 0:
                    step, most = growth.ahead(area, ahead), MOST_GROWTH * ahead
                    error = math.log(actual / start.plans) - step
                    found.append(_Error(start, step, min(max(error, -most), most)))
            self._errors[origin, ahead] = found
        return self._errors[origin, ahead]


def student_quantile(share: float, freedom: float) -> float:
    """Return the quantile of Student's t.

    Four terms of its expansion around the normal quantile (Abramowitz and Stegun, 1964, 26.7.5): within 1 % from 3
    degrees of freedom on, up to the 0.975 quantile.
    """
    z = NormalDist().inv_cdf(share)
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def _project(growth: Growth, area: str, start: _Start, horizon: int, widths: Sequence[float]) -> Projection:
    ahead = growth.origin - start.year + horizon
    step = growth.ahead(area, ahead)
    forecast = start.plans * _exp(step)
    deviation = _deviation(growth, start, step, ahead) if start.plans else 0.0
    limits = []
    for share, width in zip(SHARES, widths, strict=True):
        reach, tail = _exp(width * deviation), (1 - share) / 2
        # With few plans a count of 0 is within the limits, as its Poisson chance is above the tail's; and after a 0 a
        # Poisson count with a flat prior on its mean is geometric: P(count >= k) = 2**-k.
        lower = 0.0 if math.exp(-forecast) > tail else forecast / reach
        limits += [lower, max(forecast * reach, math.log2(1 / tail) * math.sqrt(ahead))]
    return Projection(horizon, forecast, *limits)


def _deviation(growth: Growth, start: _Start, step: float, ahead: int) -> float:
    """Return the expected standard deviation of the log forecast, with the noise of small counts at both ends."""
    noise = NOISE * ahead * (1 / start.plans + 1 / max(start.plans * _exp(step), 1.0))
    return math.sqrt(growth.variance(ahead) + noise)


def _exp(value: float) -> float:
    return math.exp(min(max(value, -_LARGEST_LOG), _LARGEST_LOG))


def _starts(counts: Counts, origin: int) -> dict[str, _Start]:
    starts = {}
    for area, years in counts.items():
        if known := [year for year in years if year <= origin]:
            starts[area] = _Start(max(known), years[max(known)])
    return starts
