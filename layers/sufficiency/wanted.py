"""The demand as the gap needs it: by groups of needs, draws last for bands, and bands of every cell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from layers.sufficiency.core import PHASE_KEYS, PROVISIONS, Demand, Means
from layers.sufficiency.grouping import Grouping

Draws = npt.NDArray[np.float32]

LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)
"""Quantiles shown: the ends of the band of 95 %, within them those of 80 %, and the median."""


WORKERS = 2
"""Threads: NumPy leaves the interpreter free while it computes."""

BLOCK = 25
"""Draws added up at a time, so that they stay in the processor's cache."""


@dataclass(frozen=True)
class Wanted:
    """Plans by groups of needs.

    Attributes
    ----------
    demand : Demand
        What it was made of.
    grouping : Grouping
        The groups.
    plans : Draws
        [provision, phase, year, draw, area, group].
    kept : dict
        What was computed with it, by what it was made of; for `layers.sufficiency.gap`.
    """

    demand: Demand
    grouping: Grouping
    plans: Draws
    kept: dict[bytes, Any] = field(default_factory=dict, repr=False, compare=False)
    _bands: dict[tuple[int, int], Draws] = field(default_factory=dict, repr=False, compare=False)

    def bands(self, provision: str, phase: str) -> Draws:
        """Return [year, area + county, group + all, level]: the quantiles at `LEVELS` of one provision and phase."""
        kind = (PROVISIONS.index(provision), PHASE_KEYS.index(phase))
        if kind not in self._bands:
            self._bands[kind] = quantiles(with_totals(self.plans[kind]))
        return self._bands[kind]


def wanted_of(demand: Demand, grouping: Grouping) -> Wanted:
    """Put the needs of a forecast together; kept by those who compare scenarios with the same demand."""
    draws, years, areas, phases, _, provisions = demand.draws.shape
    plans = np.zeros((provisions, phases, years, draws, areas, len(grouping)), dtype=np.float32)
    into = plans.transpose(3, 2, 4, 1, 5, 0)

    def add_up(begin: int) -> None:
        cells = demand.draws[begin : begin + BLOCK]
        together = np.zeros((len(cells), years, areas, phases, len(grouping), provisions), dtype=np.int16)
        for need, group in enumerate(grouping.of_need):
            together[:, :, :, :, group] += cells[:, :, :, :, need]
        into[begin : begin + BLOCK] = together

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(add_up, range(0, draws, BLOCK)))
    return Wanted(demand, grouping, plans)


def with_totals(cells: npt.NDArray[np.floating]) -> Draws:
    """Add the county and all groups to [..., draw, area, group], in every draw; return [..., area, group, draw]."""
    *lead, draws, areas, groups = cells.shape
    found = np.empty((*lead, areas + 1, groups + 1, draws), dtype=np.float32)
    found[..., :areas, :groups, :] = np.moveaxis(cells, -3, -1)
    found[..., areas, :groups, :] = found[..., :areas, :groups, :].sum(axis=-3)
    found[..., groups, :] = found[..., :groups, :].sum(axis=-2)
    return found


def quantiles(draws: Draws) -> Draws:
    """Return the quantiles at `LEVELS` of [..., draw], lines between sorted draws (Hyndman and Fan's type 7)."""
    ordered = np.sort(draws, axis=-1)
    at = np.array(LEVELS) * (draws.shape[-1] - 1)
    below = np.floor(at).astype(np.int64)
    above = np.minimum(below + 1, draws.shape[-1] - 1)
    part = (at - below).astype(np.float32)
    lower, upper = ordered[..., below], ordered[..., above]
    # No rounding may carry a quantile beyond the draws beside it: the bands would lie in the wrong order.
    return np.asarray(np.minimum(lower + (upper - lower) * part, upper))


def mean_of(cells: Means) -> Means:
    """Return the mean over the draws of [year, draw, area, group], with county and all: [year, area, group]."""
    found = cells.mean(axis=1)
    found = np.concatenate([found, found.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([found, found.sum(axis=2, keepdims=True)], axis=2)
