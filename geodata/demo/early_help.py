"""The demonstration's early help: about 400 families at a time in September 2022, as published; the rest is invented.

A case is a child's; the children of a family share its dates, home, level and post. Some are children of the
demonstration's plans or of its cases of missing education, under the same identifier.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.days import CENTRES_DAY, CENTRES_OPENED, TODAY
from geodata.demo.ground import Ground
from geodata.demo.home_education import last_days
from geodata.demo.homes import INSIDE, UNKNOWN, atom_weights, draw_homes, shuffle_kinds
from geodata.demo.link_workers import LinkWork
from geodata.demo.matching import days_of, draw_pairs, take_over
from geodata.demo.people import FIRST_YEAR_GROUP, birthday, year_group
from geodata.demo.placements import nearby_schools
from geodata.demo.published import published
from geodata.demo.spells import Course, draw_spells
from geodata.profile import Profile

MEASURE, MONTH = "families supported by the Family Support Service (about)", "2022-09"
STOCK_FIRST, STOCK_LAST = 320, 450
"""Families on the first and the last day. Assumed: only September 2022 is published."""

LEAVING = 0.13
MONTH_WEIGHTS = (1.0, 1.0, 1.2, 0.9, 1.0, 1.1, 1.5, 0.6, 0.8, 1.0, 1.0, 0.9)
SHORTEST_DAYS, LONGEST_DAYS = 28, 900

CHILDREN_SHARES = (0.42, 0.34, 0.17, 0.07)
"""Families with one, two, three and four children. Assumed."""

AGE_WEIGHTS = (4, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 7, 6, 4)
"""Ages 0 to 16 of the first child when the case starts. Assumed."""

AGE_GAPS_YEARS = (-5, -4, -3, -2, -2, 2, 2, 3, 4, 5)
"""Between the first child of a family and another; below zero for an elder one. Assumed."""

LEVEL_SHARES = {"Level 2": 0.37, "Level 3": 0.58, "Level 4": 0.05}
SHARE_OUTSIDE, SHARE_UNKNOWN, PROTECTED_FAMILIES = 0.006, 0.012, 18
SHARE_WITHOUT_POST = 0.03

WITH_PLAN, WITH_INVOLVEMENT = 180, 45
"""Families whose first child has a plan, or was missing education at about that time. Assumed."""

AROUND_DAYS = 90
"""A family's case starts at most this many days from its child's case of missing education."""

RATE_BY_BOARD = {
    "aylesbury": 1.65, "high-wycombe": 1.60, "chesham-and-villages": 1.25, "wexham-and-ivers": 1.15,
    "buckingham-and-villages": 0.90, "wendover-and-villages": 0.80, "north-west-chilterns": 0.75, "amersham": 0.70,
    "haddenham-and-waddesdon": 0.65, "wing-and-ivinghoe": 0.65, "winslow-and-villages": 0.70, "beeches": 0.70,
    "denham-gerrards-cross-and-chalfonts": 0.55, "south-west-chilterns": 0.60, "beaconsfield-and-chepping-wye": 0.55,
    "missendens": 0.50,
}  # fmt: skip
"""Relative rate. Synthetic: nothing is published by area."""


def build_families(
    profile: Profile,
    ground: Ground,
    plans: pd.DataFrame,
    involvements: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw the families, and the first child of each.

    Parameters
    ----------
    profile : Profile
        Whose published number of families is met on `geodata.demo.days.CENTRES_DAY`.
    ground : Ground
        Where postcodes are.
    plans, involvements : pandas.DataFrame
        From `geodata.demo.ehc.build_ehc` and `geodata.demo.cme.build_cme`.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        One row a family: family_id, start_date, end_date (NaT while open), level, child_id (blank unless the first
        child is one of the others), born (of the first child), postcode, protected, home (kind).
    """
    stock = {CENTRES_OPENED: STOCK_FIRST, CENTRES_DAY: published(profile, MEASURE, MONTH), TODAY: STOCK_LAST}
    start, end = draw_spells(Course(stock, LEAVING, MONTH_WEIGHTS, SHORTEST_DAYS, LONGEST_DAYS), rng)
    families = pd.DataFrame({"start_date": start, "end_date": end})
    families.insert(0, "family_id", [f"DEMO-F{number:05d}" for number in range(1, len(families) + 1)])
    families["level"] = rng.choice(list(LEVEL_SHARES), len(families), p=list(LEVEL_SHARES.values()))
    families["child_id"] = ""
    families["born"] = _births(start, last_days(families), rng)
    size = len(families)
    outside, unknown = round(SHARE_OUTSIDE * size), round(SHARE_UNKNOWN * size)
    kinds = shuffle_kinds(size, rng, outside=outside, unknown=unknown, protected=PROTECTED_FAMILIES)
    weights = atom_weights(ground.places, RATE_BY_BOARD, rng)
    families = families.join(draw_homes(ground.places, weights, kinds, rng))
    _with_plan(families, plans, rng)
    _with_involvement(families, involvements, rng)
    return families


def build_cases(families: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the children of families: one case each.

    Parameters
    ----------
    families : pandas.DataFrame
        From `build_families`.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        One row a child: child_id, family_id, start_date, end_date, level, born, year_group (blank below the years that
        schools have), postcode, protected, home (kind).
    """
    count = rng.choice(np.arange(1, len(CHILDREN_SHARES) + 1), len(families), p=CHILDREN_SHARES)
    cases = families.loc[np.repeat(families.index.to_numpy(), count)].reset_index(drop=True)
    first = ~cases["family_id"].duplicated()
    gap = rng.choice(AGE_GAPS_YEARS, len(cases)) * 365 + rng.integers(-90, 91, len(cases))
    eldest, own, start = days_of(cases, "born"), np.where(first, 0, gap), days_of(cases, "start_date")
    last = last_days(cases)
    # A brother or sister is born by the start of the case and not yet 18 at its end: else the gap goes the other way.
    youngest, oldest = start - 30, birthday(last, -18) + 1
    born = eldest + own
    born = np.where(first, born, np.where(born > youngest, eldest - own, np.where(born < oldest, eldest - own, born)))
    born = np.where(first, born, np.clip(born, oldest, youngest))
    cases["born"] = born
    fresh = [f"DEMO-Y{number:05d}" for number in range(1, len(cases) + 1)]
    cases["child_id"] = np.where(first & (cases["child_id"] != ""), cases["child_id"], fresh)
    group = pd.Series(year_group(born, last))
    cases["year_group"] = group.where(group >= FIRST_YEAR_GROUP).astype("Int64")
    return cases


def add_schools_and_posts(
    cases: pd.DataFrame, schools: pd.DataFrame, work: LinkWork, ground: Ground, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the cases with a school for children from Reception to year 11, and the post that holds each family.

    Parameters
    ----------
    cases : pandas.DataFrame
        From `build_cases`; a ``school_urn`` that is there already stays.
    schools : pandas.DataFrame
        From `geodata.demo.schools.build_schools`.
    work : LinkWork
        The post is the one that has the school of the family's first child at school today, else any.
    ground : Ground
        Points of the homes.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        Also school_urn (Int64) and post (blank where none is given yet).
    """
    cases = cases.copy()
    at_school = cases["home"].isin([INSIDE, UNKNOWN]) & cases["year_group"].between(0, 11)
    new = cases[at_school & cases["school_urn"].isna() & cases["child_id"].str.startswith("DEMO-Y")]
    cases.loc[new.index, "school_urn"] = nearby_schools(new, schools, ground, rng)
    today = work.allocations.set_index("school_urn")["post"]
    of_school = cases["school_urn"].map(today)
    of_family = of_school.groupby(cases["family_id"]).first()
    posts = pd.Series(rng.choice(work.posts["post"].to_numpy(), of_family.size), index=of_family.index)
    post = of_family.where(of_family.notna(), posts)
    post[rng.random(post.size) < SHARE_WITHOUT_POST] = ""
    cases["post"] = cases["family_id"].map(post)
    return cases


def _births(start: npt.NDArray[np.datetime64], last: npt.NDArray[np.datetime64], rng: np.random.Generator) -> pd.Series:
    age = rng.choice(len(AGE_WEIGHTS), start.size, p=np.array(AGE_WEIGHTS) / sum(AGE_WEIGHTS))
    age = np.minimum(age, 16 - (last - start).astype(np.int64) // 365)  # under 18 to the end
    return pd.Series(birthday(start, -age) - rng.integers(1, 365, start.size))


def _with_plan(families: pd.DataFrame, plans: pd.DataFrame, rng: np.random.Generator) -> None:
    """Give some families a first child, 4 to 16 years old, who has one of the plans; in place."""
    pool = plans[plans["home"] == INSIDE]
    born, since, until = (days_of(pool, column) for column in ("born", "start_date", "end_date"))
    four, seventeen = birthday(born, 4), birthday(born, 17)
    start, last = days_of(families, "start_date"), last_days(families)

    def fits(row: int) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = (since <= start[row]) & (until > last[row])
        found &= (four <= start[row]) & (seventeen > last[row])
        return found

    order = rng.permutation(np.flatnonzero(families["home"] == INSIDE))
    take_over(families, draw_pairs(order, fits, len(pool), rng, WITH_PLAN), pool)


def _with_involvement(families: pd.DataFrame, involvements: pd.DataFrame, rng: np.random.Generator) -> None:
    """Give some families a first child who was missing education when their case started, or soon; in place."""
    pool = involvements.drop_duplicates("child_id")
    pool = pool[(pool["home"] == INSIDE) & pool["child_id"].str.startswith("DEMO-C")]
    missing_since, eighteen = days_of(pool, "start_date"), birthday(days_of(pool, "born"), 18)
    start, last = days_of(families, "start_date"), last_days(families)

    def fits(row: int) -> npt.NDArray[np.bool_]:
        days = (start[row] - missing_since).astype(np.int64)
        near: npt.NDArray[np.bool_] = (abs(days) <= AROUND_DAYS) & (eighteen > last[row])
        return near

    order = rng.permutation(np.flatnonzero((families["home"] == INSIDE) & (families["child_id"] == "")))
    take_over(families, draw_pairs(order, fits, len(pool), rng, WITH_INVOLVEMENT), pool)
