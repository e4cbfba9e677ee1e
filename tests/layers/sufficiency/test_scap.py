import csv
import io

from geodata.profile import PROFILES, load_profile
from layers.report_workbook import as_workbook
from layers.sufficiency.core import Places, Supply
from layers.sufficiency.scap import as_return_csv, authority, scap_of, school_year, time_period
from layers.sufficiency.scap_columns import scap_columns

COLUMNS = scap_columns(PROFILES / "buckinghamshire", 2025)
COUNCIL = authority(load_profile())
OAK = Places("=Oak()", 7, "wycombe", None, None, "special", "primary", "ANY", 90, 50, 60, (1.0,))


def report_of(demand, year=2025, places=(OAK,)):
    supply = Supply((2025,), places, {}, {}, ("illustrative", "ramp and occupancy assumed"), ("Odd.",))
    return scap_of(demand, supply, COLUMNS, year, COUNCIL, {"snapshot": "s1"})


def lines_of(report):
    return list(csv.DictReader(io.StringIO(as_return_csv(report))))


def test_school_years():
    assert (school_year(2026), school_year(2100), time_period(2026)) == ("2025/26", "2099/00", "202526")


def test_the_authority():
    assert COUNCIL == {"la_name": "Buckinghamshire", "new_la_code": "E06000060", "old_la_code": "825"}


def test_the_csv_has_the_table_s_headings_and_both_sections(make_demand):
    report = report_of(make_demand({("aylesbury", 3, "ASD", "special"): 10}))
    lines = lines_of(report)
    assert list(lines[0])[:4] == ["section", "return_year", "time_period", "time_identifier"]
    assert list(lines[0])[-1] == "basis"
    assert lines[0] | {"basis": ""} == {
        "section": "forecast", "return_year": "2025", "time_period": "202526", "time_identifier": "Academic year",
        "old_la_code": "825", "new_la_code": "E06000060", "la_name": "Buckinghamshire", "education_phase": "Primary",
        "year_group": "Total", "provision_type": "Total", "pupil_forecast": "20", "school_urn": "", "school_name": "",
        "status": "", "opens": "", "primary_capacity": "", "secondary_capacity": "", "capacity": "", "basis": "",
    }  # fmt: skip
    capacity = lines[-1]
    assert capacity["section"] == "capacity"
    assert (capacity["primary_capacity"], capacity["capacity"], capacity["secondary_capacity"]) == ("50", "50", "")
    assert {line["basis"] for line in lines} == {"modelled forecast; illustrative"}


def test_a_name_that_a_spreadsheet_would_run_is_neutral(make_demand):
    report = report_of(make_demand({}))
    assert lines_of(report)[-1]["school_name"] == "'=Oak()"
    assert as_workbook(report).startswith(b"PK")


def test_what_is_assumed_stands_with_it(make_demand):
    report = report_of(make_demand({("outside", 3, "ASD", "special"): 4}), 2026)
    said = " ".join(report.notes)
    assert "There is no table of columns of 2026: that of 2025, the newest before it, is used." in report.notes
    assert "check against the guide before sending" in said
    assert "school year 2026/27, the January census of 2027, 2 years after the newest census" in said
    assert (
        "4 plans in specialist places in January 2025 whose home lies outside the county are left out." in report.notes
    )
    assert "A note of the model." in report.notes
    assert "Odd." in report.notes


def test_without_a_list_of_places(make_demand):
    report = scap_of(make_demand({}), None, COLUMNS, 2025, COUNCIL, {})
    assert report.table("capacity").rows == ()
    assert "No list of provision is loaded: capacity is empty." in report.table("capacity").notes
