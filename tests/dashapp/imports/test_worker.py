"""The questions that the worker answers, within this process; and once as a process."""

import csv
import io
import json
import shutil
import subprocess
import sys

import pytest

from dashapp.imports.worker import answer
from geodata.snapshot import Workspace

HEADINGS = ("Child ID", "Pupil name", "Date Opened", "Date Closed", "Closure Reason", "Home Postcode")
ROWS = (
    ("1", "Jane Smith", "01/10/2021", "", "", "HP20 1UA"),
    ("2", "Priya Patel", "31/02/2022", "", "", "HP20 1UA"),
    ("3", "Oliver Brown", "05/11/2021", "01/12/2021", "BUSC", ""),
)


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "cases.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *ROWS])
    return path


def ask(workspace, do, *paths, **more):
    out = io.StringIO()
    question = {"do": do, "paths": [str(path) for path in paths], "dataset": "", "said": {}} | more
    found = answer(workspace, question, out)
    steps = [json.loads(line) for line in out.getvalue().splitlines()]
    return json.loads(json.dumps(found, default=str)), steps


SYNTHETIC = {"dataset": "cme_involvements", "said": {"basis": "synthetic"}}


def test_a_look_says_what_the_file_is_and_takes_nothing_in(own_path, export):
    before = Workspace(own_path).current().id
    found, steps = ask(own_path, "look", export)
    assert found["result"]["dataset"] == "cme_involvements"
    assert found["result"]["names"] == ["Pupil name"]
    assert "Jane" not in json.dumps(found)
    assert steps == [{"step": "Looking at the file", "share": 0.1}]
    assert Workspace(own_path).current().id == before


def test_a_check_counts_and_takes_nothing_in(own_path, export):
    files = sorted(own_path.rglob("*"))
    found, steps = ask(own_path, "check", export, **SYNTHETIC)
    report = found["result"]
    assert (report["rows_read"], report["accepted"], report["quarantined"]) == (3, 2, 1)
    assert report["snapshot_id"] == ""
    assert [step["share"] for step in steps] == sorted(step["share"] for step in steps)
    assert sorted(own_path.rglob("*")) == files


def test_an_import_makes_a_snapshot_and_going_back_undoes_it(own_path, export):
    before = Workspace(own_path).current().id
    found, _ = ask(own_path, "import", export, **SYNTHETIC)
    assert found["result"]["snapshot_id"] == Workspace(own_path).current().id != before
    found, _ = ask(own_path, "rollback", to=before)
    assert found == {"result": {"snapshot": before}}
    assert Workspace(own_path).current().id == before


def test_an_import_draws_the_shapes_that_lack(own_path, export, monkeypatch):
    drawn = []
    monkeypatch.setattr("dashapp.imports.worker.prepare_drawing", lambda _profile, path: drawn.append(path))
    ask(own_path, "import", export, **SYNTHETIC)
    assert drawn == []
    shutil.rmtree(own_path / "drawing")
    _, steps = ask(own_path, "import", export, **SYNTHETIC)
    assert drawn == [own_path]
    assert steps[-1]["step"] == "Preparing the map"


def test_a_refusal_says_why_and_what_became_of_the_rows(own_path, export):
    said = {"basis": "synthetic", "mapping": {"start_date": "Date Closed"}}
    found, _ = ask(own_path, "import", export, dataset="cme_involvements", said=said)
    assert found["error"].startswith("No row of 'cases.csv' could be accepted")
    assert (found["report"]["rows_read"], found["report"]["quarantined"]) == (3, 3)
    found, _ = ask(own_path, "import", export, dataset="cme_involvements")
    assert found["error"].startswith("This workspace holds the synthetic demonstration")
    found, _ = ask(own_path, "look", export.with_name("gone.csv"))
    assert found == {"error": "There is no file 'gone.csv' in that folder."}


def test_a_child_is_removed_for_good(own_path, export):
    ask(own_path, "import", export, **SYNTHETIC)
    found, _ = ask(own_path, "purge", child="3")
    assert found["result"]["rows"] == {"cme_involvements": 1}
    found, _ = ask(own_path, "purge", child="3")
    assert found["error"].startswith("No row has that identifier")
    found, _ = ask(own_path, "expire")
    assert found["error"].startswith("Nothing is older than it may be kept")


def test_the_process_answers_line_by_line_and_a_fault_names_no_cell(own_path, export):
    command = [sys.executable, "-m", "dashapp.imports.worker", str(own_path)]
    asked = [{"do": "look", "paths": [str(export)], "dataset": "", "said": {}}, {"do": "look"}]
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, encoding="utf-8")
    ready, step, looked, _, fault = (json.loads(line) for line in done.stdout.splitlines())
    assert ready == {"ready": True}
    assert step["step"] == "Looking at the file"
    assert looked["result"]["rows_in_all"] == 3
    assert fault == {"error": "Something went wrong (KeyError). Please report it.", "fault": True}
    assert done.stderr == ""
