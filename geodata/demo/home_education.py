"""The demonstration's children educated at home: 902 on 31 July 2022, as published, and a plausible course around it.

Children whose case of missing education closed because they are educated at home are the same children here, from the
day it closed; children with a plan have one of the demonstration's plans.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.days import HOME_EDUCATION_DAY, RECORDS_FROM, TODAY
from geodata.demo.homes import INSIDE, Places, atom_weights, draw_homes, shuffle_kinds
from geodata.demo.matching import days_of, draw_pairs, take_over
from geodata.demo.people import Days, birthday, year_group
from geodata.demo.published import published
from geodata.demo.spells import Course, draw_spells
from geodata.profile import Profile

MEASURE, MONTH = "electively home educated", "2022-07"
STOCK_BEFORE, STOCK_SPRING_2020, STOCK_AFTER = 560, 640, 1_330
"""On the first day, on 31 March 2020 and on the last. Assumed: only July 2022 is published."""

SPRING_2020 = date(2020, 3, 31)
LEAVING = 0.028
MONTH_WEIGHTS = (1.2, 0.8, 0.9, 0.8, 0.8, 2.2, 1.4, 0.5, 1.3, 0.8, 0.7, 0.6)
SHORTEST_DAYS, LONGEST_DAYS = 20, 2_500

LAST_YEAR_WEIGHTS = (2, 3, 4, 4, 5, 5, 6, 8, 10, 12, 15, 16)
"""Reception to year 11: how many are in each year when their home education ends, or now. Assumed."""

SHARE_WITH_SUPPORT, SHARE_WITH_PLAN = 0.17, 0.045
SHARE_OUTSIDE, SHARE_UNKNOWN, PROTECTED_HOMES = 0.004, 0.006, 5
RATE_BY_BOARD = {
    "aylesbury": 1.15, "high-wycombe": 1.10, "chesham-and-villages": 1.10, "buckingham-and-villages": 1.10,
    "wexham-and-ivers": 1.05, "missendens": 0.85, "beaconsfield-and-chepping-wye": 0.85,
}  # fmt: skip
"""Relative rate, 1 where a board is not named. Synthetic: nothing is published by area."""


def build_home_education(
    profile: Profile, places: Places, plans: pd.DataFrame, involvements: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw the children educated at home.

    Parameters
    ----------
    profile : Profile
        Whose published number is met.
    places : Places
        From `geodata.demo.homes.load_places`.
    plans, involvements : pandas.DataFrame
        From `geodata.demo.ehc.build_ehc` and `geodata.demo.cme.build_cme`: some of these children are the same.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        One row a child: child_id, born, start_date, end_date (NaT while at home), sen_status, year_group, postcode,
        protected, home (kind).
    """
    stock = {
        RECORDS_FROM: STOCK_BEFORE,
        SPRING_2020: STOCK_SPRING_2020,
        HOME_EDUCATION_DAY: published(profile, MEASURE, MONTH),
        TODAY: STOCK_AFTER,
    }
    start, end = draw_spells(Course(stock, LEAVING, MONTH_WEIGHTS, SHORTEST_DAYS, LONGEST_DAYS), rng)
    children = pd.DataFrame({"start_date": start, "end_date": end})
    children.insert(0, "child_id", [f"DEMO-H{number:05d}" for number in range(1, len(children) + 1)])
    children["born"] = _births(start, last_days(children), rng)
    children["sen_status"] = np.where(rng.random(len(children)) < SHARE_WITH_SUPPORT, "K", "N")
    size = len(children)
    outside, unknown = round(SHARE_OUTSIDE * size), round(SHARE_UNKNOWN * size)
    kinds = shuffle_kinds(size, rng, outside=outside, unknown=unknown, protected=PROTECTED_HOMES)
    children = children.join(draw_homes(places, atom_weights(places, RATE_BY_BOARD, rng), kinds, rng))
    _take_from_involvements(children, involvements, rng)
    _take_from_plans(children, plans, rng)
    born = children["born"].to_numpy().astype("datetime64[D]")
    children["year_group"] = year_group(born, last_days(children))
    return children


def last_days(records: pd.DataFrame) -> Days:
    """Return the end of each record, or the last day of the demonstration where it is open."""
    last: Days = records["end_date"].fillna(pd.Timestamp(TODAY)).to_numpy().astype("datetime64[D]")
    return last


def leaving_day(born: Days) -> Days:
    """Return the day compulsory schooling ends: the last Friday of June of the school year in which one turns 16."""
    return _last_friday_of_june(_autumn(born) + 17)


def _last_friday_of_june(year: npt.NDArray[np.int64]) -> Days:
    june_ends = ((year - 1970) * 12 + 6).astype("datetime64[M]").astype("datetime64[D]") - 1
    fridays: Days = np.busday_offset(june_ends, 0, roll="backward", weekmask="Fri")
    return fridays


def _births(start: Days, last: Days, rng: np.random.Generator) -> Days:
    """Draw dates of birth that keep each child of school age from start to end."""
    # After the last Friday of June who was in year 11 has left: the school year to come is the one that counts.
    autumn = _autumn(last)
    autumn = np.where(last > _last_friday_of_june(autumn + 1), autumn + 1, autumn)
    passed = np.minimum(autumn - _autumn(start), 11)
    weights = np.tile(np.array(LAST_YEAR_WEIGHTS, dtype=float), (start.size, 1))
    weights[np.arange(12) < passed[:, None]] = 0
    group = (weights.cumsum(axis=1) > rng.random((start.size, 1)) * weights.sum(axis=1, keepdims=True)).argmax(axis=1)
    first = ((autumn - group - 5 - 1970) * 12 + 8).astype("datetime64[M]").astype("datetime64[D]")
    born: Days = first + rng.integers(0, 365, start.size)
    return np.minimum(born, birthday(start, -5))


def _autumn(days: Days) -> npt.NDArray[np.int64]:
    """Return the calendar year in which the school year of each day began."""
    years: npt.NDArray[np.int64] = 1970 + (days.astype("datetime64[M]").astype(np.int64) - 8) // 12
    return years


def _take_from_involvements(children: pd.DataFrame, involvements: pd.DataFrame, rng: np.random.Generator) -> None:
    """Make the children whose case closed into home education the ones whose home education starts then; in place."""
    cases = involvements[(involvements["closure_code"] == "NCE") & (involvements["home"] == INSIDE)]
    cases = cases.sort_values("end_date").drop_duplicates("child_id", keep="last")
    until = leaving_day(days_of(cases, "born"))
    closed, start, last = days_of(cases, "end_date"), days_of(children, "start_date"), last_days(children)
    month = start.astype("datetime64[M]")

    def fits(case: int) -> npt.NDArray[np.bool_]:
        # Within the month the number at its end stays what it is, and the child is of school age throughout.
        same: npt.NDArray[np.bool_] = (month == closed[case].astype("datetime64[M]")) & (last <= until[case])
        return same

    pairs = draw_pairs(np.arange(len(cases)), fits, len(children), rng)
    take_over(children, {row: case for case, row in pairs.items()}, cases)
    rows, chosen = children.index[list(pairs.values())], cases.index[list(pairs)]
    children.loc[rows, "start_date"] = cases.loc[chosen, "end_date"].to_numpy()
    children.loc[rows, "sen_status"] = cases.loc[chosen, "sen_status"].to_numpy()


def _take_from_plans(children: pd.DataFrame, plans: pd.DataFrame, rng: np.random.Generator) -> None:
    """Make some children ones who have a plan and no school; in place."""
    pool = plans[(plans["provision"] == "other") & (plans["home"] == INSIDE)]
    pool = pool[~pool["child_id"].isin(children["child_id"])]
    born, since = days_of(pool, "born"), days_of(pool, "start_date")
    school_age = birthday(born, 5)
    until = np.minimum(leaving_day(born), days_of(pool, "end_date"))
    start, last = days_of(children, "start_date"), last_days(children)

    def fits(child: int) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = (since <= start[child]) & (school_age <= start[child]) & (until >= last[child])
        return found

    own = np.flatnonzero(children["child_id"].str.startswith("DEMO-H"))
    wanted = rng.choice(own, round(SHARE_WITH_PLAN * len(children)), replace=False)
    pairs = draw_pairs(wanted, fits, len(pool), rng)
    take_over(children, pairs, pool)
    children.loc[children.index[list(pairs)], "sen_status"] = "E"
