"""A good set of cells to hold back, step by step: hold back what protects the next cell, then show what can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geodata.disclosure.core import Flags, Numbers, Whole
from geodata.disclosure.suppress_attack import Attack, whole_range
from geodata.disclosure.suppress_movement import Movement
from geodata.disclosure.suppress_system import NEAR, System


class Evidence:
    """Counts that fit all that is shown: each proves how far the cells go that are held back.

    Parameters
    ----------
    system : System
        Its cells.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.worlds: list[Numbers] = []
        self.low = system.counts.astype(float)
        self.high = self.low.copy()

    def add(self, world: Numbers) -> None:
        """Take in counts that fit."""
        self.worlds.append(world)
        self.low, self.high = np.minimum(self.low, world), np.maximum(self.high, world)

    def without(self, cell: int) -> Evidence:
        """Return what is left of it when a cell is shown."""
        left = Evidence(self.system)
        for world in self.worlds:
            if abs(world[cell] - self.system.counts[cell]) < NEAR:
                left.add(world)
        return left

    def unproven(self, hidden: Flags) -> Whole:
        """Return cells that are held back and not proven to be protected."""
        narrow = whole_range(self.low, self.high) < self.system.width
        return np.flatnonzero(hidden & ~self.system.barred & narrow)


class Search:
    """The search in one system.

    Parameters
    ----------
    system : System
        Its cells; with all that are not barred held back, each of these is protected.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self._attack = Attack(system, system.forced)
        self._movement = Movement(system)

    def repaired(self, hidden: Flags) -> tuple[Flags, Evidence]:
        """Return cells to hold back so that all of them are protected, those given among them, and the proof."""
        hidden, evidence = hidden | self.system.forced, Evidence(self.system)
        while True:
            self._attack.set_hidden(hidden)
            self._movement.set_hidden(hidden)
            self._explore(hidden, evidence)
            left = evidence.unproven(hidden)
            if not len(left):
                return hidden, evidence
            before = hidden
            for cell in left.tolist():
                if cell in evidence.unproven(hidden) and not self._proves(cell, evidence):
                    hidden = self._protected(cell, hidden, evidence)
            if (hidden == before).all() and len(evidence.unproven(hidden)):
                raise ArithmeticError("A cell cannot be protected, although the programme says how.")

    def trimmed(self, hidden: Flags, evidence: Evidence, runs: int) -> tuple[Flags, Evidence]:
        """Return the same less cells that need not be held back: dear ones first, and those on which few others rest.

        Parameters
        ----------
        hidden, evidence
            From `repaired`.
        runs : int
            Linear programmes after which it stops.
        """
        system, end = self.system, self._attack.runs + runs
        extra = np.flatnonzero(hidden & ~system.forced).tolist()
        rest = {cell: len(evidence.without(cell).unproven(hidden)) for cell in extra}
        for cell in sorted(extra, key=lambda cell: ((1 + rest[cell]) / system.weights[cell], cell)):
            if self._attack.runs > end:
                break
            fewer = hidden.copy()
            fewer[cell] = False
            left = evidence.without(cell)
            kept = len(left.worlds)
            self._attack.set_hidden(fewer)
            if self._proves_all(fewer, left):
                hidden, evidence = fewer, left
            else:
                for world in left.worlds[kept:]:
                    evidence.add(world)
        return hidden, evidence

    def varied(self, hidden: Flags, rounds: int, runs: int) -> Flags:
        """Return a set that costs no more: forget some of the cells, find others at other prices, keep what is cheaper.

        Parameters
        ----------
        hidden : Flags
            [cell]: a set that protects.
        rounds : int
            How often, in a row without success, before it stops.
        runs : int
            As in `trimmed`.
        """
        # Of its own, with a fixed seed: the same cells give the same result.
        random, failed = np.random.default_rng(len(self.system)), 0
        while failed < rounds:
            extra = hidden & ~self.system.forced
            kept = hidden & ~(extra & (random.random(len(extra)) < random.choice([0.3, 0.6, 1.0])))
            self._movement.factors = np.exp(random.normal(0.0, 0.4, len(extra)))
            found, evidence = self.repaired(kept)
            found, _ = self.trimmed(found, evidence, runs)
            if self.cost(found) < self.cost(hidden) - NEAR:
                hidden, failed = found, 0
            else:
                failed += 1
        self._movement.factors = np.ones(len(self.system))
        return hidden

    def cost(self, hidden: Flags) -> float:
        """Return the weights of the cells that are held back and need not have been by themselves."""
        return float(self.system.weights[hidden & ~self.system.forced].sum())

    def unprovable(self, hidden: Flags) -> Whole:
        """Return cells that are held back and not protected."""
        evidence = Evidence(self.system)
        self._attack.set_hidden(hidden)
        self._explore(hidden, evidence)
        return np.array(
            [cell for cell in evidence.unproven(hidden).tolist() if not self._proves(cell, evidence)], dtype=np.int64
        )

    def _explore(self, hidden: Flags, evidence: Evidence) -> None:
        """Look for counts that prove many cells at once, as long as they do."""
        left = evidence.unproven(hidden)
        while len(left):
            for sign in (-1, 1):
                evidence.add(self._attack.together(left, sign).counts)
            before, left = len(left), evidence.unproven(hidden)
            if len(left) > before - 3:
                return

    def _proves_all(self, hidden: Flags, evidence: Evidence) -> bool:
        left = evidence.unproven(hidden)
        if not len(left):
            return True
        # The one that is hardest to prove says no soonest.
        first = left[int(np.argmin((evidence.high - evidence.low)[left]))]
        if not self._proves(int(first), evidence):
            return False
        self._explore(hidden, evidence)
        for cell in evidence.unproven(hidden).tolist():
            if not _wide(cell, evidence) and not self._proves(cell, evidence):
                return False
        return True

    def _proves(self, cell: int, evidence: Evidence) -> bool:
        """Find out how far a cell goes, as far as it has to."""
        count, width = float(self.system.counts[cell]), self.system.width
        evidence.add(self._attack.end(cell, 1, max(0.0, count - width)).counts)
        if not _wide(cell, evidence):
            enough = float(np.ceil(evidence.low[cell] - NEAR)) + width
            evidence.add(self._attack.end(cell, -1, enough).counts)
        return _wide(cell, evidence)

    def _protected(self, cell: int, hidden: Flags, evidence: Evidence) -> Flags:
        """Return the same with what protects one cell most cheaply."""
        width, count = self.system.width, int(self.system.counts[cell])
        low = int(np.ceil(evidence.low[cell] - NEAR))
        high = int(np.floor(evidence.high[cell] + NEAR))
        lows = sorted({low, max(0, high - width), max(0, count - width)})
        ways = [way for at in lows if (way := self._way(cell, (at, at + width), (low, high))) is not None]
        if not ways:
            ways = [self._far_way(cell)]
        best = min(ways, key=lambda way: self._price(way, hidden))
        for world in best:
            evidence.add(world)
        hidden = hidden | self._moving(best)
        self._attack.set_hidden(hidden)
        self._movement.set_hidden(hidden)
        return hidden

    def _way(self, cell: int, ends: tuple[int, int], reached: tuple[int, int]) -> tuple[Numbers, ...] | None:
        """Return counts with a cell at each end that it does not reach yet."""
        worlds = []
        for end in ends:
            if not reached[0] <= end <= reached[1]:
                world = self._movement.cheapest(cell, float(end))
                if world is None:
                    return None
                worlds.append(world)
        return tuple(worlds)

    def _far_way(self, cell: int) -> tuple[Numbers, ...]:
        """Return counts with a cell as low as it goes with everything held back, and above it by the width."""
        count, width = float(self.system.counts[cell]), self.system.width
        free = Attack(self.system, ~self.system.barred)
        low = free.end(cell, 1, max(0.0, count - width)).counts
        high = free.end(cell, -1, float(np.ceil(low[cell] - NEAR)) + width).counts
        return low, high

    def _moving(self, worlds: Sequence[Numbers]) -> Flags:
        moving = np.zeros(len(self.system), dtype=np.bool_)
        for world in worlds:
            moving |= np.abs(world - self.system.counts) > NEAR
        return moving & ~self.system.barred

    def _price(self, worlds: Sequence[Numbers], hidden: Flags) -> float:
        return float(self.system.weights[self._moving(worlds) & ~hidden].sum())


def _wide(cell: int, evidence: Evidence) -> bool:
    ends = evidence.low[cell : cell + 1], evidence.high[cell : cell + 1]
    return bool(whole_range(*ends)[0] >= evidence.system.width)
