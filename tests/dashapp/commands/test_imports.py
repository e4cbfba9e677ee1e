import argparse
import json
from pathlib import Path

import pytest

from dashapp.commands.imports import add_import, add_snapshots
from geodata.errors import InputError, NoSnapshotError, UsageError
from geodata.snapshot import Workspace

GOOD = "Child's name,child id,start,postcode\nJane Smith,C1,2022-01-01,HP20 1UA\nTom Boon,C2,31/02/2022,HP20 1UA\n"
BAD = "child id,start\nC1,31/02/2022\n"


@pytest.fixture
def run(tmp_path):
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--workspace", type=Path, default=tmp_path / "workspace")
    common.add_argument("--format", choices=("text", "json"), default="text")
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    add_import(commands, [common])
    add_snapshots(commands, [common])

    def command(*arguments):
        args = parser.parse_args([str(argument) for argument in arguments])
        return args.run(args)

    return command


@pytest.fixture
def workspace(tmp_path, drawn):
    """A workspace whose shapes are prepared, so that no test waits for them."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "drawing").symlink_to(drawn / "drawing", target_is_directory=True)
    return folder


@pytest.fixture
def good(tmp_path):
    (tmp_path / "good.csv").write_text(GOOD)
    return tmp_path / "good.csv"


@pytest.fixture
def bad(tmp_path):
    (tmp_path / "bad.csv").write_text(BAD)
    return tmp_path / "bad.csv"


def test_rows_set_aside_are_no_failure(run, workspace, good, capsys):
    assert run("import", "ehc_plans", good) == 0
    said = capsys.readouterr().out
    for words in (
        "1 of 2 rows accepted, 1 set aside", "Dropped (names, contacts, free text): Child's name", "1 in the county",
        "start_date: a day that does not exist", "quarantine", Workspace(workspace).current().id,
    ):  # fmt: skip
        assert words in said
    assert "Smith" not in said


def test_the_report_for_machines_is_complete(run, workspace, good, capsys):
    assert run("import", "ehc_plans", good, "--synthetic", "--covers-from", "2021-01-01", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == "accepted"
    assert said["snapshot_id"] == Workspace(workspace).current().id
    assert (said["rows_read"], said["accepted"], said["quarantined"]) == (2, 1, 1)
    assert (said["basis"], said["covers_from"], said["covers_to"]) == ("synthetic", "2021-01-01", "2022-01-01")
    assert said["reasons"][0]["column"] == "start_date"
    assert Path(said["quarantine_file"]).is_file()


DOUBTFUL = "child id,start,born\nC1,2013-01-01,\nC1,2022-01-01,\nC2,2022-01-01,2004-01\n"


@pytest.mark.usefixtures("workspace")
def test_rows_to_look_at_are_said_to_a_person(run, tmp_path, capsys):
    (tmp_path / "doubtful.csv").write_text(DOUBTFUL)
    assert run("import", "cme_involvements", tmp_path / "doubtful.csv") == 0
    said = capsys.readouterr().out
    for words in (
        "3 of 3 rows accepted, 0 set aside", "Accepted, but please look at 3 rows, by reason:",
        "1 end_date: open for 5 years or more; was its closing forgotten?",
        "1 end_date: open, but older than school age; should it be closed as SLA?",
        "1 start_date: starts while another case of the same child is open", ".flagged.csv",
    ):  # fmt: skip
        assert words in said


def test_rows_to_look_at_are_in_the_report_for_machines(run, workspace, tmp_path, capsys):
    (tmp_path / "doubtful.csv").write_text(DOUBTFUL)
    assert run("import", "cme_involvements", tmp_path / "doubtful.csv", "--check", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["flagged_rows"], said["flagged_file"]) == ("checked", 3, None)
    assert run("import", "cme_involvements", tmp_path / "doubtful.csv", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["rows_read"] == said["accepted"] + said["quarantined"] == 3
    assert {item["reason"]: item["rows"] for item in said["flagged"]} == {
        "open for 5 years or more; was its closing forgotten?": 1,
        "open, but older than school age; should it be closed as SLA?": 1,
        "starts while another case of the same child is open": 1,
    }
    assert Path(said["flagged_file"]) == Workspace(workspace).flagged_path(said["part_id"])
    assert Path(said["flagged_file"]).is_file()


def test_a_file_of_nothing_but_bad_rows_is_refused(run, workspace, tmp_path, capsys):
    rows = ["C1,2022-01-02,2022-01-01,BUSC", "C2,2013-01-01,2022-01-01,XX", "C3,,,"]
    (tmp_path / "bad.csv").write_text("\n".join(["child id,start,end,closure code", *rows]) + "\n")
    assert run("import", "cme_involvements", tmp_path / "bad.csv", "--format", "json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["accepted"], said["quarantined"], said["flagged"]) == ("refused", 0, 3, [])
    assert not (workspace / "CURRENT").exists()


def test_a_refused_file(run, workspace, good, bad, capsys):
    run("import", "ehc_plans", good)
    before = Workspace(workspace).current().id
    capsys.readouterr()
    assert run("import", "ehc_plans", bad) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "No row of 'bad.csv' could be accepted" in said.err
    assert "Nothing was taken in" in said.err
    assert Workspace(workspace).current().id == before


def test_a_refused_file_for_machines(run, workspace, bad, capsys):
    assert run("import", "ehc_plans", bad, "--format", "json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["accepted"], said["quarantined"], said["snapshot_id"]) == ("refused", 0, 1, "")
    assert run("import", "population", bad, "--format", "json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["dataset"], said["source_name"]) == ("refused", "population", "bad.csv")
    assert not (workspace / "CURRENT").exists()


def test_wrong_use(run, good):
    with pytest.raises(UsageError, match="Valid: cme_involvements"):
        run("import", "cme", good)
    with pytest.raises(UsageError, match="no file"):
        run("import", "ehc_plans", "gone.csv")
    with pytest.raises(SystemExit) as stopped:
        run("import", "ehc_plans", good, "--covers-to", "31/07/2022")
    assert stopped.value.code == 2


def test_a_first_import_prepares_the_shapes(run, tmp_path, good, monkeypatch):
    prepared = []
    monkeypatch.setattr("geodata.drawing.prepare_drawing", lambda _profile, workspace: prepared.append(workspace))
    assert run("import", "ehc_plans", good) == 0
    assert prepared == [tmp_path / "workspace"]


def test_shapes_that_cannot_be_prepared_are_no_refusal(run, tmp_path, good, monkeypatch, capsys):
    def fails(_profile, _workspace):
        raise InputError("no shapes")

    monkeypatch.setattr("geodata.drawing.prepare_drawing", fails)
    with pytest.raises(InputError, match="no shapes"):
        run("import", "ehc_plans", good)
    said = capsys.readouterr()
    assert Workspace(tmp_path / "workspace").current().id in said.out
    assert "Nothing was taken in" not in said.err


@pytest.mark.usefixtures("workspace")
def test_the_text_says_what_nobody_stated(run, good, capsys):
    run("import", "ehc_plans", good)
    assert "Taken to be complete (see below) from 2022-01-01" in capsys.readouterr().out
    run("import", "ehc_plans", good, "--covers-from", "2021-01-01", "--covers-to", "2022-07-31")
    said = capsys.readouterr().out
    assert "  Complete from 2021-01-01 to 2022-07-31" in said
    assert "Taken to be" not in said


@pytest.mark.usefixtures("workspace")
def test_real_data_beside_the_demonstration_have_to_be_meant(run, good, capsys):
    run("import", "ehc_plans", good, "--synthetic")
    assert run("import", "cme_involvements", good) == 1
    assert "holds the synthetic demonstration" in capsys.readouterr().err
    assert run("import", "cme_involvements", good, "--beside-synthetic") == 0


def test_snapshots_and_rollback(run, workspace, good, capsys):
    with pytest.raises(NoSnapshotError):
        run("snapshots")
    for _ in range(2):
        run("import", "ehc_plans", good)
    newest, oldest = (manifest.id for manifest in Workspace(workspace).snapshots())
    capsys.readouterr()

    assert run("snapshots") == 0
    said = capsys.readouterr().out
    assert f"* {newest}" in said
    assert "ehc_plans: 1 row from good.csv, real" in said

    assert run("snapshots", "--rollback", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["current"] == oldest == Workspace(workspace).current().id
    assert [(item["id"], item["is_current"]) for item in said["snapshots"]] == [(newest, False), (oldest, True)]
    assert said["snapshots"][0]["parts"]["ehc_plans"][0]["rows_read"] == 2

    assert run("snapshots", "--rollback", newest) == 0
    assert Workspace(workspace).current().id == newest
    with pytest.raises(NoSnapshotError, match=newest):
        run("snapshots", "--rollback", "nonsense")
