"""The demonstration's specialist places: special schools, resourced provision and SEN units, pupil referral units.

Nothing is published by setting or locality: the tables are invented, so that together they come near the published
number of pupils in special schools, and Aylesbury lacks places for secondary pupils, as the council's strategy says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import cycle

import numpy as np
import pandas as pd

from geodata.demo.apportionment import apportion

ANY = "ANY"
PHASES = ("primary", "secondary", "post_16")
ByPhase = tuple[int, int, int]

SPECIAL_SCHOOLS: tuple[tuple[str, Mapping[str, ByPhase]], ...] = (
    ("Aylesbury", {"SLD": (22, 18, 8), "PMLD": (14, 10, 5), ANY: (8, 8, 4)}),
    ("Aylesbury", {"ASD": (80, 45, 10), "SLCN": (50, 20, 0)}),
    ("Aylesbury", {"SEMH": (24, 30, 8)}),
    ("Buckingham", {"MLD": (24, 26, 10), "ASD": (20, 12, 6)}),
    ("High Wycombe", {"SLD": (20, 24, 8), "PMLD": (12, 14, 5), "PD": (14, 12, 3), ANY: (8, 10, 3)}),
    ("High Wycombe", {"ASD": (90, 85, 22), "SLCN": (54, 36, 6)}),
    ("Princes Risborough", {"MLD": (30, 55, 10), "SEMH": (24, 50, 12)}),
    ("Chesham", {"MLD": (26, 45, 12), "SLCN": (40, 36, 8), ANY: (6, 8, 2)}),
    ("Beaconsfield", {"ASD": (70, 90, 26), "SEMH": (20, 40, 14)}),
    ("Amersham", {"SLD": (12, 14, 5), "PMLD": (6, 8, 3), "PD": (10, 10, 3)}),
)
"""Town, and need -> places of each of `PHASES` that were open in May 2022."""

GROWTH: tuple[tuple[int, date, str, ByPhase], ...] = (
    (6, date(2023, 9, 1), "ASD", (12, 10, 0)),
    (7, date(2023, 9, 1), "SEMH", (0, 12, 4)),
    (2, date(2024, 9, 2), "ASD", (12, 0, 0)),
    (9, date(2024, 9, 2), "ASD", (0, 12, 6)),
    (1, date(2024, 9, 2), "SLD", (4, 4, 0)),
    (2, date(2025, 9, 1), "ASD", (0, 36, 12)),
    (3, date(2025, 9, 1), "SEMH", (0, 16, 4)),
)
"""Number of the special school, first day, need and places. The last two are to come."""

SPECIAL_OPENED = date(2015, 9, 1)

BASE_NEEDS: Mapping[str, tuple[int, int]] = {
    "ASD": (8, 6), "SLCN": (9, 3), "HI": (2, 1), "MLD": (2, 1), "SEMH": (1, 1), "PD": (1, 1), "VI": (1, 0), ANY: (2, 1),
}  # fmt: skip
"""Need -> resourced provisions and SEN units in primary and in secondary schools, open in May 2022: 40 in all."""

NEW_BASES = (
    (date(2023, 9, 1), "primary", "ASD"), (date(2023, 9, 1), "secondary", "SEMH"),
    (date(2024, 9, 2), "primary", "SLCN"), (date(2024, 9, 2), "secondary", "ASD"),
    (date(2025, 9, 1), "secondary", "MLD"),
)  # fmt: skip
BASE_PLACES = {"primary": (4, 6, 8), "secondary": (7, 9, 11)}
BASE_OPENED = (2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021)
BASE_CLOSES = date(2024, 8, 31)
"""One of them, the last of `BASE_NEEDS`, ends on this day."""

LOCALITIES = ("aylesbury", "wycombe", "chiltern-south-bucks")
"""Resourced provisions are dealt to them in turn."""

UNIT_EVERY = 3
"""Every third is a SEN unit, the others are resourced provision."""

REFERRAL_UNITS = (("secondary", 30), ("secondary", 34), ("primary", 32))
REFERRAL_OPENED = date(2014, 9, 1)

CAPACITY_RANGE = (0.94, 1.07)
"""The school capacity survey counts rooms, not contracts: its number for each place commissioned. Assumed."""

ON_ROLL = 0.8
"""Pupils for each place of resourced provision in May 2022. Assumed."""


def special_towns() -> tuple[str, ...]:
    """Return the town of each special school."""
    return tuple(town for town, _ in SPECIAL_SCHOOLS)


def build_places(schools: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give the specialist places of the tables to the demonstration's schools.

    Parameters
    ----------
    schools : pandas.DataFrame
        From `geodata.demo.schools.build_schools`.
    rng : numpy.random.Generator
        Seeded by the caller; decides which mainstream schools have a base, and the capacity of each.

    Returns
    -------
    pandas.DataFrame
        One row a setting, kind of provision, need, phase and opening: urn, provision, need, phase,
        commissioned_places, capacity, opened, closed (datetimes; NaT while no end is known), unit (whether a SEN unit).
    """
    rows = [*_special_rows(schools), *_referral_rows(schools), *_base_rows(schools, rng)]
    keys = ("urn", "provision", "need", "phase", "commissioned_places", "opened", "closed", "unit")
    places = pd.DataFrame(rows, columns=list(keys))
    for column in ("opened", "closed"):
        places[column] = pd.to_datetime(places[column])
    factor = rng.uniform(*CAPACITY_RANGE, len(places))
    places["capacity"] = np.maximum(np.round(places["commissioned_places"] * factor), 1).astype(np.int64)
    return places


Row = tuple[int, str, str, str, int, date, date | None, bool]


def _special_rows(schools: pd.DataFrame) -> list[Row]:
    urns = schools.loc[schools["kind"] == "special", "urn"].tolist()
    found = [
        (urn, SPECIAL_OPENED, need, by_phase)
        for urn, (_, needs) in zip(urns, SPECIAL_SCHOOLS, strict=True)
        for need, by_phase in needs.items()
    ]
    found += [(urns[number - 1], opened, need, by_phase) for number, opened, need, by_phase in GROWTH]
    return [
        (urn, "special", need, phase, count, opened, None, False)
        for urn, opened, need, by_phase in found
        for phase, count in zip(PHASES, by_phase, strict=True)
        if count
    ]


def _referral_rows(schools: pd.DataFrame) -> list[Row]:
    urns = schools.loc[schools["kind"] == "alternative", "urn"].tolist()
    return [
        (urn, "alternative", ANY, phase, count, REFERRAL_OPENED, None, False)
        for urn, (phase, count) in zip(urns, REFERRAL_UNITS, strict=True)
    ]


def _base_rows(schools: pd.DataFrame, rng: np.random.Generator) -> list[Row]:
    wanted = [
        (phase, need)
        for need, counts in BASE_NEEDS.items()
        for phase, count in zip(PHASES, counts, strict=False)
        for _ in range(count)
    ]
    openings = [date(year, 9, 1) for year, _ in zip(cycle(BASE_OPENED), wanted, strict=False)]
    openings += [opened for opened, _, _ in NEW_BASES]
    last = len(wanted) - 1
    wanted += [(phase, need) for _, phase, need in NEW_BASES]
    left = {
        (phase, locality): rng.permutation(
            schools.loc[(schools["kind"] == phase) & (schools["locality"] == locality), "urn"]
        ).tolist()
        for phase in BASE_PLACES
        for locality in LOCALITIES
    }
    rows: list[Row] = []
    for i, ((phase, need), opened) in enumerate(zip(wanted, openings, strict=True)):
        urn = left[phase, LOCALITIES[i % len(LOCALITIES)]].pop()
        places = BASE_PLACES[phase][(i // len(LOCALITIES)) % 3]
        closed = BASE_CLOSES if i == last else None
        rows.append((urn, "base", need, phase, places, opened, closed, i % UNIT_EVERY == 0))
    return rows


def add_specialist(schools: pd.DataFrame, places: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the schools with the specialist columns of Get Information About Schools, as of a day.

    Parameters
    ----------
    schools, places : pandas.DataFrame
        From `geodata.demo.schools.build_schools` and `build_places`.
    day : datetime.date
        Only places open on it count.

    Returns
    -------
    pandas.DataFrame
        Also sen1 to sen4, resourced_provision_pupils, resourced_provision_capacity, sen_unit_pupils and
        sen_unit_capacity. Pupils of special schools are shared out by their places, and their capacity is that of them.
    """
    at = pd.Timestamp(day)
    here = places[(places["opened"] <= at) & ~(places["closed"] <= at)]
    schools = schools.copy()
    for place in range(1, 5):
        schools[f"sen{place}"] = ""
    needs = here[(here["need"] != ANY)].groupby("urn", sort=True)["need"].unique()
    row_of = dict(zip(schools["urn"], schools.index, strict=True))
    for urn, found in needs.items():
        for place, need in enumerate(found, start=1):
            schools.loc[row_of[urn], f"sen{place}"] = need
    for name, is_unit in (("resourced_provision", False), ("sen_unit", True)):
        own = (
            here[(here["provision"] == "base") & (here["unit"] == is_unit)].groupby("urn")["commissioned_places"].sum()
        )
        capacity = schools["urn"].map(own).astype("Int64")
        schools[f"{name}_capacity"] = capacity
        schools[f"{name}_pupils"] = (capacity * ON_ROLL).round().astype("Int64")
    special = schools.index[schools["kind"] == "special"]
    sums = here[here["provision"] == "special"].groupby("urn")[["commissioned_places", "capacity"]].sum()
    sums = sums.loc[schools.loc[special, "urn"]]
    schools.loc[special, "pupils"] = apportion(
        sums["commissioned_places"].to_numpy(dtype=float), int(schools.loc[special, "pupils"].sum())
    )
    schools.loc[special, "capacity"] = sums["capacity"].to_numpy()
    return schools
