"""The places of one set, as the map takes them: fetched once, when a person wants to see them."""

from __future__ import annotations

from typing import Any

from callbacks.figures import Figures
from layers.points import find_point_set

DECIMALS = 5
"""Decimal places of a degree: about a metre."""


def place_set(figures: Figures, key: str) -> dict[str, Any]:
    """Return the places of one set, by name.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    key : str
        Of a point set of the registry.

    Returns
    -------
    dict
        ``places`` has latitude and longitude in degrees (WGS84), name, code of the kind and facts in words; ``tags``
        are the words that must stand beside them.

    Raises
    ------
    UsageError
        If there is no such set.
    """
    found = sorted(figures.places(key), key=lambda one: (one.name.casefold(), one.latitude))
    return {
        "key": key,
        "tags": list(find_point_set(key).basis(figures.store)),
        "places": [
            [round(one.latitude, DECIMALS), round(one.longitude, DECIMALS), one.name, one.kind, list(one.facts)]
            for one in found
        ],
    }
