"""What the measures of family centres are about: children by small area, centres, and buildings that could be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from geodata.travel import Points

Numbers = npt.NDArray[np.float64]

LIMITS_MINUTES = (10, 20, 30)
"""Journeys that children are counted within."""

FAR_MINUTES = 30
"""Who has no centre within this is far from help."""

YOUNG, SCHOOL_AGE = "low_income_0_4", "ages_5_17"
"""Keys of the two groups that are counted apart; a low income is known of the young ones alone."""


@dataclass(frozen=True)
class Group:
    """Children of one kind.

    Attributes
    ----------
    key, title : str
        Such as `YOUNG`, "Children aged 0 to 4 in low-income families".
    children : Numbers
        [atom].
    basis : str
        "", or what must be said: "synthetic", "modelled", "estimated from IDACI".
    dates : str
        Of what day, in ISO form, or "undated".
    """

    key: str
    title: str
    children: Numbers
    basis: str
    dates: str


@dataclass(frozen=True)
class Centre:
    """A family centre, or a building that could become one.

    Attributes
    ----------
    key, name : str
        Its identifier, or its name where it has none; what people call it.
    kind : str
        "centre", "centre_plus", "building", or "area_of_search" for the middle of a small area.
    days : tuple of str
        Days of the week on which it is open ("mon" ...); of a building those on which it could be.
    easting, northing, longitude, latitude : float or None
        None where it has no place on the map.
    area : str
        Code of the locality, "outside" or "unknown".
    cost : float or None
        Of a building: GBP a year.
    rooms : int or None
        Of a building.
    """

    key: str
    name: str
    kind: str
    days: tuple[str, ...]
    easting: float | None
    northing: float | None
    longitude: float | None
    latitude: float | None
    area: str
    cost: float | None = None
    rooms: int | None = None

    @property
    def placed(self) -> bool:
        """Whether it has a place on the map."""
        return self.easting is not None and self.northing is not None


@dataclass(frozen=True)
class Ground:
    """What there is: of one snapshot.

    Attributes
    ----------
    day : datetime.date
        On which the list of centres counts.
    atoms, areas : tuple of str
        Small areas, and the locality of each.
    area_names : tuple of (str, str)
        Code and name of the localities, in the order in which they are listed everywhere.
    points : Points
        Where the residents of the small areas live.
    groups : tuple of Group
        `YOUNG` (absent where no low income is loaded) and `SCHOOL_AGE`.
    deprivation : tuple of int or None
        Fifth by small area, 1 the most deprived; None where it is not known.
    deprivation_words : str
        What the fifths rest on: the edition of the index, what stands in for it, or why there are none.
    centres : tuple of Centre
        Open ones, by name.
    buildings : tuple of Centre
        That could become one.
    """

    day: date
    atoms: tuple[str, ...]
    areas: tuple[str, ...]
    area_names: tuple[tuple[str, str], ...]
    points: Points
    groups: tuple[Group, ...]
    deprivation: tuple[int | None, ...]
    deprivation_words: str
    centres: tuple[Centre, ...]
    buildings: tuple[Centre, ...]


@dataclass(frozen=True)
class ReachRow:
    """How many children of one group in one area have a centre within each limit.

    Attributes
    ----------
    area, name : str
        The locality, or the county.
    group : str
        Key of the group.
    children : float
        All of them.
    within : tuple of float
        Children within each of `LIMITS_MINUTES`.
    """

    area: str
    name: str
    group: str
    children: float
    within: tuple[float, ...]

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Percent within each limit; None where there is no child."""
        return tuple(100 * one / self.children if self.children else None for one in self.within)


@dataclass(frozen=True)
class Loss:
    """Who no longer, or newly, has a centre within `FAR_MINUTES`: one line of the table for the equality assessment.

    Attributes
    ----------
    area, name : str
        The locality, or the county.
    group : str
        Key of the group.
    fifth : int or None
        Fifth of deprivation; 0 stands for all of them, None for those it is not known of.
    before, after, lost, gained : float
        Children within the limit before and after; those who lose and who gain it.
    """

    area: str
    name: str
    group: str
    fifth: int | None
    before: float
    after: float
    lost: float
    gained: float
