"""Which schools lie side by side: the edges of the Delaunay triangulation."""

from __future__ import annotations

import numpy as np

from geodata.travel import Numbers
from layers.link_workers.pool import Whole


def neighbours(easting: Numbers, northing: Numbers, limit_km: float = np.inf) -> Whole:
    """Return the pairs of points that lie side by side.

    Points of one place are neighbours of each other and share all neighbours of the place. The edges of a least
    spanning tree are always there, so that all points hang together; they are edges of the triangulation wherever it
    exists (F. P. Preparata and M. I. Shamos, "Computational geometry", 1985, section 6.1), and all there is for points
    on one line.

    Parameters
    ----------
    easting, northing : Numbers
        [point]: British National Grid, metres; finite.
    limit_km : float, optional
        Longer edges are left out where the points hang together without them.

    Returns
    -------
    Whole
        [pair, 2]: numbers of the points, the lower first, in rising order.
    """
    places, of = np.unique(np.column_stack([easting, northing]), axis=0, return_inverse=True)
    of = of.reshape(-1)
    km = np.hypot(*(places[:, None, :] - places[None, :, :]).transpose(2, 0, 1)) / 1000
    edges = {(a, b) for a, b in _triangulated(places) if km[a, b] <= limit_km} | set(_tree(km))
    members = [np.flatnonzero(of == place).tolist() for place in range(len(places))]
    pairs = {(a, b) for here in members for a in here for b in here if a < b}
    pairs |= {(min(a, b), max(a, b)) for one, other in edges for a in members[one] for b in members[other]}
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def _triangulated(places: Numbers) -> list[tuple[int, int]]:
    import shapely  # noqa: PLC0415 - only where clusters are made

    if len(places) < 3:
        return []
    number = {tuple(place): at for at, place in enumerate(places.tolist())}
    edges = shapely.delaunay_triangles(shapely.MultiPoint(places), only_edges=True)
    ends = shapely.get_coordinates(shapely.get_parts(edges)).reshape(-1, 2, 2).tolist()
    found = [(number[tuple(one)], number[tuple(other)]) for one, other in ends]
    return [(min(pair), max(pair)) for pair in found]


def _tree(km: Numbers) -> list[tuple[int, int]]:
    """Return a least spanning tree (R. C. Prim, "Shortest connection networks and some generalizations", 1957)."""
    count = len(km)
    if not count:
        return []
    nearest, reached = km[0].copy(), np.zeros(count, dtype=bool)
    parent = np.zeros(count, dtype=np.int64)
    reached[0] = True
    found = []
    for _ in range(count - 1):
        new = int(np.where(reached, np.inf, nearest).argmin())
        old = int(parent[new])
        found.append((min(old, new), max(old, new)))
        reached[new] = True
        closer = km[new] < nearest
        nearest, parent = np.where(closer, km[new], nearest), np.where(closer, new, parent)
    return found
