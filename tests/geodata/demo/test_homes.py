"""Homes are real live postcodes of the county, by weight, or deliberately none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo import homes
from geodata.demo.homes import INSIDE, OUTSIDE, PROTECTED, UNKNOWN, Places
from geodata.profile import Profile


def compact(postcodes: pd.Series) -> pd.Series:
    return postcodes.str.upper().str.replace(" ", "")


def test_places_are_the_packs_live_postcodes(profile: Profile, places: Places) -> None:
    pack = pd.read_parquet(profile.directory / "postcodes.parquet")
    lookup = pd.read_csv(profile.directory / "lookup.csv", dtype=str).set_index("atom")
    live = set(pack.loc[pack["live"], "postcode"])

    assert set(places.inside) | set(places.outside) == live
    assert not set(places.inside) & set(places.outside)
    assert places.atoms.tolist() == sorted(lookup.index)
    assert places.boards.tolist() == lookup.loc[places.atoms, "community_board"].tolist()
    of_pack = pack.set_index("postcode")["lsoa"].astype(str)
    atoms = np.repeat(places.atoms, np.diff(places.first))
    assert of_pack[places.inside].tolist() == atoms.tolist()


def test_a_home_is_of_the_kind_asked_for(places: Places) -> None:
    rng = np.random.default_rng(1)
    kinds = homes.shuffle_kinds(3000, rng, outside=100, unknown=50, protected=9)
    drawn = homes.draw_homes(places, homes.atom_weights(places, {}, rng), kinds, rng)

    assert drawn["home"].value_counts().to_dict() == {INSIDE: 2841, OUTSIDE: 100, UNKNOWN: 50, PROTECTED: 9}
    plain = compact(drawn["postcode"])
    inside = {postcode.replace(" ", "") for postcode in places.inside}
    outside = {postcode.replace(" ", "") for postcode in places.outside}
    assert plain[drawn["home"].isin([INSIDE, PROTECTED])].isin(inside).all()
    assert plain[drawn["home"] == OUTSIDE].isin(outside).all()
    assert drawn.loc[drawn["home"] == UNKNOWN, "postcode"].isin(homes.NOT_POSTCODES).all()
    assert (drawn["protected"].eq("Yes") == drawn["home"].eq(PROTECTED)).all()


def test_some_postcodes_are_typed_as_people_type_them(places: Places) -> None:
    rng = np.random.default_rng(1)
    kinds = np.full(2000, INSIDE)
    typed = homes.draw_homes(places, homes.atom_weights(places, {}, rng), kinds, rng)["postcode"]

    assert 0.02 < (~typed.str.contains(" ")).mean() < 0.09
    assert 0.01 < (typed != typed.str.upper()).mean() < 0.06


def test_boards_get_homes_by_their_weight(places: Places) -> None:
    rng = np.random.default_rng(1)
    weights = homes.atom_weights(places, {"aylesbury": 3.0}, rng)
    aylesbury = places.boards == "aylesbury"

    assert np.isclose(weights.sum(), 1.0)
    assert 2.5 < weights[aylesbury].mean() / weights[~aylesbury].mean() < 3.5
    drawn = homes.draw_inside(places, weights, 5000, rng)
    here = np.repeat(aylesbury, np.diff(places.first))
    assert abs(np.isin(drawn, places.inside[here]).mean() - weights[aylesbury].sum()) < 0.03
