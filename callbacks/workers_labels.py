"""Where the numbers of the workers stand on the map: beside their schools, none on top of another."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin
from typing import NamedTuple

RINGS = (0, 22, 34, 48, 64, 82, 102, 124, 148)
"""Units from the middle of a worker's schools at which a number is tried, from the nearest."""

TURNS = 16
"""Directions that are tried on each ring."""

HEIGHT = 25.0
LETTER = 13.0
EDGE = 8.0
"""Of a number's box, in units: its height, the width of a sign, and what is added at the sides."""


class Placed(NamedTuple):
    """Where a number stands.

    Attributes
    ----------
    x, y : int
        Its middle.
    moved : bool
        Whether it stands off the middle of its schools, so that a line must lead to it.
    """

    x: int
    y: int
    moved: bool


def place_labels(
    middles: Mapping[str, tuple[int, int]], labels: Mapping[str, str], zoom: float = 1.0
) -> Mapping[str, Placed]:
    """Return where each number stands: in the middle where there is room, else as near to it as there is.

    Parameters
    ----------
    middles : mapping of str to (int, int)
        Worker -> the middle of its schools, in units.
    labels : mapping of str to str
        Worker -> what is written.
    zoom : float, optional
        Units that one unit of the whole map is drawn as: below 1 where a part is shown larger.

    Returns
    -------
    mapping of str to Placed
        In the order of the middles. Where every place is taken, the farthest one is used all the same.
    """
    taken: list[tuple[float, float, float, float]] = []
    found = {}
    for key, (x, y) in middles.items():
        width = (EDGE + LETTER * len(labels[key])) * zoom
        spots = [(x, y)] + [
            (x + round(ring * zoom * cos(2 * pi * turn / TURNS)), y + round(ring * zoom * sin(2 * pi * turn / TURNS)))
            for ring in RINGS[1:]
            for turn in range(TURNS)
        ]
        boxes = [(at[0] - width / 2, at[1] - HEIGHT * zoom / 2, width, HEIGHT * zoom) for at in spots]
        best = next((n for n, box in enumerate(boxes) if not any(_meet(box, other) for other in taken)), len(spots) - 1)
        taken.append(boxes[best])
        found[key] = Placed(*spots[best], moved=best > 0)
    return found


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
