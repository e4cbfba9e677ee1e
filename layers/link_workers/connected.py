"""All sets of neighbouring items that hang together, each once."""

from __future__ import annotations

import numpy as np

from geodata.errors import InputError
from layers.link_workers.pool import Pool, Whole

MOST_SETS = 700_000
"""So many are listed in some seconds; for more the range is too wide."""


def connected_sets(items: int, pairs: Whole, least: int, most: int) -> Pool:
    """List every connected set of a number of items.

    Every connected set of n + 1 items has an item (a leaf of a spanning tree) without which it is a connected set of n:
    sets of n grown by each of their neighbours are all sets of n + 1, and each is kept once.

    Parameters
    ----------
    items : int
        How many there are.
    pairs : Whole
        [pair, 2]: which are neighbours.
    least, most : int
        Items of a set.

    Returns
    -------
    Pool
        By number of items, then in rising order of their members.

    Raises
    ------
    InputError
        For more than `MOST_SETS`, or a range that is empty.
    """
    if not 1 <= least <= most:
        raise InputError(f"From {least} to {most} schools per worker cannot be: give at least 1, and no less than it.")
    near = np.zeros((items, items), dtype=bool)
    near[pairs[:, 0], pairs[:, 1]] = near[pairs[:, 1], pairs[:, 0]] = True
    sets: Whole | None = np.arange(items, dtype=np.int64)[:, None]
    kept: list[Whole] = []
    total = 0
    for size in range(1, most + 1):
        if size > 1 and sets is not None:
            sets = _grown(sets, near)
        total += len(sets) if size >= least and sets is not None else 0
        if sets is None or max(total, len(sets)) > MOST_SETS:
            raise InputError(
                f"Schools that lie side by side make more than {MOST_SETS:,} clusters of up to {size} schools: give a "
                f"narrower range than {least} to {most} schools per worker."
            )
        if size >= least:
            kept.append(sets)
    sizes = np.concatenate([np.full(len(one), one.shape[1]) for one in kept])
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Pool(items, starts, np.concatenate([one.ravel() for one in kept]))


def _grown(sets: Whole, near: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Whole | None:
    """Return each set with each of its neighbours, once; None where they are sure to be too many."""
    reach = near[sets[:, 0]]
    for at in range(1, sets.shape[1]):
        reach = reach | near[sets[:, at]]
    np.put_along_axis(reach, sets, values=False, axis=1)
    which, new = np.nonzero(reach)
    if len(which) > MOST_SETS * (sets.shape[1] + 1):  # a set of n comes from at most n smaller ones
        return None
    grown = np.sort(np.column_stack([sets[which], new]), axis=1)
    items, size = len(near), grown.shape[1]
    if items**size >= 2**64:
        return np.unique(grown, axis=0)
    # Sets as numbers to the base of the items, in the same order: sorted many times faster.
    powers = np.array([items**power for power in range(size - 1, -1, -1)], dtype=np.uint64)
    _, first = np.unique((grown.astype(np.uint64) * powers).sum(axis=1), return_index=True)
    found: Whole = grown[first]
    return found
