import argparse
import shutil
from pathlib import Path

import pytest

from dashapp.commands.prepare import add_prepare, ensure_drawing
from geodata.errors import NoSnapshotError
from geodata.geometry_index import drawing_of, has_drawing


def run(workspace):
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--workspace", type=Path, default=workspace)
    parser = argparse.ArgumentParser()
    add_prepare(parser.add_subparsers(required=True), [common])
    args = parser.parse_args(["prepare"])
    return args.run(args)


def test_shapes_that_lack_are_prepared_once(own_path, capsys):
    before = drawing_of(own_path, "1")
    assert run(own_path) == 0
    assert capsys.readouterr().out == "The map's shapes were prepared already.\n"
    shutil.rmtree(own_path / "drawing")
    assert run(own_path) == 0
    assert capsys.readouterr().out == "The map's shapes are prepared.\n"
    assert drawing_of(own_path, "1") == before
    assert not ensure_drawing(own_path)


def test_a_workspace_of_an_earlier_version_gets_its_index(own_path):
    index = own_path / "drawing" / "index-1.json"
    index.rename(own_path / "drawing" / "index.json")  # as it was called before areas could change
    assert ensure_drawing(own_path)
    assert has_drawing(own_path, "1")


def test_an_empty_workspace_says_what_to_do(tmp_path):
    with pytest.raises(NoSnapshotError, match="import"):
        ensure_drawing(tmp_path / "none")
    assert not (tmp_path / "none").exists()
