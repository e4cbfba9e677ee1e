"""Places come near the published pupils, lie where the tables say, and lack where the strategy says."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geodata.demo.days import SCHOOLS_DAY, TODAY
from geodata.demo.ground import Ground
from geodata.demo.schools import build_schools
from geodata.demo.specialist import BASE_CLOSES, BASE_NEEDS, add_specialist, build_places, special_towns
from geodata.profile import Profile


@pytest.fixture(scope="module")
def schools(profile: Profile, ground: Ground) -> pd.DataFrame:
    return build_schools(profile, ground, special_towns(), np.random.default_rng(3))


@pytest.fixture(scope="module")
def specialist(schools: pd.DataFrame) -> pd.DataFrame:
    return build_places(schools, np.random.default_rng(4))


def open_on(specialist: pd.DataFrame, day: date) -> pd.DataFrame:
    at = pd.Timestamp(day)
    return specialist[(specialist["opened"] <= at) & ~(specialist["closed"] <= at)]


def special_places(specialist: pd.DataFrame, day: date) -> int:
    here = open_on(specialist, day)
    return int(here.loc[here["provision"] == "special", "commissioned_places"].sum())


def test_special_places_come_near_the_published_pupils_and_grow(specialist: pd.DataFrame) -> None:
    then, now, soon = (special_places(specialist, day) for day in (SCHOOLS_DAY, TODAY, date(2025, 9, 30)))

    assert abs(then - 1_594) < 20
    assert then < now < soon
    assert set(specialist.loc[specialist["opened"] > pd.Timestamp(SCHOOLS_DAY), "opened"].dt.year) == {2023, 2024, 2025}


def test_forty_bases_are_open_in_may_2022(specialist: pd.DataFrame) -> None:
    bases = specialist[specialist["provision"] == "base"]

    assert sum(map(sum, BASE_NEEDS.values())) == 40
    assert len(open_on(bases, SCHOOLS_DAY)) == 40
    assert bases["urn"].is_unique
    assert bases["closed"].dropna().dt.date.tolist() == [BASE_CLOSES]


def test_the_counts_differ_and_every_row_is_dated(specialist: pd.DataFrame) -> None:
    assert (specialist["capacity"] != specialist["commissioned_places"]).mean() > 0.2
    assert specialist[["opened", "commissioned_places", "capacity"]].notna().all(axis=None)
    assert not specialist.duplicated(["urn", "provision", "need", "phase", "opened"]).any()


def test_the_schools_list_tells_the_same_places(schools: pd.DataFrame, specialist: pd.DataFrame) -> None:
    listed = add_specialist(schools, specialist, SCHOOLS_DAY)
    here = open_on(specialist, SCHOOLS_DAY)
    bases = here.loc[here["provision"] == "base", "commissioned_places"].sum()
    special = listed["kind"] == "special"

    assert listed[["resourced_provision_capacity", "sen_unit_capacity"]].sum().sum() == bases
    assert listed["pupils"].sum() == schools["pupils"].sum()
    assert listed.loc[special, "capacity"].sum() == here.loc[here["provision"] == "special", "capacity"].sum()
    assert (listed.loc[special, "pupils"] / listed.loc[special, "capacity"]).between(0.85, 1.15).all()
