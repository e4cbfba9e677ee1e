"""What can be worked out of the cells that are held back, by linear programmes over the parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.disclosure.core import Flags, Numbers, Whole
from geodata.disclosure.suppress_system import NEAR, System
from geodata.errors import InputError


@dataclass(frozen=True)
class Reached:
    """One end of what a cell can be.

    Attributes
    ----------
    counts : Numbers
        [cell]: counts that fit everything shown, with the cell at its end.
    prices : Numbers
        [cell]: with which the counts shown prove that the cell goes no further; 0 for cells held back.
    """

    counts: Numbers
    prices: Numbers


class Attack:
    """The attacker of one system: knows the cells shown, and that parts are at least 0.

    Parameters
    ----------
    system : System
        Its cells.
    hidden : Flags
        [cell]: held back.
    """

    def __init__(self, system: System, hidden: Flags) -> None:
        self.system = system
        self.hidden = hidden & ~system.barred
        self.runs = 0
        self._costs = np.zeros(system.parts)
        counts = system.counts.astype(float)
        self._low, self._high = np.where(self.hidden, -np.inf, counts), np.where(self.hidden, np.inf, counts)
        self._solver = started()
        # From one question to the next costs change: the last answer is feasible, and the primal method goes on.
        self._solver.setOptionValue("simplex_strategy", 4)
        self._solver.addVars(system.parts, np.zeros(system.parts), np.full(system.parts, np.inf))
        self._solver.addRows(
            len(system), self._low, self._high, len(system.members), system.starts[:-1].astype(np.int32),
            system.members.astype(np.int32), np.ones(len(system.members)),
        )  # fmt: skip

    def set_hidden(self, hidden: Flags) -> None:
        """Change which cells are held back."""
        self.hidden = hidden & ~self.system.barred
        counts = self.system.counts.astype(float)
        self._set_bounds(np.where(self.hidden, -np.inf, counts), np.where(self.hidden, np.inf, counts))

    def set_play(self, shares: Numbers) -> None:
        """Let each cell move by a share of the width, [cell]: 0 for one that is shown; one of 1 moves freely."""
        counts, free = self.system.counts.astype(float), (shares > 1 - NEAR) & ~self.system.barred
        room = np.where(self.system.barred, 0.0, shares * self.system.width)
        self._set_bounds(np.where(free, -np.inf, counts - room), np.where(free, np.inf, counts + room))

    def end(self, cell: int, sign: int, limit: float) -> Reached:
        """Return the least (sign 1) or greatest (sign -1) count of a cell, as if it were held back.

        Parameters
        ----------
        cell, sign
            Which.
        limit : float
            How far is far enough.
        """
        before = self._low[cell], self._high[cell]
        self._bound(cell, *((limit, np.inf) if sign > 0 else (-np.inf, limit)))
        own = self.system.members[self.system.starts[cell] : self.system.starts[cell + 1]]
        found = self._solved(own, np.full(len(own), float(sign)))
        self._bound(cell, *before)
        return found

    def together(self, cells: Whole, sign: int) -> Reached:
        """Return counts with several cells held back as low or high as they go together, as far as the width."""
        costs, room = np.zeros(self.system.parts), float(self.system.width)
        for cell in cells.tolist():
            count = float(self.system.counts[cell])
            self._bound(cell, *((max(0.0, count - room), np.inf) if sign > 0 else (-np.inf, count + room)))
            costs[self.system.members[self.system.starts[cell] : self.system.starts[cell + 1]]] += sign
        own = np.flatnonzero(costs)
        found = self._solved(own, costs[own])
        for cell in cells.tolist():
            self._bound(cell, -np.inf, np.inf)
        return found

    def _set_bounds(self, low: Numbers, high: Numbers) -> None:
        for cell in np.flatnonzero((low != self._low) | (high != self._high)).tolist():
            self._bound(cell, low[cell], high[cell])

    def _bound(self, cell: int, low: float, high: float) -> None:
        self._low[cell], self._high[cell] = low, high
        self._solver.changeRowBounds(cell, low, high)

    def _solved(self, parts: Whole, costs: Numbers) -> Reached:
        full = np.zeros(self.system.parts)
        full[parts] = costs
        changed = np.flatnonzero(full != self._costs)
        self._solver.changeColsCost(len(changed), changed.astype(np.int32), full[changed])
        self._costs = full
        run(self._solver)
        self.runs += 1
        found = self._solver.getSolution()
        return Reached(
            self.system.sums(np.maximum(np.array(found.col_value), 0.0)), -np.array(found.row_dual, dtype=float)
        )


def started() -> Any:
    """Return an empty programme of HiGHS."""
    import highspy  # noqa: PLC0415 - only where something is published

    solver = highspy.Highs()
    options: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": 0}
    for option, value in options.items():
        solver.setOptionValue(option, value)
    return solver


def run(solver: Any) -> None:
    """Solve a linear programme that has a solution where the counts are sums of the same parts.

    Raises
    ------
    InputError
        Where it has none.
    """
    import highspy  # noqa: PLC0415

    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return
    # A warm start can lose its way; what is solved from nothing has to be right.
    solver.clearSolver()
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise InputError("The counts do not add up: no children in the parts could give all of them.")


def whole_range(low: Numbers, high: Numbers) -> Whole:
    """Return how wide ranges are for somebody who knows that counts are whole."""
    width: Whole = (np.floor(high + NEAR) - np.ceil(low - NEAR)).astype(np.int64)
    return width
