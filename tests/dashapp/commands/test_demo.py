"""The command builds a workspace, says what it made, and refuses to overrun real data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dashapp.cli import REFUSED, WRONG_USE, main
from geodata.geometry_index import INDEX
from geodata.importing import import_file
from geodata.snapshot import Workspace


def test_demo_makes_a_snapshot_and_its_drawing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = tmp_path / "workspace"

    assert main(["demo", "--workspace", str(workspace), "--seed", "3", "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["snapshot"] == Workspace(workspace).current().id
    assert made["seed"] == 3
    assert {found["dataset"]: (found["basis"], found["quarantined"]) for found in made["datasets"]} == {
        "population": ("modelled", 0),
        "ehc_plans": ("synthetic", 0),
        "cme_involvements": ("synthetic", 0),
    }
    assert list(workspace.rglob(INDEX))


def test_demo_refuses_over_real_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.csv"
    file.write_text("Child ID,Date Opened,Home Postcode\nR1,01/03/2022,HP20 1UY\n", encoding="utf-8")
    workspace = tmp_path / "workspace"
    import_file(workspace, "cme_involvements", file, covers_from=date(2021, 9, 1), covers_to=date(2022, 7, 31))

    assert main(["demo", "--workspace", str(workspace)]) == REFUSED
    assert "--replace" in capsys.readouterr().err


def test_a_seed_that_is_no_number_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["demo", "--seed", "-1"])

    assert stop.value.code == WRONG_USE
    assert "not a whole number" in capsys.readouterr().err
