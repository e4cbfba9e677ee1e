"""Sites that stand for none: family centres and housing, put at fixed points around the towns, the same for every seed.

How many family centres there are, and that three of them are open five days a week, is published; their addresses are
not. No real site, real plan or real number of homes is meant.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from geodata.demo.apportionment import apportion
from geodata.demo.days import CENTRES_OPENED, TODAY
from geodata.demo.ground import Ground
from geodata.demo.homes import Integers

PLUS, STANDARD = "Family Centre Plus", "Family Centre"
EVERY_DAY = "Mon-Fri"

CENTRES: tuple[tuple[str, str], ...] = (
    ("Aylesbury", EVERY_DAY), ("High Wycombe", EVERY_DAY), ("Chesham", EVERY_DAY), ("Aylesbury", "Mon; Wed; Thu"),
    ("Aylesbury", "Tue; Fri"), ("High Wycombe", "Mon; Tue; Thu"), ("High Wycombe", "Wed; Fri"),
    ("Buckingham", "Mon; Wed"), ("Winslow", "Thu"), ("Wendover", "Tue; Thu"), ("Princes Risborough", "Wed"),
    ("Marlow", "Tue; Fri"), ("Beaconsfield", "Mon; Thu"), ("Burnham", "Wed; Fri"), ("Iver", "Tue"),
)  # fmt: skip
"""Town and days open; those open every weekday are "plus", in the three towns or areas that the minutes name."""

CENTRE_STEP_M, SITE_STEP_M = 1_300.0, 1_700.0
"""The second and later sites of a town stand this far from its middle, metres; housing sites all do."""

GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
"""Successive directions by this angle, in radians, never meet."""

HOMES: tuple[tuple[str, int, int], ...] = (
    ("Aylesbury", 9, 6_300), ("High Wycombe", 5, 1_500), ("Princes Risborough", 2, 1_150), ("Buckingham", 3, 900),
    ("Winslow", 2, 700), ("Wendover", 1, 500), ("Haddenham", 2, 450), ("Beaconsfield", 1, 400), ("Bourne End", 1, 300),
    ("Iver", 2, 300), ("Chesham", 1, 200), ("Marlow", 1, 150), ("Amersham", 1, 120),
)  # fmt: skip
"""Town, housing sites and homes on all of them."""

HOUSING_YEARS = range(2023, 2034)
BUILDING_YEARS = (3, 4, 5, 6, 7)


def build_centres(ground: Ground) -> pd.DataFrame:
    """Return the illustrative family centres.

    Parameters
    ----------
    ground : Ground
        Where postcodes and towns are.

    Returns
    -------
    pandas.DataFrame
        One row a centre: centre_id, name, kind, days, opened (datetime), postcode, locality, easting and northing
        (metres).
    """
    towns = [town for town, _ in CENTRES]
    order = [towns[:i].count(town) for i, town in enumerate(towns)]
    sites = sites_near(ground, towns, [CENTRE_STEP_M if place else 0.0 for place in order])
    kinds = [PLUS if days == EVERY_DAY else STANDARD for _, days in CENTRES]
    return pd.DataFrame(
        {
            "centre_id": [f"IFC-{number:02d}" for number in range(1, len(CENTRES) + 1)],
            "name": [
                f"Illustrative centre: {town}" + (" (plus)" if kind == PLUS else f" {place + 1}" if place else "")
                for town, place, kind in zip(towns, order, kinds, strict=True)
            ],
            "kind": kinds,
            "days": [days for _, days in CENTRES],
            "opened": pd.Timestamp(CENTRES_OPENED),
            "postcode": ground.places.inside[sites],
            "locality": ground.localities[ground.atom[sites]],
            "easting": ground.easting[sites],
            "northing": ground.northing[sites],
        }
    )


def build_housing(ground: Ground, today: date = TODAY) -> pd.DataFrame:
    """Return the illustrative housing sites, one row for each year in which homes of a site are finished.

    Parameters
    ----------
    ground : Ground
        Where postcodes and towns are.
    today : datetime.date
        Homes of earlier years are completed.

    Returns
    -------
    pandas.DataFrame
        site_id, name, dwellings, year, status, easting, northing (metres).
    """
    towns = [town for town, count, _ in HOMES for _ in range(count)]
    totals = [int(part) for _, count, homes in HOMES for part in apportion(np.arange(2 * count, count, -1), homes)]
    sites = sites_near(ground, towns, [SITE_STEP_M] * len(towns))
    rows = []
    for i, (town, total, site) in enumerate(zip(towns, totals, sites, strict=True)):
        letter = chr(ord("A") + [name for name, _, _ in HOMES].index(town))
        number = towns[:i].count(town) + 1
        length = BUILDING_YEARS[i % len(BUILDING_YEARS)]
        first = HOUSING_YEARS[(3 * i) % (len(HOUSING_YEARS) - length + 1)]
        # Building begins and ends slowly.
        by_year = apportion(np.minimum(np.arange(1, length + 1), np.arange(length, 0, -1)), total)
        for year, homes in enumerate(by_year.tolist(), start=first):
            name = f"Illustrative site {letter}{number}, {town}"
            status = _status(first, year, today)
            rows.append(
                (f"IHS-{letter}{number}", name, homes, year, status, ground.easting[site], ground.northing[site])
            )
    keys = ["site_id", "name", "dwellings", "year", "status", "easting", "northing"]
    return pd.DataFrame(rows, columns=keys).astype({"easting": "int64", "northing": "int64"})


def _status(first: int, year: int, today: date) -> str:
    if year < today.year:
        return "Completed"
    if first < today.year:
        return "Under construction"
    return "Planning permission" if first <= today.year + 2 else "Allocated"


def sites_near(ground: Ground, towns: list[str], steps_m: list[float]) -> Integers:
    """Return a postcode for each site: near its town, each in another direction, none twice.

    Parameters
    ----------
    ground : Ground
        Where postcodes and towns are.
    towns : list of str
        The town of each site.
    steps_m : list of float
        How far from its middle each stands, metres.

    Returns
    -------
    numpy.ndarray of int
        Positions in ``ground.places.inside``.
    """
    free = np.ones(ground.easting.size, dtype=bool)
    found = []
    for i, (town, step) in enumerate(zip(towns, steps_m, strict=True)):
        easting, northing = ground.towns.at(town)
        angle = i * GOLDEN_ANGLE
        site = ground.nearest(easting + step * np.cos(angle), northing + step * np.sin(angle), free)
        free[site] = False
        found.append(site)
    return np.array(found, dtype=np.int64)
