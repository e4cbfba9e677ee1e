"""The folder that holds the areas: the same for the same parts, whole or not at all, and light to go back to."""

import os
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from geodata.areas import load_areas
from geodata.drawing import read_atoms
from geodata.geography_build import build
from geodata.manifest import Part
from geodata.snapshot import Workspace


@pytest.fixture
def staged(squares):
    """Return a function that stages a part of areas, without taking it in."""

    def stage(frame, **about):
        number = len(list(squares.path.glob("parts/area_scheme/*")))
        part = Part("area_scheme", f"{number}", f"file{number}.csv", "0" * 64, len(frame), len(frame), 0,
                    about={"scheme": "ward", "kind": "lookup", "vintage": "", "atoms": "lsoa", "atom_vintage": "2011",
                           "title": "", "valid_from": "", "valid_to": ""} | about)  # fmt: skip
        file = Workspace(squares.path).part_path("area_scheme", part.id, ".parquet")
        file.parent.mkdir(parents=True, exist_ok=True)
        frame.to_parquet(file)
        return part

    return stage


def shapes(squares, codes):
    geometry = [squares.box(*span) for span in codes.values()]
    return gpd.GeoDataFrame({"code": list(codes), "name": list(codes)}, geometry=geometry, crs="EPSG:27700")


def lookup(squares, *areas, names=True):
    rows = [(atom, areas[i % len(areas)], f"Name {areas[i % len(areas)]}" if names else None, None)
            for i, atom in enumerate(squares.atoms)]  # fmt: skip
    return pd.DataFrame(rows, columns=["atom", "area", "name", "change"]).astype("str")


def content(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_parts_give_the_same_folder(squares, staged, tmp_path):
    parts = [staged(shapes(squares, squares.wards), kind="outlines"), staged(lookup(squares, "a", "b"), scheme="board")]
    key, made, waiting = build(Workspace(squares.path), squares.profile, parts)
    first = content(squares.path / "geography" / key)
    os.rename(squares.path / "geography", tmp_path / "geography")  # noqa: PTH104 - out of the way
    assert build(Workspace(squares.path), squares.profile, parts) == (key, made, waiting)
    assert content(squares.path / "geography" / key) == first
    assert (made.version, waiting) == (f"1+{key}", ())


def test_other_parts_or_words_give_another(squares, staged):
    one = staged(lookup(squares, "a", "b"))
    keys = [
        build(Workspace(squares.path), squares.profile, [part])[0]
        for part in (
            one,
            staged(lookup(squares, "a", "c")),
            replace(one, about={**one.about, "title": "Wards of today"}),
            replace(one, source_name="other.csv"),
        )
    ]
    assert len(set(keys)) == 4


def test_every_scheme_covers_every_atom_and_has_names(squares, staged):
    parts = [
        staged(shapes(squares, squares.lsoa_2021), kind="outlines", scheme="lsoa", vintage="2021"),
        staged(shapes(squares, squares.wards), kind="outlines", vintage="2022"),
        staged(lookup(squares, "a", "b", names=False), scheme="community_board"),
    ]
    _, profile, _ = build(Workspace(squares.path), squares.profile, parts)
    areas = load_areas(profile)
    assert areas.atoms == tuple(squares.lsoa_2021) == tuple(read_atoms(profile).index)
    for scheme in profile.schemes:
        assert set(areas.of_atom[scheme.key]) == set(areas.atoms)
    assert areas.names["community_board"] == {"a": "a", "b": "b"}
    assert [scheme.key for scheme in profile.schemes] == [
        "locality", "ward", "msoa", "community_board", "lsoa", "county",
    ]  # fmt: skip
    assert sorted(areas.shares["ward"]) == [
        ("E01000001", "X", 1.0), ("E01000002", "X", 0.5), ("E01000002", "Y", 0.5), ("E01000003", "Y", 1.0),
        ("E01000005", "Y", 1.0), ("E01000006", "Y", 1.0),
    ]  # fmt: skip


def test_the_modelled_residents_keep_their_sum(squares, staged):
    part = staged(shapes(squares, squares.lsoa_2021), kind="outlines", scheme="lsoa", vintage="2021")
    _, profile, _ = build(Workspace(squares.path), squares.profile, [part])
    people = pd.read_parquet(profile.directory / "population.parquet")
    assert people.groupby("age")["persons"].sum().unique().tolist() == [100.0]


def test_postcodes_get_the_piece_they_lie_in(squares, staged):
    part = staged(shapes(squares, squares.lsoa_2021), kind="outlines", scheme="lsoa", vintage="2021")
    _, profile, _ = build(Workspace(squares.path), squares.profile, [part])
    table = pd.read_parquet(profile.directory / "postcodes.parquet").set_index("postcode")
    assert table["lsoa"][["HP94 1AA", "HP94 1AB", "HP94 1AC", "HP94 1AD", "HP95 1AA"]].tolist() == [
        "E01000005", "E01000005", "E01000006", "E01000006", "E01000099",
    ]  # fmt: skip
    assert table["by_point"].sum() == 4


def test_names_of_areas_come_from_any_row_that_has_one(squares, staged):
    frame = lookup(squares, "a", names=False)
    frame.loc[2, "name"] = "The whole"
    _, profile, _ = build(Workspace(squares.path), squares.profile, [staged(frame)])
    assert load_areas(profile).names["ward"] == {"a": "The whole"}


def test_a_correspondence_of_other_years_waits(squares, staged):
    rows = [("E01000001", "E01000001", None, "U")]
    frame = pd.DataFrame(rows, columns=["atom", "area", "name", "change"]).astype("str")
    lookup_2031 = staged(frame, kind="correspondence", scheme="lsoa", vintage="2031", atom_vintage="2021")
    outlines = staged(shapes(squares, squares.lsoa_2021), kind="outlines", scheme="lsoa", vintage="2021")
    _, profile, waiting = build(Workspace(squares.path), squares.profile, [lookup_2031, outlines])
    assert waiting == ("'file0.csv' waits for the outlines of the small areas it leads to.",)
    assert profile.atom_vintage == 2021


def test_a_merged_atom_takes_the_areas_of_its_largest_part(squares, staged):
    codes = {"E01000001": (0, 2), "E01000007": (2, 6), "E01000004": (6, 8)}
    part = staged(shapes(squares, codes), kind="outlines", scheme="lsoa", vintage="2021")
    _, profile, _ = build(Workspace(squares.path), squares.profile, [part])
    areas = load_areas(profile)
    assert areas.of_atom["locality"] == {"E01000001": "west", "E01000007": "west", "E01000004": "east"}
    people = pd.read_parquet(profile.directory / "population.parquet").query("age == 7").set_index("atom")["persons"]
    assert people.to_dict() == {"E01000001": 25, "E01000004": 25, "E01000007": 50}


def test_a_half_made_folder_is_not_taken_for_one(squares, staged):
    part = staged(lookup(squares, "a"))
    key, _, _ = build(Workspace(squares.path), squares.profile, [part])
    folder = squares.path / "geography" / key
    (folder / "geography.json").unlink()
    (folder / "lookup.csv").write_text("")
    assert build(Workspace(squares.path), squares.profile, [part])[0] == key
    assert load_areas(build(Workspace(squares.path), squares.profile, [part])[1]).names["ward"] == {"a": "Name a"}


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_the_folder_is_for_the_user_alone(squares, staged):
    key, _, _ = build(Workspace(squares.path), squares.profile, [staged(lookup(squares, "a"))])
    folder = squares.path / "geography" / key
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
