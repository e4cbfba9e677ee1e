import argparse
import csv
import io
import json

import pytest

from dashapp.commands.site import add_site
from geodata.errors import UsageError


@pytest.fixture
def site(demo_workspace, capsys):
    """Run the command on the demonstration council; what was printed."""
    workspace = argparse.ArgumentParser(add_help=False)
    workspace.add_argument("--workspace", default=demo_workspace)
    parser = argparse.ArgumentParser()
    add_site(parser.add_subparsers(), [workspace])

    def run(*words):
        args = parser.parse_args(["site", *words])
        assert args.run(args) == 0
        return capsys.readouterr().out

    return run


def test_json_names_the_site_with_its_proof(site):
    found = json.loads(site("--add", "1", "--objective", "cover", "--mode", "walk", "--format", "json"))
    assert (found["objective"], found["mode"], found["limit_minutes"]) == ("cover", "walk", 30)
    assert len(found["sites"]) == 1
    assert found["gap"] <= 0.005
    assert found["value"] >= found["value_today"]


def test_csv_and_text(site):
    lines = list(csv.DictReader(io.StringIO(site("--close", "IFC-09", "--format", "csv"))))
    assert [line["key"] for line in lines if line["change"] == "closed"] == ["IFC-09"]
    assert "Moving Illustrative centre" in site("--move", "IFC-10=IB-03")


@pytest.mark.parametrize("words", ["IFC-10", "IFC-10=", "=IB-03"])
def test_a_move_without_both_ends_is_wrong_use(site, words):
    with pytest.raises(UsageError, match="ID=BUILDING"):
        site("--move", words)


def test_wrong_use_lists_what_is_valid(site):
    with pytest.raises(UsageError, match="No open centre 'nowhere'"):
        site("--close", "nowhere")
    with pytest.raises(UsageError, match="Nothing to do"):
        site()
