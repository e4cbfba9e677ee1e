"""One linear programme in HiGHS whose objective changes: each solve starts from where the last one ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.disclosure.core import Flags, Numbers
from geodata.disclosure.system import Row
from geodata.errors import InputError

NODES = 20_000
"""A search for whole numbers is given up after so many branches (not after a time: answers must repeat); the bound that
is proven by then, which is looser, is taken."""


@dataclass(frozen=True)
class Extreme:
    """The end of a range.

    Attributes
    ----------
    value : float
        The greatest (or least) value of the objective; infinite where nothing limits it. With whole numbers, the
        proven bound.
    point : Numbers
        [column]: a solution that reaches it; empty where there is none.
    row_duals, column_duals : Numbers
        How much the value moves with the limits of each row and column.
    """

    value: float
    point: Numbers
    row_duals: Numbers
    column_duals: Numbers


class Programme:
    """Rows over columns within limits, kept in the solver between questions.

    Parameters
    ----------
    rows : sequence of Row
        What is known; their columns are positions in `low` and `high`.
    low, high : Numbers
        [column]: limits.
    whole : bool, optional
        Whether columns must be whole numbers (a mixed-integer programme, far slower).
    interior : bool, optional
        Solve by an interior-point method alone: fast for large programmes, but values are not proven to be extreme, and
        points have to be checked.

    Attributes
    ----------
    columns : int
        How many columns there are.
    """

    def __init__(
        self, rows: Sequence[Row], low: Numbers, high: Numbers, *, whole: bool = False, interior: bool = False
    ) -> None:
        import highspy  # noqa: PLC0415 - only where something is attacked

        self._highspy: Any = highspy
        self.columns = len(low)
        self._whole = whole
        self._interior = interior
        self._every = np.arange(self.columns, dtype=np.int32)
        self._solver = self._started(rows, low, high)

    def _started(self, rows: Sequence[Row], low: Numbers, high: Numbers) -> Any:
        solver = self._highspy.Highs()
        # Strategy 4 is the primal simplex: after a change of objective the last basis is still primal feasible.
        options: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": 0, "simplex_strategy": 4}
        if self._whole:
            options |= {"mip_rel_gap": 0.0, "mip_abs_gap": 0.5, "mip_max_nodes": NODES, "simplex_strategy": 1}
        if self._interior:
            options |= {"solver": "ipx", "run_crossover": "off", "ipm_optimality_tolerance": 1e-3}
        for option, value in options.items():
            solver.setOptionValue(option, value)
        used = [row for row in rows if len(row.columns)]
        written = self._highspy.HighsLp()
        written.num_col_, written.num_row_ = self.columns, len(used)
        written.col_cost_ = np.zeros(self.columns)
        written.col_lower_, written.col_upper_ = low, high
        written.row_lower_ = np.array([row.low for row in used], dtype=float)
        written.row_upper_ = np.array([row.high for row in used], dtype=float)
        written.a_matrix_.format_ = self._highspy.MatrixFormat.kRowwise
        written.a_matrix_.start_ = np.cumsum([0, *(len(row.columns) for row in used)]).astype(np.int32)
        none = np.zeros(0)
        written.a_matrix_.index_ = np.concatenate([none, *(row.columns for row in used)]).astype(np.int32)
        written.a_matrix_.value_ = np.concatenate([none, *(row.factors for row in used)])
        if self._whole:
            written.integrality_ = [self._highspy.HighsVarType.kInteger] * self.columns
        solver.passModel(written)
        return solver

    def limit(self, low: Numbers, high: Numbers) -> None:
        """Set other limits of the columns."""
        self._solver.changeColsBounds(self.columns, self._every, low, high)

    def extreme(self, objective: Numbers, *, most: bool) -> Extreme:
        """Return the greatest or least value of a weighted sum of the columns.

        Parameters
        ----------
        objective : Numbers
            [column]: weights.
        most : bool
            The greatest; else the least.

        Raises
        ------
        InputError
            If no values fit all rows.
        """
        kinds, status = self._highspy.ObjSense, self._highspy.HighsModelStatus
        solver = self._solver
        solver.changeColsCost(self.columns, self._every, objective)
        solver.changeObjectiveSense(kinds.kMaximize if most else kinds.kMinimize)
        solver.run()
        said = solver.getModelStatus()
        if not self._interior and said not in (status.kOptimal, status.kSolutionLimit):
            # A warm start can lose its way, and presolve cannot tell unbounded from infeasible: once more from nothing.
            solver.clearSolver()
            solver.setOptionValue("presolve", "off")
            solver.run()
            said = solver.getModelStatus()
        if said == status.kInfeasible and not self._interior:
            raise InputError("Figures contradict each other: no counts fit all of them together.")
        nothing = np.zeros(0)
        if said == status.kUnbounded and not self._interior:
            return Extreme(np.inf if most else -np.inf, nothing, nothing, nothing)
        if self._interior:
            return Extreme(np.nan, np.array(solver.getSolution().col_value, dtype=float), nothing, nothing)
        if said not in (status.kOptimal, status.kSolutionLimit):
            raise RuntimeError(f"HiGHS ended with {said}.")
        found, info = solver.getSolution(), solver.getInfo()
        value = info.mip_dual_bound if self._whole else info.objective_function_value
        feasible = info.primal_solution_status == self._highspy.SolutionStatus.kSolutionStatusFeasible
        point = np.array(found.col_value, dtype=float) if feasible else nothing
        return Extreme(float(value), point, np.array(found.row_dual), np.array(found.col_dual))


def pieces(width: int, groups: Sequence[Row], open_: Flags) -> tuple[np.ndarray, int]:
    """Return which columns belong together through the groups they share.

    Parameters
    ----------
    width : int
        How many columns.
    groups : sequence of Row
        Rows and targets.
    open_ : Flags
        [column]: whether the column can still move; one that cannot joins nothing.

    Returns
    -------
    piece, count
        [column]: number of its piece, -1 for a column that cannot move; and how many pieces there are.
    """
    parent = list(range(width))

    def root(column: int) -> int:
        while parent[column] != column:
            parent[column] = parent[parent[column]]
            column = parent[column]
        return column

    for group in groups:
        free = group.columns[open_[group.columns]].tolist()
        for other in free[1:]:
            parent[root(other)] = root(free[0])
    numbers: dict[int, int] = {}
    piece = np.full(width, -1, dtype=np.int64)
    for column in np.flatnonzero(open_).tolist():
        piece[column] = numbers.setdefault(root(column), len(numbers))
    return piece, len(numbers)
