"""Counts that fit everything shown, found quickly: they prove that ranges are wide, never that they are narrow.

An interior-point method without a corner to walk to, near a middle solution, so that many cells move a little instead
of a few moving far. What it gives is checked against every row before it is believed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geodata.disclosure.core import Numbers
from geodata.disclosure.known import CLOSE
from geodata.disclosure.linear import Programme
from geodata.disclosure.system import Row


class Witnesses:
    """A source of solutions of the same rows.

    Parameters
    ----------
    rows : sequence of Row
        What is known; columns are positions in `low` and `high`.
    low, high : Numbers
        [column]: limits.
    room : float
        How far from a middle solution a column may go.
    """

    def __init__(self, rows: Sequence[Row], low: Numbers, high: Numbers, room: float) -> None:
        self._programme = Programme(rows, low, high, interior=True)
        used = [row for row in rows if len(row.columns)]
        none = np.zeros(0)
        self._columns = np.concatenate([none, *(row.columns for row in used)]).astype(np.int64)
        self._factors = np.concatenate([none, *(row.factors for row in used)])
        self._owner = np.repeat(np.arange(len(used)), [len(row.columns) for row in used])
        self._rows = np.array([row.low for row in used]), np.array([row.high for row in used])
        self._limits = low, high
        middle = self.found(np.zeros(len(low)), most=True)
        if len(middle):
            self._programme.limit(np.maximum(low, middle - room), np.minimum(high, middle + room))

    def found(self, objective: Numbers, *, most: bool) -> Numbers:
        """Return [column]: a solution with a large (or small) weighted sum; empty where none was found that fits."""
        point = self._programme.extreme(objective, most=most).point
        if not len(point):
            return point
        sums = np.bincount(self._owner, weights=self._factors * point[self._columns], minlength=len(self._rows[0]))
        fits = (sums >= self._rows[0] - CLOSE).all() and (sums <= self._rows[1] + CLOSE).all()
        inside = (point >= self._limits[0] - CLOSE).all() and (point <= self._limits[1] + CLOSE).all()
        return point if fits and inside else np.zeros(0)
