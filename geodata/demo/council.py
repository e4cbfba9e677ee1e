"""The demonstration council as data frames: every dataset, drawn from one seed, each with its own stream of chance."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np
import pandas as pd

from geodata.demo.candidate_buildings import build_buildings
from geodata.demo.cme import build_cme
from geodata.demo.days import SCHOOLS_DAY
from geodata.demo.early_help import add_schools_and_posts, build_cases, build_families
from geodata.demo.early_help_returns import with_returns
from geodata.demo.early_help_times import with_times
from geodata.demo.ehc import build_ehc
from geodata.demo.ground import Ground, load_ground
from geodata.demo.home_education import build_home_education
from geodata.demo.homes import INSIDE, load_places
from geodata.demo.illustrative_sites import build_centres, build_housing
from geodata.demo.last_contacts import draw_last_contacts
from geodata.demo.link_workers import build_link_work
from geodata.demo.low_income import build_low_income
from geodata.demo.placements import nearby_schools, place_plans
from geodata.demo.provision import list_provision
from geodata.demo.school_traits import with_traits
from geodata.demo.schools import build_schools
from geodata.demo.sen_support import build_sen_support
from geodata.demo.specialist import add_specialist, build_places, special_towns
from geodata.demo.vacancies import with_vacancies
from geodata.profile import Profile

SHARE_WITH_LAST_SCHOOL = 0.6
"""Children missing education whose last school is known. Assumed."""


def draw_council(profile: Profile, seed: int) -> dict[str, pd.DataFrame]:
    """Draw every dataset of the demonstration.

    Parameters
    ----------
    profile : Profile
        Whose postcodes and published totals are used.
    seed : int
        Decides people, homes and sites of schools; never a published total.

    Returns
    -------
    dict of str to pandas.DataFrame
        Dataset -> rows, with at least the columns that `geodata.demo.exports.EXPORTS` writes.
    """
    # Plans and cases share one stream; the others have their own, so that a change to one leaves the others alone.
    people = np.random.default_rng(seed)
    places = load_places(profile)
    plans = build_ehc(profile, places, people)
    involvements = build_cme(places, plans, people)
    ground = load_ground(profile, places)
    schools = build_schools(profile, ground, special_towns(), _stream(seed, "schools"))
    specialist = build_places(schools, _stream(seed, "provision"))
    schools = add_specialist(schools, specialist, SCHOOLS_DAY)
    placed = place_plans(plans, schools, specialist, ground, _stream(seed, "placements"))
    plans["school_urn"] = placed.urns
    involvements["school_urn"] = _last_schools(involvements, plans, schools, ground, _stream(seed, "last schools"))
    involvements["last_contact"] = draw_last_contacts(involvements, _stream(seed, "last contacts"))
    centres = build_centres(ground)
    work = build_link_work(schools, centres, _stream(seed, "link workers"))
    cases = build_cases(
        build_families(profile, ground, plans, involvements, _stream(seed, "families")), _stream(seed, "children")
    )
    cases["school_urn"] = cases["child_id"].map(_school_of(plans, involvements)).astype("Int64")
    low_income = build_low_income(profile, ground, _stream(seed, "low income"))
    staffed = with_vacancies(work, _stream(seed, "vacancies"))
    cases = add_schools_and_posts(cases, schools, work, ground, _stream(seed, "posts of cases"))
    return {
        "population": pd.read_parquet(profile.directory / "population.parquet"),
        "schools": with_traits(profile, ground, schools, low_income, _stream(seed, "school traits")),
        "provision": list_provision(specialist, placed.pupils, schools),
        "ehc_plans": plans,
        "cme_involvements": involvements,
        "home_education": build_home_education(profile, places, plans, involvements, _stream(seed, "home education")),
        "family_centres": centres,
        "buildings": build_buildings(ground),
        "link_workers": staffed.posts,
        "school_allocations": staffed.allocations,
        "early_help_cases": with_returns(
            with_times(cases, _stream(seed, "times of cases")), _stream(seed, "families who come back")
        ),
        "housing": build_housing(ground),
        "low_income": low_income,
        "indicator_values": build_sen_support(ground, _stream(seed, "sen support")),
    }


def _stream(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, crc32(name.encode())])


def _last_schools(
    involvements: pd.DataFrame,
    plans: pd.DataFrame,
    schools: pd.DataFrame,
    ground: Ground,
    rng: np.random.Generator,
) -> pd.Series:
    """Return the last known school of each case: that of the plan where there is one, else one near the home."""
    children = involvements.drop_duplicates("child_id")
    known = children[(children["home"] == INSIDE) & (rng.random(len(children)) < SHARE_WITH_LAST_SCHOOL)]
    found = dict(zip(known["child_id"], nearby_schools(known, schools, ground, rng).tolist(), strict=True))
    of_plan = plans.set_index("child_id")["school_urn"]
    with_plan = children.loc[children["child_id"].isin(of_plan.index), "child_id"]
    found |= of_plan[with_plan].to_dict()
    return involvements["child_id"].map(found).astype("Int64")


def _school_of(*tables: pd.DataFrame) -> Mapping[str, int]:
    """Return child -> school, by the first of the tables that says one."""
    found: dict[str, int] = {}
    for table in reversed(tables):
        known = table.dropna(subset=["school_urn"])
        found |= dict(zip(known["child_id"], known["school_urn"].astype(int), strict=True))
    return found
