"""What an import that was killed left is removed; what a snapshot lists stays."""

import threading

from dashapp.imports.leftovers import remove_leftovers
from geodata.snapshot import Workspace


def test_only_what_no_snapshot_lists_is_removed(own_path):
    listed = sorted((own_path / "parts").rglob("*.*"))
    stray = own_path / "parts" / "ehc_plans"
    for name in ("20990101T000000000000Z-00000000.parquet", f".{listed[-1].stem}.parquet.tmp"):
        (stray / name).write_bytes(b"rows of children")
    remove_leftovers(own_path)
    assert sorted((own_path / "parts").rglob("*.*")) == listed


def test_while_another_import_writes_nothing_is_touched(own_path, monkeypatch):
    monkeypatch.setattr("dashapp.imports.leftovers.WAIT_SECONDS", 0.05)
    stray = own_path / "parts" / "ehc_plans" / "20990101T000000000000Z-00000000.parquet"
    stray.write_bytes(b"about to be listed")
    held, done = threading.Event(), threading.Event()

    def writer():
        with Workspace(own_path).lock():
            held.set()
            done.wait(30)

    thread = threading.Thread(target=writer)
    thread.start()
    held.wait(30)
    remove_leftovers(own_path)
    done.set()
    thread.join()
    assert stray.exists()


def test_a_workspace_without_parts_is_left_alone(tmp_path):
    remove_leftovers(tmp_path / "none")
    assert not (tmp_path / "none").exists()
