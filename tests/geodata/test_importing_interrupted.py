"""Imports that are killed, and imports at once: the snapshot in force is whole, and nobody's rows are lost."""

import json
import os
import subprocess
import sys
from datetime import date

import pandas as pd
import pytest

from geodata import importing
from geodata.errors import InputError, NoSnapshotError
from geodata.importing import import_file
from geodata.purge import purge_child
from geodata.snapshot import Workspace

KILLER = """
import json, os, shutil, signal, sys, time
from pathlib import Path
import pandas as pd
import pyarrow.csv, pyarrow.parquet
from geodata import profile as profiles
from geodata.contracts import contract
from geodata.importing import import_file
from geodata.validation import check, read_types

profiles.PROFILES, old = Path(sys.argv[1]), Path(sys.argv[3])
dataset, file, waits = sys.argv[2], sys.argv[4], sys.argv[5]
# Load what is loaded late once here, not in each child.
check(contract("ehc_plans"), read_types(contract("ehc_plans"), pd.DataFrame({"child_id": ["C1"]}, dtype="str"))[0], [])
outcomes = []

def dies_at(step):
    left = [step]
    def guard(act):
        def acted(*args, **options):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*args, **options)
        return acted
    os.replace, os.fsync = guard(os.replace), guard(os.fsync)

def killed(number, step=None, wait=None):
    workspace = old.with_name(f"killed{number}")
    shutil.copytree(old, workspace)
    child = os.fork()
    if child == 0:
        if step:
            dies_at(step)
        import_file(workspace, dataset, file)
        os._exit(0)
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    outcomes.append(os.WIFSIGNALED(os.waitpid(child, 0)[1]))
    return outcomes[-1]

if waits == "steps":
    number = 0
    while killed(number, step=1 + 5 * number if dataset == "area_scheme" else 1 + number):
        number += 1
else:
    begun = time.monotonic()
    killed(0)
    whole = time.monotonic() - begun
    for number in range(1, 7):
        killed(number, wait=whole * number / 7)
print(json.dumps(outcomes))
"""

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def run_killed(folder, dataset, old, file, how):
    """Return for each try whether it was killed; its workspace is killed0, killed1, ... beside the old one."""
    run = subprocess.run(
        [sys.executable, "-c", KILLER, str(folder), dataset, str(old), str(file), how],
        capture_output=True, text=True, check=True, timeout=240,
    )  # fmt: skip
    return json.loads(run.stdout)


@needs_fork
def test_killed_at_any_step_leaves_a_whole_snapshot(filled):
    first = filled.write(filled.files / "first.csv", "child id,start,postcode", "C1,2022-01-01,HP91 1AA")
    second = filled.write(filled.files / "second.csv", "child id,start,postcode", "C2,2022-01-01,HP91 1AA", "C3,bad,")
    before = filled.take("ehc_plans", first).snapshot_id
    killed = run_killed(filled.folder, "ehc_plans", filled.path, second, "steps")
    assert len(killed) > 12
    assert killed == [True] * (len(killed) - 1) + [False]
    current = [Workspace(filled.path.with_name(f"killed{i}")).current() for i in range(len(killed))]
    was_switched = [snapshot.id != before for snapshot in current]
    assert was_switched == sorted(was_switched)  # the old one until the switch, the new one after
    assert (was_switched[0], was_switched[-1]) == (False, True)
    for snapshot, switched in zip(current, was_switched, strict=True):
        frame = pd.read_parquet(snapshot.data_path(snapshot.parts("ehc_plans")[0]))
        assert frame["child_id"].tolist() == (["C2"] if switched else ["C1"])
    late = filled.path.with_name(f"killed{len(killed) - 4}")
    assert Workspace(late).current().id != import_file(late, "ehc_plans", second).snapshot_id


def left_over(workspace):
    """Return the parts and geographies that no snapshot names, and files that were half written."""
    manifests = workspace.snapshots()
    parts = {i for manifest in manifests for ids in manifest.parts.values() for i in ids}
    areas = {manifest.geography for manifest in manifests}
    found = [path for path in workspace.path.glob("parts/*/*") if path.stem not in parts]
    return found + [path for path in workspace.path.glob("geography/*") if path.name not in areas]


@needs_fork
@pytest.mark.parametrize("how", ["steps", "moments"])
def test_outlines_killed_at_any_moment_leave_old_areas_or_new_ones(filled, how):
    filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))
    file = filled.outlines(filled.files / "lsoa21.geojson", filled.lsoa_2021, field="lsoa21_code")
    before = filled.figures(filled.path)
    killed = run_killed(filled.folder, "area_scheme", filled.path, file, how)
    if how == "steps":
        assert len(killed) > 6
        assert killed == [True] * (len(killed) - 1) + [False]
    after = filled.figures(filled.path.with_name(f"killed{len(killed) - 1 if how == 'steps' else 0}"))
    assert after != before
    swept = 0
    for i in range(len(killed)):
        path = filled.path.with_name(f"killed{i}")
        workspace = Workspace(path)
        assert filled.figures(path) in (before, after)
        swept += len(left_over(workspace))
        with pytest.raises(InputError, match="No row has that identifier"):
            purge_child(workspace, "NOBODY1")
        assert left_over(workspace) == []
        assert filled.figures(path) in (before, after)
    assert swept or how == "moments"


def test_two_imports_at_once_both_end_up_in(tmp_path):
    file, workspace = tmp_path / "plans.csv", tmp_path / "workspace"
    file.write_text("child id,start,postcode\nC1,2022-01-01,HP20 1UA\n")
    code = "import sys; from geodata.importing import import_file; import_file(*sys.argv[1:])"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(workspace), dataset, str(file)])
        for dataset in ("ehc_plans", "cme_involvements")
    ]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert set(Workspace(workspace).current().datasets) == {"ehc_plans", "cme_involvements"}
    assert set(json.loads((workspace / "mappings.json").read_text())) == {"ehc_plans", "cme_involvements"}


BESIDE = """
import sys
from pathlib import Path
from geodata import profile as profiles
from geodata.importing import import_file
profiles.PROFILES = Path(sys.argv[1])
import_file(*sys.argv[2:])
"""


def test_children_and_areas_imported_at_once_both_end_up_in(filled):
    outlines = filled.outlines(filled.files / "lsoa21.geojson", filled.lsoa_2021, field="lsoa21_code")
    more = filled.write(filled.files / "more.csv", *filled.cases, "C99,2022-01-01,,,HP94 1AD,")
    running = [
        subprocess.Popen([sys.executable, "-c", BESIDE, str(filled.folder), str(filled.path), dataset, str(file)])
        for dataset, file in (("area_scheme", outlines), ("cme_involvements", more))
    ]
    assert [process.wait(timeout=90) for process in running] == [0, 0]
    now = filled.figures(filled.path)
    assert (now["lsoa"][0]["E01000005"], now["lsoa"][0]["E01000006"]) == (2, 3)
    assert sum(now["lsoa"][1].values()) == 100


def meanwhile(monkeypatch, act):
    """Have something done once between the reading of a file and its taking in."""
    commit, left = importing._commit, [act]

    def late(*arguments):
        while left:
            left.pop()()
        return commit(*arguments)

    monkeypatch.setattr(importing, "_commit", late)


def test_rows_are_given_the_areas_that_came_meanwhile(filled, monkeypatch):
    outlines = filled.outlines(filled.files / "lsoa21.geojson", filled.lsoa_2021, field="lsoa21_code")
    meanwhile(monkeypatch, lambda: filled.take("area_scheme", outlines))
    more = filled.write(filled.files / "more.csv", *filled.cases, "C99,2022-01-01,,,HP94 1AD,", "C98,never,,,,")
    report = filled.take("cme_involvements", more)
    assert filled.figures(filled.path)["lsoa"][0]["E01000006"] == 3
    assert [path.stem for path in filled.path.glob("quarantine/*")] == [report.part_id]


def test_rows_are_given_the_areas_that_were_gone_back_to(filled, monkeypatch):
    filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))
    meanwhile(monkeypatch, lambda: Workspace(filled.path).rollback())
    filled.take("cme_involvements", filled.write(filled.files / "again.csv", *filled.cases))
    assert filled.figures(filled.path)["ward"][0]["E05000001"] == 8


def test_real_children_that_came_beside_synthetic_ones_meanwhile_are_refused(squares, monkeypatch):
    plans = squares.write(squares.files / "plans.csv", "child id,start", "C1,2022-01-01")
    meanwhile(monkeypatch, lambda: import_file(squares.path, "ehc_plans", plans, basis="synthetic"))
    cases = squares.write(squares.files / "cases.csv", *squares.cases)
    with pytest.raises(InputError, match="--beside-synthetic"):
        import_file(squares.path, "cme_involvements", cases, profile=squares.profile)
    assert Workspace(squares.path).current().datasets == ("ehc_plans",)


def test_a_busy_or_failing_workspace_is_left_without_rows(squares, monkeypatch):
    def fails(*_arguments, **_options):
        raise OSError

    plans = squares.write(squares.files / "plans.csv", "child id,start", "C1,2022-01-01", "C2,never")
    monkeypatch.setattr(Workspace, "add_part", fails)
    with pytest.raises(OSError):  # noqa: PT011 - its kind is all that is known of it
        import_file(squares.path, "ehc_plans", plans, covers_to=date(2022, 1, 2))
    assert not [
        path for path in squares.path.rglob("*") if path.is_file() and path.name not in (".lock", "mappings.json")
    ]
    with pytest.raises(NoSnapshotError):
        Workspace(squares.path).current()
