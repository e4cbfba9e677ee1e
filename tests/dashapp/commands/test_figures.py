"""``locality-atlas figures``: the figures of the page on the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from dashapp.cli import main
from geodata.importing import import_file

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "send"
FILE = (
    "indicator,area,area code,year,value\nplans,Buckinghamshire,E10000002,2019,4054\n"
    "plans,Buckinghamshire,E06000060,2020,4595\nplans,England,E92000001,2020,x\n"
)


@pytest.fixture
def workspace(own_path, tmp_path):
    file = tmp_path / "plans.csv"
    file.write_text(FILE)
    import_file(own_path, "indicator_values", file)
    return own_path


def run(workspace, *options):
    return main(["figures", "--workspace", str(workspace), *options])


def test_a_person_reads_a_line_for_each_period(workspace, capsys):
    assert run(workspace) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "plans"
    assert [line.split() for line in lines[2:5]] == [
        ["Buckinghamshire", "England"], ["2019", "4,054", "–"], ["2020", "4,595", "not", "available"],
    ]  # fmt: skip
    assert lines[-1] == "From plans.csv."


def test_a_machine_reads_the_same(workspace, capsys):
    assert run(workspace, "--file", "plans.csv", "--indicator", "plans", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(row["area"], row["period"], row["value"], row["symbol"]) for row in found["rows"]] == [
        ("Buckinghamshire", "2019", 4054, ""), ("Buckinghamshire", "2020", 4595, ""), ("England", "2020", None, "x"),
    ]  # fmt: skip
    assert run(workspace, "--format", "csv") == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == 3


def test_wrong_names_list_the_valid_ones(workspace, small_path, capsys):
    assert run(workspace, "--indicator", "other") == 2
    assert "No indicator 'other' here. Valid: 'plans'." in capsys.readouterr().err
    assert run(small_path) == 2
    assert "No published figures of Buckinghamshire are loaded" in capsys.readouterr().err


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared open files are not here")
def test_the_published_totals_of_the_council_are_those_of_the_release(own_path, capsys):
    import_file(own_path, "indicator_values", SHARED / "sen2_2025_caseload.csv")
    assert run(own_path, "--indicator", "ehcplans", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    council = [row["value"] for row in rows if row["level"] == "council"]
    assert council == [4054, 4595, 4910, 5415, 5890, 6697, 7217]
    assert {row["area"] for row in rows} == {"Buckinghamshire", "South East", "England"}
