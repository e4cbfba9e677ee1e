"""The draws of the cohort model: whole plans that end, move, start and join, many futures at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from layers.sufficiency.ceasing import GROUP_OF_NCY
from layers.sufficiency.core import (
    BROAD_KEYS,
    BROAD_OF_NEEDS,
    NCYS,
    NEEDS,
    PHASE_KEYS,
    PHASE_OF_NCY,
    PROVISIONS,
    Counts,
    Means,
    by_broad_area,
    by_phase,
)
from layers.sufficiency.moves import STEP_OF_NCY, STEPS_FROM
from layers.sufficiency.rates import Rates
from layers.sufficiency.starting import trend

CHUNK = 25
"""Draws worked on at a time: what is large enough to be fast and small enough for a processor's cache."""

THREADS = 2

LASTING = 0.3
"""Share of what sets a year apart from the expected that stays in the years after it, for plans that end and that start
alike: pace and practice drift, and do not only waver. Assumed."""

Shares = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Flows:
    """What happens in one year, each [draw, area, NCY at its end, need, provision], in plans.

    Attributes
    ----------
    starts : Counts
        Plans at the start of the year, a year older.
    left : numpy.ndarray
        Those that end.
    moved_out, moved_in : numpy.ndarray
        Those that go on in another kind of provision, where they come from and where they go.
    joins : Counts
        New plans and those that join.
    ends : Counts
        starts - left - moved_out + moved_in + joins.
    """

    starts: Counts
    left: npt.NDArray[np.int64]
    moved_out: npt.NDArray[np.int64]
    moved_in: npt.NDArray[np.int64]
    joins: Counts
    ends: Counts


@dataclass(frozen=True)
class Paths:
    """Draws of the plans, as in `core.Demand`.

    Attributes
    ----------
    plans : Counts
        [draw, year, area, phase, need, provision]; the first year is the base.
    flows : numpy.ndarray
        [draw, step, area, 4]: at the start, started or joined, left, at the end.
    """

    plans: Counts
    flows: npt.NDArray[np.int32]


def step(
    stock: Counts, ending: Means, moving: Means, matrices: Means, joins: Counts, rng: np.random.Generator
) -> Flows:
    """Let one year pass.

    Parameters
    ----------
    stock : Counts
        [draw, area, NCY, need, provision]: plans at its start.
    ending : Means
        [draw, area, NCY, provision]: probability to end, by the curriculum year at the end of the year.
    moving : Means
        [draw, NCY, need, provision]: probability that a plan that goes on changes provision.
    matrices : Means
        [NCY, need, from, to]: where those that change go; what stands on the diagonal is passed over.
    joins : Counts
        [draw, area, NCY, need, provision].
    rng : numpy.random.Generator
        Chance.

    Returns
    -------
    Flows
        Persons past the last curriculum year stay in it in `starts` and end.
    """
    aged = np.zeros_like(stock)
    aged[:, :, 1:] = stock[:, :, :-1]
    cells = np.flatnonzero(aged)
    plans = aged.reshape(-1)[cells]
    left_below = _spread(ending[:, :, :, None, :], stock.shape)[cells]
    moved_below = left_below + (1 - left_below) * _spread(moving[:, None], stock.shape)[cells]
    # One number for each plan decides both: below the first it ends, between the two it moves.
    chance = rng.random(int(plans.sum(dtype=np.int64)), dtype=np.float32)
    cell_of = np.repeat(cells, plans)
    leaves = chance < np.repeat(left_below, plans)
    moves = (chance < np.repeat(moved_below, plans)) & ~leaves
    left = np.bincount(cell_of[leaves], minlength=stock.size).reshape(stock.shape)
    sources = cell_of[moves]
    targets = _targets(sources, matrices, rng)
    moved_out = np.bincount(sources, minlength=stock.size).reshape(stock.shape)
    moved_in = np.bincount(targets, minlength=stock.size).reshape(stock.shape)
    ends = (aged - left - moved_out + moved_in + joins).astype(np.int16)
    aged[:, :, -1] += stock[:, :, -1]
    left[:, :, -1] += stock[:, :, -1]
    return Flows(aged, left, moved_out, moved_in, joins, ends)


def _spread(probability: Means, shape: tuple[int, ...]) -> Shares:
    """Return a probability for each cell, flat."""
    return np.ascontiguousarray(np.broadcast_to(probability.astype(np.float32), shape)).reshape(-1)


def _targets(sources: npt.NDArray[np.int64], matrices: Means, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return the cells that plans move to from the cells they were in."""
    kinds = len(PROVISIONS)
    apart = matrices * (1 - np.eye(kinds))
    upto = np.cumsum(apart, axis=-1).reshape(-1, kinds)
    row = sources % len(upto)
    chance = rng.random(sources.size) * upto[row, -1]
    target = (chance[:, None] >= upto[row]).sum(axis=1)
    return np.asarray(sources - sources % kinds + target)


def simulate(rates: Rates, stock: Counts, years: int, draws: int, seed: int) -> Paths:
    """Draw futures of the plans: rates from what is known of them, then whole plans by chance.

    Every draw has its own shares that end (Beta), level and growth of new plans (normal, on the logarithm), mix of new
    plans (Dirichlet) and pace of moves (gamma), and every year in it a factor on the plans that end, on those that
    start and on those of each area (gamma of mean 1), which makes the counts overdispersed. A part of the first two
    lasts (`LASTING`).

    Parameters
    ----------
    rates : Rates
        From `layers.sufficiency.rates`.
    stock : Counts
        [area, NCY, need, provision]: plans in the base year.
    years : int
        How many to go ahead.
    draws : int
        How many futures.
    seed : int
        The same gives the same draws, however many threads work on them.
    """
    sizes = [min(CHUNK, draws - first) for first in range(0, draws, CHUNK)]
    seeds = np.random.SeedSequence(seed).spawn(len(sizes))
    shape = (draws, years + 1, len(rates.areas), len(PHASE_KEYS), len(NEEDS), len(PROVISIONS))
    found = Paths(np.empty(shape, dtype=np.int16), np.empty((draws, years, len(rates.areas), 4), dtype=np.int32))
    newcomers = _Newcomers.of(rates, years)

    def work(chunk: int) -> None:
        here = slice(chunk * CHUNK, chunk * CHUNK + sizes[chunk])
        _run(rates, stock, newcomers, np.random.default_rng(seeds[chunk]), Paths(found.plans[here], found.flows[here]))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(len(sizes))))
    return found


def _run(rates: Rates, stock: Counts, newcomers: _Newcomers, rng: np.random.Generator, into: Paths) -> None:
    """Fill `into` with as many draws as it has room for."""
    draws, steps = into.flows.shape[:2]
    plans = np.repeat(stock[None].astype(np.int16), draws, axis=0)
    into.plans[:, 0] = _phases(plans)
    ends = rates.ceasing
    share = rng.beta(ends.ends, ends.stays, (draws, *ends.ends.shape))
    share *= _factor(rng, ends.level_variance, (draws, 1, 1, 1))
    drift = _drift(rng, ends.variance, (draws, steps))
    pace = _pace(rates.moved, rng, draws)[:, :, None, None]
    moving = np.minimum((1 - np.diagonal(rates.moves, axis1=-2, axis2=-1)) * pace, 1)
    known = newcomers.known(rng, draws)
    for year in range(steps):
        pace_now = drift[:, year] * _factor(rng, ends.variance * (1 - LASTING), (draws,))
        ending = np.minimum(share * pace_now[:, None, None, None], 1)[:, :, GROUP_OF_NCY]
        joins = newcomers.draw(year, known, rng)
        flows = step(plans, ending, moving, rates.moves, joins, rng)
        plans = flows.ends
        into.plans[:, year + 1] = _phases(plans)
        several: tuple[npt.NDArray[np.integer[Any]], ...] = (flows.starts, flows.joins, flows.left, flows.ends)
        for place, flow in enumerate(several):
            into.flows[:, year, :, place] = flow.sum(axis=(2, 3, 4))


def _phases(plans: Counts) -> Counts:
    """Add curriculum years up to phases as `core.by_phase` does, which is general and too slow for every draw."""
    first = np.searchsorted(PHASE_OF_NCY, np.arange(len(PHASE_KEYS)))
    return np.add.reduceat(plans, first, axis=2, dtype=np.int16)


def _factor(rng: np.random.Generator, variance: float, shape: tuple[int, ...]) -> Means:
    """Return gamma factors of mean 1."""
    if variance <= 0:
        return np.ones(shape)
    return np.asarray(rng.gamma(1 / variance, variance, shape))


def _drift(rng: np.random.Generator, variance: float, shape: tuple[int, int]) -> Means:
    """Return factors that keep a part of each year's, [draw, step]."""
    return np.asarray(np.cumprod(_factor(rng, variance * LASTING, shape), axis=1))


def _pace(moved: Means, rng: np.random.Generator, draws: int) -> Means:
    """Return by how much the moves of each kind of step differ from the estimate, [draw, NCY]."""
    first = np.searchsorted(NCYS, STEPS_FROM)
    plans = np.maximum(moved[first], 1.0)
    return np.asarray((rng.gamma(plans, 1 / plans, (draws, plans.size)))[:, STEP_OF_NCY])


@dataclass(frozen=True)
class _Known:
    """What one draw takes for true of new plans: their expected number by step, and their mix by group."""

    totals: Means
    mix: Means


@dataclass(frozen=True)
class _Newcomers:
    """New plans and those that join, by groups of cells (area, phase, broad area, provision) and cells within them."""

    rates: Rates
    joining: Means
    group_of: npt.NDArray[np.int64]
    groups: tuple[int, ...]
    order: npt.NDArray[np.int64]
    upto: Means
    first: npt.NDArray[np.int64]

    @classmethod
    def of(cls, rates: Rates, years: int) -> _Newcomers:
        shares = rates.starting.shares
        groups = (len(rates.areas), len(PHASE_KEYS), len(BROAD_KEYS), len(PROVISIONS))
        area, ncy, need, provision = np.unravel_index(np.arange(shares.size), shares.shape)
        at = np.ravel_multi_index((area, PHASE_OF_NCY[ncy], BROAD_OF_NEEDS[need], provision), groups)
        joining = np.stack([rates.joining(step) for step in range(years)])
        # Within a group the cells are taken as the new plans and the joining plans of all years together have them.
        weight = (shares * rates.starting.totals(years).sum() + joining.sum(axis=0)).reshape(-1)
        order = np.argsort(at, kind="stable")
        first = np.searchsorted(at[order], np.arange(int(np.prod(groups)) + 1))
        return cls(rates, np.stack([_grouped(one) for one in joining]), at, groups, order,
                   np.concatenate([[0.0], np.cumsum(weight[order])]), first)  # fmt: skip

    def known(self, rng: np.random.Generator, draws: int) -> _Known:
        """Draw what is not known of level, growth and mix."""
        start = self.rates.starting
        drawn = rng.multivariate_normal(start.level, start.covariance, draws)
        totals = np.exp(drawn @ trend(len(self.joining)).T)
        totals *= _drift(rng, start.variance, totals.shape)
        expected = _grouped(start.shares)
        mix = rng.gamma(np.broadcast_to(expected * start.rests_on, (draws, *self.groups)))
        sums = mix.sum(axis=(1, 2, 3, 4), keepdims=True)
        # Gammas of next to no plans can all be too small for a number.
        return _Known(totals, np.where(sums > 0, mix / np.where(sums > 0, sums, 1), expected))

    def draw(self, year: int, known: _Known, rng: np.random.Generator) -> Counts:
        """Draw the plans that start or join in a year, [draw, area, NCY, need, provision]."""
        start, draws = self.rates.starting, len(known.totals)
        totals = known.totals[:, year] * _factor(rng, start.variance * (1 - LASTING), (draws,))
        areas = _factor(rng, start.area_variance, (draws, len(self.rates.areas), 1, 1, 1))
        joining = self.joining[year] * _factor(rng, self.rates.joined.variance, (draws, 1, 1, 1, 1))
        plans = rng.poisson(totals[:, None, None, None, None] * known.mix * areas + joining).reshape(draws, -1)
        spot = np.flatnonzero(plans)
        group_of = np.repeat(spot % plans.shape[1], plans.reshape(-1)[spot])
        draw_of = np.repeat(spot // plans.shape[1], plans.reshape(-1)[spot])
        low, high = self.upto[self.first[group_of]], self.upto[self.first[group_of + 1]]
        place = np.searchsorted(self.upto, low + rng.random(group_of.size) * (high - low), side="right") - 1
        place = np.clip(place, self.first[group_of], self.first[group_of + 1] - 1)
        cell = self.order[place]
        counts = np.bincount(draw_of * self.group_of.size + cell, minlength=draws * self.group_of.size)
        return counts.reshape(draws, *self.rates.starting.shares.shape).astype(np.int16)


def _grouped(plans: Means) -> Means:
    """Add [area, NCY, need, provision] up to [area, phase, broad area, provision]."""
    return np.asarray(by_broad_area(by_phase(plans)), dtype=np.float64)
