"""A cube of published counts, made from counts of the finest crossings and the groups that are published of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from geodata.disclosure.core import Cube, Flags, Key, Whole
from geodata.errors import InputError

PIECE = "piece"
"""Second coordinate of a cell that nobody publishes: one part by itself."""


@dataclass(frozen=True)
class Group:
    """A set of base values that is published as one.

    Attributes
    ----------
    values : frozenset of str
        Base values; groups of one dimension may overlap in any way.
    weight : float
        What holding back a cell of this group costs, times the weights of its other groups.
    """

    values: frozenset[str]
    weight: float = 1.0


@dataclass(frozen=True)
class Dimension:
    """One way to divide the children.

    Attributes
    ----------
    name : str
        Such as "area", for messages.
    groups : mapping of str to Group
        Published name, such as "ward:amersham" -> what it holds. Every base value with children is in one at least.
    """

    name: str
    groups: Mapping[str, Group]


@dataclass(frozen=True)
class Built:
    """A cube and what it was made of.

    Attributes
    ----------
    cube : Cube
        Cells by key, those of pieces last.
    listed : Flags
        [cell]: whether the cell is to be published; the others are single parts that nobody publishes and that must not
        be worked out.
    """

    cube: Cube
    listed: Flags


def build_cube(
    table: str,
    counts: Mapping[Key, int],
    dimensions: Sequence[Dimension],
    published: Callable[[Key], bool] | None = None,
    pieces: bool = True,
) -> Built:
    """Return the cube of every crossing of published groups.

    Parameters
    ----------
    table : str
        First coordinate of every key.
    counts : mapping of Key to int
        One base value a dimension -> children. A crossing that is missing has none, but could have some: it is a part.
    dimensions : sequence of Dimension
        In the order of the base values.
    published : callable, optional
        Of the names of the groups, one a dimension: whether that cell is published. All are where it is not given.
    pieces : bool
        Whether to add a cell for each part that is not published by itself. Holding these back protects whatever areas
        subtract to: see `geodata.disclosure.suppress`.

    Returns
    -------
    Built
        Parts are the finest crossings, merged where no published cell tells them apart: the crossings of the sets of
        base values that lie in the same groups. The order of records, groups and values makes no difference.

    Raises
    ------
    InputError
        For a count below 0, a crossing with the wrong number of values or one that no group holds, a group without
        values or with a weight of 0.
    """
    _check(counts, dimensions)
    axes = [_axis(dimension) for dimension in dimensions]
    names = sorted(
        cell for cell in product(*(sorted(d.groups) for d in dimensions)) if not published or published(cell)
    )
    cells_of: dict[tuple[int, ...], list[int]] = {}
    for number, cell in enumerate(names):
        for crossing in product(*(axis.within[name] for axis, name in zip(axes, cell, strict=True))):
            cells_of.setdefault(crossing, []).append(number)
    together = sorted({tuple(own) for own in cells_of.values()})
    number_of = {own: part for part, own in enumerate(together)}
    part_of = {crossing: number_of[tuple(own)] for crossing, own in cells_of.items()}
    children = _children(counts, axes, part_of, dimensions)
    members: list[list[int]] = [[] for _ in names]
    for part, own in enumerate(together):
        for number in own:
            members[number].append(part)
    keys: list[Key] = [(table, *cell) for cell in names]
    weights = [prod(d.groups[name].weight for d, name in zip(dimensions, cell, strict=True)) for cell in names]
    if pieces:
        alone = {own[0] for own in members if len(own) == 1}
        extra = [part for part in range(len(together)) if part not in alone]
        members += [[part] for part in extra]
        keys += [(table, PIECE, f"{part:06d}") for part in extra]
        weights += [1.0] * len(extra)
    starts = np.cumsum([0, *map(len, members)])
    cube = Cube(
        tuple(keys),
        np.array([children[own].sum() for own in members], dtype=np.int64),
        starts.astype(np.int64),
        np.array([part for own in members for part in own], dtype=np.int64),
        len(together),
        np.array(weights, dtype=np.float64),
    )
    return Built(cube, np.arange(len(keys)) < len(names))


def join_cubes(cubes: Sequence[Built]) -> Built:
    """Return several cubes as one; they share no part, so that nothing of one tells anything of another.

    Raises
    ------
    InputError
        Where two have a key in common.
    """
    keys = tuple(key for built in cubes for key in built.cube.keys)
    if len(set(keys)) != len(keys):
        raise InputError("Two tables have a cell of the same key; give each table a name of its own.")
    before = np.cumsum([0, *(built.cube.parts for built in cubes)])
    sizes = np.concatenate([np.diff(built.cube.starts) for built in cubes]) if cubes else np.zeros(0, dtype=np.int64)
    cube = Cube(
        keys,
        _joined([built.cube.counts for built in cubes]),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        _joined([built.cube.members + ahead for built, ahead in zip(cubes, before, strict=False)]),
        int(before[-1]),
        np.concatenate([np.zeros(0), *(built.cube.weights for built in cubes)]),
    )
    return Built(cube, np.concatenate([np.zeros(0, dtype=np.bool_), *(built.listed for built in cubes)]))


def _joined(arrays: Sequence[Whole]) -> Whole:
    return np.concatenate([np.zeros(0, dtype=np.int64), *arrays]).astype(np.int64)


def _check(counts: Mapping[Key, int], dimensions: Sequence[Dimension]) -> None:
    for crossing, count in counts.items():
        if len(crossing) != len(dimensions):
            raise InputError(
                f"The crossing {crossing} has {len(crossing)} values; there are {len(dimensions)} dimensions."
            )
        if count < 0 or count != int(count):
            raise InputError("A count is not a whole number of at least 0.")
    for dimension in dimensions:
        for name, group in dimension.groups.items():
            if not group.values:
                raise InputError(f"The group '{name}' of {dimension.name} holds no value.")
            if not group.weight > 0:
                raise InputError(f"The group '{name}' of {dimension.name} has no weight above 0.")


@dataclass(frozen=True)
class _Axis:
    """A dimension by classes: sets of base values that lie in the same groups.

    Attributes
    ----------
    class_of : dict of str to int
        Base value -> its class.
    within : dict of str to list of int
        Group -> the classes that it holds.
    """

    class_of: dict[str, int]
    within: dict[str, list[int]]


def _axis(dimension: Dimension) -> _Axis:
    holding: dict[str, list[str]] = {}
    for name in sorted(dimension.groups):
        for value in dimension.groups[name].values:
            holding.setdefault(value, []).append(name)
    classes = sorted({tuple(names) for names in holding.values()})
    number = {names: place for place, names in enumerate(classes)}
    return _Axis(
        {value: number[tuple(names)] for value, names in holding.items()},
        {name: [place for place, names in enumerate(classes) if name in names] for name in dimension.groups},
    )


def _children(
    counts: Mapping[Key, int],
    axes: Sequence[_Axis],
    part_of: Mapping[tuple[int, ...], int],
    dimensions: Sequence[Dimension],
) -> Whole:
    """Return [part]: children; those in no published cell are in none."""
    found = np.zeros(max(part_of.values(), default=-1) + 1, dtype=np.int64)
    for crossing, count in counts.items():
        for axis, value, dimension in zip(axes, crossing, dimensions, strict=True):
            if count and value not in axis.class_of:
                raise InputError(
                    f"No group of {dimension.name} holds '{value}': the children there would count nowhere."
                )
        part = part_of.get(tuple(axis.class_of.get(value, -1) for axis, value in zip(axes, crossing, strict=True)))
        if part is not None:
            found[part] += count
    return found
