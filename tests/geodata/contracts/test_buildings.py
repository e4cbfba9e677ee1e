"""Buildings: two at one point and those without a place are accepted and listed; the same identifier twice is not."""

import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.contracts.buildings import NO_PLACE, SAME_POINT
from geodata.errors import ContractError
from geodata.importing import import_file
from geodata.snapshot import Workspace
from geodata.store import Store
from geodata.validation import doubts, read_types

HEADINGS = ("building_id", "name", "postcode", "easting", "northing", "longitude", "latitude")


def listed(*rows):
    """Return reason -> the identifiers of the buildings that it lists."""
    text = pd.DataFrame(list(rows), columns=list(HEADINGS), dtype="str")
    frame, unreadable = read_types(contract("buildings"), text)
    assert not unreadable
    found = doubts(contract("buildings"), frame)
    return {fault.reason: frame["building_id"][fault.positions].tolist() for fault in found}


def take(
    squares, *rows, headings="Building ID,Building Name,Annual Cost,Rooms,Days Available,Postcode,Easting,Northing"
):
    file = squares.write(squares.files / "buildings.csv", headings, *rows)
    return import_file(squares.path, "buildings", file, profile=squares.profile)


def test_buildings_at_one_point_are_all_listed():
    assert listed(
        ("B1", "Hall", "HP91 1AA", "480100", "211000", "", ""),
        ("B2", "Annexe", "", "480100", "211000", "", ""),
        ("B3", "Library", "HP91 1AA", "480200", "211000", "", ""),
        ("B4", "Chapel", "", "", "", "-0.8", "51.7"),
        ("B5", "Shop", "", "", "", "-0.8", "51.7"),
        ("B6", "Barn", "hp91  1ab", "", "", "", ""),
        ("B7", "Mill", "HP911AB", "0", "0", "", ""),
    ) == {SAME_POINT.description: ["B1", "B2", "B4", "B5", "B6", "B7"]}


def test_a_building_without_a_place_is_listed_and_is_at_no_point():
    rows = [(f"B{number}", "Hall", "", easting, "", "", "") for number, easting in ((1, ""), (2, ""), (3, "480100"))]
    assert listed(*rows) == {NO_PLACE.description: ["B1", "B2", "B3"]}


def test_buildings_apart_are_not_listed():
    assert listed(
        ("B1", "Hall", "HP91 1AA", "", "", "", ""),
        ("B2", "Annexe", "HP91 1AA", "480100", "211000", "", ""),
        ("B3", "Library", "", "480100", "211001", "", ""),
    ) == {}  # fmt: skip


def test_what_is_staged_can_be_read(squares):
    report = take(
        squares,
        'B1,Hall,"12,500.50",3,Mon-Fri,HP91 1AA,,',
        "B2,Library,,,Tue; Sat,,483000,211000",
        "B3,Chapel,9000,1,,,483000,211000",
        "B4,Barn,,,,,,",
    )
    rows = {
        row["building_id"]: row
        for row in Store(Workspace(squares.path).current(), squares.profile).rows_of("buildings")
    }
    keys = ("name", "cost", "rooms", "days", "atom", "easting")
    assert [rows["B1"][key] for key in keys] == ["Hall", 12_500.5, 3, "mon;tue;wed;thu;fri", "E01000001", 480250]
    assert [rows["B2"][key] for key in keys] == ["Library", None, None, "tue;sat", "E01000002", 483000]
    assert [rows["B4"][key] for key in keys] == ["Barn", None, None, None, "unknown", None]
    assert report.warnings == ("Sites without a place on the map: 1. Give them coordinates or a postcode.",)
    assert {found["reason"]: found["rows"] for found in report.flagged} == {
        SAME_POINT.description: 2, NO_PLACE.description: 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("B1,Annexe,,,,HP91 1AB,,", "the same building_id as an earlier row"),
        ("B2,Annexe,-1,,,HP91 1AB,,", "below zero"),
        ("B2,Annexe,,2.5,,HP91 1AB,,", "not a whole number"),
        ("B2,Annexe,,,someday,HP91 1AB,,", "not a known code"),
        ("B2,,,,,HP91 1AB,,", "blank, but needed"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside(squares, row, reason):
    report = take(squares, "B1,Hall,,,,HP91 1AA,,", row)
    assert (report.accepted, report.quarantined) == (1, 1)
    assert [found["reason"] for found in report.reasons] == [reason]


def test_a_file_without_identifiers_is_refused(squares):
    with pytest.raises(ContractError, match="building_id"):
        take(squares, "Hall,HP91 1AA", headings="Name,Postcode")
