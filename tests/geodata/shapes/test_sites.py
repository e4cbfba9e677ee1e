"""Places: their point from coordinates of either kind, or from a postcode; exchanged coordinates are refused."""

from datetime import date

import pandas as pd
import pytest

from geodata.errors import InputError
from geodata.importing import import_file
from geodata.snapshot import Workspace

HEADINGS = "urn,name,postcode,easting,northing,longitude,latitude"


def take(squares, *rows, dataset="schools", headings=HEADINGS, **said):
    file = squares.write(squares.files / f"{dataset}.csv", headings, *rows)
    return import_file(squares.path, dataset, file, profile=squares.profile, **said)


def staged(squares, dataset="schools", key="urn"):
    snapshot = Workspace(squares.path).current()
    return pd.read_parquet(snapshot.data_path(snapshot.parts(dataset)[-1])).set_index(key)


def test_a_point_comes_from_coordinates_or_the_postcode(squares):
    report = take(
        squares,
        "100001,Metres,,483000,211000,,",
        "100002,Degrees,,,,-0.83903,51.79032",
        "100003,Postcode,hp931ac,,,,",
        "100004,Zeros,HP91 1AB,0,0,,",
        "100005,Nothing,,,,,",
    )
    found = staged(squares)
    assert found["easting"].tolist()[:1] + found["easting"].tolist()[2:4] == [483000, 485250, 480750]
    assert found["atom"].tolist() == ["E01000002", "E01000001", "E01000003", "E01000001", "unknown"]
    assert found.loc[100001, ["longitude", "latitude"]].tolist() == pytest.approx([-0.79798, 51.79151], abs=1e-5)
    assert found.loc[100002, "easting"] == pytest.approx(480_160, abs=20)
    assert found["postcode"].fillna("").tolist() == ["", "", "HP93 1AC", "HP91 1AB", ""]
    assert report.warnings == ("Sites without a place on the map: 1. Give them coordinates or a postcode.",)


def test_the_postcode_wins_for_the_small_area(squares):
    take(squares, "100001,Beside,HP92 1AA,480100,211000,,")
    assert staged(squares).loc[100001, ["atom", "easting"]].tolist() == ["E01000002", 480100]


def test_a_place_outside_is_outside(squares):
    take(squares, "100001,Fringe,HP95 1AA,,,,", "100002,London,,530000,180000,,")
    assert staged(squares)["atom"].tolist() == ["outside", "outside"]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (["100001,A,,211000,483000,,", "100002,B,HP91 1AA,,,,", "100003,C,,211000,481000,,"], "Easting and northing"),
        (["100001,A,,,,51.78,-0.83", "100002,B,HP91 1AA,,,,"], "Longitude and latitude"),
    ],
)
def test_exchanged_coordinates_are_refused(squares, rows, what):
    with pytest.raises(InputError, match=f"{what} are exchanged in 'schools.csv'"):
        take(squares, *rows)
    assert not (squares.path / "CURRENT").exists()


def test_what_is_no_postcode_is_not_kept(squares):
    take(squares, "100001,A,ring Jane on 07700 900123,483000,211000,,")
    assert staged(squares)["postcode"].isna().all()
    written = b"".join(path.read_bytes() for path in squares.path.rglob("*") if path.is_file())
    assert b"Jane" not in written


def test_a_place_in_a_school_lies_where_the_school_does(squares):
    headings = "setting urn,setting,provision,places,postcode"
    rows = ["100001,First,arp,10,", "100002,Second,arp,5,HP91 1AA", "100009,Unknown,arp,5,"]
    take(squares, "100001,First,HP94 1AD,487900,211000,,", "100002,Second,HP94 1AA,,,,")
    take(squares, *rows, dataset="provision", headings=headings)
    found = staged(squares, "provision", "setting_name")
    assert found["atom"].to_dict() == {"First": "E01000004", "Second": "E01000001", "Unknown": "unknown"}
    assert found.loc["First", "easting"] == 487900


def test_places_are_dated(squares):
    report = take(squares, "100001,A,HP91 1AA,,,,", reference_date=date(2024, 6, 1))
    assert report.reference_date == date(2024, 6, 1)
