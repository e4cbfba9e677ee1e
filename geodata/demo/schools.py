"""The demonstration's schools: as many of each published type as there are, with invented names, numbers and sites.

How many schools of each type and how many pupils there are is published; sites and sizes are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.apportionment import apportion, even_spread
from geodata.demo.ground import Ground
from geodata.demo.homes import Integers
from geodata.demo.published import published
from geodata.profile import Profile

MONTH = "2022-05"
ALL_PUPILS, SPECIAL_PUPILS = "pupils in state-funded schools in Buckinghamshire", "pupils in special schools"


@dataclass(frozen=True)
class Kind:
    """One published type of school.

    Attributes
    ----------
    key, measure : str
        Ours, and the published figure that says how many there are.
    words, phase : str
        In the names, and the phase as Get Information About Schools writes it.
    types : mapping of str to float
        Type of establishment as it is written there -> share. Assumed.
    first_urn : int
        Numbers of real schools in England lie between 100,000 and about 152,000 (2024), so these stand for none.
    pupils : int
        In all of them; 0 where it is published or follows. Assumed.
    spread : float
        Standard deviation of the log size. Assumed.
    fill : float
        Pupils for each place. Assumed.
    """

    key: str
    measure: str
    words: str
    phase: str
    types: Mapping[str, float]
    first_urn: int
    pupils: int = 0
    spread: float = 0.2
    fill: float = 0.9


PRIMARY_TYPES = {
    "Community school": 0.40, "Voluntary controlled school": 0.18, "Voluntary aided school": 0.12,
    "Foundation school": 0.05, "Academy converter": 0.20, "Academy sponsor led": 0.05,
}  # fmt: skip
SECONDARY_TYPES = {
    "Academy converter": 0.68, "Academy sponsor led": 0.12, "Foundation school": 0.10, "Community school": 0.06,
    "Voluntary aided school": 0.04,
}  # fmt: skip

KINDS = (
    Kind("primary", "primary schools", "Primary School", "Primary", PRIMARY_TYPES, 900001, spread=0.45, fill=0.89),
    Kind("secondary", "secondary schools", "Secondary School", "Secondary", SECONDARY_TYPES, 900201, 37_400, 0.25,
         0.95),
    Kind("all_through", "all-through mainstream schools", "All-through School", "All-through",
         {"Academy sponsor led": 0.5, "Free schools": 0.5}, 900301, 2_700, fill=0.93),
    Kind("nursery", "nursery schools", "Nursery School", "Nursery", {"Local authority nursery school": 1.0}, 900401,
         180, fill=0.85),
    Kind("alternative", "pupil referral units", "Pupil Referral Unit", "Not applicable",
         {"Pupil referral unit": 1.0}, 900501, 120, fill=0.8),
    Kind("special", "special schools", "Special School", "Not applicable",
         {"Community special school": 0.7, "Academy special converter": 0.3}, 900601),
)  # fmt: skip
"""Pupils of primary schools are what the published total leaves; those of special schools are published."""

TOWNS_OF: Mapping[str, tuple[str, ...]] = {
    "all_through": ("Aylesbury", "High Wycombe"),
    "nursery": ("High Wycombe", "Aylesbury"),
    "alternative": ("Aylesbury", "High Wycombe", "Amersham"),
}
"""Towns of the few schools of a type. Assumed."""

SPREAD_M = {"secondary": 1_800.0}
NEAR_TOWN_M = 1_200.0
"""How far from the middle of their town schools stand: standard deviation of a normal distribution, metres."""

FILL_OF = {("secondary", "aylesbury"): 1.05, ("secondary", "wycombe"): 1.03, ("primary", "chiltern-south-bucks"): 0.96}
"""Fuller than elsewhere by this factor: the council's strategy names the two localities. Its size is assumed."""

FILL_SPREAD, FILL_RANGE = 0.06, (0.6, 1.08)
ACADEMY_YEARS = (2010, 2021)


def build_schools(
    profile: Profile, ground: Ground, special_towns: tuple[str, ...], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw the demonstration's schools.

    Parameters
    ----------
    profile : Profile
        Whose published numbers of schools and pupils are met.
    ground : Ground
        Where postcodes, children and towns are.
    special_towns : tuple of str
        The town of each special school, as many as are published.
    rng : numpy.random.Generator
        Seeded by the caller; decides sites and sizes, never a total.

    Returns
    -------
    pandas.DataFrame
        One row a school: urn, name, kind, phase, type, status, capacity, pupils, opened (datetime, NaT where it was
        never an academy), postcode, easting, northing (metres), locality, town.
    """
    taken = np.zeros(ground.easting.size, dtype=bool)
    towns = dict(TOWNS_OF) | {"special": special_towns}
    tables = []
    for kind in KINDS:
        count = published(profile, kind.measure, MONTH)
        if kind.key == "primary":
            sites = _over_atoms(ground, count, taken, rng)
        elif kind.key == "secondary":
            sites = _near_towns(ground, _secondary_towns(ground, count), SPREAD_M["secondary"], taken, rng)
        else:
            sites = _near_towns(ground, towns[kind.key][:count], NEAR_TOWN_M, taken, rng)
        tables.append(_table(kind, ground, sites, rng))
    schools = pd.concat(tables, ignore_index=True)
    schools["pupils"] = _pupils(profile, schools, rng)
    schools["capacity"] = _capacity(schools, rng)
    return schools


def _over_atoms(ground: Ground, count: int, taken: npt.NDArray[np.bool_], rng: np.random.Generator) -> Integers:
    """Return a site in each of `count` atoms, drawn evenly over the county by modelled children."""
    order = np.lexsort((ground.places.atoms, ground.places.boards, ground.localities))
    reached = np.cumsum(ground.children[order])
    # Evenly spaced marks along the running total: each board gets its part, whatever the seed.
    marks = (np.arange(count) + rng.random()) * reached[-1] / count
    chosen = order[np.searchsorted(reached, marks)]
    first, after = ground.places.first[chosen], ground.places.first[chosen + 1]
    sites: Integers = first + np.floor(rng.random(count) * (after - first)).astype(np.int64)
    taken[sites] = True
    return sites


def _secondary_towns(ground: Ground, count: int) -> tuple[str, ...]:
    """Return a town for each secondary school, by the modelled children who live nearest to it."""
    nearest = ground.nearest_towns(*ground.middles(), up_to_rank=2)
    children = np.bincount(nearest, ground.teenagers, minlength=ground.towns.names.size)
    return tuple(np.repeat(ground.towns.names, apportion(children, count)).tolist())


def _near_towns(
    ground: Ground, towns: tuple[str, ...], spread_m: float, taken: npt.NDArray[np.bool_], rng: np.random.Generator
) -> Integers:
    """Return a site for each of the towns, the likelier the nearer; no postcode twice."""
    sites = []
    for town in towns:
        easting, northing = ground.towns.at(town)
        metres = np.hypot(ground.easting - easting, ground.northing - northing)
        # Postcodes crowd in the middle; by their distance from it the sites follow a normal distribution.
        key = -0.5 * (metres / spread_m) ** 2 + rng.gumbel(size=metres.size)
        sites.append(int(np.argmax(np.where(taken, -np.inf, key))))
        taken[sites[-1]] = True
    return np.array(sites, dtype=np.int64)


def _table(kind: Kind, ground: Ground, sites: Integers, rng: np.random.Generator) -> pd.DataFrame:
    easting, northing = ground.easting[sites], ground.northing[sites]
    town = ground.towns.names[ground.nearest_towns(easting, northing)]
    number = np.arange(1, sites.size + 1)
    words = f"Demonstration {kind.words}"
    types = np.repeat(list(kind.types), apportion(list(kind.types.values()), sites.size))
    table = pd.DataFrame(
        {
            "urn": kind.first_urn + number - 1,
            "name": [f"{words} {i:03d} ({where})" for i, where in zip(number, town, strict=True)],
            "kind": kind.key,
            "phase": kind.phase,
            "type": rng.permutation(types),
            "status": "Open",
            "postcode": ground.places.inside[sites],
            "easting": easting.astype(np.int64),
            "northing": northing.astype(np.int64),
            "locality": ground.localities[ground.atom[sites]],
            "town": town,
        }
    )
    years = rng.integers(ACADEMY_YEARS[0], ACADEMY_YEARS[1] + 1, sites.size)
    opened = pd.Series(pd.to_datetime(pd.Series(years).astype(str) + "-09-01"))
    table["opened"] = opened.where(table["type"].str.contains("cademy|Free"))
    return table


def _pupils(profile: Profile, schools: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Return pupils on roll: the published totals, shared out over drawn sizes."""
    totals = {kind.key: kind.pupils for kind in KINDS}
    totals["special"] = published(profile, SPECIAL_PUPILS, MONTH)
    totals["primary"] = published(profile, ALL_PUPILS, MONTH) - sum(totals.values())
    pupils = pd.Series(0, index=schools.index)
    for kind in KINDS:
        here = schools.index[schools["kind"] == kind.key]
        sizes = rng.permutation(even_spread(len(here), kind.spread))
        pupils[here] = apportion(sizes, totals[kind.key])
    return pupils


def _capacity(schools: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    fill = schools["kind"].map({kind.key: kind.fill for kind in KINDS}).to_numpy(dtype=float)
    pairs = zip(schools["kind"], schools["locality"], strict=True)
    fill = fill * np.array([FILL_OF.get(pair, 1.0) for pair in pairs])
    fill = np.clip(fill * (1 + rng.normal(0, FILL_SPREAD, fill.size)), *FILL_RANGE)
    return pd.Series(5 * np.ceil(schools["pupils"] / fill / 5), index=schools.index).astype(np.int64)
