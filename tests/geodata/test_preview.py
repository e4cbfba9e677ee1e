"""A first look at a file: what it may be, and nothing of it that names a child."""

import csv
from pathlib import Path

import openpyxl
import pytest

from geodata.errors import InputError
from geodata.mapping_file import with_remembered
from geodata.preview import MODULES, holds_names, look

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
HEADINGS = ("Child ID", "Pupil name", "Who", "Date Opened", "Home Postcode", "Colour")
ROWS = (
    ("C1", "Jane Smith", "Priya Patel", "01/10/2021", "HP20 1UA", "red"),
    ("C2", "Oliver Brown", "John Taylor", "02/10/2021", "HP20 1UA", "blue"),
)


@pytest.fixture
def memory(tmp_path):
    return tmp_path / "mappings.json"


def write(folder, name, *rows):
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_file_is_recognised_and_its_names_are_never_shown(tmp_path, memory):
    found = look(write(tmp_path, "cases.csv", HEADINGS, *ROWS), memory)
    assert (found.kind, found.dataset, found.rows_in_all) == ("csv", "cme_involvements", 2)
    assert found.fits[0] == "cme_involvements"
    assert found.mapping["child_id"] == "Child ID"
    assert found.names == ("Pupil name", "Who")
    assert found.rows[0] == ("C1", "J*** *****", "P**** *****", "01/10/2021", "HP20 1UA", "r**")
    assert not [name for name in ("Jane", "Smith", "Priya", "Patel", "Oliver", "Taylor") if name in str(found)]


def test_a_column_of_names_that_is_chosen_by_mistake_stays_masked(tmp_path, memory):
    path = write(tmp_path, "cases.csv", HEADINGS, *ROWS)
    found = look(path, memory, "cme_involvements", mapping={"child_id": "Who"})
    assert found.mapping["child_id"] == "Who"
    assert found.rows[0][2] == "P**** *****"


def test_what_lacks_or_is_guessed_is_said_and_nothing_is_refused(tmp_path, memory):
    headings = ("Ref", "Date Opend", "Date Closed", "SEN status", "NC year")
    found = look(write(tmp_path, "cases.csv", headings, ("1", "01/10/2021", "", "K", "9")), memory)
    assert (found.fits, found.nearly[0], found.dataset) == ((), "cme_involvements", "cme_involvements")
    assert found.lacking == ("child_id",)
    assert found.guessed == ("start_date",)
    assert found.mapping["start_date"] == "Date Opend"
    (note,) = found.notes
    assert note.startswith("No heading for child_id")


def test_what_served_before_is_suggested_again(tmp_path, memory):
    headings = ("Ref", "Begun", "Date Closed", "SEN status", "NC year")
    path = write(tmp_path, "cases.csv", headings, ("1", "01/10/2021", "", "K", "9"))
    memory.write_bytes(
        with_remembered(memory, "early_help_cases", headings, {"child_id": "Ref", "start_date": "Begun"})
    )
    found = look(path, memory)
    assert (found.dataset, found.remembered, found.lacking) == ("early_help_cases", True, ())


def test_a_file_that_fits_nothing_is_shown_all_the_same(tmp_path, memory):
    found = look(write(tmp_path, "x.csv", ("colour", "size"), ("red", "1")), memory)
    assert (found.dataset, found.fits, found.nearly, found.mapping) == ("", (), (), {})
    assert found.rows == (("r**", "*"),)


def test_a_wide_population_needs_no_choice_of_age(tmp_path, memory):
    headings = ("lsoa11_code", *map(str, range(91)))
    found = look(write(tmp_path, "mid2020.csv", headings, ("E01017627", *["1"] * 91)), memory)
    assert found.dataset == "population"
    assert found.fixed == {"age": "0 to 90", "persons": "the cells below each age"}


def test_a_file_of_many_figures_is_taken_whole(tmp_path, memory):
    headings = ("time_period", "la_name", "ehcplans", *(f"figure_{n}" for n in range(20)))
    found = look(write(tmp_path, "caseload.csv", headings, ("202425", "Kent", *["1"] * 21)), memory)
    assert found.fits == ("indicator_values", "ehcp_series")
    assert found.fixed["indicator"] == "each column of figures"


def test_a_lookup_and_outlines_are_area_schemes(tmp_path, memory):
    found = look(write(tmp_path, "l.csv", ("lsoa21_code", "ward24_code", "ward24_name"), ("E01", "E05", "A")), memory)
    assert found.dataset == "area_scheme"
    assert look(Path("any/wards.geojson"), memory).kind == "outlines"


def test_another_sheet_can_be_chosen(tmp_path, memory):
    book = openpyxl.Workbook()
    for title, n in (("Open", 2), ("Closed", 3)):
        sheet = book.create_sheet(title)
        sheet.append(list(HEADINGS))
        for _ in range(n):
            sheet.append(list(ROWS[0]))
    path = tmp_path / "cases.xlsx"
    book.save(path)
    found = look(path, memory)
    assert (found.sheet, found.sheets, found.rows_in_all) == ("Open", ("Open", "Closed"), 2)
    assert look(path, memory, sheet="Closed").rows_in_all == 3


def test_several_files_are_the_modules_of_one_return(tmp_path, memory):
    person = write(tmp_path, "SEN2_person.csv", ("persontableid", "upn"), ("1", ""))
    plan = write(tmp_path, "two.csv", ("namedplantableid", "startdate", "ceasedate"), ("1", "", ""))
    other = write(tmp_path, "notes.csv", ("colour", "size"), ("red", "1"))
    found = look([person, plan, other], memory)
    assert (found.kind, found.dataset) == (MODULES, "ehc_plans")
    assert found.modules == (("SEN2_person.csv", "person"), ("two.csv", "namedplan"), ("notes.csv", ""))
    with pytest.raises(InputError, match="one file after the other"):
        look([other, write(tmp_path, "more.csv", ("a", "b"), ("1", "2"))], memory)


def test_a_lone_module_is_known_as_one(tmp_path, memory):
    found = look(
        write(tmp_path, "SEN2_person.csv", ("persontableid", "upnunknown", "personbirthdate"), ("1", "", "")), memory
    )
    assert found.modules == (("SEN2_person.csv", "person"),)


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["Jane Smith", "Oliver Brown", ""], True),
        (["Jane Smith", "12", "13", "14"], True),
        (["1", "2", ""], False),
        ([], False),
        (["", " "], False),
        (["HP20 1UA", "HP19 7FN"], False),
    ],
)
def test_a_column_holds_names_where_its_words_are_names(cells, names):
    assert holds_names(cells) == names


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared open files are not here")
@pytest.mark.parametrize(
    ("file", "dataset"),
    [
        ("population/mid2020_lsoa11_single_year_of_age.csv", "population"),
        ("population/census2021_msoa21_single_year_of_age.csv", "population"),
        ("deprivation/imd2019_lsoa11.csv", "deprivation"),
        ("deprivation/imd2025_lsoa21.csv", "deprivation"),
        ("schools/open_schools_2024_06.csv", "schools"),
        ("send/ehc_plans_by_authority_50.csv", "ehcp_series"),
        ("send/sen2_2025_caseload.csv", "indicator_values"),
        ("send/sen2_2025_requests.csv", "indicator_values"),
        ("capacity/school_places_scorecard_metadata.csv", "indicator_names"),
        ("boundaries/lookup_lsoa11_lsoa21.csv", "area_scheme"),
        ("boundaries/lookup_lsoa21_ward24.csv", "area_scheme"),
    ],
)
def test_real_open_files_are_recognised(file, dataset, memory):
    found = look(SHARED / file, memory)
    assert found.dataset == dataset
    assert found.lacking == ()
