"""Cells of a cube that bear on each other, cut down to what a solver needs.

Cells of the same parts are one cell: both are shown or both are held back. Parts that lie in the same cells are one
part. Cells that share no part, directly or through others, are looked at by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geodata.disclosure.core import Cube, Flags, Numbers, Whole

NEAR = 1e-6
"""Difference between counts that the solver takes for none."""


@dataclass(frozen=True)
class Wish:
    """What is asked of the cells of a cube.

    Attributes
    ----------
    primary : Flags
        [cell]: too small, so held back.
    unlisted : Flags
        [cell]: nobody publishes it; it is held back at no cost, and has to be protected where it is primary.
    known : Flags
        [cell]: others have published it exactly; holding it back protects nothing.
    width : int
        No cell that is held back may be pinned to a narrower range.
    """

    primary: Flags
    unlisted: Flags
    known: Flags
    width: int


@dataclass(frozen=True)
class System:
    """Cells that bear on each other.

    Attributes
    ----------
    cells : tuple of tuple of int
        Cells of the cube that each cell stands for.
    counts : Whole
        [cell].
    starts, members : Whole
        Parts of each cell, as in `Cube`.
    parts : int
        How many.
    weights : Numbers
        [cell]: of all that it stands for.
    forced : Flags
        [cell]: held back from the start.
    barred : Flags
        [cell]: known whatever is held back.
    width : int
        As in `Wish`.
    """

    cells: tuple[tuple[int, ...], ...]
    counts: Whole
    starts: Whole
    members: Whole
    parts: int
    weights: Numbers
    forced: Flags
    barred: Flags
    width: int

    def __len__(self) -> int:
        return len(self.cells)

    def sums(self, parts: Numbers) -> Numbers:
        """Return [cell]: the sum of the parts of each cell."""
        found: Numbers = np.add.reduceat(parts[self.members], self.starts[:-1])
        return found


def systems(cube: Cube, wish: Wish) -> Iterator[System]:
    """Yield the systems of a cube that hold a cell that has to be protected.

    A cell without parts is 0 whatever is shown; it is in no system. Cells stand by key, so that their order in the cube
    makes no difference.
    """
    order = [cell for cell in sorted(range(len(cube)), key=cube.keys.__getitem__) if _bears(cube, wish, cell)]
    alike: dict[bytes, list[int]] = {}
    for cell in order:
        alike.setdefault(cube.of(cell).tobytes(), []).append(cell)
    rows = list(alike.values())
    for group in _components(cube, rows):
        if any(wish.primary[cell] and not wish.known[cell] for number in group for cell in rows[number]):
            yield _system(cube, wish, [rows[number] for number in group])


def _bears(cube: Cube, wish: Wish, cell: int) -> bool:
    return len(cube.of(cell)) > 0 and bool(wish.primary[cell] or wish.known[cell] or not wish.unlisted[cell])


def _components(cube: Cube, rows: list[list[int]]) -> list[list[int]]:
    """Return rows that share parts, directly or through others, in the order of their first."""
    parent = list(range(len(rows)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    first: dict[int, int] = {}
    for number, cells in enumerate(rows):
        for part in cube.of(cells[0]).tolist():
            before = root(first.setdefault(part, number))
            own = root(number)
            parent[max(before, own)] = min(before, own)
    groups: dict[int, list[int]] = {}
    for number in range(len(rows)):
        groups.setdefault(root(number), []).append(number)
    return list(groups.values())


def _system(cube: Cube, wish: Wish, rows: list[list[int]]) -> System:
    holding: dict[int, list[int]] = {}
    for number, cells in enumerate(rows):
        for part in cube.of(cells[0]).tolist():
            holding.setdefault(part, []).append(number)
    kinds = sorted({tuple(own) for own in holding.values()})
    members: list[list[int]] = [[] for _ in rows]
    for part, own in enumerate(kinds):
        for number in own:
            members[number].append(part)
    return System(
        tuple(map(tuple, rows)),
        np.array([cube.counts[cells[0]] for cells in rows], dtype=np.int64),
        np.cumsum([0, *map(len, members)]).astype(np.int64),
        np.array([part for own in members for part in own], dtype=np.int64),
        len(kinds),
        np.array([sum(cube.weights[cell] for cell in cells if not wish.unlisted[cell]) for cells in rows]),
        np.array([any(wish.primary[cell] for cell in cells) for cells in rows]),
        np.array([any(wish.known[cell] for cell in cells) for cells in rows]),
        wish.width,
    )
