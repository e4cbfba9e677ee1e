"""The command builds a workspace, says what it made, and refuses to overrun real data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dashapp.cli import REFUSED, WRONG_USE, main
from dashapp.commands.demo import print_text
from geodata.demo.exports import EXPORTS
from geodata.geometry_index import has_drawing
from geodata.importing import import_file
from geodata.snapshot import Workspace


def test_demo_makes_a_snapshot_with_its_drawing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = tmp_path / "workspace"

    assert main(["demo", "--workspace", str(workspace), "--seed", "3", "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["snapshot"] == Workspace(workspace).current().id
    assert made["seed"] == 3
    assert {found["dataset"]: found["basis"] for found in made["datasets"]} == {
        export.dataset: export.basis for export in EXPORTS
    }
    assert all(found["quarantined"] == 0 for found in made["datasets"])
    assert has_drawing(workspace, "1")

    print_text(Workspace(workspace).current(), 3.21)
    said = capsys.readouterr().out
    assert "ready in 3.2 s" in said
    assert "schools: 237 rows, illustrative" in said
    assert "ehc_plans: 9,381 rows, synthetic" in said
    assert "schools, centres and housing sites invented" in said


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
