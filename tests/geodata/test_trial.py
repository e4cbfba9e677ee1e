import tempfile
from pathlib import Path

import pytest

from geodata.errors import InputError, UsageError
from geodata.snapshot import Workspace
from geodata.trial import tried

SCHOOLS = "URN,Name,School type,Postcode\n100001,Oak Primary School,Community school,HP20 1DH\n"
BAD = "12,Elm Primary School,Community school,HP20 1DH\n"
CASES = "Child ID,Start,URN\nc1,2024-01-01,100001\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where trials are made: empty before and after."""
    path = tmp_path / "temporary"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path


def file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_files_alone_leave_nothing_behind(tmp_path, folder):
    path = file(tmp_path, "schools.csv", SCHOOLS + BAD)
    with tried({"schools": path}) as trial:
        rows = trial.store.rows_of("schools")
        assert [row["urn"] for row in rows] == [100001]
        assert [oct(one.stat().st_mode & 0o777) for one in folder.iterdir()] == ["0o700"]
    report = trial.reports["schools"]
    assert (report.rows_read, report.quarantined, report.quarantine_file) == (2, 1, None)
    assert trial.notes[0].startswith("Set aside of schools.csv: 1 of 2 rows. urn: ")
    assert trial.notes[0].endswith("(row 3).")
    assert list(folder.iterdir()) == []


def test_a_refused_file_names_rows_and_leaves_nothing(tmp_path, folder):
    path = file(tmp_path, "schools.csv", "URN,Name,School type,Postcode\n" + BAD)
    with (
        pytest.raises(InputError, match=r"No row of 'schools.csv' could be accepted.*\(row 2\)"),
        tried({"schools": path}),
    ):
        pass
    assert list(folder.iterdir()) == []


def test_an_error_within_leaves_nothing(tmp_path, folder):
    path = file(tmp_path, "schools.csv", SCHOOLS)
    with pytest.raises(RuntimeError, match="within"), tried({"schools": path}):
        raise RuntimeError("within")
    assert list(folder.iterdir()) == []


def test_a_file_that_is_not_there(tmp_path, folder):
    with pytest.raises(UsageError), tried({"schools": tmp_path / "none.csv"}):
        pass
    assert list(folder.iterdir()) == []


def every_file(path):
    return {one: one.stat().st_mtime_ns for one in Path(path).rglob("*")}


def test_files_in_the_place_of_a_workspace_that_stays_as_it_was(tmp_path, folder, real_path):
    before = every_file(real_path)
    current = Workspace(real_path).current()
    files = {"schools": file(tmp_path, "s.csv", SCHOOLS), "early_help_cases": file(tmp_path, "c.csv", CASES)}
    with tried(files, current) as trial:
        assert len(trial.store.rows_of("schools")) == 1
        assert len(trial.store.cases("early_help_cases", ("child_id",), "county")) == 1
        # The other records are the workspace's, read where they lie.
        assert len(trial.store.cases("cme_involvements", ("child_id",), "county")) > 1
        assert not list(folder.rglob("cme_involvements"))
    with tried(files, current, alone=True) as trial:
        assert trial.store.part("cme_involvements") is None
    assert every_file(real_path) == before
    assert list(folder.iterdir()) == []


def test_real_children_do_not_stand_beside_synthetic_ones(tmp_path, small_path):
    current = Workspace(small_path).current()
    files = {"early_help_cases": file(tmp_path, "c.csv", CASES)}
    with pytest.raises(InputError, match="synthetic children"), tried(files, current):
        pass
    with tried(files, current, basis="synthetic") as trial:
        assert trial.store.is_synthetic("early_help_cases")
    with tried(files, current, alone=True) as trial:
        assert not trial.store.is_synthetic()
