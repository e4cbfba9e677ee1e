"""The demonstration's EHC plans: people, plans, needs and homes that together meet the published totals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo.ehc_dates import LAST_DAY, draw_plans, published_stock
from geodata.demo.ehc_needs import draw_needs, draw_provision
from geodata.demo.homes import Places, atom_weights, draw_homes, shuffle_kinds
from geodata.demo.people import FIRST_YEAR_GROUP, LAST_YEAR_GROUP, age_on, as_day, year_group
from geodata.profile import Profile

RATE_BY_BOARD = {
    "aylesbury": 1.20, "high-wycombe": 1.18, "chesham-and-villages": 1.02, "wexham-and-ivers": 1.00,
    "north-west-chilterns": 0.95, "wendover-and-villages": 0.95, "buckingham-and-villages": 0.95,
    "winslow-and-villages": 0.92, "haddenham-and-waddesdon": 0.90, "wing-and-ivinghoe": 0.90, "amersham": 0.85,
    "beaconsfield-and-chepping-wye": 0.85, "beeches": 0.85, "south-west-chilterns": 0.85,
    "denham-gerrards-cross-and-chalfonts": 0.82, "missendens": 0.80,
}  # fmt: skip
"""Relative prevalence. Synthetic: nothing is published by area."""

SHARE_OUTSIDE, SHARE_UNKNOWN, PROTECTED_HOMES = 0.022, 0.006, 14
"""Children placed with carers elsewhere or just moved, addresses not known, and refuges. Assumed."""

SHARE_HELD_BACK = 0.008
"""Pupils taught a year below their age. Assumed."""


def build_ehc(profile: Profile, places: Places, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the demonstration's EHC plans.

    Parameters
    ----------
    profile : Profile
        Whose published totals are met.
    places : Places
        From `geodata.demo.homes.load_places`.
    rng : numpy.random.Generator
        Seeded by the caller; decides people and places, never a published total.

    Returns
    -------
    pandas.DataFrame
        One row a plan and child: child_id, born, start_date, end_date (NaT while maintained), primary_need,
        provision, year_group (blank past the years schools have), postcode, protected, home (kind, see
        `geodata.demo.homes`).
    """
    plans = draw_plans(published_stock(profile), rng)
    plans.insert(0, "child_id", [f"DEMO-E{number:05d}" for number in range(1, len(plans) + 1)])
    born = plans["born"].to_numpy().astype("datetime64[D]")
    last = plans["end_date"].fillna(pd.Timestamp(LAST_DAY)).to_numpy().astype("datetime64[D]")
    plans["primary_need"] = draw_needs(plans, rng)
    plans["provision"] = draw_provision(plans["primary_need"].to_numpy(dtype=str), age_on(born, last), rng)
    held_back = rng.random(len(plans)) < SHARE_HELD_BACK
    group = pd.Series(year_group(born, np.minimum(last, as_day(LAST_DAY))) - held_back)
    plans["year_group"] = group.where(group.between(FIRST_YEAR_GROUP, LAST_YEAR_GROUP)).astype("Int64")
    kinds = shuffle_kinds(
        len(plans),
        rng,
        outside=round(SHARE_OUTSIDE * len(plans)),
        unknown=round(SHARE_UNKNOWN * len(plans)),
        protected=PROTECTED_HOMES,
    )
    return plans.join(draw_homes(places, atom_weights(places, RATE_BY_BOARD, rng), kinds, rng))
