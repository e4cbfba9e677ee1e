"""Areas over areas: partition, coverage, shares, points and vintages, by hand on squares and on the real files."""

from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geodata.crs import BNG, WGS84
from geodata.drawing import read_atoms
from geodata.errors import GeometryError, InputError, MissingCrsError
from geodata.outlines import read_outlines
from geodata.overlay import (
    CHANGES,
    MIN_SHARE,
    SLIVER_M,
    check_partition,
    correspondence,
    edge_limit_m,
    locate,
    nests,
    shares,
    snap_coverage,
)

REAL = Path(__file__).parents[3] / "shared" / "data" / "boundaries"
real_files = pytest.mark.skipif(not REAL.is_dir(), reason="the real outlines are not here")
X, Y = 480_000, 200_000


def areas(**shapes):
    """Return areas from boxes in kilometres (west, south, east, north), or from shapes in metres."""
    made = [
        one if isinstance(one, shapely.Geometry) else box(*(np.array(one) * 1000 + [X, Y, X, Y]))
        for one in shapes.values()
    ]
    return gpd.GeoDataFrame(geometry=made, index=pd.Index(list(shapes), name="code", dtype="str"), crs=BNG)


def km(*edges):
    return box(*(np.array(edges) * 1000 + [X, Y, X, Y]))


WHOLE = km(0, 0, 20, 10)
HALVES = {"a": (0, 0, 10, 10), "b": (10, 0, 20, 10)}


def test_areas_that_make_up_the_council_have_no_problem():
    assert check_partition(areas(**HALVES), WHOLE) == []


def test_an_overlap_names_the_two_areas_its_size_and_its_place():
    (found,) = check_partition(areas(b=(9.8, 0, 20, 10), a=(0, 0, 10, 10)), WHOLE)
    assert (found.kind, found.areas) == ("overlap", ("a", "b"))
    assert found.km2 == pytest.approx(2.0)
    middle = gpd.GeoSeries([shapely.Point(found.longitude, found.latitude)], crs=WGS84).to_crs(BNG).iloc[0]
    assert km(9.8, 0, 10, 10).covers(middle)
    place = f"longitude {found.longitude:.3f}, latitude {found.latitude:.3f}"
    assert found.sentence() == f"a and b overlap: 2.000 km2 at {place}."


def test_the_same_outline_under_two_codes_is_an_overlap():
    (found,) = check_partition(areas(**HALVES, c=HALVES["b"]), WHOLE)
    assert (found.areas, found.km2) == (("b", "c"), pytest.approx(100))


def test_a_hole_inside_names_the_area_next_to_it_its_size_and_its_place():
    holed = km(10, 0, 20, 10) - km(17, 4, 18, 5)
    (found,) = check_partition(areas(a=HALVES["a"], b=holed), WHOLE)
    assert (found.kind, found.areas, found.km2) == ("hole", ("b",), pytest.approx(1.0))
    assert found.sentence().startswith("A part of the council is in no area, next to b: 1.000 km2 at longitude -0.")


@pytest.mark.parametrize(("width_m", "problems"), [(98, 0), (102, 1)])
def test_an_overlap_counts_from_100_m_across(width_m, problems):
    assert len(check_partition(areas(a=HALVES["a"], b=(10 - width_m / 1000, 0, 20, 10)), WHOLE)) == problems


@pytest.mark.parametrize(("width_m", "problems"), [(98, 0), (102, 1)])
def test_a_hole_inside_counts_from_100_m_across(width_m, problems):
    holed = km(10, 0, 20, 10) - km(15, 3, 15 + width_m / 1000, 7)
    assert len(check_partition(areas(a=HALVES["a"], b=holed), WHOLE)) == problems


@pytest.mark.parametrize(("width_m", "problems"), [(598, 0), (602, 1)])
def test_a_hole_at_the_councils_edge_counts_by_the_size_of_the_areas(width_m, problems):
    assert edge_limit_m(WHOLE, 2) == 300
    found = check_partition(areas(a=HALVES["a"], b=(10, 0, 20 - width_m / 1000, 10)), WHOLE)
    assert [problem.kind for problem in found] == ["hole"] * problems


def test_the_limit_at_the_edge_follows_the_areas_within_bounds():
    assert edge_limit_m(km(0, 0, 20, 20), 100) == pytest.approx(120)  # 400 km2: 2 km a side
    assert edge_limit_m(km(0, 0, 20, 20), 10_000) == 100


def test_limits_may_be_given():
    frame = areas(a=HALVES["a"], b=(9.99, 0, 19.95, 10))
    assert check_partition(frame, WHOLE) == []
    assert [one.kind for one in check_partition(frame, WHOLE, inner_m=4, edge_m=20)] == ["overlap", "hole"]


def test_a_missing_area_is_a_hole_and_the_largest_comes_first():
    frame = areas(a=(0, 0, 10, 8), b=(10, 0, 19, 10))
    assert [round(one.km2) for one in check_partition(frame, WHOLE)] == [20, 10]


def test_land_beyond_the_council_is_not_judged():
    assert check_partition(areas(a=HALVES["a"], b=(10, 0, 25, 10)), WHOLE) == []


@pytest.mark.parametrize("call", [
    lambda frame: check_partition(frame, WHOLE), snap_coverage, lambda frame: shares(frame, frame),
    lambda frame: locate(np.array([1.0]), np.array([1.0]), frame),
])  # fmt: skip
def test_everything_is_measured_in_metres(call):
    with pytest.raises(MissingCrsError, match="EPSG:27700"):
        call(areas(**HALVES).to_crs(WGS84))


def test_outlines_that_miss_each_other_a_little_become_a_coverage():
    north, south = (0, 9.98, 20.0004, 20), (0, -10, 20, 0.0004)
    frame = areas(a=(0, 0, 9.9996, 10), b=(10.03, 0, 20, 10.0003), c=north, d=south).assign(name=list("wxyz"))
    assert not shapely.coverage_is_valid(frame.geometry.to_numpy())
    found = snap_coverage(frame)
    shapes = found.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).area == pytest.approx(600e6, rel=1e-4)
    assert not shapely.union_all(shapes).interiors
    assert (list(found.index), list(found["name"]), found.crs) == (list("abcd"), list("wxyz"), BNG)
    assert (shapely.get_coordinates(shapes) % 1 == 0).all()


def test_a_wide_gap_stays_a_gap():
    found = snap_coverage(areas(a=km(0, 0, 10, 10) - km(4, 4, 5, 5)))
    assert found.area["a"] == pytest.approx(99e6)


def test_an_area_that_vanishes_beside_another_is_refused():
    with pytest.raises(GeometryError, match="Nothing is left of"):
        snap_coverage(areas(**HALVES, c=HALVES["b"]))


@pytest.mark.parametrize("invalid", [True, False])
def test_edges_that_still_do_not_match_are_refused_by_name(monkeypatch, invalid):
    frame = areas(**HALVES)
    monkeypatch.setattr(shapely, "coverage_is_valid", lambda _shapes: not invalid)
    lines = shapely.linestrings([[[X, Y], [X, Y + 1]]] * 2)
    monkeypatch.setattr(shapely, "coverage_invalid_edges", lambda _shapes: lines)
    if invalid:
        with pytest.raises(GeometryError, match="edges of a, b do not match"):
            snap_coverage(frame)
    else:
        assert len(snap_coverage(frame)) == 2


def listed(found):
    return [tuple(row) for row in found.itertuples(index=False)]


def test_atoms_within_areas_are_whole_and_nest():
    found = shares(areas(p=(0, 0, 5, 10), q=(5, 0, 10, 10), r=(10, 0, 20, 10)), areas(**HALVES))
    assert listed(found) == [("p", "a", 1.0), ("q", "a", 1.0), ("r", "b", 1.0)]
    assert nests(found)


def test_an_atom_on_both_sides_is_shared_by_area():
    found = shares(areas(p=(8, 0, 12, 10), q=(9, 0, 19, 10)), areas(**HALVES))
    assert listed(found) == [
        ("p", "a", 0.5),
        ("p", "b", 0.5),
        ("q", "a", pytest.approx(0.1)),
        ("q", "b", pytest.approx(0.9)),
    ]
    assert not nests(found)


def test_land_in_no_area_is_shared_out_like_the_rest():
    found = shares(areas(p=(5, -2, 20, 10)), areas(**HALVES))  # a sixth of the atom lies south of both
    assert listed(found) == [("p", "a", pytest.approx(1 / 3)), ("p", "b", pytest.approx(2 / 3))]


CUT = {"z": (0, 0, 20, 10)}  # an atom that both areas cut for good, so that cuts are not put down to detail


@pytest.mark.parametrize(("width_m", "parts"), [(2 * SLIVER_M - 4, 1), (2 * SLIVER_M + 4, 2)])
def test_a_narrow_piece_is_a_sliver_however_much_of_the_atom_it_is(width_m, parts):
    atoms = areas(p=(10 - width_m / 1000, 0, 10.4, 4), **CUT)
    assert len(shares(atoms, areas(**HALVES)).query("atom == 'p'")) == parts


@pytest.mark.parametrize(("part", "parts"), [(MIN_SHARE - 0.002, 1), (MIN_SHARE + 0.002, 2)])
def test_a_small_part_of_a_large_atom_is_a_sliver(part, parts):
    atoms = areas(p=(9, 0, 19, 8), **CUT)
    inside = km(9, 0, 19, 8).area * part / 1e6
    outlines = areas(a=km(0, 0, 9, 10) | km(9, 0, 10, inside), b=km(9, 0, 20, 10) - km(9, 0, 10, inside))
    assert len(shares(atoms, outlines).query("atom == 'p'")) == parts


def test_a_piece_that_is_most_of_its_area_is_no_sliver():
    small = km(5, 5, 5.15, 5.15)  # 150 m wide in an atom of 100 km2
    found = shares(areas(p=(0, 0, 10, 10)), areas(a=km(0, 0, 10, 10) - small, s=small))
    assert list(found["area"]) == ["a", "s"]
    assert found["share"].iloc[1] == pytest.approx(0.0225 / 100)


def test_cuts_no_deeper_than_the_outlines_disagree_at_the_edge_are_no_cuts():
    atoms = areas(p=(0, 0, 9.7, 10), q=(9.7, 0, 20, 10))  # the areas' common edge lies 300 m east of the atoms'
    assert not nests(shares(atoms, areas(a=(0, 0, 10, 10), b=(10, 0, 20, 10))))
    outlines = areas(a=(0, 0.4, 10, 10), b=(10, 0.4, 20, 10))  # and their south edge 400 m north of the atoms'
    assert listed(shares(atoms, outlines)) == [("p", "a", 1.0), ("q", "b", 1.0)]


def test_atoms_in_no_area_are_refused():
    atoms = areas(p=(0, 0, 5, 10), q=(20, 0, 30, 10), r=(19, 0, 29, 10))
    with pytest.raises(GeometryError, match=r"2 atoms lie in no area: q \(0% covered\), r \(10% covered\)"):
        shares(atoms, areas(**HALVES))


@settings(max_examples=40, deadline=None)
@given(
    cuts=st.lists(st.integers(1, 199), min_size=1, max_size=6, unique=True),
    edges=st.lists(st.integers(1, 199), min_size=1, max_size=6, unique=True),
)
def test_shares_add_up_to_exactly_one_in_any_order(cuts, edges):
    def strips(at):
        marks = [0, *sorted(at), 200]
        return areas(**{f"s{i}": (a / 10, 0, b / 10, 10) for i, (a, b) in enumerate(pairwise(marks))})

    found = shares(strips(cuts), strips(edges))
    assert set(found["atom"]) == set(strips(cuts).index)
    assert (found["share"] > 0).all()
    for _, of_one in found.groupby("atom"):
        assert sum(of_one["share"]) == sum(reversed(list(of_one["share"]))) == np.sum(of_one["share"].to_numpy()) == 1


def test_points_take_the_area_they_lie_in():
    found = locate(np.array([X + 5000, X + 15_000, X - 5000]), np.array([Y + 5000] * 3), areas(**HALVES))
    assert found.dtype == object
    assert list(found) == ["a", "b", ""]


def test_a_point_on_a_common_edge_takes_the_first_code_whatever_the_order():
    x, y = np.array([X + 10_000]), np.array([Y + 5000])
    assert list(locate(x, y, areas(**HALVES))) == list(locate(x, y, areas(**HALVES).iloc[::-1])) == ["a"]


def test_a_point_just_outside_takes_the_nearest_and_on_a_tie_the_first():
    frame = areas(b=(0, 0, 1, 1), a=(1.002, 0, 2, 1))
    x, y = X + np.array([1001.0, 1000.5, 500.0, 500.0, 500.0]), Y + np.array([500.0, 500.0, 1001.9, 1002.1, 1100.0])
    assert list(locate(x, y, frame)) == ["a", "b", "b", "", ""]
    assert list(locate(x, y, frame, nearest_within_m=150)) == ["a", "b", "b", "b", "b"]
    assert list(locate(x, y, frame, nearest_within_m=0)) == ["", "", "", "", ""]


def test_a_point_without_coordinates_is_nowhere_and_no_point_is_no_answer():
    assert list(locate(np.array([np.nan, X + 1.0]), np.array([Y + 1.0, np.nan]), areas(**HALVES))) == ["", ""]
    assert list(locate(np.array([]), np.array([]), areas(**HALVES))) == []


OLD = {"k": (0, 0, 10, 10), "s": (10, 0, 20, 10), "m1": (0, 10, 10, 20), "m2": (10, 10, 20, 20),
       "x1": (0, 20, 10, 30), "x2": (10, 20, 20, 30), "r": (0, 30, 20, 40)}  # fmt: skip
NEW = {"k": (0, 0, 10, 10), "s1": (10, 0, 14, 10), "s2": (14, 0, 20, 10), "m": (0, 10, 20, 20),
       "y1": (0, 20, 7, 30), "y2": (7, 20, 20, 30), "t": (0, 30, 20, 40)}  # fmt: skip
PAIRS = [
    ("k", "k", 1.0, "unchanged"), ("m1", "m", 1.0, "merged"), ("m2", "m", 1.0, "merged"), ("r", "t", 1.0, "redrawn"),
    ("s", "s1", pytest.approx(0.4), "split"), ("s", "s2", pytest.approx(0.6), "split"),
    ("x1", "y1", pytest.approx(0.7), "redrawn"), ("x1", "y2", pytest.approx(0.3), "redrawn"),
    ("x2", "y2", 1.0, "redrawn"),
]  # fmt: skip
LOOKUP = pd.DataFrame(
    [(old, new, {status: letter for letter, status in CHANGES.items()}[status]) for old, new, _, status in PAIRS],
    columns=["old", "new", "change"],
)  # fmt: skip


@pytest.mark.parametrize("lookup", [None, LOOKUP])
def test_old_areas_are_unchanged_split_merged_or_redrawn(lookup):
    assert listed(correspondence(areas(**OLD), areas(**NEW), lookup)) == PAIRS


def test_a_code_in_both_is_unchanged_though_its_outline_moved_a_little():
    found = correspondence(areas(**HALVES), areas(a=(0, 0, 10.6, 10), b=(10.6, 0, 20, 10)))
    assert listed(found) == [("a", "a", 1.0, "unchanged"), ("b", "b", 1.0, "unchanged")]


def test_slivers_over_neighbours_make_no_pair():
    found = correspondence(
        areas(a=(0, 0, 10, 10), b=(10, 0, 20, 10)), areas(a1=(0, 0, 10.15, 10), b1=(10.15, 0, 20, 10))
    )
    assert listed(found) == [("a", "a1", 1.0, "redrawn"), ("b", "b1", 1.0, "redrawn")]


def test_an_area_that_went_to_one_that_was_there_already_is_merged():
    found = correspondence(areas(**HALVES), areas(a=(0, 0, 20, 10)))
    assert listed(found) == [("a", "a", 1.0, "unchanged"), ("b", "a", 1.0, "merged")]


def test_the_official_lookup_decides_the_pairs_and_rows_of_others_are_passed_over():
    given_pairs = pd.DataFrame(
        [("a", "a2", " s"), ("a", "b2", "S"), ("b", "b2", "X"), ("other", "else", "U"), ("b", "b2", "X")],
        columns=["old", "new", "change"],
    )
    new = areas(a2=(0, 0, 9.9, 10), b2=(9.9, 0, 20, 10))
    assert listed(correspondence(areas(**HALVES), new, given_pairs)) == [
        ("a", "a2", pytest.approx(0.99), "split"), ("a", "b2", pytest.approx(0.01), "split"),
        ("b", "b2", 1.0, "redrawn"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "error", "says"),
    [
        ([("a", "a", "U")], GeometryError, "1 old areas have no outline or no counterpart: b"),
        ([("a", "a", "U"), ("b", "c", "S")], GeometryError, "2 new areas have no outline or no counterpart: b, c"),
        ([("a", "b", "X"), ("b", "a", "X")], GeometryError, "Nothing of a, b lies where its new areas are"),
        ([("a", "a", "U"), ("b", "b", "?")], InputError, r"has the change '\?'. Known are U, S, M, X"),
    ],
)
def test_a_lookup_that_does_not_fit_is_refused(rows, error, says):
    with pytest.raises(error, match=says):
        correspondence(areas(**HALVES), areas(**HALVES), pd.DataFrame(rows, columns=["old", "new", "change"]))


def test_a_lookup_without_a_column_is_refused():
    with pytest.raises(InputError, match="has no column new, change"):
        correspondence(areas(**HALVES), areas(**HALVES), pd.DataFrame({"old": ["a"]}))


def test_new_land_and_lost_land_are_refused():
    with pytest.raises(GeometryError, match="1 new areas have no outline or no counterpart: c"):
        correspondence(areas(**HALVES), areas(**HALVES, c=(20, 0, 30, 10)))
    with pytest.raises(GeometryError, match=r"1 atoms lie in no area: b \(0% covered\)"):
        correspondence(areas(**HALVES), areas(a=HALVES["a"]))


def test_a_code_that_stands_for_another_place_is_refused():
    with pytest.raises(GeometryError, match="Nothing of a, b lies"):
        correspondence(areas(**HALVES), areas(a=HALVES["b"], b=HALVES["a"]))


# The real files, against the official lookups.


@pytest.fixture(scope="module")
def atoms(profile):
    return read_atoms(profile)


@pytest.fixture(scope="module")
def whole(atoms):
    return shapely.coverage_union_all(atoms.geometry.to_numpy())


@pytest.fixture(scope="module")
def real(atoms):
    if not REAL.is_dir():
        pytest.skip("the real outlines are not here")
    return {path.stem: read_outlines(path, near=tuple(atoms.total_bounds)).frame for path in REAL.glob("*.geojson")}


FILES = ("wards22", "msoa21", "lsoa11", "lsoa21", "districts_from_lsoa21")


@pytest.mark.parametrize("file", FILES)
def test_real_outlines_make_up_the_county(real, whole, file):
    assert check_partition(real[file], whole) == []


@pytest.mark.parametrize("file", ["wards22", "msoa21", "districts_from_lsoa21"])
def test_every_area_that_is_missing_is_noticed(real, whole, file):
    for code in real[file].index:
        found = check_partition(real[file].drop(code), whole)
        assert [problem.kind for problem in found] == ["hole"], code


@pytest.mark.parametrize("code", ["E01033973", "E01017906", "E01017807"])
def test_the_smallest_lsoas_are_noticed_too(real, whole, code):
    """The two narrowest inside the county, and the narrowest at its edge."""
    (found,) = check_partition(real["lsoa21"].drop(code), whole)
    assert found.km2 == pytest.approx(real["lsoa21"].area[code] / 1e6, rel=0.05)


@pytest.mark.parametrize("file", FILES)
def test_real_outlines_become_a_coverage_and_keep_their_size(real, file):
    found = snap_coverage(real[file])
    assert shapely.coverage_is_valid(found.geometry.to_numpy())
    assert (found.area / real[file].area).to_numpy() == pytest.approx(1, abs=0.003)


@pytest.mark.parametrize(
    ("file", "scheme", "wrong"),
    [("districts_from_lsoa21", "district", 0), ("msoa21", "msoa", 2), ("lsoa11", "lsoa", 0)],
)
def test_real_areas_of_whole_lsoas_nest(real, atoms, areas_of, file, scheme, wrong):
    """The outlines of MSOAs are so coarse that two of 319 LSOAs lie mostly in the neighbour's."""
    found = shares(atoms, real[file])
    assert nests(found)
    assert (found.set_index("atom")["area"] != pd.Series(areas_of[scheme])).sum() == wrong


@pytest.fixture(scope="module")
def areas_of(areas):
    return {scheme: {atom: areas.of_atom[scheme][atom] for atom in areas.atoms} for scheme in areas.of_atom}


def test_real_wards_cut_lsoas(real, atoms, areas_of):
    found = shares(atoms, real["wards22"])
    assert not nests(found)
    assert (found.groupby("atom")["share"].sum() == 1).all()
    best = found.sort_values("share").drop_duplicates("atom", keep="last").set_index("atom")["area"]
    assert (best.sort_index() != pd.Series(areas_of["ward"])).sum() <= 9


@real_files
@pytest.mark.parametrize("older", ["lsoa11", "atoms"])
def test_the_official_lookup_and_the_outlines_give_the_same_pairs(real, atoms, older):
    lookup = pd.read_csv(REAL / "lookup_lsoa11_lsoa21.csv")
    lookup = lookup.rename(columns={"lsoa11_code": "old", "lsoa21_code": "new", "change_code": "change"})
    old = atoms if older == "atoms" else real["lsoa11"]
    found = correspondence(old, real["lsoa21"])
    pd.testing.assert_frame_equal(found, correspondence(old, real["lsoa21"], lookup))
    assert found["status"].value_counts().to_dict() == {"unchanged": 309, "split": 25}
    assert found.query("status == 'split'")["old"].nunique() == 10
    assert (found.groupby("old")["share"].sum() == 1).all()


def test_real_postcodes_are_located(profile, atoms):
    postcodes = pd.read_parquet(profile.directory / "postcodes.parquet")
    found = locate(postcodes["easting"].to_numpy(), postcodes["northing"].to_numpy(), atoms)
    assert (len(found), (found != "").sum()) == (68_418, pytest.approx(24_651, abs=20))
