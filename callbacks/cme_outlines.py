"""The prepared shapes as paths of an SVG: for a map that is part of a page and of its print."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, radians
from pathlib import Path

import brotli

from geodata.geometry_index import DRAWING, drawing_of
from geodata.store import Store

WIDTH = 1000
"""Units from the western to the eastern end: about 45 metres each in a county of 45 km."""

MARGIN = 12
"""Units left free on every side, so that an outline is drawn whole."""

KEPT_SCHEMES = 32
"""Schemes whose paths are kept in memory, of some 30 kB each."""

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Outline:
    """One area.

    Attributes
    ----------
    code, name : str
        The area.
    path : str
        The ``d`` of its path.
    x, y : int
        Where its label stands: the centre of the largest circle within it, in units.
    """

    code: str
    name: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Sheet:
    """From degrees to the units of a drawing: equirectangular, true to scale at the middle latitude.

    Over a county of 70 km the scale is off by less than one per cent at its northern and southern end.

    Attributes
    ----------
    south, west, north, east : float
        Corners of the county, degrees.
    """

    south: float
    west: float
    north: float
    east: float

    @property
    def _units(self) -> float:
        return (WIDTH - 2 * MARGIN) / ((self.east - self.west) * self._narrowing)

    @property
    def _narrowing(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def height(self) -> int:
        """Units from the northern to the southern end, margins included."""
        return round((self.north - self.south) * self._units) + 2 * MARGIN

    def at(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Return the whole units of a place, from the top left corner."""
        x = (longitude - self.west) * self._narrowing * self._units
        y = (self.north - latitude) * self._units
        return round(x) + MARGIN, round(y) + MARGIN


def ring_path(points: Iterable[tuple[int, int]]) -> str:
    """Return a closed ring as a path: a start and relative steps; points that fall together are drawn once.

    A ring that shrinks to fewer than three points is not drawn. Shared borders stay shared, as every area rounds the
    same points in the same way.
    """
    kept: list[tuple[int, int]] = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    if len(kept) < 3:
        return ""
    steps = [f"{x - left} {y - top}" for (left, top), (x, y) in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z"


@lru_cache(KEPT_SCHEMES)
def read_outlines(path: Path, sheet: Sheet) -> tuple[Outline, ...]:
    """Return the areas of a prepared shapes file; its name carries the hash of its content, so it never changes.

    Parameters
    ----------
    path : pathlib.Path
        A compressed GeoJSON file of `geodata.drawing`.
    sheet : Sheet
        Where it is drawn.
    """
    found = []
    for feature in json.loads(brotli.decompress(path.read_bytes()))["features"]:
        about, shape = feature["properties"], feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        drawn = "".join(_ring(ring, sheet) for polygon in polygons for ring in polygon)
        latitude, longitude = about["at"]
        found.append(Outline(about["code"], about["name"], drawn, *sheet.at(longitude, latitude)))
    return tuple(found)


def _ring(ring: Ring, sheet: Sheet) -> str:
    return ring_path(sheet.at(place[0], place[1]) for place in ring)


def outlines(store: Store, scheme: str) -> tuple[Sheet, tuple[Outline, ...]]:
    """Return the areas of a scheme as they are drawn, in the order of the scheme, and the sheet they are drawn on.

    Raises
    ------
    NoSnapshotError
        If the shapes of the store's areas were not prepared.
    """
    root = store.snapshot.root
    drawing = drawing_of(root, store.profile.version)
    (south, west), (north, east) = drawing.bounds
    sheet = Sheet(south, west, north, east)
    return sheet, read_outlines(root / DRAWING / drawing.files[scheme], sheet)
