import csv
import io
import json

import openpyxl
import pytest


def test_csv_is_the_default_and_its_parts_add_up(ask):
    status, said = ask("scap", "--year", "2025")
    lines = list(csv.DictReader(io.StringIO(said.out)))
    assert status == 0
    forecast = [line for line in lines if line["section"] == "forecast"]
    for period, phase in {(line["time_period"], line["education_phase"]) for line in forecast} - {("", "Total")}:
        here = [line for line in forecast if (line["time_period"], line["education_phase"]) == (period, phase)]
        whole = [line for line in here if line["year_group"] == line["provision_type"] == "Total"]
        parts = [line for line in here if "Total" not in (line["year_group"], line["provision_type"])]
        if phase != "Total":
            assert sum(int(line["pupil_forecast"]) for line in parts) == int(whole[0]["pupil_forecast"])
    primary = {line["time_period"] for line in forecast if line["education_phase"] == "Primary"}
    secondary = {line["time_period"] for line in forecast if line["education_phase"] == "Secondary"}
    assert (min(primary), max(primary), len(primary)) == ("202526", "202930", 5)
    assert (min(secondary), max(secondary), len(secondary)) == ("202526", "203132", 7)
    assert any(line["section"] == "capacity" and line["capacity"] for line in lines)
    assert "check against the guide before sending" in said.err
    assert all("synthetic" in line["basis"] for line in lines)


def test_a_workbook_has_a_sheet_for_each_part(ask, tmp_path):
    file = tmp_path / "return.xlsx"
    assert ask("scap", "--year", "2025", "--format", "xlsx", "--out", str(file))[0] == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["About", "forecast", "capacity", "bands"]
    assert [cell.value for cell in book["forecast"][3]][:3] == ["return_year", "time_period", "time_identifier"]


def test_a_later_return_says_which_table_it_uses(ask):
    found = json.loads(ask("scap", "--year", "2026", "--format", "json")[1].out)
    assert found["columns"] == "table of columns of 2025"
    assert found["notes"][0].startswith("There is no table of columns of 2026: that of 2025")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", "2019"), "Valid: 2025 and later (tables: 2025)"),
        (("--year", "2033"), "Valid: 2025, 2026, 2027, 2028."),
        (("--year", "2025", "--return-year", "2025"), "--return-year goes with --score"),
        (("--score", "none.csv"), "There is no file 'none.csv'"),
        (("--score", "none.csv", "--format", "csv"), "Scores come as --format text or json"),
    ],
)
def test_wrong_use(ask, words, said):
    status, heard = ask("scap", *words)
    assert status == 2
    assert said in heard.err


def test_a_file_that_is_no_return_is_refused(ask, tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    status, heard = ask("scap", "--score", str(file))
    assert status == 1
    assert "lacks the column" in heard.err


def test_an_earlier_return_is_scored(ask, tmp_path):
    file = tmp_path / "earlier.csv"
    file.write_text(
        "return_year,time_period,education_phase,year_group,provision_type,pupil_forecast\n"
        "2023,202324,Primary,Total,Total,1000\n2023,202425,Primary,Total,Total,1000\n2023,202930,Primary,Total,,1\n",
        encoding="utf-8",
    )
    found = json.loads(ask("scap", "--score", str(file), "--format", "json")[1].out)
    tables = {table["key"]: table["rows"] for table in found["tables"]}
    for row in tables["rows"]:
        assert row["error"] == pytest.approx(100 * (1000 - row["actual"]) / row["actual"], abs=1e-5)
    assert [(row["key"], row["horizon"]) for row in tables["scores"]] == [("phase", 1), ("phase", 2)]
    assert "has not been counted yet" in tables["not_compared"][0]["reason"]
    assert ask("scap", "--score", str(file))[1].out.startswith("Earlier School Capacity returns")
