"""Buildings are spread over towns and villages, the same for every seed, and called illustrative."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.contracts.family_centres import DAY_CODES
from geodata.demo.candidate_buildings import STEP_M, build_buildings
from geodata.demo.ground import Ground
from geodata.demo.illustrative_sites import build_centres


@pytest.fixture(scope="module")
def buildings(ground: Ground) -> pd.DataFrame:
    return build_buildings(ground)


def test_every_town_and_village_of_the_pack_has_one(ground: Ground, buildings: pd.DataFrame) -> None:
    places = buildings["name"].str.removeprefix("Illustrative building: ").str.removesuffix(" 2")

    assert len(buildings) == len(ground.towns.names) + 2 == 25
    assert set(places) == set(ground.towns.names)
    assert buildings["name"].str.startswith("Illustrative building: ").all()
    assert buildings[["name", "building_id", "postcode"]].nunique().tolist() == [25, 25, 25]


def test_no_two_stand_at_one_point_nor_where_a_centre_is(ground: Ground, buildings: pd.DataFrame) -> None:
    assert not buildings.duplicated(["easting", "northing"]).any()
    assert not set(buildings["postcode"]) & set(build_centres(ground)["postcode"])


def test_they_stand_near_their_place_at_a_real_postcode(ground: Ground, buildings: pd.DataFrame) -> None:
    east, north = ground.points(buildings["postcode"])

    assert east.tolist() == buildings["easting"].tolist()
    assert north.tolist() == buildings["northing"].tolist()
    for name, x, y in zip(buildings["name"], east, north, strict=True):
        town = ground.towns.at(name.removeprefix("Illustrative building: ").removesuffix(" 2"))
        assert np.hypot(x - town[0], y - town[1]) < STEP_M + 1_500


def test_cost_rooms_and_days_vary(buildings: pd.DataFrame) -> None:
    assert buildings["rooms"].between(2, 6).all()
    assert buildings["cost"].between(25_000, 90_000).all()
    assert (buildings["cost"] % 500 == 0).all()
    assert buildings["cost"].corr(buildings["rooms"]) > 0.8
    listed = set("; ".join(buildings["days"]).lower().replace("mon-fri", "mon").split("; "))
    assert listed <= set(DAY_CODES)
    assert buildings["days"].nunique() > 4
