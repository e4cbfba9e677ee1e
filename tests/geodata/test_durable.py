import os

import pytest

from geodata import durable
from geodata.durable import make_private, replace_folder_durably, write_durably


def test_a_file_is_there_whole_and_nothing_beside_it(tmp_path):
    write_durably(tmp_path / "a" / "b.json", b"one")
    write_durably(tmp_path / "a" / "b.json", b"two")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "a").iterdir()] == [("b.json", b"two")]


def test_a_folder_gets_its_name_when_its_files_are_on_the_disk(tmp_path, monkeypatch):
    beside = tmp_path / "beside"
    make_private(beside)
    for name in ("one", "two"):
        (beside / name).write_text(name)
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(
        durable.os, "fsync", lambda handle: synced.append((tmp_path / "named").exists()) or fsync(handle)
    )
    replace_folder_durably(beside, tmp_path / "named")
    assert synced[:2] == [False, False]
    assert {path.name: path.read_text() for path in (tmp_path / "named").iterdir()} == {"one": "one", "two": "two"}
    assert not beside.exists()


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_what_is_written_is_for_the_user_alone(tmp_path):
    write_durably(tmp_path / "new" / "a", b"")
    beside = tmp_path / "new" / "beside"
    make_private(beside)
    (beside / "file").write_text("")
    replace_folder_durably(beside, tmp_path / "new" / "named")
    for path in (tmp_path / "new").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)
