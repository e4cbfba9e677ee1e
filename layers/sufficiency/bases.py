"""Minimum-cost allocation of many draws at once: bases of one linear programme that are kept and used again.

The programme is a transport problem with homes and settings: minimise sum c x - P sum x, subject to what a home sends
at most (its demand) and what a setting takes at most (its places). Its costs never change, only the right-hand sides
do: from draw to draw, from year to year, from scenario to scenario. A basis that was optimal once has prices that stay
feasible for every right-hand side, so it is optimal wherever its own solution is not negative; and the greatest value
among the prices kept is a lower bound of the optimum (weak duality; D. Bertsimas and J. N. Tsitsiklis, "Introduction to
linear optimization", 1997, sections 4.3 and 5.1). Where that bound is reached, the draw is a product with a
matrix; elsewhere HiGHS solves the programme and the basis it ends with is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from layers.sufficiency.core import Means

if TYPE_CHECKING:
    import highspy

Rows = npt.NDArray[np.int64]

TOLERANCE = 1e-6
"""Plans below 0 that are rounding."""

ROWS_AT_ONCE = 512
"""So that the values of all bases for them stay in the processor's cache, and no threads are started for a product."""

TIE_BREAK = 1e-3
"""Added to costs, km, so that no two ways cost the same and the best one is the only one; under a metre each."""


@dataclass(frozen=True)
class Solved:
    """The optimum of every row.

    Attributes
    ----------
    unmet : Means
        [row, home]: demand that found no place.
    spare : Means
        [row, setting]: places that nobody took.
    basis : numpy.ndarray
        [row]: number of the basis in the pool.
    sides : Means
        [row, home and then setting]: the demand and the places given.
    """

    unmet: Means
    spare: Means
    basis: Rows
    sides: Means


class BasisPool:
    """The bases found so far for one matrix of costs; safe to use by several threads.

    Parameters
    ----------
    costs : Means
        [home, setting], not negative. Placing a child is worth more than any way costs, so as many as possible are.
    """

    def __init__(self, costs: Means) -> None:
        homes, settings = costs.shape
        self.homes, self.settings = homes, settings
        # The same numbers every time; with them no two sums of costs are alike.
        self.costs: Means = costs + TIE_BREAK * np.random.default_rng(0).random(costs.shape)
        penalty = (homes + settings) * float(self.costs.max(initial=0.0)) + 1.0
        size = homes + settings
        self._worth = np.concatenate([(self.costs - penalty).ravel(), np.zeros(size)])
        self._columns = np.concatenate([_arcs(homes, settings), np.eye(size)], axis=1)
        self._inverses: list[Means] = []
        self._left: list[tuple[Rows, Rows]] = []
        self._flows: list[Means] = []
        self._known: dict[bytes, int] = {}
        self._prices: Means = np.zeros((size, 0))
        self._lock = threading.RLock()
        self._solver: highspy.Highs | None = None

    def __len__(self) -> int:
        return len(self._inverses)

    def solve(self, demand: Means, places: Means) -> Solved:
        """Allocate at least cost, as many as possible, in every row.

        Parameters
        ----------
        demand : Means
            [row, home], not negative.
        places : Means
            [row, setting], not negative.

        Returns
        -------
        Solved
            The optimum of each row, exact to rounding.
        """
        sides = np.concatenate([demand, places], axis=1)
        left = np.empty_like(sides)
        basis = np.empty(len(sides), dtype=np.int64)
        self._solve_all(sides, left, basis)
        return Solved(left[:, : self.homes], left[:, self.homes :], basis, sides)

    def flows(self, basis: Rows, sides: Means) -> Means:
        """Return who goes where in rows solved by given bases, or in sums of such rows, as a solution is linear.

        Parameters
        ----------
        basis : numpy.ndarray
            [row], from `Solved.basis`.
        sides : Means
            [row, home and then setting]: demand and places.

        Returns
        -------
        Means
            [row, home, setting].
        """
        found = np.einsum("rws,rs->rw", np.stack(self._flows)[basis], sides)
        return np.asarray(np.maximum(found, 0.0)).reshape(len(sides), self.homes, self.settings)

    def _solve_all(self, sides: Means, left: Means, basis: Rows) -> None:
        undecided = np.arange(len(sides))
        prices = self._prices  # other threads may add more
        if prices.size:
            best = _best(sides, prices)
            order = np.argsort(best, kind="stable")
            bounds = np.searchsorted(best[order], np.arange(prices.shape[1] + 1))
            missed = [
                rows[~self._apply(number, sides, rows, left, basis)]
                for number in np.flatnonzero(np.diff(bounds)).tolist()
                for rows in (order[bounds[number] : bounds[number + 1]],)
            ]
            undecided = np.concatenate([undecided[:0], *missed])
        while undecided.size:
            with self._lock:
                number = self._solve_one(sides[undecided[0]])
            solved = self._apply(number, sides, undecided, left, basis)
            if not solved[0]:
                raise ArithmeticError("A basis does not solve the allocation it was found for.")
            undecided = undecided[~solved]

    def _apply(self, number: int, sides: Means, rows: Rows, left: Means, basis: Rows) -> npt.NDArray[np.bool_]:
        """Write the solution of one basis where it is one; return where."""
        found = self._inverses[number] @ sides[rows].T  # columns of rows: NumPy is slow along short axes
        fits: npt.NDArray[np.bool_] = found.min(axis=0) >= -TOLERANCE
        if not fits.all():
            rows, found = rows[fits], found[:, fits]
        where, what = self._left[number]
        values = np.zeros((sides.shape[1], len(rows)))
        values[where] = np.maximum(found[what], 0.0)
        left[rows] = values.T
        basis[rows] = number
        return fits

    def _solve_one(self, side: Means) -> int:
        import highspy  # noqa: PLC0415 - only for what no kept basis solves

        solver = self._solver = self._solver or self._programme()
        none, infinity = np.full(side.size, -highspy.kHighsInf), np.arange(side.size, dtype=np.int32)
        solver.changeRowsBounds(side.size, infinity, none, side)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"HiGHS: {solver.modelStatusToString(solver.getModelStatus())}")
        ended = solver.getBasis()
        statuses = [*ended.col_status, *ended.row_status]
        return self._keep([at for at, status in enumerate(statuses) if status == highspy.HighsBasisStatus.kBasic])

    def _keep(self, basic: Sequence[int]) -> int:
        """Add a basis to the pool, once; return its number."""
        columns = np.array(basic)
        key = columns.tobytes()
        if key not in self._known:
            inverse = np.linalg.inv(self._columns[:, columns])
            arcs = self.homes * self.settings
            used = columns < arcs
            flows = np.zeros((arcs, inverse.shape[1]))
            flows[columns[used]] = inverse[used]
            self._known[key] = len(self)
            self._inverses.append(inverse)
            self._flows.append(flows)
            self._left.append((columns[~used] - arcs, np.flatnonzero(~used)))
            self._prices = np.column_stack([self._prices, self._worth[columns] @ inverse])
        return self._known[key]

    def _programme(self) -> Any:
        import highspy  # noqa: PLC0415

        solver = highspy.Highs()
        for option, value in (("output_flag", False), ("presolve", "off"), ("solver", "simplex"), ("threads", 1)):
            solver.setOptionValue(option, value)
        size, arcs = self.homes + self.settings, self.homes * self.settings
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = arcs, size
        programme.col_cost_ = self._worth[:arcs]
        programme.col_lower_, programme.col_upper_ = np.zeros(arcs), np.full(arcs, highspy.kHighsInf)
        programme.row_lower_, programme.row_upper_ = np.full(size, -highspy.kHighsInf), np.zeros(size)
        home, setting = np.divmod(np.arange(arcs), self.settings)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_ = np.arange(arcs + 1) * 2
        programme.a_matrix_.index_ = np.column_stack([home, self.homes + setting]).ravel()
        programme.a_matrix_.value_ = np.ones(arcs * 2)
        solver.passModel(programme)
        return solver


def _arcs(homes: int, settings: int) -> Means:
    """Return [row of a home or setting, way]: 1 where the way begins or ends there."""
    home, setting = np.divmod(np.arange(homes * settings), settings)
    found = np.zeros((homes + settings, homes * settings))
    ways = np.arange(homes * settings)
    found[home, ways] = 1.0
    found[homes + setting, ways] = 1.0
    return found


def _best(sides: Means, prices: Means) -> npt.NDArray[np.int16]:
    """Return the basis whose prices give the greatest value, the bound from below nearest to the optimum."""
    best = np.empty(len(sides), dtype=np.int16)
    values = np.empty((ROWS_AT_ONCE, prices.shape[1]))
    for first in range(0, len(sides), ROWS_AT_ONCE):
        part = sides[first : first + ROWS_AT_ONCE]
        np.matmul(part, prices, out=values[: len(part)])
        best[first : first + len(part)] = values[: len(part)].argmax(axis=1)
    return best
