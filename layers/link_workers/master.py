"""Set partitioning over a part of its columns: one linear programme that grows, and mixed-integer ones.

Rows: every item once; what an owner may have; how many clusters are chosen in all. An item that nobody takes, and a
cluster that is missing, cost a penalty, so that a programme always has a solution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.travel import Numbers
from layers.link_workers.pool import Pool, Whole


@dataclass(frozen=True)
class Programme:
    """What is shared.

    Attributes
    ----------
    pool : Pool
        Clusters to choose from.
    cost : Numbers
        [owner, cluster]; infinite where the owner may not have it. Column number owner * clusters + cluster.
    most_uses : Whole
        [owner]: clusters that it has at most.
    count : tuple of int
        Clusters chosen in all: at least, at most.
    penalty : float
        For each item that nobody takes, and each cluster fewer than the least; more than any plan costs.
    """

    pool: Pool
    cost: Numbers
    most_uses: Whole
    count: tuple[int, int]
    penalty: float

    @property
    def bounds(self) -> tuple[Numbers, Numbers]:
        """From below and from above, [row]: items, owners, count."""
        items, owners = np.ones(self.pool.items), self.most_uses.astype(float)
        least, most = self.count
        return np.concatenate([items, np.full(len(owners), -np.inf), [least]]), np.concatenate([items, owners, [most]])

    def matrix(self, columns: Whole) -> tuple[Whole, Whole]:
        """Return where the rows of each column begin, and the rows; every entry is 1."""
        owner, cluster = np.divmod(columns, len(self.pool))
        sizes = self.pool.sizes[cluster]
        starts = np.concatenate([[0], np.cumsum(sizes + 2)]).astype(np.int64)
        rows = np.empty(int(starts[-1]), dtype=np.int64)
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        rows[np.repeat(starts[:-1], sizes) + within] = self.pool.members[
            np.repeat(self.pool.starts[cluster], sizes) + within
        ]
        rows[starts[1:] - 2] = self.pool.items + owner
        rows[starts[1:] - 1] = self.pool.items + len(self.most_uses)
        return starts, rows


@dataclass(frozen=True)
class Prices:
    """Dual values of a linear programme, with which every column can be judged.

    Attributes
    ----------
    items, owners : Numbers
        [item], at most the penalty; [owner], at most 0.
    count : float
        Of one more cluster.
    """

    items: Numbers
    owners: Numbers
    count: float

    def reduced(self, programme: Programme) -> Numbers:
        """Return [owner, cluster]: what a column costs above its prices."""
        paid = programme.pool.sums(self.items) + self.count
        found: Numbers = programme.cost - paid - self.owners[:, None]
        return found

    def value(self, programme: Programme) -> float:
        """Return the value of the dual programme, without the part of columns below their prices."""
        least, most = programme.count
        ends = least if self.count > 0 else most
        return float(self.items.sum() + self.owners @ programme.most_uses + self.count * ends)


class Master:
    """The linear programme over the columns added so far.

    Parameters
    ----------
    programme : Programme
        What is shared.
    """

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.columns: Whole = np.zeros(0, dtype=np.int64)
        self._solver = _started(programme)

    def add(self, columns: Whole) -> None:
        """Add columns that are not there yet."""
        new = np.setdiff1d(columns, self.columns)
        starts, rows = self.programme.matrix(new)
        self._solver.addCols(
            len(new), self.programme.cost.ravel()[new], np.zeros(len(new)), np.full(len(new), np.inf), len(rows),
            starts[:-1].astype(np.int32), rows.astype(np.int32), np.ones(len(rows)),
        )  # fmt: skip
        self.columns = np.concatenate([self.columns, new])

    def solve(self, seconds: float) -> tuple[Prices, float]:
        """Return prices, and what the columns in use cost without the penalties."""
        # HiGHS counts the seconds of all runs of one instance.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 1.0))
        self._solver.run()
        found = self._solver.getSolution()
        duals = np.array(found.row_dual, dtype=float)
        items, penalty = self.programme.pool.items, self.programme.penalty
        prices = Prices(
            np.minimum(duals[:items], penalty), np.minimum(duals[items:-1], 0.0), min(float(duals[-1]), penalty)
        )
        taken = np.array(found.col_value, dtype=float)[items + 1 :]
        return prices, float(self.programme.cost.ravel()[self.columns] @ taken)


def choose(
    programme: Programme, columns: Whole, start: Whole | None, within: float, seconds: float
) -> tuple[Whole, float]:
    """Choose the best plan out of some columns.

    Parameters
    ----------
    programme : Programme
        What is shared.
    columns : Whole
        Numbers of the columns, in rising order.
    start : Whole or None
        Columns of a plan to begin with.
    within : float
        Stop when the plan costs no more than so much above the bound.
    seconds : float
        Stop then.

    Returns
    -------
    chosen, bound
        Columns of the plan found, and a bound from below of any plan from these columns, penalties included.
    """
    solver = _started(programme)
    starts, rows = programme.matrix(columns)
    count, free = len(columns), programme.pool.items + 1
    solver.addCols(
        count, programme.cost.ravel()[columns], np.zeros(count), np.ones(count), len(rows),
        starts[:-1].astype(np.int32), rows.astype(np.int32), np.ones(len(rows)),
    )  # fmt: skip
    _make_whole(solver, free, count)
    for option, value in (("mip_abs_gap", within), ("mip_rel_gap", 0.0), ("time_limit", max(seconds, 0.1))):
        solver.setOptionValue(option, value)
    if start is not None:
        _begin_with(solver, programme, columns, start)
    solver.run()
    taken = np.array(solver.getSolution().col_value, dtype=float)
    if taken.size < free + count or not np.isfinite(solver.getInfo().mip_dual_bound):
        return (np.zeros(0, dtype=np.int64) if start is None else start), -np.inf
    return columns[taken[free:] > 0.5], float(solver.getInfo().mip_dual_bound)


def _started(programme: Programme) -> Any:
    """Return HiGHS with the rows, and the columns of the penalties: one for each item, one for the count."""
    import highspy  # noqa: PLC0415 - only where something is solved

    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1)):
        solver.setOptionValue(option, value)
    below, above = programme.bounds
    none = np.zeros(0)
    solver.addRows(
        len(below), below, above, 0, np.zeros(len(below), dtype=np.int32), none.astype(np.int32), none
    )  # fmt: skip
    free = programme.pool.items + 1
    rows = np.arange(free, dtype=np.int32)
    rows[-1] = len(below) - 1
    solver.addCols(
        free, np.full(free, programme.penalty), np.zeros(free), np.full(free, np.inf), free,
        np.arange(free, dtype=np.int32), rows, np.ones(free),
    )  # fmt: skip
    return solver


def _make_whole(solver: Any, first: int, count: int) -> None:
    import highspy  # noqa: PLC0415

    which = np.arange(first, first + count, dtype=np.int32)
    solver.changeColsIntegrality(count, which, np.full(count, highspy.HighsVarType.kInteger))


def _begin_with(solver: Any, programme: Programme, columns: Whole, start: Whole) -> None:
    """Give HiGHS a plan to begin with, where its columns are there."""
    import highspy  # noqa: PLC0415

    at = np.searchsorted(columns, start)
    if not len(columns) or (at >= len(columns)).any() or (columns[np.minimum(at, len(columns) - 1)] != start).any():
        return
    items = programme.pool.items
    values = np.zeros(items + 1 + len(columns))
    values[items + 1 + at] = 1.0
    covered = np.zeros(items)
    for cluster in start % len(programme.pool):
        covered[list(programme.pool[cluster])] = 1.0
    values[:items] = 1.0 - covered
    values[items] = max(0.0, programme.count[0] - len(start))
    solution = highspy.HighsSolution()
    solution.col_value = values.tolist()
    solver.setSolution(solution)
