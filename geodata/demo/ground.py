"""Where things stand in the demonstration: points of postcodes, localities, modelled children, towns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.crs import BNG, WGS84
from geodata.demo.homes import Integers, Places, Texts
from geodata.geocode import compact
from geodata.profile import Profile

Metres = npt.NDArray[np.float64]

PRIMARY_AGES, SECONDARY_AGES = (5, 10), (11, 15)


@dataclass(frozen=True)
class Towns:
    """The towns of the pack.

    Attributes
    ----------
    names : numpy.ndarray of str
        As on the map.
    easting, northing : numpy.ndarray of float
        British National Grid, metres.
    rank : numpy.ndarray of int
        1 for the largest, 2 for a town with several secondary schools' worth of children around it, 3 for others.
    """

    names: Texts
    easting: Metres
    northing: Metres
    rank: Integers

    def at(self, name: str) -> tuple[float, float]:
        """Return easting and northing of a town, metres."""
        place = self.names.tolist().index(name)
        return float(self.easting[place]), float(self.northing[place])


@dataclass(frozen=True)
class Ground:
    """The county as points.

    Attributes
    ----------
    places : Places
        The live postcodes, those of one atom together.
    easting, northing : numpy.ndarray of float
        Of ``places.inside``, British National Grid, metres.
    atom : numpy.ndarray of int
        Position in ``places.atoms`` of each postcode.
    localities : numpy.ndarray of str
        Locality's code of each atom.
    children, teenagers : numpy.ndarray of float
        Modelled residents of primary and of secondary age of each atom.
    towns : Towns
        All of them.
    """

    places: Places
    easting: Metres
    northing: Metres
    atom: Integers
    localities: Texts
    children: Metres
    teenagers: Metres
    towns: Towns

    def points(self, postcodes: pd.Series) -> tuple[Metres, Metres]:
        """Return easting and northing of postcodes however typed; NaN where one is not of the county."""
        index = pd.Index(compact(pd.Series(self.places.inside, dtype="str")))
        found = index.get_indexer(compact(postcodes.astype("str")))
        inside = found >= 0
        return np.where(inside, self.easting[found], np.nan), np.where(inside, self.northing[found], np.nan)

    def middles(self) -> tuple[Metres, Metres]:
        """Return easting and northing of each atom: the mean of its postcodes."""
        size = np.bincount(self.atom)
        return np.bincount(self.atom, self.easting) / size, np.bincount(self.atom, self.northing) / size

    def nearest(self, easting: float, northing: float, free: npt.NDArray[np.bool_]) -> int:
        """Return the position of the free postcode nearest to a point."""
        metres = np.hypot(self.easting - easting, self.northing - northing)
        return int(np.argmin(np.where(free, metres, np.inf)))

    def nearest_towns(self, easting: Metres, northing: Metres, up_to_rank: int = 3) -> Integers:
        """Return for each point the position of the nearest town of a rank up to `up_to_rank`."""
        metres = np.hypot(easting[:, None] - self.towns.easting, northing[:, None] - self.towns.northing)
        metres[:, self.towns.rank > up_to_rank] = np.inf
        nearest: Integers = metres.argmin(axis=1).astype(np.int64)
        return nearest


def load_ground(profile: Profile, places: Places) -> Ground:
    """Read the points of a council's pack.

    Parameters
    ----------
    profile : Profile
        Its directory holds ``postcodes.parquet``, ``lookup.csv``, ``population.parquet`` and ``towns.csv``.
    places : Places
        From `geodata.demo.homes.load_places` with the same profile.
    """
    columns = ["postcode", "easting", "northing"]
    points = pd.read_parquet(profile.directory / "postcodes.parquet", columns=columns).set_index("postcode")
    inside = points.loc[places.inside].astype("float64")
    lookup = pd.read_csv(profile.directory / "lookup.csv", dtype=str, usecols=["atom", "locality"]).set_index("atom")
    people = pd.read_parquet(profile.directory / "population.parquet")
    return Ground(
        places=places,
        easting=inside["easting"].to_numpy(),
        northing=inside["northing"].to_numpy(),
        atom=np.repeat(np.arange(places.atoms.size), np.diff(places.first)),
        localities=lookup["locality"][places.atoms].to_numpy(dtype=str),
        children=_residents(people, places, PRIMARY_AGES),
        teenagers=_residents(people, places, SECONDARY_AGES),
        towns=_towns(profile),
    )


def _residents(people: pd.DataFrame, places: Places, ages: tuple[int, int]) -> Metres:
    of_age = people[people["age"].between(*ages)]
    persons: Metres = of_age.groupby("atom", observed=True)["persons"].sum()[places.atoms].to_numpy(dtype=float)
    return persons


def _towns(profile: Profile) -> Towns:
    from pyproj import Transformer  # noqa: PLC0415 - slow to import

    table = pd.read_csv(profile.directory / "towns.csv")
    to_metres = Transformer.from_crs(WGS84, BNG, always_xy=True)
    easting, northing = to_metres.transform(table["longitude"].to_numpy(), table["latitude"].to_numpy())
    return Towns(table["name"].to_numpy(dtype=str), easting, northing, table["rank"].to_numpy(dtype=np.int64))
