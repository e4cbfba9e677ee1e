"""Centres and housing sites are as many as published or set, the same for every seed, and called illustrative."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geodata.contracts.family_centres import DAY_SPELLINGS
from geodata.demo.ground import Ground
from geodata.demo.illustrative_sites import build_centres, build_housing
from geodata.demo.published import published
from geodata.profile import Profile


@pytest.fixture(scope="module")
def centres(ground: Ground) -> pd.DataFrame:
    return build_centres(ground)


@pytest.fixture(scope="module")
def housing(ground: Ground) -> pd.DataFrame:
    return build_housing(ground)


def test_there_are_as_many_centres_as_published(profile: Profile, centres: pd.DataFrame) -> None:
    assert len(centres) == published(profile, "family centres", "2022-09")
    assert centres["name"].is_unique
    assert centres["postcode"].is_unique
    assert set(centres["locality"]) == {"aylesbury", "wycombe", "chiltern-south-bucks"}


def test_three_are_plus_and_open_every_weekday(centres: pd.DataFrame) -> None:
    plus = centres[centres["kind"] == "Family Centre Plus"]

    assert plus["name"].tolist() == [
        "Illustrative centre: Aylesbury (plus)",
        "Illustrative centre: High Wycombe (plus)",
        "Illustrative centre: Chesham (plus)",
    ]
    assert plus["locality"].tolist() == ["aylesbury", "wycombe", "chiltern-south-bucks"]
    assert all(DAY_SPELLINGS[days.lower()] == "mon;tue;wed;thu;fri" for days in plus["days"])
    assert centres.loc[~centres.index.isin(plus.index), "days"].str.count(";").max() == 2


def test_nobody_takes_them_for_real_ones(centres: pd.DataFrame, housing: pd.DataFrame) -> None:
    assert centres["name"].str.startswith("Illustrative centre: ").all()
    assert housing["name"].str.startswith("Illustrative site ").all()


def test_homes_come_from_2023_to_2033_and_most_in_aylesbury(housing: pd.DataFrame) -> None:
    homes = housing.groupby(housing["name"].str.split(", ").str[1])["dwellings"].sum()

    assert (housing["year"].min(), housing["year"].max()) == (2023, 2033)
    assert set(housing["year"]) == set(range(2023, 2034))
    assert homes.idxmax() == "Aylesbury"
    assert homes["Aylesbury"] > 0.4 * homes.sum()
    assert housing["dwellings"].min() > 0
    assert not housing.duplicated(["site_id", "year"]).any()


def test_what_is_completed_lies_before_today(ground: Ground) -> None:
    housing = build_housing(ground, date(2026, 3, 1))

    assert (housing["status"].eq("Completed") == housing["year"].lt(2026)).all()
    assert set(housing["status"]) == {"Completed", "Under construction", "Planning permission", "Allocated"}


def test_sites_stand_near_their_town(ground: Ground, housing: pd.DataFrame) -> None:
    for name, rows in housing.groupby(housing["name"].str.split(", ").str[1]):
        east, north = ground.towns.at(str(name))
        assert np.hypot(rows["easting"] - east, rows["northing"] - north).between(500, 3_500).all()
