"""Back-test of the pooled growth model: what it would have said in earlier years, scored against what came."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

from geodata.errors import InputError, UsageError
from layers.sufficiency.pooled import Counts, PooledModel

HORIZONS = (1, 2, 3)
MIN_TRAIN = 3
PERCENT = 100.0
DECIMALS = 3


class Pair(NamedTuple):
    """A forecast beside what came; limits of None say that there is no band."""

    forecast: float
    lower: float | None
    upper: float | None
    actual: float


@dataclass(frozen=True)
class Scores:
    """How far forecasts were from what came.

    Attributes
    ----------
    mape, median_ape : float or None
        Mean and median absolute percentage error, in percent, over pairs whose actual count is not 0.
    wape : float or None
        Sum of absolute errors over the sum of actual counts, in percent.
    bias : float or None
        Mean signed percentage error, (forecast - actual) / actual, in percent, as the Department for Education's school
        places scorecards define it: above 0 is too many forecast.
    coverage_80 : float or None
        Share of pairs within their limits, in percent; None without limits.
    n : int
        Pairs.
    zeros : int
        Pairs whose actual count is 0; they are in `wape`, `coverage_80` and `n` alone.
    """

    mape: float | None
    median_ape: float | None
    wape: float | None
    bias: float | None
    coverage_80: float | None
    n: int
    zeros: int = 0

    def as_json(self, *, with_band: bool = True) -> dict[str, float | int | None]:
        """Return the scores, rounded; without coverage where there is no band."""
        found = {"mape": self.mape, "median_ape": self.median_ape, "wape": self.wape, "bias": self.bias}
        if with_band:
            found["coverage_80"] = self.coverage_80
        return {**{name: _rounded(value) for name, value in found.items()}, "n": self.n}


def score(pairs: Iterable[tuple[float, float | None, float | None, float]]) -> Scores:
    """Score forecasts against what came.

    Parameters
    ----------
    pairs : iterable of (forecast, lower, upper, actual)
        Limits of an 80 % band, or None.

    Returns
    -------
    Scores
        In percent; None where nothing can be said.
    """
    found = [Pair(*pair) for pair in pairs]
    signed = [PERCENT * (pair.forecast - pair.actual) / pair.actual for pair in found if pair.actual > 0]
    sizes = [abs(error) for error in signed]
    total = sum(pair.actual for pair in found)
    inside = [
        pair.lower <= pair.actual <= pair.upper for pair in found if pair.lower is not None and pair.upper is not None
    ]
    return Scores(
        mape=fmean(sizes) if sizes else None,
        median_ape=median(sizes) if sizes else None,
        wape=PERCENT * sum(abs(pair.forecast - pair.actual) for pair in found) / total if total > 0 else None,
        bias=fmean(signed) if signed else None,
        coverage_80=PERCENT * fmean(inside) if inside else None,
        n=len(found),
        zeros=len(found) - len(signed),
    )


class Row(NamedTuple):
    """One forecast of the back-test."""

    area: str
    origin: int
    horizon: int
    forecast: float
    lower_80: float
    upper_80: float
    actual: float
    last_value: float
    mean_growth: float


@dataclass(frozen=True)
class Backtest:
    """The model's scores and those of the two baselines, on the same areas, origins and horizons.

    Attributes
    ----------
    horizons : mapping of int to Scores
        By years ahead.
    baselines : mapping of str to mapping of int to Scores
        ``last_value`` (no growth) and ``mean_growth`` (the area's own mean log growth up to the origin).
    rows : tuple of Row
        Every forecast.
    notes : tuple of str
        Sentences on what could not be forecast or scored.
    """

    horizons: Mapping[int, Scores]
    baselines: Mapping[str, Mapping[int, Scores]]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def as_json(self, notes: Sequence[str] = ()) -> dict[str, object]:
        """Return the back-test as plain values; `notes` are put before its own."""
        shown: dict[str, object] = {
            "horizons": {str(horizon): scores.as_json() for horizon, scores in self.horizons.items()},
            "baselines": {
                name: {str(horizon): scores.as_json(with_band=False) for horizon, scores in found.items()}
                for name, found in self.baselines.items()
            },
            "rows": [
                {
                    "area": row.area,
                    "origin": row.origin,
                    "horizon": row.horizon,
                    "forecast": _rounded(row.forecast),
                    "lower_80": _rounded(row.lower_80),
                    "upper_80": _rounded(row.upper_80),
                    "actual": row.actual,
                }
                for row in self.rows
            ],
        }
        if said := [*notes, *self.notes]:
            shown["notes"] = said
        return shown


def backtest(counts: Counts, min_train: int = MIN_TRAIN) -> Backtest:
    """Forecast from every origin that allows it, 1, 2 and 3 years ahead, and score where the year has come.

    Parameters
    ----------
    counts : mapping of str to mapping of int to float
        Area -> year -> count, none negative.
    min_train : int
        Smallest number of years that an area's series has up to and including the origin.

    Raises
    ------
    UsageError
        If `min_train` is less than 1.
    InputError
        If no forecast can be made and scored; the message says why.
    """
    if min_train < 1:
        raise UsageError(f"A back-test needs at least 1 year to learn from, not {min_train}.")
    model = PooledModel(counts)
    rows: list[Row] = []
    unknown = []
    for origin in sorted({year for years in counts.values() for year in years}):
        areas = [area for area in sorted(counts) if _trained(counts[area], origin, min_train)]
        if areas and model.growth(origin) is None:
            unknown.append(origin)
        elif areas:
            rows += _rows(counts, model, origin, areas)
    if not rows:
        raise InputError(_nothing(counts, min_train))
    baselines = {
        "last_value": _by_horizon([(row.horizon, Pair(row.last_value, None, None, row.actual)) for row in rows]),
        "mean_growth": _by_horizon([(row.horizon, Pair(row.mean_growth, None, None, row.actual)) for row in rows]),
    }
    horizons = _by_horizon([(row.horizon, Pair(row.forecast, row.lower_80, row.upper_80, row.actual)) for row in rows])
    return Backtest(horizons, baselines, tuple(rows), tuple(_notes(counts, min_train, horizons, rows, unknown)))


def mean_growth(years: Mapping[int, float], origin: int) -> float:
    """Return an area's mean log growth a year up to the origin, without steps from or to 0; 0 where none is known."""
    known = sorted(year for year in years if year <= origin)
    steps = [(a, b) for a, b in pairwise(known) if years[a] > 0 and years[b] > 0]
    span = sum(after - before for before, after in steps)
    return sum(math.log(years[after] / years[before]) for before, after in steps) / span if span else 0.0


def _trained(years: Mapping[int, float], origin: int, min_train: int) -> bool:
    return origin in years and sum(year <= origin for year in years) >= min_train


def _rows(counts: Counts, model: PooledModel, origin: int, areas: Sequence[str]) -> list[Row]:
    forecasts = model.forecast(origin, HORIZONS)
    rows = []
    for area in areas:
        years = counts[area]
        yearly = mean_growth(years, origin)
        for ahead in forecasts[area]:
            actual = years.get(origin + ahead.horizon)
            if actual is not None:
                grown = years[origin] * math.exp(yearly * ahead.horizon)
                rows.append(Row(area, origin, *ahead[:4], actual=actual, last_value=years[origin], mean_growth=grown))
    return rows


def _by_horizon(pairs: Sequence[tuple[int, Pair]]) -> dict[int, Scores]:
    return {horizon: score(pair for ahead, pair in pairs if ahead == horizon) for horizon in HORIZONS}


def _notes(
    counts: Counts, min_train: int, horizons: Mapping[int, Scores], rows: Sequence[Row], unknown: Sequence[int]
) -> list[str]:
    said = []
    areas = {row.area for row in rows}
    if len(counts) == 1:
        said.append("One area alone: its own growth is all there is to learn from, and its band rests on one area.")
    if unknown:
        listed = ", ".join(map(str, unknown))
        said.append(f"No forecast from {listed}: no growth is known up to then in any area.")
    if left := sorted(set(counts) - areas):
        more = f" and {len(left) - 5:,} more" if len(left) > 5 else ""
        said.append(
            f"No forecast could be scored for {', '.join(left[:5])}{more}: it needs {min_train} years up to an "
            "origin and a later one to compare."
        )
    for horizon, scores in horizons.items():
        if not scores.n:
            said.append(f"Nothing can be scored {_ahead(horizon)}: the series is too short.")
        elif scores.zeros:
            said.append(
                f"{scores.zeros:,} of {scores.n:,} actual counts {_ahead(horizon)} are 0: no percentage error "
                "can be taken of them; they are in WAPE and coverage only."
            )
    return said


def _nothing(counts: Counts, min_train: int) -> str:
    longest = max((len(years) for years in counts.values()), default=0)
    return (
        f"Nothing could be back-tested: a forecast needs {min_train} years up to its origin, growth between two years "
        f"with counts above 0, and a year within 3 after it to compare; the longest series has {longest}. Add years, "
        "or ask for fewer years to learn from (--min-train)."
    )


def _ahead(horizon: int) -> str:
    return f"{horizon} year{'s' if horizon > 1 else ''} ahead"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
