"""What an attacker can work out of each cell: the least and greatest count that fits everything that is known.

The range of a cell is found by two linear programmes over its parts: the attacker's problem of Fischetti and Salazar
(2001, Management Science 47, 1008-1027). Most cells need none: limits pass from sum to sum first, and every solution
found for one cell is a witness for all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from geodata.disclosure.core import Bounds, Flags, Numbers, Whole
from geodata.disclosure.known import CLOSE, Known, whole_high, whole_low
from geodata.disclosure.linear import Programme, pieces
from geodata.disclosure.propagation import propagate
from geodata.disclosure.system import Row, system_of
from geodata.disclosure.witness import Witnesses

WHOLE_UP_TO = 200
"""Columns of a piece that is searched for whole numbers when asked; beyond, the looser limits stand."""

QUICK_FROM = 300
"""Columns of a piece from which solutions inside are sought first; smaller ones are solved sooner than that."""

DIRECTIONS = 24
"""Sums of many cells that are pushed up or down at once before cells are taken one by one."""


def bound(
    known: Known, targets: Sequence[int] | None = None, *, width: float | None = None, integer: bool = False
) -> Bounds:
    """Return the range of each cell.

    Parameters
    ----------
    known : Known
        What the attacker knows.
    targets : sequence of int, optional
        Cells to bound; else all. The others keep the limits that they set by themselves.
    width : float, optional
        Where given, a cell that is proven to have a range at least this wide is not pursued: its limits are then true
        but may be too loose. Every narrower range is found in full. Much faster.
    integer : bool, optional
        Parts are whole numbers, so the true range can be narrower than the linear programme's. Where this is asked
        for, pieces of up to `WHOLE_UP_TO` columns are searched for whole numbers. Otherwise limits are only rounded
        inwards.

    Returns
    -------
    Bounds
        [cell]; infinite above where nothing limits a cell.

    Raises
    ------
    InputError
        If no counts fit everything together.
    """
    wanted = list(range(len(known))) if targets is None else [int(cell) for cell in targets]
    system = system_of(known, wanted)
    low, high = propagate(system.width, system.rows)
    ends = Bounds(known.low.copy(), known.high.copy())
    moving = low < high
    ranges: dict[int, _Range] = {}
    for cell, row in system.targets.items():
        ranges[cell] = _Range(row, moving, low, high)
    _narrow_by_rows(list(ranges.values()), [row for row in system.rows if row.relation < 0], low, high)
    groups = [*system.rows, *system.targets.values()]
    piece, count = pieces(system.width, groups, moving)
    for one in _gathered(piece, count, system.rows, list(ranges.values())):
        one.settle(low, high, width, integer and len(one.columns) <= WHOLE_UP_TO)
    for cell, found in ranges.items():
        # A cell that is shown by itself keeps what it says: its reduced form may be looser.
        ends.low[cell] = max(ends.low[cell], whole_low(found.low + found.base))
        ends.high[cell] = min(ends.high[cell], whole_high(found.high + found.base))
    return ends


class _Range:
    """Of one cell, less its fixed part: limits known from outside, and values seen in solutions."""

    def __init__(self, row: Row, moving: Flags, low: Numbers, high: Numbers) -> None:
        fixed = row.columns[~moving[row.columns]]
        self.base = row.taken + float(low[fixed].sum())
        self.columns = row.columns[moving[row.columns]]
        self.low, self.high = float(low[self.columns].sum()), float(high[self.columns].sum())
        self.least, self.most = np.inf, -np.inf

    def see(self, value: float) -> None:
        self.least, self.most = min(self.least, value), max(self.most, value)

    def done(self, width: float | None, *, most: bool | None = None) -> bool:
        """Whether an end (or both, or the width that is asked for) needs no more work."""
        if width is not None and whole_high(self.most) - whole_low(self.least) >= width:
            return True
        top, bottom = self.most >= self.high - CLOSE, self.least <= self.low + CLOSE
        return (top and bottom) if most is None else (top if most else bottom)


def _narrow_by_rows(ranges: Sequence[_Range], rows: Sequence[Row], low: Numbers, high: Numbers) -> None:
    """Narrow ranges by single rows: one that contains the cell, or that lies within it."""
    holders: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        for column in row.columns[low[row.columns] < high[row.columns]].tolist():
            holders.setdefault(column, []).append(at)
    sizes = np.array([(low[row.columns] < high[row.columns]).sum() for row in rows], dtype=np.int64)
    least = [float(low[row.columns].sum()) for row in rows]
    for one in ranges:
        touching = [at for column in one.columns.tolist() for at in holders.get(column, ())]
        if not touching:
            continue
        own = one.low
        found, shared = np.unique(touching, return_counts=True)
        for at in found[shared == len(one.columns)].tolist():
            # No more than the row less the least of what else is in it.
            one.high = min(one.high, rows[at].high - (least[at] - own))
        for at in found[shared == sizes[found]].tolist():
            # No less than the row and the least of what is outside it.
            one.low = max(one.low, rows[at].low + own - least[at])


@dataclass
class _Piece:
    """Columns that hang together, the rows over them and the ranges to find."""

    columns: Whole
    rows: list[Row] = field(default_factory=list)
    ranges: list[_Range] = field(default_factory=list)

    def settle(self, low: Numbers, high: Numbers, width: float | None, whole: bool) -> None:
        """Find the ranges that are not known yet."""
        position = {column: at for at, column in enumerate(self.columns.tolist())}
        rows = [_moved(row, position, low, high) for row in self.rows]
        limits = low[self.columns], high[self.columns]
        places = [np.array([position[c] for c in one.columns.tolist()], dtype=np.int64) for one in self.ranges]
        endless = np.isinf(high)
        if all(row.relation < 0 for row in rows):
            for one in self.ranges:
                # No sum that contains such a part has an upper limit, so nothing holds it.
                one.most = np.inf if endless[one.columns].any() else one.most
        attack = _Attack(Programme(rows, *limits), self.ranges, places)
        if width is not None and len(self.columns) > QUICK_FROM:
            attack.quick = Witnesses(rows, *limits, width + 1)
        attack.run(width)
        if whole:
            # Whole numbers narrow what the linear programme has left.
            for one in self.ranges:
                one.least, one.most = np.inf, max(-np.inf, one.most if np.isinf(one.most) else -np.inf)
            _Attack(Programme(rows, *limits, whole=True), self.ranges, places).one_by_one(width)


class _Attack:
    quick: Witnesses | None = None

    def __init__(self, programme: Programme, ranges: Sequence[_Range], places: Sequence[Whole]) -> None:
        self.programme, self.ranges, self.places = programme, ranges, places
        self.flat = np.concatenate([np.zeros(0, dtype=np.int64), *places])
        self.owner = np.repeat(np.arange(len(places)), [len(place) for place in places])

    def run(self, width: float | None) -> None:
        # The first answer also says whether anything fits at all.
        self._see(self.programme.extreme(np.zeros(self.programme.columns), most=False).point)
        self._together(width)
        self.one_by_one(width)

    def _objective(self, weights: dict[int, float]) -> Numbers:
        objective = np.zeros(self.programme.columns)
        for at, weight in weights.items():
            objective[self.places[at]] += weight
        return objective

    def _together(self, width: float | None) -> None:
        """Push many cells at once: each solution shows something of all of them."""
        chance = np.random.default_rng(7)
        before = 0
        for turn in range(DIRECTIONS):
            todo = [at for at, one in enumerate(self.ranges) if not one.done(width) and np.isfinite(one.high)]
            if len(todo) < 2 or (turn and len(todo) > 0.95 * before):
                return
            before = len(todo)
            # Some up and others down, then the other way round: both ends of many in two answers.
            signs = chance.choice((-1.0, 1.0), len(todo))
            weights = {at: float(sign) / len(self.places[at]) for at, sign in zip(todo, signs, strict=True)}
            for most in (True, False):
                if self.quick is None:
                    self._see(self.programme.extreme(self._objective(weights), most=most).point)
                else:
                    self._see(self.quick.found(self._objective(weights), most=most))

    def one_by_one(self, width: float | None) -> None:
        for at, one in enumerate(self.ranges):
            for most in (True, False):
                if one.done(width, most=most):
                    continue
                found = self.programme.extreme(self._objective({at: 1.0}), most=most)
                if most:
                    one.high = min(one.high, whole_high(found.value))
                else:
                    one.low = max(one.low, whole_low(found.value))
                if np.isinf(found.value):
                    one.see(found.value)
                self._see(found.point)

    def _see(self, point: Numbers) -> None:
        if len(point):
            sums = np.bincount(self.owner, weights=point[self.flat], minlength=len(self.ranges)).tolist()
            for one, value in zip(self.ranges, sums, strict=True):
                one.see(value)


def _gathered(piece: Whole, count: int, rows: Sequence[Row], ranges: Sequence[_Range]) -> list[_Piece]:
    order = np.argsort(piece, kind="stable")
    edges = np.searchsorted(piece[order], np.arange(count + 1))
    found = [_Piece(np.sort(order[edges[at] : edges[at + 1]])) for at in range(count)]
    for row in rows:
        free = piece[row.columns]
        if (free >= 0).any():
            found[int(free.max())].rows.append(row)
    for one in ranges:
        if len(one.columns):
            found[int(piece[one.columns[0]])].ranges.append(one)
    return found


def _moved(row: Row, position: dict[int, int], low: Numbers, high: Numbers) -> Row:
    """Return a row over the columns of its piece: the others cannot move and go into the limits."""
    free = low[row.columns] < high[row.columns]
    fixed = float((row.factors[~free] * low[row.columns[~free]]).sum())
    columns = np.array([position[column] for column in row.columns[free].tolist()], dtype=np.int64)
    return Row(columns, row.factors[free], row.low - fixed, row.high - fixed, row.cells, row.relation)
