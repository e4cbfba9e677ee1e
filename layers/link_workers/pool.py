"""Clusters that a plan may choose from, as arrays: where each begins, and who is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.travel import Numbers

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pool:
    """Sets of items, none empty, in compressed rows.

    Attributes
    ----------
    items : int
        Items are numbered from 0 to it.
    starts : Whole
        [cluster + 1]: where the members of each begin.
    members : Whole
        One cluster after the other, each in rising order.
    """

    items: int
    starts: Whole
    members: Whole

    def __len__(self) -> int:
        """Return the number of clusters."""
        return len(self.starts) - 1

    def __getitem__(self, cluster: int) -> tuple[int, ...]:
        """Return the members of one cluster."""
        return tuple(self.members[self.starts[cluster] : self.starts[cluster + 1]].tolist())

    @property
    def sizes(self) -> Whole:
        """Members of each cluster."""
        return np.diff(self.starts)

    def sums(self, values: Numbers) -> Numbers:
        """Return [cluster]: what its members have of [item], added up."""
        if not len(self):
            return np.zeros(0)
        found: Numbers = np.add.reduceat(values[self.members], self.starts[:-1])
        return found

    def highest(self, values: Numbers) -> Numbers:
        """Return [item]: the highest of [cluster] among the clusters it is in; 0 for an item in none, or below 0."""
        found = np.zeros(self.items)
        np.maximum.at(found, self.members, np.repeat(values, self.sizes))
        return found

    def of_size(self, size: int) -> tuple[Whole, Whole]:
        """Return the numbers of the clusters of a size, and [cluster, member] of them."""
        which = np.flatnonzero(self.sizes == size)
        return which, self.members[self.starts[which][:, None] + np.arange(size)]

    def only(self, keep: npt.NDArray[np.bool_]) -> Pool:
        """Return the clusters that are marked."""
        sizes = self.sizes
        starts = np.concatenate([[0], np.cumsum(sizes[keep])]).astype(np.int64)
        return Pool(self.items, starts, self.members[np.repeat(keep, sizes)])


def pool_of(items: int, clusters: Iterable[Sequence[int]]) -> Pool:
    """Return a pool of clusters that are listed one by one.

    Raises
    ------
    ValueError
        For a cluster that is empty, has a member twice, or one that is not an item.
    """
    rows = [sorted(one) for one in clusters]
    if any(not one or len(set(one)) < len(one) or one[0] < 0 or one[-1] >= items for one in rows):
        raise ValueError("A cluster holds each of its items once, and at least one.")
    starts = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    return Pool(items, starts, np.array([item for one in rows for item in one], dtype=np.int64))
