"""The committed pack of Buckinghamshire keeps its promises. Reads files only, no network."""

import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata.pack.wheels import WHEELS

PACK = Path(__file__).parents[3] / "geodata" / "profiles" / "buckinghamshire"
SHARED = Path(__file__).parents[3].parent / "shared" / "data"
SCHEMES = {
    "lsoa": 319,
    "msoa": 67,
    "ward": 49,
    "district": 4,
    "locality": 3,
    "community_board": 16,
    "county": 1,
}
DISTRICT_KM2 = {"E07000004": 904, "E07000005": 197, "E07000006": 142, "E07000007": 324}


@pytest.fixture(scope="module")
def atoms():
    return gpd.read_parquet(PACK / "atoms.parquet")


@pytest.fixture(scope="module")
def neighbours():
    return gpd.read_parquet(PACK / "neighbours.parquet")


@pytest.fixture(scope="module")
def lookup():
    return pd.read_csv(PACK / "lookup.csv", index_col="atom")


@pytest.fixture(scope="module")
def areas():
    return pd.read_csv(PACK / "areas.csv")


@pytest.fixture(scope="module")
def ons_names(areas):
    # Our own codes may repeat between schemes ("aylesbury"); those of the ONS never do.
    return areas[areas["code"].str.startswith("E")].set_index("code")["name"]


@pytest.fixture(scope="module")
def postcodes():
    return pd.read_parquet(PACK / "postcodes.parquet")


@pytest.fixture(scope="module")
def population():
    return pd.read_parquet(PACK / "population.parquet")


@pytest.fixture(scope="module")
def county(atoms):
    return atoms.union_all(method="coverage")


def test_atoms_are_the_319_lsoas_in_order(atoms):
    assert list(atoms.columns) == ["code", "name", "geometry"]
    assert len(atoms) == 319
    assert atoms["code"].is_monotonic_increasing
    assert atoms["code"].is_unique
    assert atoms.crs == "EPSG:27700"


def test_atoms_and_neighbours_are_one_valid_coverage(atoms, neighbours):
    shapes = [*atoms.geometry, *neighbours.geometry]
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(atoms.geometry.array)
    assert shapely.coverage_is_valid(shapes)


def test_county_is_one_piece_without_a_gap(county):
    assert county.geom_type == "Polygon"
    assert len(county.interiors) == 0


@pytest.mark.parametrize(("code", "km2"), DISTRICT_KM2.items())
def test_former_district_has_its_area(atoms, lookup, code, km2):
    inside = atoms["code"].map(lookup["district"]) == code
    assert atoms[inside].union_all(method="coverage").area / 1e6 == pytest.approx(km2, rel=0.01)


def test_eleven_neighbours_enclose_the_county(neighbours, county):
    assert len(neighbours) == 11
    assert neighbours["code"].is_unique
    assert neighbours.crs == "EPSG:27700"
    assert neighbours.intersection(county).area.max() == 0
    shared_m = neighbours.boundary.intersection(county.boundary).length
    assert (shared_m > 5_000).all()
    # The whole outline, to the metre, touches a neighbour: no sliver lies between.
    assert shared_m.sum() == pytest.approx(county.boundary.length, abs=1)


@pytest.mark.parametrize(("scheme", "count"), SCHEMES.items())
def test_scheme_partitions_the_atoms(atoms, lookup, areas, scheme, count):
    named = areas[areas["scheme"] == scheme]
    used = lookup.index.to_series() if scheme == "lsoa" else lookup[scheme]
    assert list(lookup.index) == list(atoms["code"])
    assert used.notna().all()
    assert set(used) == set(named["code"])
    assert len(named) == count
    assert named["code"].is_unique
    assert named["name"].is_unique


def test_areas_are_sorted_and_hold_no_other_scheme(areas):
    assert set(areas["scheme"]) == set(SCHEMES)
    assert not areas.isna().any(axis=None)
    assert areas.equals(areas.sort_values(["scheme", "code"], ignore_index=True))


def test_lsoa_is_in_the_msoa_of_its_name(lookup, ons_names):
    lsoa_names = ons_names[lookup.index]
    assert [name[:-1] for name in lsoa_names] == list(ons_names[lookup["msoa"]])


def test_wards_are_best_fits_within_a_locality(lookup):
    sizes = lookup["ward"].value_counts()
    assert (sizes.min(), sizes.max()) == (5, 8)
    assert (lookup.groupby("ward")["locality"].nunique() == 1).all()
    assert (lookup.groupby("ward")["community_board"].nunique() == 1).all()
    assert lookup["ward_share"].between(0.5, 1).all()
    assert (lookup["ward_share"] < 0.9).sum() == 39


def test_only_one_board_straddles_two_localities(lookup):
    localities = lookup.groupby("community_board")["locality"].nunique()
    assert list(localities[localities > 1].index) == ["beaconsfield-and-chepping-wye"]


def test_localities_are_the_former_districts(lookup):
    pairs = set(zip(lookup["district"], lookup["locality"], strict=True))
    assert pairs == {
        ("E07000004", "aylesbury"),
        ("E07000005", "chiltern-south-bucks"),
        ("E07000006", "chiltern-south-bucks"),
        ("E07000007", "wycombe"),
    }


def test_towns_lie_in_their_wards(atoms, lookup, ons_names):
    towns = pd.read_csv(PACK / "towns.csv")
    points = gpd.points_from_xy(towns["longitude"], towns["latitude"], crs="EPSG:4326")
    placed = gpd.GeoDataFrame(towns, geometry=points).to_crs("EPSG:27700").sjoin(atoms)
    placed = placed.set_index("name_left")
    ward = placed["code"].map(lookup["ward"]).map(ons_names).to_dict()
    district = placed["code"].map(lookup["district"]).map(ons_names).to_dict()
    assert len(placed) == len(towns) >= 20
    assert towns["rank"].between(1, 3).all()
    assert ward["Buckingham"].startswith("Buckingham")
    assert ward["Waddesdon"] == "Stone and Waddesdon"
    assert ward["Bourne End"] == "The Wooburns, Bourne End and Hedsor"
    assert {name for name, of in district.items() if of == "Chiltern"} == {
        "Amersham",
        "Chalfont St Peter",
        "Chesham",
        "Great Missenden",
    }
    for name in ("Beaconsfield", "Denham", "Gerrards Cross", "Iver", "Marlow", "Wing", "Winslow"):
        assert ward[name] == name


def test_postcodes_are_sorted_unique_and_normalised(postcodes):
    codes = postcodes["postcode"]
    assert codes.is_monotonic_increasing
    assert codes.is_unique
    assert codes.str.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}").all()


def test_postcodes_have_their_types(postcodes):
    types = postcodes.dtypes.drop("postcode").astype(str).to_dict()
    assert types == {
        "lsoa": "category",
        "easting": "int32",
        "northing": "int32",
        "live": "bool",
        "by_point": "bool",
    }


def test_every_atom_has_live_postcodes_and_few_are_by_point(postcodes, atoms):
    county = postcodes[postcodes["lsoa"].isin(atoms["code"])]
    assert set(county.loc[county["live"], "lsoa"]) == set(atoms["code"])
    assert len(county) > 24_000
    assert county["by_point"].mean() < 0.02


def test_fringe_reaches_five_kilometres(postcodes, atoms, county):
    fringe = postcodes[~postcodes["lsoa"].isin(atoms["code"])]
    distance_m = shapely.distance(county, shapely.points(fringe["easting"], fringe["northing"]))
    assert 4_900 < distance_m.max() <= 5_000


def test_placed_by_point_lies_in_its_atom_or_at_the_county_line(postcodes, atoms):
    chosen = postcodes[postcodes["by_point"] & postcodes["lsoa"].isin(atoms["code"])]
    shapes = atoms.set_index("code").geometry.loc[list(chosen["lsoa"])].array
    distance_m = shapely.distance(shapes, shapely.points(chosen["easting"], chosen["northing"]))
    assert distance_m.max() < 100


def test_reused_postcode_is_at_its_new_place(postcodes):
    # Ended in 2004 near Aylesbury, given since to an estate far from its old LSOA.
    row = postcodes.set_index("postcode").loc["HP18 0YR"]
    assert row["live"]
    assert row["by_point"]


def test_population_is_the_county_shared_equally(population, atoms):
    by_age = population.groupby("age")["persons"]
    by_atom = population.groupby("atom")["persons"].sum()
    assert list(by_atom.index) == list(atoms["code"])
    assert list(population["age"].unique()) == list(range(91))
    assert len(population) == 319 * 91
    assert (by_age.max() - by_age.min() <= 1).all()
    assert by_atom.max() - by_atom.min() <= 1
    assert by_age.sum().sum() == 566_694
    assert by_age.sum().loc[[0, 5, 90]].tolist() == [5_605, 6_947, 5_918]
    assert population.dtypes.drop("atom").astype(str).tolist() == ["int8", "int32"]


def test_sources_are_complete():
    document = tomllib.loads((PACK / "sources.toml").read_text(encoding="utf-8"))
    sources = document["sources"]
    fields = {"name", "publisher", "vintage", "taken", "licence", "attribution"}
    for source in sources:
        assert set(source) == fields | {"package", "version", "sha256"}
        assert all(source.values())
        assert source["licence"] == "Open Government Licence v3.0"
    pinned = {(wheel.package, wheel.version, wheel.sha256) for wheel in WHEELS}
    assert {(it["package"], it["version"], it["sha256"]) for it in sources} == pinned
    taken = " ".join(source["taken"] for source in sources)
    built = ["atoms", "neighbours", "postcodes", "population", "lookup", "areas", "towns"]
    assert all(f"{name}." in taken for name in built)


def test_pack_stays_small():
    assert sum(file.stat().st_size for file in PACK.rglob("*") if file.is_file()) < 1_500_000


@pytest.fixture(scope="module")
def real_lsoas():
    file = SHARED / "boundaries" / "lsoa11.geojson"
    if not file.exists():
        pytest.skip("the shared folder of real files is absent")
    return gpd.read_file(file).to_crs("EPSG:27700")


def test_districts_and_names_are_those_of_the_official_file(real_lsoas, lookup, atoms):
    official = real_lsoas.set_index("lsoa11_code")
    assert official["ltla19_code"].reindex(lookup.index).equals(lookup["district"].astype("str"))
    assert dict(zip(atoms["code"], atoms["name"], strict=True)) == official["lsoa11_name"].to_dict()


def test_districts_measure_the_same_in_the_official_file(real_lsoas, lookup, atoms):
    district = atoms["code"].map(lookup["district"])
    ours = atoms.geometry.area.groupby(district).sum()
    theirs = real_lsoas.geometry.area.groupby(real_lsoas["ltla19_code"]).sum()
    assert (ours / theirs).to_list() == pytest.approx([1, 1, 1, 1], rel=0.01)
