"""Files of outlines: what is read, what is set aside, and what is refused."""

import copy
import json
import warnings
from pathlib import Path
from zipfile import ZipFile

import geopandas as gpd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import outline_file
from geodata.crs import BNG, WGS84
from geodata.errors import GeometryError, InputError, UsageError
from geodata.outlines import Fault, read_outlines

REAL = Path(__file__).parents[3] / "shared" / "data" / "boundaries"
NEAR = (459_308, 177_168, 505_675, 243_093)
SQUARES = ((480_000, 200_000), (481_000, 200_000), (480_000, 201_000))  # south-west corners in metres, 1 km wide


def square(index, to=BNG):
    """Return the ring of a square, rounded to what a file would hold."""
    x, y = SQUARES[index]
    ring = gpd.GeoSeries([shapely.box(x, y, x + 1000, y + 1000)], crs=BNG).to_crs(to).iloc[0].exterior
    return [[round(a, 7), round(b, 7)] for a, b in ring.coords]


def feature(code, ring, **more):
    return {
        "type": "Feature",
        "properties": {"ward22_code": code, "ward22_name": f"Ward {code}", **more},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features, crs=None):
    content = {"type": "FeatureCollection", "features": list(features)}
    return content | ({"crs": {"type": "name", "properties": {"name": crs}}} if crs else {})


def three(to=WGS84, crs=None):
    return collection(*(feature(code, square(i, to)) for i, code in enumerate("BAC")), crs=crs)


@pytest.fixture
def read(tmp_path):
    """Write a value as JSON, or bytes as they are, and read the file."""

    def write_and_read(content, name="areas.geojson", **how):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return read_outlines(path, near=NEAR, **how)

    return write_and_read


def test_areas_stand_by_code_in_metres_with_their_names(read):
    found = read(three())
    assert list(found.frame.index) == ["A", "B", "C"]
    assert list(found.frame["name"]) == ["Ward A", "Ward B", "Ward C"]
    assert found.frame.crs == BNG
    assert found.frame.area.tolist() == pytest.approx([1e6] * 3, rel=1e-3)
    assert found.frame.geometry["B"].centroid.distance(shapely.Point(480_500, 200_500)) < 1
    assert (found.code_field, found.name_field, found.scheme) == ("ward22_code", "ward22_name", ("ward", 2022))
    assert (found.features_read, found.faults, found.notes) == (3, [], ())


def test_other_fields_of_text_are_kept_and_numbers_are_not(read):
    first = feature("A", square(0, WGS84), ltla19_code="E07000004", locality3=" Aylesbury ", LAT=51.7, mixed="a")
    second = feature("B", square(1, WGS84), ltla19_code="E07000005", locality3=None, LAT=51.8, mixed=3)
    frame = read(collection(first, second)).frame
    assert list(frame.columns) == ["name", "ltla19_code", "locality3", "geometry"]
    assert list(frame["locality3"]) == ["Aylesbury", ""]


@pytest.mark.parametrize(
    ("field", "scheme"),
    [
        ("lsoa21_code", ("lsoa", 2021)),
        ("LSOA11CD", ("lsoa", 2011)),
        ("msoa21cd", ("msoa", 2021)),
        ("oa21cd", ("oa", 2021)),
        ("WD22CD", ("ward", 2022)),
        ("ltla19_code", ("district", 2019)),
        ("LAD19CD", ("district", 2019)),
        ("locality_code", None),
        ("code", None),
        ("id", None),
    ],
)
def test_the_field_of_codes_names_the_scheme_and_vintage(read, field, scheme):
    one = feature("A", square(0, WGS84))
    one["properties"] = {field: "A", "name": "Ward A"}
    found = read(collection(one))
    assert (found.code_field, found.scheme, list(found.frame["name"])) == (field, scheme, ["Ward A"])


def test_of_several_fields_of_codes_the_most_different_one_is_taken(read):
    features = [feature(code, square(i, WGS84)) for i, code in enumerate("AB")]
    for one in features:
        one["properties"] = {"LAD22CD": "E06", "LAD22NM": "Council", "WD22CD": one["properties"]["ward22_code"]}
        one["properties"]["WD22NM"] = "Ward " + one["properties"]["WD22CD"]
    found = read(collection(*features))
    assert (found.code_field, found.name_field) == ("WD22CD", "WD22NM")
    assert list(found.frame["LAD22CD"]) == ["E06", "E06"]


def test_fields_may_be_named_in_any_case(read):
    found = read(three(), code_field="WARD22_NAME", name_field="ward22_CODE")
    assert (found.code_field, found.name_field, list(found.frame.index)) == (
        "ward22_name", "ward22_code", ["Ward A", "Ward B", "Ward C"],
    )  # fmt: skip


@pytest.mark.parametrize(("option", "says"), [("code_field", "--code-field"), ("name_field", "--name-field")])
def test_a_field_that_is_not_there_is_refused_with_those_that_are(read, option, says):
    with pytest.raises(InputError, match=f"no field 'area'. Say {says} with one of: ward22_code, ward22_name"):
        read(three(), **{option: "area"})


def test_without_a_field_of_codes_the_fields_are_listed(read):
    one = feature("A", square(0, WGS84))
    one["properties"] = {"OBJECTID": 1, "colour": "red", "GlobalID": "x", "FID": 2}
    with pytest.raises(InputError, match=r"Say --code-field with one of: OBJECTID, colour"):
        read(collection(one), code_field=None)


def test_half_a_character_in_a_name_is_replaced(read):
    assert list(read(collection(feature("A", square(0, WGS84), ward22_name="\ud800x"))).frame["name"]) == ["?x"]


def test_codes_are_the_names_where_there_are_none_and_numbers_become_text(read):
    one, two = (feature("", square(i, WGS84)) for i in (0, 1))
    one["properties"], two["properties"] = {"code": 7}, {"code": 12.0}
    found = read(collection(one, two))
    assert (list(found.frame.index), list(found.frame["name"])) == (["12", "7"], ["12", "7"])
    assert "codes are the names" in found.notes[0]


@pytest.mark.parametrize("crs", [None, "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_longitude_and_latitude_is_the_usual_case(read, crs):
    found = read(three(crs=crs))
    assert found.notes == ()
    assert found.frame.geometry["B"].centroid.x == pytest.approx(480_500, abs=1)


@pytest.mark.parametrize(
    ("crs", "note"),
    [
        ("urn:ogc:def:crs:EPSG::27700", "British National Grid"),
        ("EPSG:3857", "Pseudo-Mercator"),
        ("EPSG:4258", "ETRS89"),
    ],
)
def test_another_system_that_the_file_names_is_converted_and_noted(read, crs, note):
    found = read(three(to=crs, crs=crs))
    assert found.frame.geometry["B"].centroid.distance(shapely.Point(480_500, 200_500)) < 1
    assert note in found.notes[0]
    assert "as the file says" in found.notes[0]


@pytest.mark.parametrize(("to", "looks"), [(BNG, "British National Grid metres"), ("EPSG:3857", "Web Mercator metres")])
@pytest.mark.parametrize("says", [None, "EPSG:4326"])
def test_metres_that_should_be_degrees_are_refused_and_not_guessed(read, to, looks, says):
    with pytest.raises(InputError, match=f"Feature 1 .* look like {looks}. Export it in WGS84, or say --crs {to}"):
        read(three(to=to, crs=says))


def test_numbers_that_fit_nothing_are_refused_too(read):
    ring = [[-9e8, 0], [-9e8, 9], [-8e8, 9], [-9e8, 0]]
    with pytest.raises(InputError, match="look like another system"):
        read(collection(feature("A", square(0, WGS84)), feature("B", ring)))


@pytest.mark.parametrize("says", [None, "EPSG:4326", "EPSG:99999"])
def test_a_person_may_say_the_system_whatever_the_file_says(read, says):
    found = read(three(to=BNG, crs=says), crs=BNG)
    assert found.frame.geometry["B"].equals(shapely.box(480_000, 200_000, 481_000, 201_000))
    assert "as --crs says" in found.notes[0]


@pytest.mark.parametrize(
    ("crs", "asked", "says"), [("EPSG:99999", None, "'areas.geojson' names"), (None, "x", "--crs")]
)
def test_an_unknown_system_is_refused(read, crs, asked, says):
    with pytest.raises(InputError, match=f"{says}.* which cannot be used. Say one, as in --crs EPSG:27700"):
        read(three(crs=crs), crs=asked)


@pytest.mark.parametrize("member", ["EPSG:27700", {"type": "link"}, {"type": "name", "properties": None}, []])
def test_a_member_crs_without_a_name_is_not_taken_for_degrees(read, member):
    with pytest.raises(InputError, match="names no coordinate reference system"):
        read(three() | {"crs": member})


def exchanged(ring):
    return [[b, a] for a, b in ring]


def test_exchanged_axes_are_refused(read):
    features = [feature(code, exchanged(square(i, WGS84))) for i, code in enumerate("AB")]
    with pytest.raises(GeometryError, match=r"Latitude and longitude are exchanged in feature 1 .*longitude first"):
        read(collection(*features))


def test_one_exchanged_feature_among_good_ones_is_enough(read):
    features = [feature("A", square(0, WGS84)), feature("B", exchanged(square(1, WGS84)))]
    with pytest.raises(GeometryError, match=r"exchanged in feature 2 .*\(1 of 2\)"):
        read(collection(*features))


def test_exchanged_eastings_are_refused_when_nothing_else_fits(read):
    features = [feature(code, exchanged(square(i))) for i, code in enumerate("AB")]
    with pytest.raises(GeometryError, match=r"Northing and easting are exchanged in feature 1 .*easting first"):
        read(collection(*features, crs=BNG))


def test_a_far_place_in_metres_that_would_fit_exchanged_is_no_mistake_among_good_ones(read):
    assert len(read(collection(feature("A", square(0)), feature("B", exchanged(square(1))), crs=BNG)).frame) == 2


def test_outlines_of_another_place_are_refused_with_the_place_expected(read):
    ring = [[-4.0, 55.0], [-4.0, 55.1], [-3.9, 55.1], [-4.0, 55.0]]
    with pytest.raises(GeometryError, match=r"lies from longitude -1.147, latitude 51.484 to longitude -0.459"):
        read(collection(feature("A", ring)))


def test_degrees_in_a_file_that_says_metres_are_refused_with_the_remedy(read):
    with pytest.raises(GeometryError, match="They would in WGS 84: say --crs EPSG:4326"):
        read(three(to=WGS84, crs=BNG))


def test_far_areas_beside_the_councils_are_read(read):
    ring = [[-4.0, 55.0], [-4.0, 55.1], [-3.9, 55.1], [-4.0, 55.0]]
    assert len(read(collection(feature("A", square(0, WGS84)), feature("Z", ring))).frame) == 2


BOW_TIE = [[-0.81, 51.70], [-0.80, 51.71], [-0.80, 51.70], [-0.81, 51.71], [-0.81, 51.70]]
GOOD = feature("X", square(2, WGS84))
BROKEN = {
    "blank code": (feature(" ", square(0, WGS84)), "ward22_code", "it has no code"),
    "null code": (feature(None, square(0, WGS84)), "ward22_code", "it has no code"),
    "no fields": (feature("A", square(0, WGS84)) | {"properties": None}, "ward22_code", "it has no code"),
    "repeated": (feature("X", square(0, WGS84)), "ward22_code", "its code X stands in feature 1 already"),
    "null outline": (feature("A", []) | {"geometry": None}, "geometry", "there is no outline"),
    "no outline": ({"type": "Feature", "properties": {"ward22_code": "A"}}, "geometry", "there is no outline"),
    "unreadable": (feature("A", [["x", 1], [2, 3]]), "geometry", "there is no outline, or one that cannot be read"),
    "not a number": (feature("A", [[float("nan"), 51], [-1, 51], [-1, 52], [0, 51]]), "geometry", "cannot be read"),
    "open": (feature("A", square(0, WGS84)[:-1]), "geometry", "cannot be read"),
    "empty": (
        feature("A", []) | {"geometry": {"type": "Polygon", "coordinates": []}}, "geometry", "its outline is empty",
    ),
    "point": (
        feature("A", []) | {"geometry": {"type": "Point", "coordinates": [-0.8, 51.7]}}, "geometry",
        "it is a Point, not a polygon",
    ),
    "line": (
        feature("A", []) | {"geometry": {"type": "LineString", "coordinates": [[-0.8, 51.7], [-0.8, 51.8]]}},
        "geometry", "it is a LineString",
    ),
    "bow tie": (
        feature("A", BOW_TIE), "geometry", "its edge crosses itself at longitude -0.805, latitude 51.705",
    ),
    "no place": (
        feature("A", [[0, 95], [1, 95], [1, 96], [0, 95]]), "geometry", "a coordinate is no place on earth",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_feature_that_cannot_be_used_is_set_aside_with_its_reason(read, name):
    bad, column, reason = BROKEN[name]
    found = read(collection(GOOD, bad))
    assert list(found.frame.index) == ["X"]
    (fault,) = found.faults
    assert (fault.feature, fault.column) == (2, column)
    assert reason in fault.reason


def test_something_that_is_no_feature_has_two_faults_and_counts_once(read):
    found = read(collection(GOOD, 5))
    assert {(fault.feature, fault.column) for fault in found.faults} == {(2, "geometry"), (2, "ward22_code")}
    assert found.features_read == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from([*BROKEN, "good"]), max_size=12))
def test_every_feature_is_either_in_the_frame_or_at_fault(read, names):
    features = [copy.deepcopy(BROKEN[name][0] if name in BROKEN else feature(f"G{i}", square(1, WGS84)))
                for i, name in enumerate(names)]  # fmt: skip
    found = read(collection(GOOD, *features))
    assert found.features_read == len(names) + 1
    assert found.features_read == len(found.frame) + len({fault.feature for fault in found.faults})
    assert found.frame.index.is_unique
    assert found.frame.is_valid.all()


def test_the_crossing_is_placed_in_degrees_whatever_the_file_is_in(read):
    ring = [[480_000, 200_000], [481_000, 201_000], [481_000, 200_000], [480_000, 201_000], [480_000, 200_000]]
    found = read(collection(feature("A", square(2)), feature("B", ring), crs=BNG))
    assert found.faults == [
        Fault(2, "geometry", "its edge crosses itself at longitude -0.837, latitude 51.697")
    ]  # fmt: skip


def test_winding_height_holes_and_several_parts_are_fine(read):
    ring = [[*point, 100.0] for point in reversed(square(0, WGS84))]
    one = feature("A", ring)
    x, y = SQUARES[1]
    holed = shapely.box(x, y, x + 1000, y + 1000) - shapely.box(x + 400, y + 400, x + 600, y + 600)
    parts = shapely.union(holed, shapely.box(x + 5000, y, x + 6000, y + 1000))
    two = feature("B", []) | {
        "geometry": json.loads(shapely.to_geojson(gpd.GeoSeries([parts], crs=BNG).to_crs(4326)[0]))
    }
    frame = read(collection(one, two)).frame
    assert frame.area.tolist() == pytest.approx([1e6, 1.96e6], rel=1e-3)
    assert not frame.has_z.any()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "neither GeoJSON, GeoPackage nor a zipped shapefile"),
        (b"code,name\n1,Nash\n", "neither GeoJSON"),
        ('{"name": "Château"}'.encode("latin-1"), "neither GeoJSON"),
        (b"[" * 200_000, "neither GeoJSON"),
        ([1, 2], "JSON of another kind, not a GeoJSON FeatureCollection"),
        ({"features": [], "geometryType": "esriGeometryPolygon"}, "JSON of another kind"),
        ({"type": "Topology", "objects": {}}, "of type 'Topology'"),
        (feature("A", square(0, WGS84)), "of type 'Feature'"),
        ({"type": "FeatureCollection"}, "not a GeoJSON FeatureCollection"),
        ({"type": "FeatureCollection", "features": []}, "holds no feature"),
    ],
    ids=range(10),
)
def test_a_file_of_another_kind_is_refused(read, content, says):
    with pytest.raises(InputError, match=says):
        read(content)


def test_a_file_without_polygons_is_refused(read):
    with pytest.raises(GeometryError, match=r"has no polygon\. Feature 1: it is a Point"):
        read(collection(BROKEN["point"][0], BROKEN["line"][0]))


def test_a_file_without_one_good_area_is_refused_with_the_first_reason(read):
    with pytest.raises(GeometryError, match=r"no area that can be used\. Feature 1: its edge crosses itself"):
        read(collection(BROKEN["bow tie"][0]))


def test_a_file_that_is_not_there_or_too_large_is_refused(read, tmp_path, monkeypatch):
    with pytest.raises(UsageError, match=r"no file 'none\.geojson'"):
        read_outlines(tmp_path / "none.geojson", near=NEAR)
    monkeypatch.setattr(outline_file, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="larger than 10 bytes"):
        read(three())


def frame_of(count=3):
    shapes = [shapely.box(x, y, x + 1000, y + 1000) for x, y in SQUARES[:count]]
    return gpd.GeoDataFrame(
        {"WD22CD": list("BAC")[:count], "WD22NM": list("bac")[:count]}, geometry=shapes, crs=BNG
    )  # fmt: skip


@pytest.mark.parametrize("crs", [BNG, WGS84])
def test_a_geopackage_is_read(tmp_path, crs):
    frame_of().to_crs(crs).to_file(tmp_path / "areas.gpkg", layer="wards")
    found = read_outlines(tmp_path / "areas.gpkg", near=NEAR)
    assert (list(found.frame.index), found.scheme) == (["A", "B", "C"], ("ward", 2022))
    assert found.frame.geometry["B"].centroid.distance(shapely.Point(480_500, 200_500)) < 0.01
    assert bool(found.notes) == (crs == BNG)


def test_a_missing_outline_in_a_geopackage_is_at_fault(tmp_path):
    frame = frame_of()
    frame.loc[1, "geometry"] = None
    frame.loc[2, "WD22CD"] = None
    frame.to_file(tmp_path / "a.gpkg")
    found = read_outlines(tmp_path / "a.gpkg", near=NEAR)
    assert [(fault.feature, fault.column) for fault in found.faults] == [(2, "geometry"), (3, "WD22CD")]


def test_two_layers_no_layer_of_polygons_and_a_broken_geopackage_are_refused(tmp_path):
    path = tmp_path / "a.gpkg"
    points = frame_of().set_geometry(frame_of().centroid)
    points.to_file(path, layer="points")
    with pytest.raises(InputError, match=r"has 0 layers of polygons \(none\)"):
        read_outlines(path, near=NEAR)
    frame_of().to_file(path, layer="wards")
    assert len(read_outlines(path, near=NEAR).frame) == 3
    frame_of().to_file(path, layer="more")
    with pytest.raises(InputError, match=r"has 2 layers of polygons \(wards, more\)"):
        read_outlines(path, near=NEAR)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(InputError, match="breaks off or cannot be read"):
        read_outlines(path, near=NEAR)


def test_a_geopackage_without_a_system_needs_to_be_told(tmp_path):
    path = tmp_path / "a.gpkg"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame_of().set_crs(None, allow_override=True).to_file(path)
    assert len(read_outlines(path, near=NEAR, crs=BNG).frame) == 3
    with pytest.raises(InputError, match="--crs EPSG:27700"):
        read_outlines(path, near=NEAR)


def zipped(tmp_path, *names):
    with ZipFile(tmp_path / "areas.zip", "w") as file:
        for name in names:
            frame_of().to_file(tmp_path / f"{name}.shp")
            for part in tmp_path.glob(f"{name}.*"):
                file.write(part, f"folder/{part.name}")
    return tmp_path / "areas.zip"


def test_a_zipped_shapefile_is_read(tmp_path):
    found = read_outlines(zipped(tmp_path, "wards"), near=NEAR)
    assert (list(found.frame.index), list(found.frame["name"])) == (["A", "B", "C"], ["a", "b", "c"])
    assert found.frame.geometry["B"].centroid.distance(shapely.Point(480_500, 200_500)) < 0.01


def test_a_zip_with_two_shapefiles_none_a_disguised_one_or_broken_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds 2 shapefiles"):
        read_outlines(zipped(tmp_path, "one", "two"), near=NEAR)
    with ZipFile(tmp_path / "b.zip", "w") as file:
        file.writestr("a.shp", "<OGRVRTDataSource/>")
    with pytest.raises(InputError, match="holds 0 shapefiles"):
        read_outlines(tmp_path / "b.zip", near=NEAR)
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(InputError, match="breaks off or has a password"):
        read_outlines(tmp_path / "c.zip", near=NEAR)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real outlines are not here")
@pytest.mark.parametrize(
    ("file", "count", "scheme", "more"),
    [
        ("lsoa21", 334, ("lsoa", 2021), ["ltla19_code", "ltla19_name"]),
        ("lsoa11", 319, ("lsoa", 2011), ["ltla19_code", "ltla19_name"]),
        ("msoa21", 67, ("msoa", 2021), []),
        ("wards22", 49, ("ward", 2022), []),
        ("districts_from_lsoa21", 4, ("district", 2019), ["locality3"]),
    ],
)
def test_real_files_are_read_whole(file, count, scheme, more):
    found = read_outlines(REAL / f"{file}.geojson", near=NEAR)
    assert (len(found.frame), found.scheme, found.faults, found.notes) == (count, scheme, [], ())
    assert list(found.frame.columns) == ["name", *more, "geometry"]
    assert found.frame.area.sum() / 1e6 == pytest.approx(1567, abs=3)
