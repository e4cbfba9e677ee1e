import json
from pathlib import Path

from dashapp.cli import main
from geodata.contracts import CONTRACTS
from geodata.profile import load_profile

DOCS = Path(__file__).parents[3] / "docs"


def test_every_dataset_is_listed_with_what_it_needs(capsys):
    assert main(["datasets"]) == 0
    printed = capsys.readouterr().out
    assert all(key in printed and one.title in printed for key, one in CONTRACTS.items())
    assert "needs: child_id, start_date" in printed


def test_one_dataset_is_shown_with_headings_and_codes(capsys):
    assert main(["datasets", "ehc_plans"]) == 0
    printed = capsys.readouterr().out
    assert "also: need, primary need code" in printed
    assert "Autistic spectrum disorder" in printed


def test_codes_of_the_council_are_listed(capsys):
    assert main(["datasets", "cme_involvements"]) == 0
    printed = capsys.readouterr().out
    assert all(code in printed and label in printed for code, label in load_profile().closing_codes.items())


def test_an_unknown_dataset_is_wrong_use(capsys):
    assert main(["datasets", "pupils"]) == 2
    assert "Valid: cme_involvements" in capsys.readouterr().err


def test_machines_get_every_column(capsys):
    assert main(["datasets", "--format", "json"]) == 0
    found = {one["dataset"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(found) == list(CONTRACTS)
    assert [column["key"] for column in found["schools"]["columns"]] == list(CONTRACTS["schools"].keys)


def test_the_page_of_the_documentation_is_what_the_command_prints(capsys):
    assert main(["datasets", "--format", "markdown"]) == 0
    assert (DOCS / "datasets.md").read_text(encoding="utf-8") == capsys.readouterr().out
