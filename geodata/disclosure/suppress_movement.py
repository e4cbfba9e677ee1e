"""The cheapest way to let a cell be another count: which cells that are shown would have to be held back for it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geodata.disclosure.core import Flags, Numbers
from geodata.disclosure.suppress_attack import started
from geodata.disclosure.suppress_system import NEAR, System


class Movement:
    """A linear programme in which every cell can move away from its count, at a price.

    The price of holding a cell back is paid by the child, as if it moved by the width: the incremental heuristic of
    Kelly, Golden and Assad (1992) for any sums. What the programme moves is then held back whole.

    Parameters
    ----------
    system : System
        Its cells. Those barred cannot move.

    Attributes
    ----------
    factors : Numbers
        [cell]: by which prices are multiplied from the next `set_hidden` on.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        cells, parts = len(system), system.parts
        counts = system.counts.astype(float)
        most = np.where(system.barred, 0.0, np.inf)
        self._most_down = np.where(system.barred, 0.0, counts)
        self._solver = started()
        self._solver.addVars(parts, np.zeros(parts), np.full(parts, np.inf))
        self._solver.addVars(cells, np.zeros(cells), most)
        self._solver.addVars(cells, np.zeros(cells), self._most_down)
        starts, columns, values = _rows(system)
        self._solver.addRows(cells, counts, counts, len(columns), starts, columns, values)
        self._prices = np.zeros(2 * cells)
        self.factors = np.ones(cells)
        self._free = np.zeros(cells, dtype=np.bool_)
        self.set_hidden(system.forced)

    def set_hidden(self, hidden: Flags) -> None:
        """Change which cells are held back, and so move for nothing."""
        system, weights = self.system, self.system.weights * self.factors
        up = np.where(hidden, 0.0, weights / system.width)
        down = np.where(hidden, 0.0, weights / np.clip(system.counts, 1, system.width))
        prices = np.concatenate([up, down])
        changed = np.flatnonzero(prices != self._prices)
        if len(changed):
            self._solver.changeColsCost(len(changed), (changed + system.parts).astype(np.int32), prices[changed])
        self._prices = prices
        # A cell that moves for nothing bears on nothing: its row is free, which spares the solver most of its work.
        free = hidden & ~system.barred
        for cell in np.flatnonzero(free != self._free).tolist():
            self._leave(cell, bool(free[cell]))
        self._free = free

    def _leave(self, cell: int, free: bool) -> None:
        own = float(self.system.counts[cell])
        self._solver.changeRowBounds(cell, *((-np.inf, np.inf) if free else (own, own)))

    def cheapest(self, cell: int, count: float) -> Numbers | None:
        """Return [cell]: counts that add up with a cell at another count than its own; None where there are none."""
        own = float(self.system.counts[cell])
        if abs(count - own) < NEAR:
            return self.system.counts.astype(float)
        up, down = self.system.parts + cell, self.system.parts + len(self.system) + cell
        self._solver.changeColBounds(up, 0.0, 0.0)
        self._solver.changeColBounds(down, 0.0, 0.0)
        self._solver.changeRowBounds(cell, count, count)
        found = self._moved()
        self._leave(cell, bool(self._free[cell]))
        self._solver.changeColBounds(up, 0.0, 0.0 if self.system.barred[cell] else np.inf)
        self._solver.changeColBounds(down, 0.0, self._most_down[cell])
        return found

    def _moved(self) -> Numbers | None:
        import highspy  # noqa: PLC0415

        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._solver.clearSolver()
            self._solver.run()
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
        found = np.array(self._solver.getSolution().col_value[: self.system.parts], dtype=float)
        return self.system.sums(np.maximum(found, 0.0))


def _rows(system: System) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Numbers]:
    """Return rows, cell by cell: its parts, less its move up, and its move down, give its count."""
    cells, sizes = len(system), np.diff(system.starts)
    starts = np.concatenate([[0], np.cumsum(sizes + 2)])
    columns = np.empty(int(starts[-1]), dtype=np.int32)
    values = np.ones(len(columns))
    within = np.arange(len(system.members)) + 2 * np.repeat(np.arange(cells), sizes)
    columns[within] = system.members
    columns[starts[1:] - 2] = system.parts + np.arange(cells)
    columns[starts[1:] - 1] = system.parts + cells + np.arange(cells)
    values[starts[1:] - 2] = -1.0
    return starts[:-1].astype(np.int32), columns, values
