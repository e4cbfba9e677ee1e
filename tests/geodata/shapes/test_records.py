"""Plain rows: their day, and the edition of the indices of deprivation."""

from datetime import date

import pandas as pd
import pytest

from geodata.errors import InputError, UsageError
from geodata.importing import ImportRefusedError, import_file
from geodata.snapshot import Workspace


def take_indices(squares, name, heading="lsoa11_code", atoms=None, **said):
    rows = [f"{atom},5" for atom in (atoms or squares.atoms)]
    file = squares.write(squares.files / name, f"{heading},IMD_decile", *rows)
    return import_file(squares.path, "deprivation", file, profile=squares.profile, **said)


@pytest.mark.parametrize(
    ("name", "heading", "edition"),
    [
        ("imd2025.csv", "lsoa21_code", "2025"),
        ("imd2019.csv", "lsoa11_code", "2019"),
        ("imd2015.csv", "LSOA code (2011)", "2015"),
        ("imd.csv", "lsoa21cd", "2025"),
        ("imd.csv", "LSOA code (2011)", "2019"),
        ("2025-11-03 imd.csv", "lsoa21_code", "2025"),
        ("2025 download of imd 2019.csv", "lsoa11_code", "2019"),  # the later year is ruled out by its areas
        ("iod2019.csv", "lsoa code", "2019"),
    ],
)
def test_the_edition_is_told_by_name_and_areas(squares, name, heading, edition):
    assert take_indices(squares, name, heading).about["edition"] == edition


@pytest.mark.parametrize(
    ("name", "heading"),
    [("imd.csv", "lsoa code"), ("imd2025.csv", "lsoa11_code"), ("imd 2019 2015.csv", "lsoa11_code")],
)
def test_an_edition_in_doubt_is_asked_for(squares, name, heading):
    with pytest.raises(InputError, match="--edition"):
        take_indices(squares, name, heading)
    assert take_indices(squares, name, heading, edition="2019").about["edition"] == "2019"


def test_editions_stand_side_by_side(squares):
    take_indices(squares, "imd2019.csv")
    take_indices(squares, "imd2025.csv", "lsoa21_code", atoms=squares.lsoa_2021)
    again = take_indices(squares, "imd2019.csv")
    parts = Workspace(squares.path).current().parts("deprivation")
    assert [part.about["edition"] for part in parts] == ["2025", "2019"]
    assert again.changes == {"new": 0, "gone": 0, "altered": 0, "alike": 4}


def test_small_areas_that_were_redrawn_are_pointed_out(squares):
    report = take_indices(squares, "imd2025.csv", "lsoa21_code", atoms=squares.lsoa_2021)
    assert report.warnings[0].startswith("3 of the council's 4 small areas have a row of their own code.")


def test_indices_of_another_place_are_refused(squares):
    with pytest.raises(ImportRefusedError, match=r"No row of .* is of a small area of Squares"):
        take_indices(squares, "imd2019.csv", atoms=["E01012345"])


def test_an_edition_that_there_is_not_is_wrong_use(squares):
    with pytest.raises(UsageError, match="Valid: 2004"):
        take_indices(squares, "imd.csv", edition="2021")


def test_rows_count_at_the_day_said_or_named(squares):
    for name, said, day in (
        ("workers mid2024.csv", {}, date(2024, 6, 30)),
        ("workers.csv", {"reference_date": date(2023, 1, 1)}, date(2023, 1, 1)),
        ("workers.csv", {}, None),
    ):
        file = squares.write(squares.files / name, "post,base postcode", "P1,hp911aa", "P2,ask Jane")
        report = import_file(squares.path, "link_workers", file, profile=squares.profile, **said)
        assert report.reference_date == day
    snapshot = Workspace(squares.path).current()
    frame = pd.read_parquet(snapshot.data_path(snapshot.parts("link_workers")[0]))
    assert frame["base_postcode"].fillna("").tolist() == ["HP91 1AA", ""]
