"""There are as many schools and pupils as published; no name, number or site says more than that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata.contracts.schools import STATUS_CODES, TYPE_SPELLINGS
from geodata.demo.ground import Ground

REAL = Path(__file__).parents[4] / "shared" / "data" / "schools" / "open_schools_2024_06.csv"
PUBLISHED = {"primary": 185, "secondary": 35, "all_through": 2, "nursery": 2, "alternative": 3, "special": 10}
NEAR_A_TOWN_M = 9_000


@pytest.fixture(scope="session")
def schools(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["schools"]


def test_there_are_as_many_of_each_type_as_published(schools: pd.DataFrame) -> None:
    assert schools["kind"].value_counts().to_dict() == PUBLISHED
    assert len(schools) == 237


def test_pupils_add_up_to_the_published_totals(schools: pd.DataFrame) -> None:
    assert schools["pupils"].sum() == 88_942
    assert schools.loc[schools["kind"] == "special", "pupils"].sum() == 1_594
    assert schools["pupils"].min() > 20


def test_names_and_numbers_say_that_they_are_invented(schools: pd.DataFrame) -> None:
    assert schools["name"].str.match(r"^Demonstration [\w\- ]+ \d{3} \([\w ]+\)$").all()
    assert schools["name"].is_unique
    assert schools["urn"].is_unique
    assert schools["urn"].between(900_001, 900_999).all()
    assert schools["postcode"].is_unique


def test_no_school_is_a_real_one(schools: pd.DataFrame) -> None:
    if not REAL.is_file():
        pytest.skip("the open list of schools is not on this machine")
    real = pd.read_csv(REAL)

    assert not set(schools["urn"]) & set(real["urn"])
    assert not set(schools["name"].str.lower()) & set(real["name"].str.lower())
    assert real["urn"].max() < schools["urn"].min()


def test_words_are_those_of_the_national_list(schools: pd.DataFrame) -> None:
    groups = schools["type"].str.lower().map(TYPE_SPELLINGS)

    assert groups[schools["kind"].isin(["primary", "secondary", "all_through"])].eq("state_funded").all()
    assert groups[schools["kind"].isin(["special", "alternative", "nursery"])].tolist() == (
        schools.loc[schools["kind"].isin(["special", "alternative", "nursery"]), "kind"].tolist()
    )
    assert set(schools["status"]) <= set(STATUS_CODES.values())


def test_sites_are_real_postcodes_spread_over_the_county(schools: pd.DataFrame, ground: Ground) -> None:
    east, north = ground.points(schools["postcode"])
    here = schools["locality"].value_counts(normalize=True)

    assert east.tolist() == schools["easting"].tolist()
    assert north.tolist() == schools["northing"].tolist()
    assert here.between(0.25, 0.42).all()
    primary = schools[schools["kind"] == "primary"]
    sites = pd.Series(ground.places.inside).isin(primary["postcode"]).to_numpy()
    assert len(set(ground.atom[sites])) == 185
    assert len(set(ground.places.boards[ground.atom[sites]])) == 16


def test_secondary_and_special_schools_are_in_and_near_towns(schools: pd.DataFrame, ground: Ground) -> None:
    few = schools[~schools["kind"].isin(["primary"])]
    metres = [
        np.hypot(east - ground.towns.easting, north - ground.towns.northing).min()
        for east, north in zip(few["easting"], few["northing"], strict=True)
    ]

    assert max(metres) < NEAR_A_TOWN_M
    assert np.median(metres) < 2_000
    assert schools.loc[schools["kind"] == "special", "locality"].value_counts().to_dict() == {
        "aylesbury": 4,
        "wycombe": 3,
        "chiltern-south-bucks": 3,
    }


def test_secondary_schools_of_the_two_named_localities_are_fuller(schools: pd.DataFrame) -> None:
    mainstream = schools[schools["kind"].isin(["primary", "secondary"])]
    totals = mainstream.groupby(["kind", "locality"])[["pupils", "capacity"]].sum()
    fill = totals["pupils"] / totals["capacity"]

    secondary = fill["secondary"]
    assert secondary["chiltern-south-bucks"] < min(secondary["aylesbury"], secondary["wycombe"])
    assert fill.between(0.75, 1.05).all()
    assert (mainstream["pupils"] / mainstream["capacity"]).between(0.5, 1.1).all()


def test_forty_mainstream_schools_have_resourced_provision(schools: pd.DataFrame) -> None:
    bases = schools[["resourced_provision_capacity", "sen_unit_capacity"]]

    assert bases.notna().any(axis=1).sum() == 40
    assert not bases.notna().all(axis=1).any()
    assert schools.loc[bases.notna().any(axis=1), "kind"].isin(["primary", "secondary"]).all()
    for kind in ("resourced_provision", "sen_unit"):
        assert (schools[f"{kind}_pupils"] <= schools[f"{kind}_capacity"]).dropna().all()
    assert schools.loc[schools["kind"] == "special", "sen1"].ne("").all()
