"""Buildings that stand for none: places where a family centre could open, the same for every seed.

No list of such buildings is published. No real building, cost or room is meant; all figures are assumed.
"""

from __future__ import annotations

import pandas as pd

from geodata.demo.ground import Ground
from geodata.demo.illustrative_sites import EVERY_DAY, sites_near

SECOND_ONES = ("Aylesbury", "High Wycombe")
"""Towns with two; every other town or village of the pack has one."""

STEP_M = 800.0
"""How far from the middle of its place each stands, metres, so that none shares a point with a centre."""

ROOMS = (3, 4, 2, 5, 3, 2, 6, 4)
DAYS = (EVERY_DAY, "Mon; Wed; Fri", "Tue; Thu", EVERY_DAY, "Mon; Tue; Wed", "Thu; Fri", "Mon; Thu; Sat")
"""Taken in turn."""

FIXED_COST, ROOM_COST, ROUNDED_TO = 16_000, 8_500, 500
"""GBP a year for the building, for each room, and what the sum is rounded to."""

COST_BY_RANK = {1: 1.15, 2: 1.05, 3: 0.9}
"""Dearer in large towns by this factor."""


def build_buildings(ground: Ground) -> pd.DataFrame:
    """Return the illustrative buildings that could hold a family centre.

    Parameters
    ----------
    ground : Ground
        Where postcodes and towns are.

    Returns
    -------
    pandas.DataFrame
        One row a building: building_id, name, cost (GBP a year), rooms, days, postcode, easting and northing (metres).
    """
    towns = [*ground.towns.names.tolist(), *SECOND_ONES]
    sites = sites_near(ground, towns, [STEP_M] * len(towns))
    rooms = [ROOMS[i % len(ROOMS)] for i in range(len(towns))]
    rank = dict(zip(ground.towns.names.tolist(), ground.towns.rank.tolist(), strict=True))
    cost = [
        ROUNDED_TO * round((FIXED_COST + ROOM_COST * count) * COST_BY_RANK[rank[town]] / ROUNDED_TO)
        for town, count in zip(towns, rooms, strict=True)
    ]
    return pd.DataFrame(
        {
            "building_id": [f"IB-{number:02d}" for number in range(1, len(towns) + 1)],
            "name": [
                f"Illustrative building: {town}" + (" 2" if town in towns[:i] else "") for i, town in enumerate(towns)
            ],
            "cost": cost,
            "rooms": rooms,
            "days": [DAYS[i % len(DAYS)] for i in range(len(towns))],
            "postcode": ground.places.inside[sites],
            "easting": ground.easting[sites].astype("int64"),
            "northing": ground.northing[sites].astype("int64"),
        }
    )
