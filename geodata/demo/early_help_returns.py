"""Families of the demonstration who come back: some later ones take the number of one whose help ended before.

Synthetic and assumed; nothing is published on it. No date, home or child changes, so that every count of cases, and of
families with help on a day, stays as it is: the second time a family has other children and another home.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo.homes import INSIDE
from geodata.demo.matching import days_of

SHARE_BACK = 0.22
"""Families who come back at some time, where the records last long enough. Assumed."""

SOONEST_DAYS, MEAN_DAYS = 40, 240
"""From the end of help to its next start: at the soonest, and the mean beyond that. The soonest leaves room for a
referral after the end. Assumed."""

NEAR_DAYS = 30
"""A family comes back at most so many days after the day drawn for it."""


def with_returns(cases: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the cases with one number for the times of a family that comes back.

    Parameters
    ----------
    cases : pandas.DataFrame
        family_id, start_date, end_date (NaT while open) and home; the children of a family share all of them.
    rng : numpy.random.Generator
        Seeded by the caller, and of no other use: what is drawn elsewhere stays.

    Returns
    -------
    pandas.DataFrame
        The family_id as it was now is ``spell``, which no file has.
    """
    families = cases.drop_duplicates("family_id").sort_values(["start_date", "family_id"]).reset_index(drop=True)
    start, end = days_of(families, "start_date"), days_of(families, "end_date")
    back = rng.random(len(families)) < SHARE_BACK
    wanted = end + SOONEST_DAYS + np.rint(rng.exponential(MEAN_DAYS, len(families))).astype(np.int64)
    free = (families["home"] == INSIDE).to_numpy(copy=True)
    may = np.flatnonzero(back & free & families["end_date"].notna().to_numpy())
    number = families["family_id"].to_numpy(dtype=object).copy()
    # By the day of the end: whoever comes back twice has their number before it is handed on.
    for row in may[np.argsort(end[may], kind="stable")]:
        first, after = np.searchsorted(start, [wanted[row], wanted[row] + NEAR_DAYS])
        open_to = np.flatnonzero(free[first:after])
        if open_to.size:
            later = first + open_to[0]
            free[later] = False
            number[later] = number[row]
    of_spell = dict(zip(families["family_id"], number, strict=True))
    return cases.assign(spell=cases["family_id"], family_id=cases["family_id"].map(of_spell))
