"""A mixed-integer programme that chooses candidates: hard rows, and soft rows whose misses cost."""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
import numpy.typing as npt

from geodata.errors import AtlasError

RELATIVE_GAP = 0.02
MOST_NODES = 2_000

Weights = npt.NDArray[np.float64]


class CalibrationError(RuntimeError, AtlasError):
    """No choice of candidates meets every hard row."""


@dataclass
class Rows:
    """Rows of the programme over the pool's candidates; soft rows carry a cost per unit missed.

    Attributes
    ----------
    size : int
        Candidates.
    weights : list of numpy.ndarray
        One weight per candidate and row.
    low, high, cost : list of float
        Bounds of each row, and its cost per unit missed (0 for a hard row).
    """

    size: int
    weights: list[Weights] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)

    def hold(self, weight: npt.NDArray[np.generic], low: float, high: float) -> None:
        """Add a hard row.

        Parameters
        ----------
        weight : numpy.ndarray
            One per candidate; a mask counts.
        low, high : float
            Bounds, included.
        """
        self._add(weight, low, high, 0.0)

    def aim(self, weight: npt.NDArray[np.generic], target: float, cost: float) -> None:
        """Add a soft row.

        Parameters
        ----------
        weight : numpy.ndarray
            One per candidate.
        target : float
            Wished sum.
        cost : float
            Per unit missed, either way.
        """
        self._add(weight, target, target, cost)

    def _add(self, weight: npt.NDArray[np.generic], low: float, high: float, cost: float) -> None:
        self.weights.append(np.asarray(weight, dtype=np.float64))
        self.low.append(low)
        self.high.append(high)
        self.cost.append(cost)


def solve(rows: Rows, noise: Weights) -> tuple[npt.NDArray[np.bool_], str]:
    """Solve the programme the same way every time: one thread, fixed seed, no limit in seconds.

    Parameters
    ----------
    rows : Rows
        Hard and soft rows.
    noise : numpy.ndarray
        A small cost per candidate, so that ties fall without a pattern.

    Returns
    -------
    chosen : numpy.ndarray of bool
        One per candidate.
    report : str
        Status, gap and nodes.

    Raises
    ------
    CalibrationError
        If the solver holds no feasible choice at the end.
    """
    highs = highspy.Highs()
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "mip_rel_gap": RELATIVE_GAP,
        "mip_max_nodes": MOST_NODES,
    }
    for option, value in options.items():
        highs.setOptionValue(option, value)
    highs.passModel(_programme(rows, noise))
    highs.run()
    info = highs.getInfo()
    status = highs.modelStatusToString(highs.getModelStatus())
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise CalibrationError(f"No choice of candidates meets the printed figures: {status}.")
    chosen = np.array(highs.getSolution().col_value[: rows.size]) > 0.5
    return chosen, f"{status}, gap {info.mip_gap:.2%}, {info.mip_node_count} nodes"


def _programme(rows: Rows, noise: Weights) -> highspy.HighsLp:
    """Return the programme: binary candidates, then two misses (under, over) for each soft row."""
    soft = [row for row, cost in enumerate(rows.cost) if cost > 0]
    misses = {row: rows.size + 2 * place for place, row in enumerate(soft)}
    starts, columns, values = [0], [], []
    for row, weight in enumerate(rows.weights):
        used = np.flatnonzero(weight)
        columns += used.tolist()
        values += weight[used].tolist()
        if row in misses:
            columns += [misses[row], misses[row] + 1]
            values += [1.0, -1.0]
        starts.append(len(columns))
    width = rows.size + 2 * len(soft)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = width, len(rows.weights)
    programme.col_cost_ = np.concatenate([noise, np.repeat([rows.cost[row] for row in soft], 2)])
    programme.col_lower_ = np.zeros(width)
    programme.col_upper_ = np.where(np.arange(width) < rows.size, 1.0, highspy.kHighsInf)
    programme.row_lower_, programme.row_upper_ = np.array(rows.low), np.array(rows.high)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    programme.a_matrix_.index_ = np.array(columns, dtype=np.int32)
    programme.a_matrix_.value_ = np.array(values)
    kinds = (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous)
    programme.integrality_ = [kinds[column >= rows.size] for column in range(width)]
    return programme
