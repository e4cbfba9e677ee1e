"""What each kind of dataset does with its rows: from the text of a file to a frame that can be staged."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geodata.shapes import events, figures, lookup, population, records, sites
from geodata.shapes.base import Arranged, Context, Finished, Shape

__all__ = ["SHAPES", "Arranged", "Context", "Finished", "Shape"]

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "events": events.SHAPE,
        "population": population.SHAPE,
        "sites": sites.SHAPE,
        "records": records.SHAPE,
        "figures": figures.SHAPE,
        "lookup": lookup.SHAPE,
    }
)
"""Shape of a contract -> what to do with its rows."""
