"""Points on the map: places with a name, a kind and a few plain facts, never with a number of children."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import isnan

from geodata.areas import OUTSIDE
from geodata.errors import UsageError
from geodata.store import Row, Store
from layers import point_catalog
from layers.basis import records_basis
from layers.registry import modules_of
from layers.sites import open_places


@dataclass(frozen=True)
class Point:
    """One place.

    Attributes
    ----------
    latitude, longitude : float
        Degrees, WGS84.
    name : str
        Of the place.
    kind : str
        A code of its `PointSet.kinds`.
    facts : tuple of str
        Plain lines for a person. No figure stands in them: a place has few children, so a count could name one.
    """

    latitude: float
    longitude: float
    name: str
    kind: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class PointSet:
    """The places of one list.

    Attributes
    ----------
    key, title, plain : str
        `title` is for the legend, `plain` one line on which places these are.
    dataset : str
        The list.
    kinds : tuple of (str, str)
        Code and words, in the order of the legend.
    kind_of : callable
        From a row to its kind; empty for a place that is left out.
    facts_of : callable
        From a row to its facts.
    """

    key: str
    title: str
    plain: str
    dataset: str
    kinds: tuple[tuple[str, str], ...]
    kind_of: Callable[[Row], str]
    facts_of: Callable[[Row], tuple[str, ...]]

    def points(self, store: Store) -> tuple[Point, ...]:
        """Return the places by name that are open at the day of the list, in the county and on the map."""
        if store.part(self.dataset) is None:
            return ()
        _, rows = open_places(store, self.dataset)
        found = (self._point(row) for row in rows if row.get("atom") != OUTSIDE)
        return tuple(sorted((point for point in found if point), key=lambda point: (point.name, point.latitude)))

    def _point(self, row: Row) -> Point | None:
        latitude, longitude, kind = row.get("latitude"), row.get("longitude"), self.kind_of(row)
        if not kind or latitude is None or longitude is None or isnan(latitude) or isnan(longitude):
            return None
        return Point(float(latitude), float(longitude), str(row["name"]), kind, self.facts_of(row))

    def basis(self, store: Store) -> tuple[str, ...]:
        """Return "illustrative" where the places are made up as an example."""
        return records_basis(store, self.dataset)


@cache
def all_point_sets() -> tuple[PointSet, ...]:
    """Return every point set: each module of `layers.point_catalog` has one as its ``POINTS``."""
    return tuple(module.POINTS for module in modules_of(point_catalog))


def find_point_set(key: str) -> PointSet:
    """Return the point set of that key.

    Raises
    ------
    UsageError
        If there is none, with the valid keys.
    """
    for found in all_point_sets():
        if found.key == key:
            return found
    raise UsageError(f"No point set '{key}'. Valid: {', '.join(one.key for one in all_point_sets())}.")
