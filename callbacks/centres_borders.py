"""Borders between small areas that differ in something, from the paths of a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

At = tuple[int, int]
Edge = tuple[At, At]

RING = re.compile(r"M(-?\d+) (-?\d+)l([^z]+)z")
"""One ring as `callbacks.cme_outlines.ring_path` writes it: a start and relative steps."""


def rings(path: str) -> Iterator[tuple[At, ...]]:
    """Return the points of each ring of a path, the first one again at the end."""
    for found in RING.finditer(path):
        x, y = int(found[1]), int(found[2])
        points, steps = [(x, y)], [int(step) for step in found[3].split()]
        for right, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + right, y + down
            points.append((x, y))
        yield (*points, points[0])


def edges(path: str) -> Iterator[Edge]:
    """Return the edges of a path, each with the smaller end first, so that neighbours have the same ones."""
    for points in rings(path):
        yield from ((min(pair), max(pair)) for pair in pairwise(points))


def borders(paths: Mapping[str, str], kinds: Mapping[str, object]) -> str:
    """Return, as a path, the edges between areas of different kinds; those at the outside of all are none.

    Parameters
    ----------
    paths : mapping of str to str
        Area -> its path; neighbours share the points of their common border.
    kinds : mapping of str to object
        Area -> what must be equal for there to be no border; areas without one are left out.
    """
    sides: dict[Edge, list[object]] = {}
    for area, path in paths.items():
        if area in kinds:
            for edge in edges(path):
                sides.setdefault(edge, []).append(kinds[area])
    return joined(edge for edge, found in sides.items() if len(found) == 2 and found[0] != found[1])


def joined(found: Iterable[Edge]) -> str:
    """Return edges as a path, one line for each chain of them: it is shorter, and its corners are whole.

    Parameters
    ----------
    found : iterable of Edge
        Each once.
    """
    ends: dict[At, list[At]] = {}
    for start, end in found:
        ends.setdefault(start, []).append(end)
        ends.setdefault(end, []).append(start)
    lines: list[str] = []
    # A chain that has an end begins there; what is left over are closed ones.
    for first in (*sorted(at for at in ends if len(ends[at]) % 2), *sorted(ends)):
        while ends[first]:
            lines.append(_line(ends, first))
    return "".join(lines)


def _line(ends: dict[At, list[At]], first: At) -> str:
    """Return the line from a point for as long as it goes on, and take its edges away."""
    points = [first]
    while ends[points[-1]]:
        here = points[-1]
        there = ends[here].pop()
        ends[there].remove(here)
        points.append(there)
    steps = [f"{x - left} {y - top}" for (left, top), (x, y) in pairwise(points)]
    return f"M{first[0]} {first[1]}l{' '.join(steps)}"
