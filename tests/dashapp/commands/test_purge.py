import argparse
import json
from pathlib import Path

import pytest

from dashapp.commands.purge import add_purge
from geodata.errors import InputError, NoSnapshotError, UsageError
from geodata.importing import import_file
from geodata.snapshot import Workspace


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "plans.csv").write_text("child id,start\nC1,2022-01-01\nC2,2022-01-01\n")
    import_file(tmp_path / "workspace", "ehc_plans", tmp_path / "plans.csv")
    return tmp_path / "workspace"


def run(workspace, *arguments):
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--workspace", type=Path, default=workspace)
    common.add_argument("--format", choices=("text", "json"), default="text")
    parser = argparse.ArgumentParser()
    add_purge(parser.add_subparsers(required=True), [common])
    args = parser.parse_args(["purge", *arguments])
    return args.run(args)


def test_a_child_is_removed_and_not_named(workspace, capsys):
    assert run(workspace, "--child", "C1") == 0
    assert capsys.readouterr().out == "Removed for good, from every snapshot: 1 of ehc_plans.\n"
    assert Workspace(workspace).current().parts("ehc_plans")[0].purged == 1


def test_the_answer_for_machines(workspace, capsys):
    assert run(workspace, "--child", "C1", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"removed": {"ehc_plans": 1}, "snapshot": Workspace(workspace).current().id}


def test_nothing_to_remove_is_refused(workspace):
    with pytest.raises(InputError, match="Nothing was changed") as refused:
        run(workspace, "--child", "C3")
    assert "C3" not in str(refused.value)
    with pytest.raises(InputError, match="Nothing is older"):
        run(workspace, "--expired")
    with pytest.raises(UsageError, match="--child ID"):
        run(workspace, "--child", "")


@pytest.mark.parametrize("arguments", [(), ("--child", "C1", "--expired")])
def test_what_to_remove_is_said_once(workspace, arguments):
    with pytest.raises(SystemExit) as wrong:
        run(workspace, *arguments)
    assert wrong.value.code == 2


def test_an_empty_workspace_says_what_to_do(tmp_path):
    with pytest.raises(NoSnapshotError):
        run(tmp_path / "none", "--expired")
    assert not (tmp_path / "none").exists()
