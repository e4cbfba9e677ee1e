"""Journeys estimated from the straight line: a way made longer, and a time made of it by the ends it has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geodata import engine
from geodata.travel_settings import TravelSettings, Way

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

KEPT = 8
"""Versions of the areas whose settlements are kept in memory."""


@dataclass(frozen=True)
class Settlements:
    """Where people live, and in what kind of settlement.

    Attributes
    ----------
    points : Numbers
        [atom, 2]: easting and northing of the middle of the live postcodes, British National Grid, metres; of the ended
        ones where none is live, NaN where there is none at all.
    per_km2 : Numbers
        [atom]: live postcodes for each square kilometre around it.
    """

    points: Numbers
    per_km2: Numbers


@lru_cache(maxsize=KEPT)
def settlements(postcodes: Path, atoms: tuple[str, ...], radius_km: float) -> Settlements:
    """Return where the residents of small areas live, in the order of the atoms, and how densely.

    Parameters
    ----------
    postcodes : pathlib.Path
        ``postcodes.parquet`` of a pack; a file that never changes.
    atoms : tuple of str
        Codes.
    radius_km : float
        Of the circle in which live postcodes are counted.
    """
    with engine.connect() as connection:
        connection.read_parquet(str(postcodes)).create_view("postcodes")
        rows = connection.execute(
            "SELECT lsoa, coalesce(avg(easting) FILTER (live), avg(easting)), "
            "coalesce(avg(northing) FILTER (live), avg(northing)) FROM postcodes WHERE lsoa IS NOT NULL GROUP BY lsoa"
        ).fetchall()
        live = connection.execute(
            "SELECT easting::DOUBLE AS x, northing::DOUBLE AS y FROM postcodes "
            "WHERE live AND easting IS NOT NULL AND northing IS NOT NULL ORDER BY x"
        ).fetchnumpy()
    known = {str(atom): (float(x), float(y)) for atom, x, y in rows if x is not None and y is not None}
    points = np.array([known.get(atom, (np.nan, np.nan)) for atom in atoms], dtype=np.float64).reshape(-1, 2)
    counts = _within(points, np.asarray(live["x"]), np.asarray(live["y"]), radius_km * 1000)
    found = Settlements(points, counts / (np.pi * radius_km**2))
    for array in (found.points, found.per_km2):
        array.setflags(write=False)  # kept and given to everyone
    return found


def _within(points: Numbers, x: Numbers, y: Numbers, radius_m: float) -> Numbers:
    """Return how many of (x, y), sorted by x, lie within the radius of each point."""
    first = np.searchsorted(x, points[:, 0] - radius_m, "left")
    last = np.searchsorted(x, points[:, 0] + radius_m, "right")
    return np.array(
        [
            np.count_nonzero(np.hypot(x[start:end] - east, y[start:end] - north) <= radius_m)
            for (east, north), start, end in zip(points, first, last, strict=True)
        ],
        dtype=np.float64,
    )


def in_town(found: Settlements, easting: Numbers, northing: Numbers, threshold: float) -> Flags:
    """Return whether each place lies in a town: whether the small area with the nearest middle is dense enough.

    Parameters
    ----------
    found : Settlements
        From `settlements`.
    easting, northing : Numbers
        [place]: metres; where one is NaN, or no small area is known, it is no town.
    threshold : float
        Live postcodes for each square kilometre from which on it is.
    """
    town = np.zeros(len(easting), dtype=np.bool_)
    atoms = np.flatnonzero(np.isfinite(found.points).all(axis=1))
    places = np.flatnonzero(np.isfinite(easting) & np.isfinite(northing))
    if len(atoms) and len(places):
        across = easting[places, None] - found.points[None, atoms, 0]
        along = northing[places, None] - found.points[None, atoms, 1]
        nearest = atoms[np.argmin(across**2 + along**2, axis=1)]
        town[places] = found.per_km2[nearest] >= threshold
    return town


def straight_m(origin: Numbers, destination: Numbers) -> Numbers:
    """Return the straight lines, [from, to], metres, of places [place, 2]; NaN where a place is not known."""
    origin, destination = (np.where(np.isfinite(ends), ends, np.nan) for ends in (origin, destination))
    return np.asarray(
        np.hypot(origin[:, None, 0] - destination[None, :, 0], origin[:, None, 1] - destination[None, :, 1])
    )


def estimate(
    mode: str, straight: Numbers, from_town: Flags, to_town: Flags, settings: TravelSettings
) -> tuple[Numbers, Numbers]:
    r"""Estimate the way and the time.

    .. math::
        k = s \, (d_a + d_b) / 2, \qquad e = \min(k / 2, l), \qquad
        t = \max(w_a, w_b) + 60 \left( e / v_a + e / v_b + (k - 2 e) / v \right)

    with the straight line s, and by the settlement of each end a, b the detour d, the local speed v and the wait w; l
    is the local part of the way and v without an index the speed of the rest. A way of travel with waits is left for
    walking where that is no slower.

    Parameters
    ----------
    mode : str
        A key of `TravelSettings.ways`.
    straight : Numbers
        [from, to]: metres; NaN where a place is not known.
    from_town, to_town : numpy.ndarray of bool
        [from], [to].
    settings : TravelSettings
        The assumptions.

    Returns
    -------
    km, minutes : Numbers
        [from, to]; infinite where the straight line is NaN.
    """
    way = settings.ways[mode]
    km, minutes = _one(way, straight, from_town, to_town)
    if max(way.town.wait_minutes, way.village.wait_minutes) > 0 and mode != "walk":
        on_foot_km, on_foot = _one(settings.ways["walk"], straight, from_town, to_town)
        walks = on_foot <= minutes
        km, minutes = np.where(walks, on_foot_km, km), np.where(walks, on_foot, minutes)
    unknown = np.isnan(straight)
    return np.where(unknown, np.inf, km), np.where(unknown, np.inf, minutes)


def _one(way: Way, straight: Numbers, from_town: Flags, to_town: Flags) -> tuple[Numbers, Numbers]:
    def ends(town: float, village: float) -> tuple[Numbers, Numbers]:
        return np.where(from_town, town, village)[:, None], np.where(to_town, town, village)[None, :]

    detour_a, detour_b = ends(way.town.detour, way.village.detour)
    speed_a, speed_b = ends(way.town.local_kmh, way.village.local_kmh)
    wait_a, wait_b = ends(way.town.wait_minutes, way.village.wait_minutes)
    km = straight / 1000 * ((detour_a + detour_b) / 2)
    local = np.minimum(km / 2, way.local_km)
    rest = km - 2 * local
    minutes = np.maximum(wait_a, wait_b) + local * (60 / speed_a + 60 / speed_b) + rest * (60 / way.between_kmh)
    return km, minutes
