"""Points are those of the pack, however a postcode is typed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo.ground import Ground
from geodata.profile import Profile


def test_points_are_those_of_the_pack(profile: Profile, ground: Ground) -> None:
    pack = pd.read_parquet(profile.directory / "postcodes.parquet").set_index("postcode")
    postcode = str(ground.places.inside[100])
    typed = pd.Series([postcode, postcode.replace(" ", "").lower(), str(ground.places.outside[0]), "NFA", ""])
    east, north = ground.points(typed)

    assert east[:2].tolist() == [pack.at[postcode, "easting"]] * 2
    assert north[:2].tolist() == [pack.at[postcode, "northing"]] * 2
    assert np.isnan(east[2:]).all()
    assert np.isnan(north[2:]).all()


def test_atoms_localities_and_children_belong_together(profile: Profile, ground: Ground) -> None:
    lookup = pd.read_csv(profile.directory / "lookup.csv", dtype=str).set_index("atom")
    people = pd.read_parquet(profile.directory / "population.parquet")

    assert ground.localities.tolist() == lookup["locality"][ground.places.atoms].tolist()
    assert ground.children.sum() == people.loc[people["age"].between(5, 10), "persons"].sum()
    assert ground.teenagers.sum() == people.loc[people["age"].between(11, 15), "persons"].sum()
    east, _ = ground.middles()
    assert len(east) == 319
    assert east[0] == ground.easting[ground.atom == 0].mean()


def test_towns_stand_where_they_are(ground: Ground) -> None:
    east, north = ground.towns.at("Aylesbury")

    assert abs(east - 481_700) < 500
    assert abs(north - 213_800) < 500
    nearest = ground.nearest_towns(np.array([east, 486_000.0]), np.array([north, 193_000.0]), up_to_rank=2)
    assert ground.towns.names[nearest].tolist() == ["Aylesbury", "High Wycombe"]


def test_the_nearest_free_postcode_is_taken(ground: Ground) -> None:
    free = np.ones(ground.easting.size, dtype=bool)
    first = ground.nearest(float(ground.easting[5]), float(ground.northing[5]), free)
    free[first] = False

    assert (ground.easting[first], ground.northing[first]) == (ground.easting[5], ground.northing[5])
    assert ground.nearest(float(ground.easting[5]), float(ground.northing[5]), free) != first
