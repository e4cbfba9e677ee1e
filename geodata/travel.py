"""How long it takes from one place to another: on foot, by bus and by car.

One interface, whatever the figures rest on: an origin-destination matrix that was imported where it has the pair, and
an estimate from the straight line elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from geodata.store import Store

Numbers = npt.NDArray[np.float64]
Mode = Literal["walk", "bus", "car"]

MODES: Mapping[Mode, str] = {"walk": "on foot", "bus": "by bus", "car": "by car"}


@dataclass(frozen=True)
class Points:
    """Places between which people travel.

    Attributes
    ----------
    keys : tuple of str
        What an imported matrix calls them: the code of a small area, "urn:110195" for a school, "centre:IFC-01" for a
        family centre, "building:B-01" for a building, "post:LW-01" for the base of a post.
    easting, northing : Numbers
        [place]: British National Grid, metres; NaN where the place is not known.
    """

    keys: tuple[str, ...]
    easting: Numbers
    northing: Numbers


@dataclass(frozen=True)
class Travel:
    """The way from places to places, one way.

    Attributes
    ----------
    km, minutes : Numbers
        [from, to]; infinite where a place is not known.
    measured : numpy.ndarray of bool
        [from, to]: whether the imported matrix has the pair; the others are estimated.
    mode : Mode
        How people travel.
    words : str
        What must stand beside the figures, such as "estimated: straight line x detour".
    """

    km: Numbers
    minutes: Numbers
    measured: npt.NDArray[np.bool_]
    mode: Mode
    words: str


def atom_points(store: Store) -> Points:
    """Return where residents of the small areas live, in the order of the atoms: the mean of the live postcodes."""
    raise NotImplementedError


def travel(store: Store, mode: Mode, origins: Points, destinations: Points) -> Travel:
    """Return the way from each origin to each destination."""
    raise NotImplementedError
