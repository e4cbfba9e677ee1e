"""Travel between homes and settings, estimated: a straight line made longer, and a time made of it. No network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geodata import engine
from geodata.areas import OUTSIDE, UNKNOWN
from geodata.store import Store
from layers.kept import per_store
from layers.sufficiency.core import Means, Places, census_areas
from layers.sufficiency.settings import SufficiencySettings

SCHEME = "locality"
AGES = (0, 25)
"""Residents who stand for the children: where those with plans live is not read for travel."""

KM_PER_MILE = 1.609344
WORDS = "estimated: straight line to road and road to time, from where residents aged 0 to 25 live"

SettingKey = int | str
"""Number of a setting, or its name where it has none; for travel between areas the code of an area."""


@dataclass(frozen=True)
class Homes:
    """Where residents live: one row for each small area and area of the model.

    Attributes
    ----------
    areas : tuple of str
        Codes of the localities, then "unknown" and "outside", which have no row.
    area : numpy.ndarray of int
        Place of the area of each row among them.
    points : Means
        [row, 2]: easting and northing, British National Grid, metres; the mean of the postcodes.
    residents : Means
        [row]: aged 0 to 25.
    """

    areas: tuple[str, ...]
    area: np.typing.NDArray[np.int64]
    points: Means
    residents: Means


@dataclass(frozen=True)
class Journey:
    """The way from the homes of an area to a setting; every figure is estimated.

    Attributes
    ----------
    home : str
        Code of the area.
    setting : int or str
        See `SettingKey`.
    km, minutes : float
        Mean over those who live there, one way.
    over_miles, over_minutes : tuple of float
        Share of them beyond each limit of the settings, in their order.
    """

    home: str
    setting: SettingKey
    km: float
    minutes: float
    over_miles: tuple[float, ...]
    over_minutes: tuple[float, ...]

    @property
    def miles(self) -> float:
        """The mean distance in miles."""
        return self.km / KM_PER_MILE


Journeys = Mapping[tuple[str, SettingKey], Journey]
"""(home, setting) -> journey; pairs of which nothing is known are left out."""


@dataclass(frozen=True)
class Over:
    """Children beyond the limits, estimated.

    Attributes
    ----------
    miles, minutes : mapping of float to float
        Limit -> children beyond it.
    children : float
        All whose journey could be estimated.
    unknown : float
        Those whose home or setting has no place on the map.
    words : str
        What must stand by the figures.
    """

    miles: Mapping[float, float]
    minutes: Mapping[float, float]
    children: float
    unknown: float
    words: str = WORDS


@per_store
def homes(store: Store) -> Homes:
    """Return where residents live: the mean point of the live postcodes of each small area, and who lives there.

    A small area without a live postcode has the mean of its ended ones, and none without any.
    """
    points = _points(store)
    residents = store.residents(AGES, None).persons[store.profile.atom_scheme]
    areas = census_areas(store.areas.codes(SCHEME))
    rows = [
        (areas.index(area), *points[atom], residents.get(atom, 0.0) * share)
        for scheme, atom, area, share in store.areas.long()
        if scheme == SCHEME and atom in points
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return Homes(areas, table[:, 0].astype(np.int64), table[:, 1:3], table[:, 3])


def _points(store: Store) -> dict[str, tuple[float, float]]:
    with engine.connect() as connection:
        connection.read_parquet(str(store.profile.directory / "postcodes.parquet")).create_view("postcodes")
        rows = connection.execute(
            "SELECT lsoa, coalesce(avg(easting) FILTER (live), avg(easting)), "
            "coalesce(avg(northing) FILTER (live), avg(northing)) FROM postcodes WHERE lsoa IS NOT NULL GROUP BY lsoa"
        ).fetchall()
    return {str(atom): (float(easting), float(northing)) for atom, easting, northing in rows if easting is not None}


def setting_key(place: Places) -> SettingKey:
    """Return what a setting is called here: its number, or its name where it has none."""
    return place.setting if place.urn is None else place.urn


def journeys(found: Homes, places: Sequence[Places], settings: SufficiencySettings) -> Journeys:
    r"""Estimate the way from each area to each setting.

    .. math:: \text{km} = d \cdot \text{straight line} / 1000, \qquad \text{minutes} = v \cdot \text{km}

    with the detour d and the minutes v for each kilometre of the settings. Shares are of the residents, small area by
    small area. A setting without coordinates stands in the middle of its area's residents.

    Parameters
    ----------
    found : Homes
        From `homes`.
    places : sequence of Places
        A setting may have several rows.
    settings : SufficiencySettings
        Detour, minutes for each km and the limits.

    Returns
    -------
    Journeys
        By area and setting; without settings outside the county that have no coordinates.
    """
    sites: dict[SettingKey, tuple[float, float]] = {}
    for place in places:
        if (point := _site(found, place)) is not None:
            sites.setdefault(setting_key(place), point)
    result: dict[tuple[str, SettingKey], Journey] = {}
    for key, site in sites.items():
        km = _km(found, site, settings)
        for number, area in enumerate(found.areas):
            here = found.area == number
            if found.residents[here].sum() > 0:
                result[area, key] = _journey(area, key, km[here], found.residents[here], settings)
    return result


def _site(found: Homes, place: Places) -> tuple[float, float] | None:
    if place.easting is not None and place.northing is not None and math.isfinite(place.easting + place.northing):
        return place.easting, place.northing
    return _middle(found, found.areas.index(place.area)) if place.area in found.areas else None


def _km(found: Homes, site: tuple[float, float], settings: SufficiencySettings) -> Means:
    straight = np.hypot(found.points[:, 0] - site[0], found.points[:, 1] - site[1])
    return np.asarray(straight / 1000 * settings.detour)


def _journey(area: str, key: SettingKey, km: Means, weights: Means, settings: SufficiencySettings) -> Journey:
    def share(beyond: np.typing.NDArray[np.bool_]) -> float:
        return float(np.average(beyond, weights=weights))

    mean, minutes = float(np.average(km, weights=weights)), km * settings.minutes_per_km
    return Journey(
        area,
        key,
        mean,
        mean * settings.minutes_per_km,
        tuple(share(km > limit * KM_PER_MILE) for limit in settings.over_miles),
        tuple(share(minutes > limit) for limit in settings.over_minutes),
    )


def area_journeys(found: Homes, places: Sequence[Places], settings: SufficiencySettings) -> Journeys:
    """Estimate the way from each area to the settings of each area: their mean by places in the fullest year.

    An area whose settings have no places counts each of them alike.

    Parameters
    ----------
    found : Homes
        From `homes`.
    places : sequence of Places
        Those that children can be placed in.
    settings : SufficiencySettings
        As `journeys` takes them.
    """
    single = journeys(found, places, settings)
    grouped: dict[tuple[str, SettingKey], list[tuple[Journey, float]]] = {}
    for place in places:
        size = max(place.by_year, default=0.0)
        for home in found.areas:
            if (way := single.get((home, setting_key(place)))) is not None:
                grouped.setdefault((home, place.area), []).append((way, size))
    return {pair: _mean(pair, ways) for pair, ways in grouped.items()}


def _mean(pair: tuple[str, SettingKey], ways: Sequence[tuple[Journey, float]]) -> Journey:
    weights = np.array([size for _, size in ways])
    weights = weights if weights.sum() > 0 else np.ones(len(ways))

    def mean(values: Sequence[float] | Sequence[tuple[float, ...]]) -> Means:
        return np.asarray(np.average(np.array(values), axis=0, weights=weights))

    return Journey(
        *pair,
        float(mean([way.km for way, _ in ways])),
        float(mean([way.minutes for way, _ in ways])),
        tuple(mean([way.over_miles for way, _ in ways]).tolist()),
        tuple(mean([way.over_minutes for way, _ in ways]).tolist()),
    )


def area_distances(found: Homes, places: Sequence[Places], settings: SufficiencySettings) -> Means:
    """Return the distances that the allocation weighs, [area of the home, area of the setting], km by road, estimated.

    Within the county an area without settings counts as if one stood in the middle of its residents. Assumed: a home
    of unknown address lies as far as the county's mean home, a setting without a place on the map as far as the mean of
    the others; where a home or a setting lies outside and nothing says where, the way is as far as the farthest that is
    known.

    Parameters
    ----------
    found : Homes
        From `homes`.
    places : sequence of Places
        All that children can be placed in.
    settings : SufficiencySettings
        Detour.
    """
    count = len(found.areas)
    km = np.full((count, count), np.nan)
    at = {area: number for number, area in enumerate(found.areas)}
    stated = [place for place in places if place.area in at and place.area != UNKNOWN]
    for (home, area), way in area_journeys(found, stated, settings).items():
        km[at[home], at[str(area)]] = way.km
    for number, area in enumerate(found.areas):
        middle = _middle(found, number)
        if area not in (UNKNOWN, OUTSIDE) and middle is not None and np.isnan(km[:, number]).all():
            km[:, number] = _to_middle(found, middle, settings)
    inside = [number for number, area in enumerate(found.areas) if area not in (UNKNOWN, OUTSIDE)]
    people = np.array([found.residents[found.area == number].sum() for number in inside])
    known = km[np.ix_(inside, range(count))]
    rows = ~np.isnan(known).all(axis=1)
    if not rows.any() or not people[rows].sum():
        return np.zeros((count, count))
    farthest = float(np.nanmax(km))
    km[at[UNKNOWN]] = (np.nan_to_num(known[rows], nan=farthest) * people[rows, None]).sum(axis=0) / people[rows].sum()
    km[:, at[UNKNOWN]] = float(np.nanmean(known))
    km[at[OUTSIDE]] = farthest
    return np.asarray(np.nan_to_num(km, nan=farthest))


def _middle(found: Homes, number: int) -> tuple[float, float] | None:
    here = found.area == number
    if not here.any() or not found.residents[here].sum():
        return None
    easting, northing = np.average(found.points[here], axis=0, weights=found.residents[here])
    return float(easting), float(northing)


def _to_middle(found: Homes, middle: tuple[float, float], settings: SufficiencySettings) -> Means:
    km = _km(found, middle, settings)
    people = np.bincount(found.area, found.residents, len(found.areas))
    total = np.bincount(found.area, km * found.residents, len(found.areas))
    return np.asarray(np.where(people > 0, total / np.where(people > 0, people, 1), np.nan))


def children_over(
    children: Mapping[tuple[str, SettingKey], float], ways: Journeys, settings: SufficiencySettings
) -> Over:
    """Count the children beyond each limit, estimated from where residents of their area live.

    Parameters
    ----------
    children : mapping of (str, int or str) to float
        (area of the home, setting) -> children, or area of the home and area of the setting.
    ways : Journeys
        From `journeys`, or from `area_journeys`.
    settings : SufficiencySettings
        The limits.
    """
    known = {pair: count for pair, count in children.items() if pair in ways}

    def beyond(which: str, limits: tuple[float, ...]) -> dict[float, float]:
        return {
            limit: sum(count * getattr(ways[pair], which)[number] for pair, count in known.items())
            for number, limit in enumerate(limits)
        }

    total = float(sum(known.values()))
    return Over(
        beyond("over_miles", settings.over_miles),
        beyond("over_minutes", settings.over_minutes),
        total,
        float(sum(children.values())) - total,
    )


def flows_of(flows: Means, areas: Sequence[str]) -> dict[tuple[str, SettingKey], float]:
    """Return children by area of the home and area of the setting, from the array [home, area of the setting]."""
    return {
        (home, area): float(flows[row, column])
        for row, home in enumerate(areas)
        for column, area in enumerate(areas)
        if flows[row, column] > 0
    }
