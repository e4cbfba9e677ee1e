"""The usual way to cluster schools, as a yardstick: k-means, then repair until every size is in range.

k-means from ten beginnings by k-means++ (D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful
seeding", 2007), the tightest of them kept, as common libraries do; then schools move one by one, each time the one for
which the squares grow least, out of clusters that are too large, and then into those that are too small.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

BEGINNINGS, ROUNDS = 10, 100


def kmeans_repair(points: Numbers, k: int, least: int, most: int, seed: int = 0) -> list[list[int]]:
    """Return the points of each cluster.

    Parameters
    ----------
    points : Numbers
        [point, 2].
    k : int
        Clusters.
    least, most : int
        Points of each.
    seed : int, optional
        The same gives the same clusters.

    Raises
    ------
    ValueError
        Where so many clusters cannot hold the points.
    """
    if not k * least <= len(points) <= k * most:
        raise ValueError(f"{k} clusters of {least} to {most} cannot hold {len(points)} points.")
    random = np.random.default_rng(seed)
    labels, _ = min((_settled(points, k, random) for _ in range(BEGINNINGS)), key=lambda found: found[1])
    labels = _repaired(points, labels, k, least, most)
    return [np.flatnonzero(labels == at).tolist() for at in range(k)]


def _begun(points: Numbers, k: int, random: np.random.Generator) -> Numbers:
    """Return centres, each new one drawn by its squared distance to those there."""
    centres = points[[random.integers(len(points))]]
    while len(centres) < k:
        far = _squares(points, centres).min(axis=1)
        share = far / far.sum() if far.sum() > 0 else np.full(len(points), 1 / len(points))
        centres = np.concatenate([centres, points[[random.choice(len(points), p=share)]]])
    return centres


def _settled(points: Numbers, k: int, random: np.random.Generator) -> tuple[Labels, float]:
    """Return the label of each point and the sum of squares, when labels no longer change."""
    centres = _begun(points, k, random)
    labels = _squares(points, centres).argmin(axis=1)
    for _ in range(ROUNDS):
        centres = _centres(points, labels, centres)
        new = _squares(points, centres).argmin(axis=1)
        if (new == labels).all():
            break
        labels = new
    return labels, float(_squares(points, centres).min(axis=1).sum())


def _repaired(points: Numbers, labels: Labels, k: int, least: int, most: int) -> Labels:
    labels = labels.copy()
    here = np.arange(len(points))
    while True:
        sizes = np.bincount(labels, minlength=k)
        if sizes.min() >= least and sizes.max() <= most:
            return labels
        squares = _squares(points, _centres(points, labels, np.tile(points.mean(axis=0), (k, 1))))
        grows = squares - squares[here, labels][:, None]
        grows[here, labels] = np.inf
        too_large = sizes.max() > most
        grows[sizes[labels] <= (most if too_large else least)] = np.inf
        grows[:, sizes >= (most if too_large else least)] = np.inf
        point, to = np.unravel_index(int(grows.argmin()), grows.shape)
        labels[point] = to


def _squares(points: Numbers, centres: Numbers) -> Numbers:
    found: Numbers = ((points[:, None] - centres) ** 2).sum(axis=2)
    return found


def _centres(points: Numbers, labels: Labels, otherwise: Numbers) -> Numbers:
    """Return the mean of each cluster; of an empty one what it has otherwise."""
    return np.array(
        [points[labels == at].mean(axis=0) if (labels == at).any() else otherwise[at] for at in range(len(otherwise))]
    )
