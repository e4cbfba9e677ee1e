"""The figures that the pages ask for, of the snapshot in force, each computed once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.base import Layer
from layers.classify import breaks
from layers.format import round_half_up
from layers.points import Point, find_point_set
from layers.registry import find_layer, shown_layers
from layers.table import AreaTable, area_table

KEPT_TABLES = 256
"""Tables kept in memory: 319 rows take about 0.1 MB."""

KEPT_ANSWERS = 1024
"""Answers kept in memory, of a few kB each."""

Answer = dict[str, Any]
"""What travels to the browser."""


class Figures:
    """The tables and class limits of one snapshot.

    Parameters
    ----------
    store : geodata.store.Store
        The snapshot's counts.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.table = lru_cache(KEPT_TABLES)(self._table)
        self.limits = lru_cache(None)(self._limits)
        self.answer = lru_cache(KEPT_ANSWERS)(self._answer)
        self.places = lru_cache(None)(self._places)

    def _answer(self, maker: Callable[[Figures, Hashable], Answer], state: Hashable) -> Answer:
        """Return what a maker says of a state; a snapshot never changes, so it is said once."""
        return maker(self, state)

    def _table(self, layer: str, scheme: str, period: str) -> AreaTable:
        return area_table(self.store, find_layer(layer), scheme, period)

    def _limits(self, layer: str, scheme: str, years: bool) -> tuple[float, ...]:
        """Return the class limits, from the newest whole period of one length; they hold for all the others.

        Where figures grow from year to year, limits of all years together would leave the newest map one colour. A
        year is not classed with months.
        """
        found = find_layer(layer)
        if found.info.fixed_limits:
            return found.info.fixed_limits
        if found.info.classes_of:
            return self.limits(found.info.classes_of, scheme, years)
        periods = [one for one in found.periods(self.store) if is_year(one.key) == years and not one.partial]
        rows = found.rows(self.store, scheme, self.store.rows(scheme), periods[-1]) if periods else ()
        # Of the figures as they are shown: a limit between two that read the same would be of no use.
        decimals = found.info.decimals
        shown = (row.value for row in rows if row.value is not None and (row.count != 0 or row.value > 0))
        values = (float(round_half_up(value, decimals)) for value in shown)
        return breaks(values, decimals, classes=len(self.store.areas.names[scheme]))

    def shown(self) -> tuple[Layer, ...]:
        """Return the layers that have something to show."""
        return shown_layers(self.store)

    def _places(self, key: str) -> tuple[Point, ...]:
        return find_point_set(key).points(self.store)


def is_year(period: str) -> bool:
    """Return whether a period's key is that of a committee year."""
    return "/" in period


class CurrentFigures:
    """Gives the figures of the snapshot in force; a new snapshot is seen at the next request.

    Parameters
    ----------
    workspace : geodata.snapshot.Workspace
        Where to look.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._lock = threading.Lock()
        self._figures: Figures | None = None

    def __call__(self) -> Figures:
        """Return the figures, made anew only when the snapshot changed."""
        snapshot = self.workspace.current()
        with self._lock:
            if self._figures is None or self._figures.store.snapshot.id != snapshot.id:
                self._figures = Figures(Store(snapshot))
            return self._figures
