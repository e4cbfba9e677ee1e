"""Sharing out a pool of clusters among owners, from a plan in hand to a proven one.

`partition` looks for any plan; among owners with hours of their own the search for a first plan can take most of the
time, and there is one already. What is proven rests on the same three steps as in `partition`: prices of the linear
programme by column generation, with the Lagrangian bound z; no plan with a column of reduced cost above t costs less
than z + t; a mixed-integer programme over the other columns.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.link_workers.master import Master, Prices, Programme, choose
from layers.link_workers.pool import Whole
from layers.link_workers.post_ground import Flags

FIRST_COLUMNS = 20
"""The cheapest columns of each item and of each owner, with which the linear programme begins."""

COLUMNS_A_ROUND = 1_500
"""So many new columns at once."""

CHOICES = (2_000, 6_000, 16_000)
"""Columns of the mixed-integer programmes, one after the other, as far as that many matter: a good plan, the proof."""

SHARE_OF_TIME = (0.2, 0.3, 1.0)
"""Of the time that is left, the most that each of these may take."""

ROUNDING = 1e-7
"""Relative."""


@dataclass(frozen=True)
class SharedOut:
    """The plan found.

    Attributes
    ----------
    columns : Whole
        Owner x clusters + cluster, in rising order.
    cost, bound : float
        Of the plan; no plan by clusters of the pool costs less than the bound.
    """

    columns: Whole
    cost: float
    bound: float


def share_out(
    programme: Programme,
    start: Whole,
    may_exceed: Callable[[float], float],
    deadline: float,
    exchange: Callable[[Whole], Whole] | None = None,
) -> SharedOut:
    """Improve a plan until it is proven good enough.

    Parameters
    ----------
    programme : Programme
        What is shared; every owner has one cluster at most.
    start : Whole
        Columns of a plan that leaves nothing over, in rising order.
    may_exceed : callable
        From the cost of a plan to how far the bound may lie below it.
    deadline : float
        Of `time.perf_counter`.
    exchange : callable, optional
        From a plan to one that costs no more.
    """
    costs = programme.cost.ravel()
    prices, z, used = _priced(programme, start, deadline)
    reduced = prices.reduced(programme).ravel()
    plan, best, cost = start, z, float(costs[start].sum())
    order = np.sort(reduced[np.isfinite(reduced)])
    for count, share in zip(CHOICES, SHARE_OF_TIME, strict=True):
        room = may_exceed(cost)
        if cost - best <= room or time.perf_counter() >= deadline:
            break
        # Plans with a dearer column cannot be so much better than this one that it would matter.
        matters = cost - z - 0.98 * room
        limit = min(matters, float(order[min(count, len(order)) - 1]))
        columns = np.unique(np.concatenate([np.flatnonzero(reduced <= limit), used, plan]))
        seconds = share * (deadline - time.perf_counter())
        found, bound = choose(programme, columns, plan, 0.98 * room, seconds)
        best = max(best, min(bound, z + limit))
        spent = float(costs[found].sum())
        if spent < cost and _is_whole(programme, found):
            plan, cost = np.sort(found), spent
            if exchange and cost - best > room:
                plan = exchange(plan)
                cost = float(costs[plan].sum())
    return SharedOut(plan, cost, min(best, cost))


def _priced(programme: Programme, start: Whole, deadline: float) -> tuple[Prices, float, Whole]:
    """Solve the linear programme; return its prices, its bound and the columns that it rests on."""
    master = Master(programme)
    master.add(np.union1d(_first(programme), start))
    best: tuple[Prices, float] | None = None
    while True:
        prices, _ = master.solve(deadline - time.perf_counter())
        reduced = prices.reduced(programme).ravel()
        least = float(reduced.min())
        # A plan has at most one cluster for each owner.
        bound = prices.value(programme) + len(programme.most_uses) * min(0.0, least)
        if best is None or bound > best[1]:
            best = (prices, bound)
        known = len(master.columns)
        if least < -ROUNDING * max(1.0, abs(bound)) and time.perf_counter() < deadline:
            below = np.flatnonzero(reduced < 0)
            if len(below) > COLUMNS_A_ROUND:
                below = below[np.argpartition(reduced[below], COLUMNS_A_ROUND)[:COLUMNS_A_ROUND]]
            master.add(below)
        if len(master.columns) == known:
            near = best[0].reduced(programme).ravel()[master.columns] <= ROUNDING * max(1.0, abs(bound))
            return (*best, master.columns[near])


def _first(programme: Programme) -> Whole:
    """Return columns to begin with: for each owner and for each item with its cheapest owner, by member."""
    pool = programme.pool
    each = programme.cost / pool.sizes
    owner = each.argmin(axis=0)
    price = each[owner, np.arange(len(pool))]
    found = [row * len(pool) + np.argsort(own, kind="stable")[:FIRST_COLUMNS] for row, own in enumerate(each)]
    by_item = np.lexsort((np.repeat(price, pool.sizes), pool.members))
    cluster = np.repeat(np.arange(len(pool)), pool.sizes)[by_item]
    starts = np.cumsum(np.concatenate([[0], np.bincount(pool.members, minlength=pool.items)]))[:-1]
    rank = np.arange(len(cluster)) - np.repeat(starts, np.bincount(pool.members, minlength=pool.items))
    cheap = np.unique(cluster[rank < FIRST_COLUMNS])
    columns = np.unique(np.concatenate([*found, owner[cheap] * len(pool) + cheap]))
    usable: Whole = columns[np.isfinite(programme.cost.ravel()[columns])]
    return usable


def _is_whole(programme: Programme, plan: Whole) -> bool:
    """Return whether a plan has every item, as many clusters as it must, and no owner twice."""
    covered: Flags = np.zeros(programme.pool.items, dtype=bool)
    for cluster in plan % len(programme.pool):
        covered[list(programme.pool[int(cluster)])] = True
    owners = plan // len(programme.pool)
    return bool(covered.all()) and len(plan) >= programme.count[0] and len(set(owners.tolist())) == len(plan)
