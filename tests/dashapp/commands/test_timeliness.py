"""The command prints the report in its four forms, or writes it to a file."""

import argparse
import csv
import io
import json
from pathlib import Path

import pytest

from dashapp.commands.timeliness import add_timeliness
from geodata.errors import UsageError


@pytest.fixture
def run(demo_workspace, capfdbinary):
    workspace = argparse.ArgumentParser(add_help=False)
    workspace.add_argument("--workspace", type=Path)
    parser = argparse.ArgumentParser()
    add_timeliness(parser.add_subparsers(), [workspace])

    def ask(*words):
        args = parser.parse_args(["timeliness", "--workspace", str(demo_workspace), *words])
        assert args.run(args) == 0
        return capfdbinary.readouterr().out

    return ask


def test_json_and_text_have_every_table(run):
    found = json.loads(run("--format", "json", "--year", "2023/24"))
    assert (found["report"], found["year"], found["basis"]) == ("timeliness", "2023/24", ["synthetic"])
    assert len(found["tables"]) == 7
    assert run().decode().startswith("How soon early help comes, families referred 1 January 2024 to 31 December 2024")


def test_csv_and_workbook(run, tmp_path):
    lines = list(csv.DictReader(io.StringIO(run("--format", "csv").decode())))
    assert {line["basis"] for line in lines} == {"synthetic"}
    assert run("--format", "xlsx")[:2] == b"PK"
    assert run("--format", "xlsx", "--out", str(tmp_path / "t.xlsx")) == b""
    assert (tmp_path / "t.xlsx").read_bytes()[:2] == b"PK"
    run("--format", "csv", "--out", str(tmp_path / "t.csv"))
    assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig").startswith("table,row,column")


def test_an_unknown_year_is_refused(run):
    with pytest.raises(UsageError, match="No year '1999/00' here"):
        run("--year", "1999/00")


def test_a_workbook_is_not_printed_on_a_terminal(run, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(UsageError, match="--out"):
        run("--format", "xlsx")
