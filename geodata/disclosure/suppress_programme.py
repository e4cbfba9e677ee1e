"""The cheapest set of cells to hold back, as a mixed-integer programme that grows by what an attacker proves.

The method of Fischetti and Salazar-González (2001): a master programme chooses cells; linear programmes attack them;
for each cell that is pinned, the prices of the attack say which of the cells shown pin it, and a row for the master
asks that enough of these be held back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.disclosure.core import Flags, Numbers, Whole
from geodata.disclosure.suppress_attack import Attack, Reached, started, whole_range
from geodata.disclosure.suppress_search import Search
from geodata.disclosure.suppress_system import NEAR, System

CLEAR = 1e-4
"""By how much, of its right-hand side, a row has to be broken to be added for shares of cells."""


@dataclass(frozen=True)
class Effort:
    """How long to look. Counted in steps, not seconds, so that the same input gives the same result on any machine.

    Attributes
    ----------
    exact_cells, varied_cells : int
        A system of no more cells is solved by the programme, or by the search with variations; a greater one by one
        search.
    share_rounds, rounds : int
        Masters solved, of shares of cells and of whole ones.
    nodes : int
        Of the tree of a master.
    runs : int
        Linear programmes by which the search tries to show cells again, per system.
    variations : int
        In a row without success, before the search gives up.
    """

    exact_cells: int = 150
    varied_cells: int = 400
    share_rounds: int = 150
    rounds: int = 20
    nodes: int = 500
    runs: int = 100
    variations: int = 10


@dataclass(frozen=True)
class _Row:
    """At least: sum of room of cells >= need of the cell (where that is held back)."""

    cells: Whole
    room: Numbers
    cell: int
    need: float

    def short(self, shares: Numbers) -> float:
        """Return by how much the shares break it, of its need."""
        missing = self.need * shares[self.cell] - float(self.room @ shares[self.cells])
        return float(missing / self.need)


class Programme:
    """The programme of one system.

    Parameters
    ----------
    system : System
        Its cells; with all that are not barred held back, each of these is protected.
    effort : Effort
        How long to look.
    """

    def __init__(self, system: System, effort: Effort) -> None:
        self.system = system
        self.effort = effort
        self._attack = Attack(system, system.forced)
        self._master = _Master(system, effort)

    def improved(self, best: Flags, search: Search) -> tuple[Flags, float]:
        """Return the cheapest set found, at first the one given, and a bound: no set that protects costs less."""
        self._round_shares()
        bound = 0.0
        for _ in range(self.effort.rounds):
            found = self._master.solve(best)
            bound = max(bound, found.bound)
            if bound > search.cost(best) - NEAR or found.shares is None:
                return best, min(bound, search.cost(best))
            hidden = found.shares > 0.5
            rows = self._broken(hidden.astype(float))
            if not rows:
                return hidden, (min(bound, search.cost(hidden)) if not found.proven else search.cost(hidden))
            self._master.add(rows)
            other, evidence = search.repaired(self._filled(hidden, rows))
            other, _ = search.trimmed(other, evidence, self.effort.runs)
            if search.cost(other) < search.cost(best) - NEAR:
                best = other
        return best, bound

    def _filled(self, hidden: Flags, rows: list[_Row]) -> Flags:
        """Hold back, of each row that is broken, the cell that mends most of it, and add the rows that are broken then.

        A master takes seconds and a row milliseconds, so each master should give many.
        """
        while rows:
            hidden = hidden.copy()
            for row in rows:
                if row.cells.size and row.short(hidden.astype(float)) > CLEAR:
                    open_cells = ~hidden[row.cells]
                    worth = np.where(open_cells, row.room / self.system.weights[row.cells], -1.0)
                    hidden[row.cells[int(np.argmax(worth))]] = True
            rows = self._broken(hidden.astype(float))
            self._master.add(rows)
        return hidden

    def _round_shares(self) -> None:
        """Add rows for a master that may hold back shares of cells, as long as there are any: it is quick to solve."""
        for _ in range(self.effort.share_rounds):
            shares = self._master.relaxed()
            rows = self._broken(shares)
            if not rows:
                return
            self._master.add(rows)

    def _broken(self, shares: Numbers) -> list[_Row]:
        """Return rows that are broken: for each cell held back, in part or whole, that is pinned."""
        system = self.system
        self._attack.set_play(shares)
        rows = []
        for cell in np.flatnonzero((shares > NEAR) & ~system.barred).tolist():
            count = float(system.counts[cell])
            far = float(max(0.0, count - system.width))
            low = self._attack.end(cell, 1, far)
            if far > 0 and low.counts[cell] <= far + NEAR:
                continue
            enough = float(np.ceil(low.counts[cell] - NEAR)) + system.width
            high = self._attack.end(cell, -1, enough)
            if high.counts[cell] >= enough - NEAR:
                continue
            row = self._row(cell, low, high)
            if row is not None and row.short(shares) > CLEAR:
                rows.append(row)
        return rows

    def _row(self, cell: int, low: Reached, high: Reached) -> _Row | None:
        """Return what the prices of both ends prove: the range is no wider than what the cells shown leave it.

        With prices p of the least and q of the greatest count, p and q times the counts bound the range; a cell that is
        held back with a price above 0 adds without limit, and one with a price below 0 at most its count, times the
        price.
        """
        system = self.system
        counts = system.counts.astype(float)
        # A cell that can be nobody needs no prices for that.
        prices = [np.zeros(len(system)) if low.counts[cell] <= NEAR else low.prices, high.prices]
        prices = [np.where((np.abs(price) < NEAR) | (np.arange(len(system)) == cell), 0.0, price) for price in prices]
        ends = float(prices[1] @ counts) - counts[cell], float(prices[0] @ counts) + counts[cell]
        need = system.width - sum(ends)
        room = np.zeros(len(system))
        for price in prices:
            room += np.where(price > 0, np.inf, np.where(price < 0, -price * counts, 0.0))
        used = (prices[0] != 0) | (prices[1] != 0)
        if need <= NEAR:
            # Pinned for whole counts only: one of the cells that pin it has to go.
            if whole_range(np.array([counts[cell] - ends[1]]), np.array([counts[cell] + ends[0]]))[0] >= system.width:
                return None
            need, room = 1.0, used.astype(float)
        room = np.where(system.barred, 0.0, np.minimum(room, need))
        cells = np.flatnonzero(room > 0)
        return _Row(cells, room[cells], cell, need)


@dataclass(frozen=True)
class _Found:
    shares: Numbers | None
    bound: float
    proven: bool


class _Master:
    """Choose cells: least weight, under the rows so far."""

    def __init__(self, system: System, effort: Effort) -> None:
        self._system = system
        self._rows: list[_Row] = []
        cells = len(system)
        low, high = np.where(system.forced, 1.0, 0.0), np.where(system.barred & ~system.forced, 0.0, 1.0)
        costs = np.where(system.forced, 0.0, system.weights)
        self._linear, self._whole = started(), started()
        for solver in (self._linear, self._whole):
            solver.addVars(cells, low, high)
            solver.changeColsCost(cells, np.arange(cells, dtype=np.int32), costs)
        self._whole.changeColsIntegrality(cells, np.arange(cells, dtype=np.int32), _integers(cells))
        for option, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", NEAR), ("mip_max_nodes", effort.nodes)):
            self._whole.setOptionValue(option, value)

    def add(self, rows: list[_Row]) -> None:
        """Add rows, each scaled to a need of 1."""
        for row in rows:
            cells = np.append(row.cells, row.cell).astype(np.int32)
            values = np.append(row.room / row.need, -1.0)
            for solver in (self._linear, self._whole):
                solver.addRow(0.0, np.inf, len(cells), cells, values)

    def relaxed(self) -> Numbers:
        """Return the cheapest shares of cells."""
        self._linear.run()
        shares: Numbers = np.clip(np.array(self._linear.getSolution().col_value, dtype=float), 0.0, 1.0)
        return shares

    def solve(self, start: Flags) -> _Found:
        """Return the cheapest whole cells, with a set that fits all rows to start from."""
        import highspy  # noqa: PLC0415

        cells = len(self._system)
        self._whole.setSolution(cells, np.arange(cells, dtype=np.int32), start.astype(float))
        self._whole.run()
        info = self._whole.getInfo()
        proven = self._whole.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return _Found(None, float(info.mip_dual_bound), False)
        return _Found(np.round(np.array(self._whole.getSolution().col_value)), float(info.mip_dual_bound), proven)


def _integers(cells: int) -> Any:
    import highspy  # noqa: PLC0415

    return np.array([highspy.HighsVarType.kInteger] * cells)
