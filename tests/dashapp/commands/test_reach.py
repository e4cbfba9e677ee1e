"""The command prints the report in its three forms."""

import argparse
import csv
import io
import json
from pathlib import Path

import pytest

from dashapp.commands.reach import add_reach
from geodata.errors import UsageError


@pytest.fixture
def run(subjects_path, capsys):
    workspace = argparse.ArgumentParser(add_help=False)
    workspace.add_argument("--workspace", type=Path)
    parser = argparse.ArgumentParser()
    add_reach(parser.add_subparsers(), [workspace])

    def ask(*words):
        args = parser.parse_args(["reach", "--workspace", str(subjects_path), *words])
        assert args.run(args) == 0
        return capsys.readouterr().out

    return ask


def test_json_has_every_table(run):
    found = json.loads(run("--format", "json", "--mode", "walk"))
    assert (found["report"], found["mode"], found["audience"]) == ("reach", "walk", "officer")
    assert [table["key"] for table in found["tables"]] == ["within_ages_5_17", "opening_days", "specialist"]
    assert "estimated travel" in found["basis"]


def test_csv_has_a_line_for_each_figure_with_its_words(run):
    lines = list(csv.DictReader(io.StringIO(run("--format", "csv"))))
    far = [line for line in lines if (line["table"], line["column"]) == ("within_ages_5_17", "far")]
    assert len(far) == 4
    assert all("estimated travel" in line["basis"] for line in lines)


def test_text_says_the_sentence(run):
    said = run()
    assert said.startswith("Reach of the family centres by bus, on 1 September 2024: Buckinghamshire [")
    assert "children aged 5 to 17" in said


def test_an_unknown_mode_is_refused(run):
    with pytest.raises(UsageError, match="No way of travel 'tram'"):
        run("--mode", "tram")
