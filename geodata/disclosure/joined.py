"""Published tables of several releases -> one set of sums over the same unseen parts, with what each figure says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.disclosure.core import Key
from geodata.disclosure.hints import told
from geodata.disclosure.known import Known, Relation
from geodata.disclosure.leaks import from_order, rounded_limits
from geodata.disclosure.published import CONFIDENTIAL, LOW, SYMBOLS, Figure, Published, Table
from geodata.errors import InputError

Leaves = frozenset[str]
Place = tuple[int, Key]
"""Position of a release, and the key of a figure in it."""


@dataclass(frozen=True)
class Joined:
    """All cells that an attacker has.

    Attributes
    ----------
    known : Known
        Sums and limits.
    keys : tuple of Key
        [cell].
    releases : tuple of int
        [cell]: position of its release.
    held_back : tuple of bool
        [cell]: whether a symbol stands for it.
    figures : tuple of Figure
        [cell].
    says : mapping of int to str
        Cell -> what else told of its count, in words.
    """

    known: Known
    keys: tuple[Key, ...]
    releases: tuple[int, ...]
    held_back: tuple[bool, ...]
    figures: tuple[Figure, ...]
    says: Mapping[int, str]


def join(releases: Sequence[Published], snapshots: Sequence[str] | None = None) -> Joined:
    """Return the cells of several releases as sums of the same parts.

    Parameters
    ----------
    releases : sequence of Published
        In any order.
    snapshots : sequence of str, optional
        [release]: releases with the same word here speak of the same children; else all do.

    Raises
    ------
    InputError
        If a table is malformed, or a figure contradicts what stands beside it.
    """
    entries = [
        (at, table, figure)
        for at, one in enumerate(releases)
        for table in one.tables
        for figure in table.figures
        if _checked(table, figure)
    ]
    position: dict[Place, int] = {}
    for number, (at, table, figure) in enumerate(entries):
        if position.setdefault((at, table.key(figure)), number) != number:
            raise InputError(f"'{releases[at].name}' shows {_named(table.key(figure))} twice.")
    parts = _Parts(releases, snapshots or [""] * len(releases))
    members = [parts.of(at, table, figure) for at, table, figure in entries]
    low, high, says = np.zeros(len(entries)), np.full(len(entries), np.inf), {}
    for number, (_, table, figure) in enumerate(entries):
        low[number], high[number] = _limits(table, figure)
        hint = told(figure)
        if hint is not None and (hint.low > low[number] or hint.high < high[number]):
            says[number] = hint.says
            low[number], high[number] = max(low[number], hint.low), min(high[number], hint.high)
        if low[number] > high[number]:
            raise InputError(f"{_named(table.key(figure))} contradicts what stands beside it ({says.get(number, '')}).")
    starts = np.concatenate(([0], np.cumsum([len(one) for one in members]))).astype(np.int64)
    flat = np.concatenate([np.zeros(0, dtype=np.int64), *members]).astype(np.int64)
    relations = _relations(releases, position)
    return Joined(
        Known(starts, flat, parts.count, low, high, relations),
        tuple(table.key(figure) for _, table, figure in entries),
        tuple(at for at, _, _ in entries),
        tuple(bool(figure.symbol) for _, _, figure in entries),
        tuple(figure for _, _, figure in entries),
        says,
    )


def _checked(table: Table, figure: Figure) -> bool:
    """Return whether a figure is a cell: one that cannot or could not be counted is none."""
    if len(figure.at) != len(table.dimensions):
        raise InputError(f"{_named(table.key(figure))} does not have the {len(table.dimensions)} codes of its table.")
    if (figure.value is None) == (not figure.symbol) or (figure.symbol and figure.symbol not in SYMBOLS):
        raise InputError(f"{_named(table.key(figure))} needs a figure or one of the symbols {', '.join(SYMBOLS)}.")
    if figure.value is not None and (figure.value < 0 or figure.value % table.base_of_rounding):
        raise InputError(f"{_named(table.key(figure))} is {figure.value}, no multiple of {table.base_of_rounding}.")
    return not figure.symbol or figure.symbol in (CONFIDENTIAL, LOW)


def _limits(table: Table, figure: Figure) -> tuple[float, float]:
    base = table.base_of_rounding
    if figure.value is None:
        if figure.symbol == LOW:
            return 1.0, float(max(1, table.hidden_to, rounded_limits(0, base)[1]))
        return float(table.zeros_shown), float("inf")
    low, high = rounded_limits(figure.value, base)
    if figure.value == 0:
        return 0.0, 0.0 if high <= table.hidden_to else float(high)
    # What is printed is above what is held back, unless the table breaks its own rule.
    return float(max(low, table.hidden_to + 1) if high > table.hidden_to else max(low, 1)), float(high)


class _Parts:
    """Numbers the finest crossings of what is counted: codes that no figure tells apart are one."""

    def __init__(self, releases: Sequence[Published], snapshots: Sequence[str]) -> None:
        self._releases = releases
        self._snapshots = snapshots
        self._classes: dict[tuple[str, str], dict[str, int]] = {}
        self._dimensions: dict[str, list[str]] = {}
        self._offsets: dict[tuple[str, str], int] = {}
        self.count = 0
        used: dict[tuple[str, str], dict[Leaves, None]] = {}
        for one in releases:
            for table in one.tables:
                names = self._dimensions.setdefault(table.counts, [])
                names.extend(name for name in table.dimensions if name not in names)
                for column, name in enumerate(table.dimensions):
                    sets = used.setdefault((table.counts, name), {})
                    sets.update({leaves_of(one, name, figure.at[column]): None for figure in table.figures})
                    # A table without this dimension is about all that anyone describes, shown here or not.
                    sets[frozenset[str]().union(*one.codes.get(name, {}).values())] = None
        for place, sets in used.items():
            self._classes[place] = _classes(list(sets))

    def of(self, at: int, table: Table, figure: Figure) -> np.ndarray:
        """Return the parts of a figure, rising."""
        names = self._dimensions[table.counts]
        sizes = [1 + max(self._classes[table.counts, name].values()) for name in names]
        chosen = []
        for name, size in zip(names, sizes, strict=True):
            if name not in table.dimensions:
                chosen.append(list(range(size)))
                continue
            leaves = leaves_of(self._releases[at], name, figure.at[table.dimensions.index(name)])
            classes = self._classes[table.counts, name]
            chosen.append(sorted({classes[leaf] for leaf in leaves}))
        grid = np.ix_(*chosen)
        flat = np.ravel_multi_index(np.broadcast_arrays(*grid), sizes) if names else np.zeros(1, dtype=np.int64)
        return np.sort(flat.ravel()) + self._offset(at, table.counts, int(np.prod(sizes)))

    def _offset(self, at: int, counts: str, size: int) -> int:
        place = (counts, self._snapshots[at])
        if place not in self._offsets:
            self._offsets[place] = self.count
            self.count += size
        return self._offsets[place]


def leaves_of(release: Published, dimension: str, code: str) -> Leaves:
    """Return what a code is made of: itself where the release does not say."""
    return release.codes.get(dimension, {}).get(code, frozenset((code,)))


def _classes(sets: Sequence[Leaves]) -> dict[str, int]:
    """Return a number for each leaf, the same for leaves that the same sets hold."""
    held: dict[str, list[int]] = {}
    for number, leaves in enumerate(sets):
        for leaf in leaves:
            held.setdefault(leaf, []).append(number)
    numbers: dict[tuple[int, ...], int] = {}
    return {leaf: numbers.setdefault(tuple(held[leaf]), len(numbers)) for leaf in sorted(held)}


def _relations(releases: Sequence[Published], position: Mapping[Place, int]) -> tuple[Relation, ...]:
    everywhere: dict[Key, int] = {}
    for (_, key), cell in position.items():
        everywhere.setdefault(key, cell)
    found: list[Relation] = []
    for at, one in enumerate(releases):
        for tie in one.ties:
            cells = _positions(tie.keys, at, position, everywhere)
            if len(cells) == len(tie.keys):
                found.append(Relation(cells, tie.factors, tie.low, tie.high, tie.says))
        for order in one.orders:
            found.extend(from_order(_positions(order, at, position, everywhere)))
    return tuple(found)


def _positions(
    keys: Sequence[Key], at: int, position: Mapping[Place, int], everywhere: Mapping[Key, int]
) -> tuple[int, ...]:
    """Return the cells of keys, of the same release first; a key that is nowhere is left out."""
    found = (position.get((at, key), everywhere.get(key)) for key in keys)
    return tuple(cell for cell in found if cell is not None)


def _named(key: Key) -> str:
    return ", ".join(key)
