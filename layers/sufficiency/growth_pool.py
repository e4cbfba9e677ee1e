"""The growth of all areas together, and what stays of an area's own deviation from it, as known at an origin.

Everything is estimated from years up to the origin. The constants are the only figures that are not; they stand in for
data where there is little of it, and are assumed: rounded from the EHC plans of 50 English authorities, 2019 to 2025
(SEN2, Department for Education).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geodata.errors import InputError

Counts = Mapping[str, Mapping[int, float]]
Floats = NDArray[np.float64]

DISCOUNT = 1 / 3
"""Weight of a year beside the next later one, in the growth of the pool and in an area's own."""

NOISE = 0.25
"""Variance of log growth by chance, times the count, at each end of a step. New and ceased plans of a year are about a
quarter of all (England, SEN2, 2022 to 2024: 20 to 23 %). As Poisson counts they make half of this at each end; doubled,
as plans are not issued one by one."""

FAR = 3.0
"""Deviations count up to this many times the spread, so that a corrected record or a doubling does not run on."""

MOST_GROWTH = math.log(3)
"""Log growth a year counts up to this, both ways: what more than trebles has been recorded in another way (assumed)."""

HUBER = 1.345
"""Huber (1964): 95 % as efficient as the mean where the spread is normal."""

PRIOR_SPREAD, PRIOR_STEPS = 0.055, 3
PRIOR_POOL_SD, PRIOR_YEARS = 0.01, 3
PRIOR_PERSISTENCE, PRIOR_PAIRS = 0.4, 30
"""Spread of log growth between areas, of the pool's between years, and what stays of a deviation after a year; each
beside the number of observations that it is worth."""

MOST_PERSISTENCE = 0.9
MAD_TO_SD = 1.4826


@dataclass(frozen=True)
class Growth:
    """Log growth a year, as known at an origin.

    Attributes
    ----------
    origin : int
        The last year that was used.
    pool : float
        Expected log growth a year of all areas together.
    pool_sd : float
        Standard deviation of the pool's log growth between years.
    sd : float
        Standard deviation of an area's log growth of one year around the pool's, without the noise of small counts.
    persistence : float
        Share of a deviation that stays after a year, 0 to 0.9.
    deviation : mapping of str to float
        Each area's own recent deviation from the pool, shrunk for the noise of small counts; 0 where none is known.
    areas : int
        Areas from which growth could be taken.
    """

    origin: int
    pool: float
    pool_sd: float
    sd: float
    persistence: float
    deviation: Mapping[str, float] = field(repr=False)
    areas: int

    def ahead(self, area: str, years: int) -> float:
        """Return the expected log growth of an area over `years`: years x pool + deviation x (b + b² + ...)."""
        kept = sum(self.persistence**year for year in range(1, years + 1))
        return years * self.pool + self.deviation.get(area, 0.0) * kept

    def own(self, area: str) -> float:
        """Return the expected log growth of an area in the next year: its own, shrunk towards the pool."""
        return self.ahead(area, 1)

    def variance(self, years: int) -> float:
        """Return the variance of log growth over `years` for a large area, before it is scaled by past errors.

        A shock of one year also moves those after it by its persistence, so the variance is sd² times the sum of the
        squares of 1, 1 + b, 1 + b + b² ... (the psi weights of an integrated autoregression: Box and Jenkins, 1970).
        The part of the pool's own growth rises with the square of the years.
        """
        return self.sd**2 * _psi_squares(self.persistence, years) + (years * self.pool_sd) ** 2


@lru_cache(maxsize=1024)
def _psi_squares(persistence: float, years: int) -> float:
    """Return the sum of the squares of 1, 1 + b, 1 + b + b² ...; kept, for a back-test asks once for each forecast."""
    weights = np.cumsum(persistence ** np.arange(years))
    return float((weights**2).sum())


class _Steps(NamedTuple):
    """Log growth, and its variance by chance, by area (rows) and year (columns); NaN where it is not known."""

    areas: tuple[str, ...]
    growth: Floats
    noise: Floats
    begins: NDArray[np.bool_]
    """Whether a year is the first, or only, of its step: the later ones of a gap repeat it."""


def pooled_growth(counts: Counts, origin: int) -> Growth:
    """Return the growth of the pool and of each area as known at the origin.

    Parameters
    ----------
    counts : mapping of str to mapping of int to float
        Area -> year -> count, none negative. Years after the origin are not looked at.
    origin : int
        The last year that may be used.

    Raises
    ------
    InputError
        If no area has two years with plans up to the origin.
    """
    steps = _steps(_until(counts, origin))
    if steps is None:
        raise InputError(
            f"No growth is known up to {origin}: no area has counts above 0 in two years. Add earlier years, or areas."
        )
    known = np.isfinite(steps.growth)
    middle = float(np.median(steps.growth[known]))
    rough = _towards(middle, _by_year(steps.growth, known), known)
    spread = _spread(steps.growth - rough, known, middle)
    trust = spread**2 / (spread**2 + np.where(known, steps.noise, 0.0))
    yearly = _towards(middle, _huber_by_year(steps.growth, trust, known, spread), known)
    deviation = np.where(known, np.clip(steps.growth - yearly, -FAR * spread, FAR * spread) * trust, 0.0)
    recent, persistence = _persistence(deviation, known, steps.begins, spread)
    years: NDArray[np.bool_] = np.asarray(known.any(axis=0))
    weights = DISCOUNT ** np.arange(len(years))[::-1] * years
    shocks = yearly[years] - yearly[years].mean()
    pool_variance = (shocks @ shocks + PRIOR_YEARS * PRIOR_POOL_SD**2) / (max(years.sum() - 1, 0) + PRIOR_YEARS)
    return Growth(
        origin, float(yearly @ weights / weights.sum()), math.sqrt(pool_variance), spread, persistence,
        dict(zip(steps.areas, recent.tolist(), strict=True)), int(known.any(axis=1).sum()),
    )  # fmt: skip


def _until(counts: Counts, origin: int) -> dict[str, dict[int, float]]:
    """Return the counts up to the origin, areas and years in order: nothing later goes any further."""
    kept = {area: {year: counts[area][year] for year in sorted(counts[area]) if year <= origin} for area in counts}
    return {area: kept[area] for area in sorted(kept) if kept[area]}


def _steps(counts: Counts) -> _Steps | None:
    """Return the steps from each known count above 0 to the next; a step over a gap is spread over its years."""
    ends = [year for years in counts.values() for year in years]
    if not ends:
        return None
    first = min(ends)
    shape = len(counts), max(ends) - first
    growth, noise, begins = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    for row, years in enumerate(counts.values()):
        known = list(years)
        for before, after in pairwise(known):
            if years[before] > 0 and years[after] > 0:
                columns = slice(before - first, after - first)
                yearly = math.log(years[after] / years[before]) / (after - before)
                growth[row, columns] = min(max(yearly, -MOST_GROWTH), MOST_GROWTH)
                noise[row, columns] = NOISE * (1 / years[before] + 1 / years[after]) / (after - before)
                begins[row, before - first] = True
    return _Steps(tuple(counts), growth, noise, begins) if begins.any() else None


def _by_year(growth: Floats, known: NDArray[np.bool_]) -> Floats:
    pairs = zip(growth.T, known.T, strict=True)
    return np.array([np.median(column[here]) if here.any() else 0.0 for column, here in pairs])


def _huber_by_year(growth: Floats, trust: Floats, known: NDArray[np.bool_], spread: float) -> Floats:
    """Return each year's robust mean over areas, by iterated weights (Huber, 1964), small areas counting for less."""
    centres = _by_year(growth, known)
    weights = np.where(known, trust, 0.0)
    plain = np.where(known, growth, 0.0)
    for _ in range(30):
        far = np.abs(plain - centres) / spread
        robust = weights * np.minimum(1.0, HUBER / np.maximum(far, 1e-9))
        total = robust.sum(axis=0)
        centres = np.where(total > 0, (robust * plain).sum(axis=0) / np.where(total > 0, total, 1.0), centres)
    return centres


def _towards(middle: float, yearly: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return each year's growth drawn to that of all years by 1 / n for n areas.

    With one area the year's own shock cannot be told from the area's, and counts as the area's.
    """
    areas = known.sum(axis=0)
    return np.asarray(middle + (1 - 1 / np.maximum(areas, 1)) * (yearly - middle), dtype=np.float64)


def _spread(deviation: Floats, known: NDArray[np.bool_], middle: float) -> float:
    """Return the standard deviation between areas by the median absolute deviation, drawn to the assumed one.

    Of a single step nobody can say what was growth and what was chance: its whole size counts as spread.
    """
    count = int(known.sum())
    found = MAD_TO_SD * float(np.median(np.abs(deviation[known]))) if count > 1 else abs(middle)
    return math.sqrt((count * found**2 + PRIOR_STEPS * PRIOR_SPREAD**2) / (count + PRIOR_STEPS))


def _persistence(
    deviation: Floats, known: NDArray[np.bool_], begins: NDArray[np.bool_], spread: float
) -> tuple[Floats, float]:
    """Return each area's recent deviation, and the slope of the next year's on it over all areas and years.

    A least-squares slope with a prior of `PRIOR_PAIRS` pairs at `PRIOR_PERSISTENCE` (ridge: Hoerl and Kennard, 1970).
    """
    total, weight = np.zeros(len(deviation)), np.zeros(len(deviation))
    across, along = PRIOR_PERSISTENCE * PRIOR_PAIRS * spread**2, PRIOR_PAIRS * spread**2
    for column in range(deviation.shape[1]):
        recent = total / np.maximum(weight, 1e-12)
        pairs = begins[:, column] & (weight > 0)
        across += float(recent[pairs] @ deviation[pairs, column])
        along += float(recent[pairs] @ recent[pairs])
        total = np.where(known[:, column], total * DISCOUNT + deviation[:, column], total)
        weight = np.where(known[:, column], weight * DISCOUNT + 1.0, weight)
    return total / np.maximum(weight, 1e-12), min(max(across / along, 0.0), MOST_PERSISTENCE)
