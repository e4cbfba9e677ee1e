"""The shapes that are drawn: valid, in order, of the right size and named by their content."""

import dataclasses
import hashlib
import json

import brotli
import geopandas as gpd
import pytest
import shapely

from geodata import drawing
from geodata.crs import BNG
from geodata.drawing import dissolve, prepare_drawing, read_atoms
from geodata.errors import GeometryError
from geodata.geography import current_profile
from geodata.geometry_index import DRAWING, drawing_of
from geodata.snapshot import Workspace

SCHEMES = ("locality", "community_board", "ward", "msoa", "lsoa", "district", "county")


@pytest.fixture(scope="module")
def atoms(profile):
    return read_atoms(profile)


@pytest.fixture(scope="module")
def shapes(drawn):
    """Scheme -> the GeoJSON that the browser gets."""
    files = drawing_of(drawn, "1").files
    return {key: json.loads(brotli.decompress((drawn / DRAWING / file).read_bytes())) for key, file in files.items()}


def test_atoms_are_those_of_the_lookup_in_metres_and_a_valid_coverage(atoms, areas):
    assert tuple(atoms.index) == areas.atoms
    assert atoms.crs == BNG
    assert shapely.coverage_is_valid(atoms.geometry.to_numpy())


@pytest.mark.parametrize(
    ("code", "km2"), [("E07000004", 904), ("E07000005", 197), ("E07000006", 142), ("E07000007", 324)]
)
def test_former_districts_have_their_size_within_one_per_cent(atoms, areas, code, km2):
    assert dissolve(atoms, areas, "district").geometry[code].area / 1e6 == pytest.approx(km2, rel=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_dissolved_areas_are_in_order_and_tile_the_county(atoms, areas, scheme):
    merged = dissolve(atoms, areas, scheme)
    assert tuple(merged.index) == areas.codes(scheme)
    assert shapely.coverage_is_valid(merged.geometry.to_numpy())
    assert merged.area.sum() == pytest.approx(atoms.area.sum())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_features_stand_in_the_order_of_the_area_codes_with_their_names(shapes, areas, scheme):
    properties = [feature["properties"] for feature in shapes[scheme]["features"]]
    assert tuple(one["code"] for one in properties) == areas.codes(scheme)
    assert [one["name"] for one in properties] == list(areas.names[scheme].values())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_place_of_a_label_lies_within_its_area(shapes, scheme):
    for feature in shapes[scheme]["features"]:
        latitude, longitude = feature["properties"]["at"]
        # Rounded to four decimals, some ten metres.
        assert shapely.geometry.shape(feature["geometry"]).distance(shapely.Point(longitude, latitude)) < 1e-4


def test_drawn_shapes_are_degrees_within_the_box_they_state(shapes):
    for content in shapes.values():
        west, south, east, north = content["bbox"]
        assert -2 < west < east < 0.1
        assert 51 < south < north < 53
    assert shapes["county"]["bbox"] == shapes["locality"]["bbox"]


def test_the_context_has_eleven_neighbours_and_the_towns(shapes):
    context = shapes["context"]
    assert len(context["features"]) == 11
    assert 15 <= len(context["towns"]) <= 25
    names = [town[0] for town in context["towns"]]
    assert {"Aylesbury", "High Wycombe"} <= set(names)
    for _, latitude, longitude, rank in context["towns"]:
        assert 51.4 < latitude < 52.3
        assert -1.2 < longitude < -0.4
        assert rank in {1, 2, 3}


def test_a_file_is_named_by_the_hash_of_its_content(drawn):
    for key, file in drawing_of(drawn, "1").files.items():
        name, digest, *suffix = file.split(".")
        raw = brotli.decompress((drawn / DRAWING / file).read_bytes())
        assert (name, digest, suffix) == (key, hashlib.sha256(raw).hexdigest()[:16], ["json", "br"])


def test_preparing_again_gives_the_same_names(profile, drawn, tmp_path):
    assert prepare_drawing(profile, tmp_path) == drawing_of(drawn, "1").files


def test_the_shapes_of_the_lsoas_are_small_enough_for_a_first_load(drawn):
    # All of the first load may be 750 kB; the finest shapes take a small part of it.
    file = drawing_of(drawn, "1").files["lsoa"]
    assert (drawn / DRAWING / file).stat().st_size < 60_000


def test_atoms_that_overlap_are_refused(profile, tmp_path):
    square = shapely.box(0, 0, 10, 10)
    frame = gpd.GeoDataFrame({"code": ["a", "b"]}, geometry=[square, shapely.box(5, 0, 15, 10)], crs=BNG)
    frame.to_parquet(tmp_path / "atoms.parquet")
    with pytest.raises(GeometryError, match="overlap or leave slivers"):
        read_atoms(dataclasses.replace(profile, directory=tmp_path))


def test_shapes_that_stayed_as_they_were_are_not_made_again(filled, monkeypatch):
    made = []
    monkeypatch.setattr(
        drawing, "_features", lambda _frame, names: made.append(list(names)) or {"names": sorted(names)}
    )
    prepare_drawing(filled.profile, filled.path)
    before = drawing_of(filled.path, "1").files
    made.clear()
    filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))
    assert made == [["X", "Y"]]
    now = drawing_of(filled.path, current_profile(Workspace(filled.path)).version).files
    assert {key for key in now if now[key] == before[key]} == {"context", "locality", "msoa", "lsoa", "county"}
    made.clear()
    file = filled.outlines(filled.files / "l.geojson", filled.lsoa_2021, field="lsoa21_code")
    filled.take("area_scheme", file)
    assert len(made) == 6  # other atoms: all of them


def test_outlines_that_cut_atoms_are_drawn_as_they_were_given(filled):
    filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))
    file = drawing_of(filled.path, current_profile(Workspace(filled.path)).version).files["ward"]
    content = json.loads(brotli.decompress((filled.path / DRAWING / file).read_bytes()))
    frame = gpd.GeoDataFrame.from_features(content["features"], crs="EPSG:4326").set_index("code").to_crs(BNG)
    assert frame.area.to_dict() == pytest.approx({"X": 6e6, "Y": 10e6}, rel=1e-3)
