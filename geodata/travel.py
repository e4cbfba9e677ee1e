"""How long it takes from one place to another: on foot, by bus and by car.

One interface, whatever the figures rest on: an origin-destination matrix that was imported where it has the pair, and
an estimate from the straight line elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from geodata.errors import UsageError
from geodata.store import Row, Store
from geodata.travel_estimate import Settlements, estimate, in_town, settlements, straight_m
from geodata.travel_matrix import Measured, measured, site_key
from geodata.travel_settings import TravelSettings, travel_settings

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


ESTIMATED = "estimated: straight line x detour"
OR_ON_FOOT = ", on foot where that is no slower"


def atom_points(store: Store) -> Points:
    """Return where residents of the small areas live, in the order of the atoms: the mean of the live postcodes.

    A small area without a live postcode has the mean of its ended ones, and NaN without any.
    """
    points = _settlements(store, travel_settings(store.profile)).points
    return Points(store.areas.atoms, points[:, 0], points[:, 1])


def _settlements(store: Store, settings: TravelSettings) -> Settlements:
    return settlements(store.profile.directory / "postcodes.parquet", store.areas.atoms, settings.radius_km)


def site_points(dataset: str, rows: Iterable[Row]) -> Points:
    """Return where the places of a list are.

    Parameters
    ----------
    dataset : str
        A key of `geodata.travel_matrix.PLACES`, which says what their keys are.
    rows : iterable of Row
        Staged ones, with easting and northing; a missing one is NaN.
    """
    listed = list(rows)
    return Points(
        tuple(site_key(dataset, row) for row in listed),
        np.array([_coordinate(row.get("easting")) for row in listed], dtype=np.float64),
        np.array([_coordinate(row.get("northing")) for row in listed], dtype=np.float64),
    )


def _coordinate(value: float | None) -> float:
    return np.nan if value is None else float(value)


def travel(store: Store, mode: Mode, origins: Points, destinations: Points) -> Travel:
    """Return the way from each origin to each destination.

    A pair that the imported matrix has is measured, also where it has the way back alone; every other is estimated,
    with the assumptions of the council's ``travel.toml``.

    Parameters
    ----------
    store : Store
        Of the snapshot.
    mode : Mode
        How people travel.
    origins, destinations : Points
        Places with unknown coordinates are infinitely far, unless the matrix has the pair.

    Returns
    -------
    Travel
        One way, [from, to].

    Raises
    ------
    UsageError
        For an unknown mode, with the valid ones.
    ProfileError
        For assumptions that make no sense.
    """
    if mode not in MODES:
        raise UsageError(f"No way of travel '{mode}'. Valid: {', '.join(MODES)}.")
    settings = travel_settings(store.profile)
    lived_in, threshold = _settlements(store, settings), settings.town_postcodes_per_km2
    from_town, to_town = (
        in_town(lived_in, points.easting, points.northing, threshold) for points in (origins, destinations)
    )
    straight = straight_m(
        np.column_stack((origins.easting, origins.northing)),
        np.column_stack((destinations.easting, destinations.northing)),
    )
    km, minutes = estimate(mode, straight, from_town, to_town, settings)
    estimated = ESTIMATED + (OR_ON_FOOT if mode == "bus" else "")
    found = measured(store, mode, origins.keys, destinations.keys)
    if found is None:
        return Travel(km, minutes, np.zeros(km.shape, dtype=np.bool_), mode, estimated)
    has = ~np.isnan(found.minutes)
    words = _words(found, has, np.isfinite(minutes) & ~has, estimated)
    km = np.where(np.isnan(found.km), km, found.km)
    return Travel(km, np.where(has, found.minutes, minutes), has, mode, words)


def _words(found: Measured, has: npt.NDArray[np.bool_], by_line: npt.NDArray[np.bool_], estimated: str) -> str:
    """Return what must stand by figures of which the matrix `has` some and others are `by_line`."""
    count, others = int(has.sum()), int(by_line.sum())
    if not count:
        return estimated
    said = f"measured from {found.source}"
    if others:
        what = estimated.removeprefix("estimated: ")
        said = f"partly estimated ({others:,} of {count + others:,} pairs): {what}; the others {said}"
    turned, no_km = int((found.turned & has).sum()), int((has & np.isnan(found.km)).sum())
    if turned:
        said += f"; {turned:,} of them taken from the way back"
    if no_km:
        said += f"; kilometres of {no_km:,} of them estimated"
    return said
