"""Which of the demonstration's schools each child with a plan goes to: one of the right kind and phase, rather near.

What kind of provision a plan has was drawn before and stays. Special schools and bases take no more than their places
and a little over; who finds none is placed outside the county, with no school of the list. A protected child has no
school either: the school would tell where the child lives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.days import TODAY
from geodata.demo.ground import Ground, Metres
from geodata.demo.homes import INSIDE, UNKNOWN, Integers
from geodata.demo.specialist import ANY

TYPICAL_M = {"nursery": 2_000.0, "primary": 1_200.0, "secondary": 3_500.0, "base": 6_000.0, "special": 8_000.0}
"""Distance over which a school becomes less likely by a factor of e, metres. Assumed."""

OVER_FULL = 1.08
"""Pupils for each commissioned place that a special school or base still takes. Assumed."""

AWAY = 0.035
"""Share of children in special schools whose school lies outside the county even where places are left. Assumed."""

NONE = -1
SPECIALIST = ("special", "base", "alternative")


@dataclass(frozen=True)
class Placed:
    """Where the children with plans go.

    Attributes
    ----------
    urns : pandas.Series of Int64
        School of each plan, on the plans' index; missing where it is none of the list.
    pupils : pandas.Series of int
        Pupils with a plan on `geodata.demo.days.TODAY` in each row of the specialist places, on their index.
    """

    urns: pd.Series
    pupils: pd.Series


def place_plans(
    plans: pd.DataFrame, schools: pd.DataFrame, places: pd.DataFrame, ground: Ground, rng: np.random.Generator
) -> Placed:
    """Give plans a school.

    Parameters
    ----------
    plans : pandas.DataFrame
        From `geodata.demo.ehc.build_ehc`.
    schools : pandas.DataFrame
        From `geodata.demo.schools.build_schools`.
    places : pandas.DataFrame
        From `geodata.demo.specialist.build_places`.
    ground : Ground
        Points of the homes.
    rng : numpy.random.Generator
        Seeded by the caller.
    """
    urns = pd.Series(pd.NA, index=plans.index, dtype="Int64")
    can = plans["home"].isin([INSIDE, UNKNOWN]) & plans["year_group"].notna()
    mainstream = plans[can & (plans["provision"] == "mainstream")]
    urns[mainstream.index] = nearby_schools(mainstream, schools, ground, rng)
    at = pd.Timestamp(TODAY)
    special = plans[can & plans["provision"].isin(SPECIALIST)]
    now = (special["start_date"] <= at) & ~(special["end_date"] <= at)
    row = _seats(special, now.to_numpy(dtype=bool), schools, places, ground, rng)
    seated = row != NONE
    urns[special.index[seated]] = places["urn"].to_numpy()[row[seated]]
    attending = row[seated & now.to_numpy(dtype=bool)]
    return Placed(urns, pd.Series(np.bincount(attending, minlength=len(places)), index=places.index))


def nearby_schools(
    children: pd.DataFrame, schools: pd.DataFrame, ground: Ground, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Return the number of a mainstream school for each child: of the phase of its year, the likelier the nearer.

    Parameters
    ----------
    children : pandas.DataFrame
        year_group (not missing) and postcode; a child whose postcode is not of the county is drawn by size alone.
    schools : pandas.DataFrame
        From `geodata.demo.schools.build_schools`.
    ground : Ground
        Points of the homes.
    rng : numpy.random.Generator
        Seeded by the caller.
    """
    urns = np.zeros(len(children), dtype=np.int64)
    east, north = ground.points(children["postcode"])
    year = children["year_group"].to_numpy(dtype=np.int64)
    for phase, of_phase, kinds in (
        ("nursery", year < 0, ("nursery", "primary")),
        ("primary", (year >= 0) & (year <= 6), ("primary", "all_through")),
        ("secondary", year > 6, ("secondary", "all_through")),
    ):
        rows = np.flatnonzero(of_phase)
        open_to = schools[schools["kind"].isin(kinds)]
        # An all-through school has about half its pupils in each phase.
        pupils = open_to["pupils"] / np.where(open_to["kind"] == "all_through", 2, 1)
        key = np.log(pupils.to_numpy(dtype=float)) - _metres(east[rows], north[rows], open_to) / TYPICAL_M[phase]
        # The greatest of log weight plus Gumbel noise is a weighted draw.
        urns[rows] = open_to["urn"].to_numpy()[np.argmax(key + rng.gumbel(size=key.shape), axis=1)]
    return urns


def school_phase(year_group: pd.Series) -> npt.NDArray[np.str_]:
    """Return the phase of places for each curriculum year: primary to 6, secondary to 11, post_16 above."""
    phases: npt.NDArray[np.str_] = np.array(["primary", "secondary", "post_16"])[
        np.searchsorted([7, 12], year_group.to_numpy(dtype=np.int64), side="right")
    ]
    return phases


def _metres(east: Metres, north: Metres, schools: pd.DataFrame) -> Metres:
    """Return distances of homes (rows) to schools (columns); 0 where the home is not known."""
    across = east[:, None] - schools["easting"].to_numpy(dtype=float)
    along = north[:, None] - schools["northing"].to_numpy(dtype=float)
    metres: Metres = np.nan_to_num(np.hypot(across, along))
    return metres


def _seats(
    children: pd.DataFrame,
    now: npt.NDArray[np.bool_],
    schools: pd.DataFrame,
    places: pd.DataFrame,
    ground: Ground,
    rng: np.random.Generator,
) -> Integers:
    """Return the row of `places` for each child, `NONE` where there is no seat; those who are there now come first."""
    at = pd.Timestamp(TODAY)
    is_open = ((places["opened"] <= at) & ~(places["closed"] <= at)).to_numpy(dtype=bool)
    left = np.where(is_open, np.ceil(places["commissioned_places"] * OVER_FULL), 0).astype(float)
    size = left.copy()
    site = schools.set_index("urn").loc[places["urn"]]
    metres = _metres(*ground.points(children["postcode"]), site)
    provision, need = children["provision"].to_numpy(dtype=str), children["primary_need"].to_numpy(dtype=str)
    phase = school_phase(children["year_group"])
    # Bases and referral units of secondary schools go on past 16.
    phase[(provision != "special") & (phase == "post_16")] = "secondary"
    away = rng.random(len(children)) < AWAY
    chance = rng.random(len(children))
    rows_of = _rows_by_kind(places)
    seat = np.full(len(children), NONE, dtype=np.int64)
    order = rng.permutation(len(children))
    for child in order[np.argsort(~now[order], kind="stable")]:
        kind = provision[child]
        if kind == "special" and away[child]:
            continue
        # Who has left takes no seat of those who are there now.
        room = left if now[child] else size
        for wanted in (need[child], ANY):
            rows = rows_of.get((kind, wanted, phase[child]))
            if rows is None or not room[rows].any():
                continue
            weight = room[rows] * np.exp(-metres[child, rows] / TYPICAL_M.get(kind, TYPICAL_M["special"]))
            seat[child] = rows[np.searchsorted(np.cumsum(weight), chance[child] * weight.sum(), side="right")]
            left[seat[child]] -= now[child]
            break
    return seat


def _rows_by_kind(places: pd.DataFrame) -> dict[tuple[str, str, str], Integers]:
    found: dict[tuple[str, str, str], list[int]] = {}
    for i, key in enumerate(zip(places["provision"], places["need"], places["phase"], strict=True)):
        found.setdefault(key, []).append(i)
    return {key: np.array(rows) for key, rows in found.items()}
