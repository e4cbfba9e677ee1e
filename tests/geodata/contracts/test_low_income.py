"""Children in low-income families: the published headings, one row for each small area, and what a blank means."""

from datetime import date

import pytest

from geodata.contracts import contract
from geodata.contracts.low_income import AGES
from geodata.importing import ImportRefusedError, import_file
from geodata.mapping import match_headings
from geodata.snapshot import Workspace
from geodata.store import Store


def take(squares, *rows, headings="LSOA code,0-4,5-10,11-15,16-19", **said):
    file = squares.write(squares.files / "low income.csv", headings, *rows)
    return import_file(squares.path, "low_income", file, profile=squares.profile, **said)


def staged(squares):
    rows = Store(Workspace(squares.path).current()).rows_of("low_income")
    return {row["atom"]: tuple(row[key] for key in AGES) for row in rows}


@pytest.mark.parametrize(
    "words", ["{}-{}", "{} to {}", "aged {} to {}", "Age {}-{}", "Ages {} to {}", "{} to {} years", "ages_{}_{}"]
)
def test_published_headings_are_recognised(words):
    headings = ["LSOA11CD", *(words.format(*ages) for ages in ((0, 4), (5, 10), (11, 15), (16, 19)))]
    found = match_headings(contract("low_income"), headings)
    assert found.positions == {"atom": 0, "ages_0_4": 1, "ages_5_10": 2, "ages_11_15": 3, "ages_16_19": 4}
    assert not found.guessed


def test_figures_stay_as_they_are_published(squares):
    report = take(squares, "E01000001,10,15,0,", "e01000002,,5,,", reference_date=date(2023, 3, 31))
    assert staged(squares) == {"E01000001": (10, 15, 0, None), "E01000002": (None, 5, None, None)}
    assert report.reference_date == date(2023, 3, 31)


def test_a_newer_file_takes_the_place_of_the_older(squares):
    take(squares, "E01000001,10,15,5,5", reference_date=date(2022, 3, 31))
    take(squares, "E01000001,20,15,5,5", reference_date=date(2023, 3, 31))
    assert staged(squares) == {"E01000001": (20, 15, 5, 5)}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("E01000002,,,,", "no figure for any age"),
        ("E01000002,2.5,,,", "not a whole number"),
        ("E01000002,-5,,,", "below zero"),
        ("Total,5,5,5,5", "not an area code of nine characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside(squares, row, reason):
    report = take(squares, "E01000001,10,15,5,5", row)
    assert (report.accepted, report.quarantined) == (1, 1)
    assert reason in [found["reason"] for found in report.reasons]
    assert staged(squares) == {"E01000001": (10, 15, 5, 5)}


def test_of_a_small_area_that_comes_twice_no_row_is_taken(squares):
    report = take(squares, "E01000001,10,15,5,5", "E01000002,1,1,1,1", "E01000001,20,15,5,5", "Total,,,,", "All,,,,")
    assert staged(squares) == {"E01000002": (1, 1, 1, 1)}
    reasons = {found["reason"]: found["rows"] for found in report.reasons}
    assert reasons["the small area comes more than once; give one row for each, of one year and one measure"] == 2


def test_a_file_of_several_years_is_refused(squares):
    rows = [f"{atom},10,10,10,10" for atom in squares.atoms for _ in ("2022", "2023")]
    with pytest.raises(ImportRefusedError, match="the small area comes more than once"):
        take(squares, *rows)


def test_after_a_change_of_small_areas_a_cut_one_has_no_figure(filled):
    filled.take(
        "low_income",
        filled.write(filled.files / "poor.csv", "lsoa11cd,0-4", *(f"{atom},10" for atom in filled.atoms)),
    )
    filled.take("area_scheme", filled.outlines(filled.files / "lsoa21.geojson", filled.lsoa_2021, field="lsoa21_code"))
    store = Store(Workspace(filled.path).current())
    rows = {row["atom"]: row["ages_0_4"] for row in store.rows_of("low_income")}
    assert {atom: rows.get(atom) for atom in store.areas.atoms} == {
        "E01000001": 10, "E01000002": 10, "E01000003": 10, "E01000005": None, "E01000006": None,
    }  # fmt: skip
