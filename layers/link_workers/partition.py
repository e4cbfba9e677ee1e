"""Exact sharing out: every item in exactly one chosen cluster, each cluster with an owner, at the least cost.

Set partitioning over all pairs of owner and cluster, which may be a million columns. It is solved by a small part of
them, and what is proven is proven against all:

1. The linear programme by column generation (J. Desrosiers and M. E. Lübbecke, "A primer in column generation", 2005):
   the prices of a part of the columns judge every other column at once, and those below their price are added. At any
   prices y, with r the least reduced cost of all columns and K a number of clusters that no plan exceeds,
   z = y b + K min(0, r) is a bound from below of every plan (Lagrangian bound).
2. Reduced-cost fixing (L. A. Wolsey, "Integer programming", 1998, section 7.6). Proof: a plan that uses column j costs
   y b + sum of the reduced costs of its columns >= y b + r_j + (K - 1) min(0, r) >= z + r_j. So every plan with a
   column of reduced cost above t costs more than z + t.
3. A mixed-integer programme over the columns of reduced cost at most t has the bound B; min(B, z + t) is a bound of
   every plan there is. With a plan of cost U in hand, t = U - z leaves out only columns that no better plan uses.

An item that no plan covers costs a penalty above the cost of any plan, so that the fewest items are left, and they are
named.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from geodata.travel import Numbers
from layers.link_workers.core import Status
from layers.link_workers.master import Master, Prices, Programme, choose
from layers.link_workers.pool import Pool, Whole

FIRST_COLUMNS = 12
"""The cheapest columns of each item and owner, with which the linear programme begins."""

COLUMNS_A_ROUND = 8
"""So many new columns for each row of the programme."""

FIRST_CHOICE = 2_000
"""Columns of the first mixed-integer programme: enough for a good plan."""

MORE_COLUMNS = 4
"""Times as many in each further one, until none that is left out can matter."""

EXACT = 1e-6
"""Gap of rounding, below which a plan is the best."""


@dataclass(frozen=True)
class Search:
    """How long and how far to look.

    Attributes
    ----------
    gap : float
        Stop when the plan is proven to be within this share of its cost; 0 for the best.
    seconds : float
        Stop then, with the best plan found.
    count : tuple of int, optional
        Clusters chosen in all: at least, at most; None for any number.
    """

    gap: float = 0.0
    seconds: float = 60.0
    count: tuple[int, int] | None = None


@dataclass(frozen=True)
class Solution:
    """The plan found.

    Attributes
    ----------
    chosen : tuple of (int, int)
        Owner and cluster, in rising order.
    objective : float
        Cost of the chosen, without penalties.
    bound : float
        No plan with as few items left over costs less.
    gap : float
        (objective - bound) / objective; 0 where the cost is 0.
    status : Status
        "infeasible" where something is left over.
    uncovered : tuple of int
        Items that are in no chosen cluster: the fewest possible where the gap is below 1.
    missing : int
        Clusters fewer than the least number that was asked for.
    columns : int
        Pairs of owner and cluster that were looked at.
    """

    chosen: tuple[tuple[int, int], ...]
    objective: float
    bound: float
    gap: float
    status: Status
    uncovered: tuple[int, ...]
    missing: int
    columns: int


def partition(pool: Pool, cost: Numbers, most_uses: Whole, search: Search | None = None) -> Solution:
    """Choose clusters and their owners so that every item is in exactly one, at the least cost.

    Parameters
    ----------
    pool : Pool
        Clusters to choose from.
    cost : Numbers
        [owner, cluster], at least 0; infinite where an owner may not have a cluster. A cost of one owner for all.
    most_uses : Whole
        [owner]: clusters that it can have at most; the number of items for any number.
    search : Search, optional
        How long and how far to look, and how many clusters are to be chosen.

    Returns
    -------
    Solution
        With the gap proven against all pairs of owner and cluster.

    Raises
    ------
    ValueError
        For a cost below 0 or not a number, shapes that do not fit, or a least count above the most.
    """
    search = search or Search()
    deadline = time.perf_counter() + search.seconds
    programme = _programme(pool, cost, most_uses, search)
    if not pool.items or not len(pool):
        return _solution(programme, np.zeros(0, dtype=np.int64), -np.inf, search.gap)
    prices, z, spent, used = _generate(programme, deadline)
    reduced = prices.reduced(programme).ravel()
    possible = int(np.isfinite(reduced).sum())
    plan: Whole | None = None
    best, limit, wanted = z, np.inf, FIRST_CHOICE
    while True:
        if possible > wanted:
            limit = min(limit, float(np.partition(reduced, wanted - 1)[wanted - 1]))
        # What the linear programme rests on is there too, so that the plan begins well.
        columns = np.union1d(np.flatnonzero(reduced <= min(limit, np.finfo(float).max)), used)
        seconds = deadline - time.perf_counter()
        plan, found = choose(programme, columns, plan, search.gap * spent * 0.9, seconds)
        spent, penalties = _cost(programme, plan)
        whole = spent + penalties
        # The greatest bound of all rounds holds; a plan with a column that is not here costs more than z + limit.
        best = max(best, min(found, z + limit))
        enough = whole - best <= max(search.gap * spent, EXACT * whole)
        if enough or time.perf_counter() >= deadline or z + limit >= whole:
            return _solution(programme, plan, best, search.gap)
        wanted, limit = len(columns) * MORE_COLUMNS, max(whole - z, 0.0) * (1 + EXACT)


def _programme(pool: Pool, cost: Numbers, most_uses: Whole, search: Search) -> Programme:
    owners = len(most_uses)
    if cost.shape != (owners, len(pool)):
        raise ValueError(f"Costs are for {cost.shape}; there are {owners} owners and {len(pool)} clusters.")
    if not (cost >= 0).all():
        raise ValueError("A cost is at least 0.")
    least, most = search.count or (0, pool.items)
    if not 0 <= least <= most:
        raise ValueError(f"At least {least} and at most {most} clusters cannot be.")
    dearest = np.where(np.isfinite(cost), cost, 0.0).max(axis=0, initial=0.0)
    # A plan costs what its clusters do, shared out to their items: never more than the dearest share of each item.
    penalty = 1.0 + float(pool.highest(dearest / np.maximum(pool.sizes, 1)).sum())
    return Programme(pool, cost, np.minimum(most_uses, pool.items), (least, most), penalty)


def _generate(programme: Programme, deadline: float) -> tuple[Prices, float, float, Whole]:
    """Solve the linear programme; return its prices, bound, cost without penalties, and the columns it rests on."""
    master = Master(programme)
    master.add(_first(programme))
    sizes = programme.pool.sizes
    most_clusters = min(
        programme.pool.items // int(sizes.min()), int(programme.most_uses.sum()), max(programme.count[1], 0)
    )
    rows = programme.pool.items + len(programme.most_uses) + 1
    best: tuple[Prices, float, float] | None = None
    while True:
        prices, spent = master.solve(deadline - time.perf_counter())
        reduced = prices.reduced(programme).ravel()
        least = float(reduced.min())
        bound = prices.value(programme) + most_clusters * min(0.0, least)
        if best is None or bound > best[1]:
            best = (prices, bound, spent)
        scale = max(1.0, abs(bound))
        if least * most_clusters >= -1e-9 * scale or time.perf_counter() >= deadline:
            prices, bound, spent = best
            used = master.columns[prices.reduced(programme).ravel()[master.columns] <= 1e-7 * scale]
            return prices, bound, spent, used
        below = np.flatnonzero(reduced < 0)
        most = COLUMNS_A_ROUND * rows
        if len(below) > most:
            below = below[np.argpartition(reduced[below], most)[:most]]
        known = len(master.columns)
        master.add(below)
        if len(master.columns) == known:
            # All are there already: what is below its price is so by rounding, and the bound has it.
            return (*best, master.columns)


def _first(programme: Programme) -> Whole:
    """Return columns to begin with: the cheapest for each item, by member, of every owner."""
    pool = programme.pool
    each = programme.cost / pool.sizes
    cheapest = each.argmin(axis=0)
    chosen = [cheapest * len(pool) + np.arange(len(pool))]
    by_item = np.argsort(pool.members, kind="stable")
    cluster = np.repeat(np.arange(len(pool)), pool.sizes)[by_item]
    ends = np.cumsum(np.bincount(pool.members, minlength=pool.items))
    price = each[cheapest, np.arange(len(pool))]
    kept = []
    for begin, end in zip(np.concatenate([[0], ends[:-1]]), ends, strict=True):
        here = cluster[begin:end]
        kept.append(here[np.argsort(price[here], kind="stable")[:FIRST_COLUMNS]])
    chosen = [chosen[0][np.concatenate(kept)]]
    for owner, row in enumerate(each):
        best = np.argsort(row, kind="stable")[:FIRST_COLUMNS]
        chosen.append(owner * len(pool) + best)
    columns = np.unique(np.concatenate(chosen))
    found: Whole = columns[np.isfinite(programme.cost.ravel()[columns])]
    return found


def _cost(programme: Programme, plan: Whole) -> tuple[float, float]:
    """Return what a plan costs, and its penalties."""
    left, missing = _left(programme, plan)
    return float(programme.cost.ravel()[plan].sum()), programme.penalty * (len(left) + missing)


def _left(programme: Programme, plan: Whole) -> tuple[tuple[int, ...], int]:
    """Return items in no cluster, and the clusters that are missing."""
    pool = programme.pool
    covered = {item for cluster in plan % max(len(pool), 1) for item in pool[int(cluster)]}
    left = tuple(item for item in range(pool.items) if item not in covered)
    return left, max(0, programme.count[0] - len(plan))


def _solution(programme: Programme, plan: Whole, bound: float, asked: float) -> Solution:
    left, missing = _left(programme, plan)
    cost, penalties = _cost(programme, plan)
    if not len(programme.pool):
        bound = penalties  # nothing can be chosen at all
    proven = min(max(bound - penalties, 0.0), cost)
    # A bound below the penalties leaves open whether fewer could be left over.
    open_ended = bound < penalties - EXACT * max(penalties, 1.0)
    gap = 1.0 if open_ended else (cost - proven) / cost if cost > 0 else 0.0
    if left or missing:
        status: Status = "infeasible"
    else:
        status = "optimal" if gap <= EXACT else "within_gap" if gap <= asked else "time_limit"
    pairs = sorted(divmod(int(column), len(programme.pool)) for column in plan)
    columns = int(np.isfinite(programme.cost).sum())
    return Solution(tuple(pairs), cost, proven, gap, status, left, missing, columns)
