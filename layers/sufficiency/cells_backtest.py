"""How far the cohort model would have been off in earlier years, at every level at which it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from layers.sufficiency.backtest import HORIZONS, Scores, score
from layers.sufficiency.core import GAP_PROVISIONS, PROVISIONS, History, Means, by_broad_area, by_phase
from layers.sufficiency.demand import Surroundings, forecast_from
from layers.sufficiency.settings import SufficiencySettings

LEVELS: Mapping[str, str] = {
    "county": "County",
    "locality": "Locality",
    "county_phase": "County by phase",
    "county_phase_provision": "County by phase and provision",
    "county_phase_need_provision": "County by phase, broad area of need and provision",
    "locality_phase_need": "Locality by phase and broad area of need",
    "locality_phase_provision": "Locality by phase and provision",
    "locality_phase_need_provision": "Locality by phase, broad area of need and provision",
}
"""Code -> title, coarsest first. Those by provision have special schools, bases and independent schools only."""

SPARSE = (
    "county_phase_provision",
    "county_phase_need_provision",
    "locality_phase_need",
    "locality_phase_provision",
    "locality_phase_need_provision",
)
"""Levels with small counts: their error is the sum of absolute errors over the sum of plans (WAPE)."""

DRAWS = 200
BAND = (10, 90)

KINDER = (
    "Records have one need and one provision for each plan, those of today; an earlier forecast is made and scored "
    "with them. By need this test is kinder than the truth. By provision it is crooked: who is at a college today "
    "counts as being at one years ago, and is missing from the school attended then."
)

Numbers: TypeAlias = npt.NDArray[np.generic]
Pairs: TypeAlias = dict[tuple[str, int], list[tuple[float, float | None, float | None, float]]]


@dataclass(frozen=True)
class CellScores:
    """The errors of one level at one horizon.

    Attributes
    ----------
    model : Scores
        Of the cohort model: the median of its draws, and its band of 80 %.
    last_value, mean_growth : Scores
        Of the two baselines: no growth, and the cell's own mean growth a year up to the origin.
    """

    model: Scores
    last_value: Scores
    mean_growth: Scores


@dataclass(frozen=True)
class CellsBacktest:
    """The back-test of the cohort model.

    Attributes
    ----------
    origins : tuple of int
        Januaries it was started from.
    scores : mapping of str to mapping of int to CellScores
        Level, of `LEVELS` -> years ahead.
    notes : tuple of str
        What a reader must know.
    """

    origins: tuple[int, ...]
    scores: Mapping[str, Mapping[int, CellScores]]
    notes: tuple[str, ...]

    def error(self, level: str, horizon: int) -> float | None:
        """Return the error of a level that is shown, in percent: WAPE where counts are small, else MAPE."""
        found = self.scores.get(level, {}).get(horizon)
        if found is None:
            return None
        return found.model.wape if level in SPARSE else found.model.mape

    def as_json(self) -> dict[str, Any]:
        """Return the back-test as plain values, for `from_json`."""
        return {
            "origins": list(self.origins),
            "scores": {
                level: {str(horizon): asdict(found) for horizon, found in by_horizon.items()}
                for level, by_horizon in self.scores.items()
            },
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> CellsBacktest:
        """Return the back-test that `as_json` wrote."""
        return cls(
            tuple(raw["origins"]),
            {
                level: {
                    int(horizon): CellScores(**{name: Scores(**one) for name, one in found.items()})
                    for horizon, found in by_horizon.items()
                }
                for level, by_horizon in raw["scores"].items()
            },
            tuple(raw["notes"]),
        )


def cells_backtest(
    found: History, settings: SufficiencySettings, around: Surroundings, draws: int = DRAWS
) -> CellsBacktest | None:
    """Forecast from every earlier January with enough steps before it, and score what came.

    Parameters
    ----------
    found : History
        The whole of it.
    settings : SufficiencySettings
        `fewest_transitions` before an origin.
    around : Surroundings
        Its residents; housing lists of earlier years are not known, and left out.
    draws : int, optional
        For each origin.

    Returns
    -------
    CellsBacktest or None
        None where no origin has a year after it. Cells without a plan at the origin are left out.
    """
    origins = found.years[settings.fewest_transitions : -1]
    if not origins:
        return None
    actual = list(_levels(found.stock))
    model: Pairs = {}
    last: Pairs = {}
    growth: Pairs = {}
    for origin in origins:
        demand = forecast_from(found, settings, around, origin=origin, draws=draws)
        at = found.years.index(origin)
        for (level, counts), (_, drawn) in zip(actual, _levels(demand.draws, is_phases=True), strict=True):
            for ahead in HORIZONS:
                if at + ahead >= len(found.years):
                    continue
                came, then, first = (counts[one].ravel() for one in (at + ahead, at, 0))
                used = then > 0
                future = drawn[:, ahead].reshape(len(drawn), -1)[:, used]
                low, middle, high = np.percentile(future, (BAND[0], 50, BAND[1]), axis=0)
                grown = then * np.where(first > 0, then / np.maximum(first, 1), 1.0) ** (ahead / at)
                _add(model, level, ahead, (middle, low, high, came[used]))
                _add(last, level, ahead, (then[used], None, None, came[used]))
                _add(growth, level, ahead, (grown[used], None, None, came[used]))
    scores: dict[str, dict[int, CellScores]] = {}
    for level, ahead in model:
        key = (level, ahead)
        scores.setdefault(level, {})[ahead] = CellScores(score(model[key]), score(last[key]), score(growth[key]))
    said = f"Forecasts from January {', '.join(map(str, origins))}, each by the records up to it; {draws} draws."
    return CellsBacktest(origins, scores, (said, KINDER, "Homes to come are left out: earlier lists are not known."))


def _levels(plans: Numbers, *, is_phases: bool = False) -> Iterator[tuple[str, Means]]:
    """Yield each level with [..., cells]: of [..., area, NCY or phase, need, provision]."""
    phases = plans if is_phases else by_phase(plans)
    cells = by_broad_area(phases).astype(np.float64)
    here = cells[..., :-2, :, :, :]  # without those whose address is unknown or outside
    yield "county", cells.sum(axis=(-4, -3, -2, -1))[..., None]
    yield "locality", here.sum(axis=(-3, -2, -1))
    yield "county_phase", cells.sum(axis=(-4, -2, -1))
    special = [PROVISIONS.index(key) for key in GAP_PROVISIONS]
    county, local = cells.sum(axis=-4)[..., special], here[..., special]
    yield "county_phase_provision", county.sum(axis=-2)
    yield "county_phase_need_provision", county
    yield "locality_phase_need", here.sum(axis=-1)
    yield "locality_phase_provision", local.sum(axis=-2)
    yield "locality_phase_need_provision", local


def _add(into: Pairs, level: str, ahead: int, columns: tuple[Means, Means | None, Means | None, Means]) -> None:
    middle, low, high, came = columns
    none = [None] * len(middle)
    lows, highs = (none if one is None else one.tolist() for one in (low, high))
    into.setdefault((level, ahead), []).extend(zip(middle.tolist(), lows, highs, came.tolist(), strict=True))
