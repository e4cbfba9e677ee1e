import threading
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from geodata.errors import NoSnapshotError, WorkspaceBusyError
from geodata.manifest import Part, new_id
from geodata.snapshot import CONVERTED_FROM, Workspace


def add(workspace, dataset="ehc_plans", name="plans.csv", **facts):
    part = Part(dataset, new_id(name), name, "0" * 64, 3, 2, 1, profile_version="1", **facts)
    data = workspace.part_path(dataset, part.id, ".parquet")
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_bytes(name.encode())
    return part, workspace.add_part(part)


def names(snapshot, dataset):
    return [part.source_name for part in snapshot.parts(dataset)]


def test_an_empty_workspace_says_what_to_do(tmp_path):
    with pytest.raises(NoSnapshotError, match="import"):
        Workspace(tmp_path / "none").current()
    assert Workspace(tmp_path / "none").snapshots() == []
    assert not (tmp_path / "none").exists()


def test_a_part_comes_back_as_it_went_in(tmp_path):
    facts = {
        "mapping": {"child_id": "Ref"}, "dropped": ("Name",), "basis": "synthetic", "covers_from": date(2021, 9, 1),
        "covers_to": date(2022, 7, 31), "geocoding": {"in_county": 2},
    }  # fmt: skip
    part, made = add(Workspace(tmp_path), **facts)
    found = Workspace(tmp_path).current()
    assert found.parts("ehc_plans") == made.parts("ehc_plans") == (part,)
    assert found.data_path(part).read_bytes() == b"plans.csv"
    assert (found.manifest.profile, found.manifest.profile_version) == ("buckinghamshire", "1")
    assert found.parts("population") == ()


def test_a_new_part_replaces_the_older_of_its_dataset_only(tmp_path):
    workspace = Workspace(tmp_path)
    add(workspace, name="old.csv")
    add(workspace, dataset="cme_involvements", name="cme.csv")
    _, now = add(workspace, name="new.csv")
    assert names(now, "ehc_plans") == ["new.csv"]
    assert names(now, "cme_involvements") == ["cme.csv"]


def test_populations_of_several_dates_stand_side_by_side(tmp_path):
    workspace = Workspace(tmp_path)
    one, two = date(2020, 6, 30), date(2021, 6, 30)
    steps = [
        ({"name": "m1", "basis": "modelled"}, ["m1"]),
        ({"name": "m2", "basis": "modelled"}, ["m2"]),
        ({"name": "a", "reference_date": one}, ["a"]),
        ({"name": "b", "reference_date": two}, ["a", "b"]),
        ({"name": "c", "reference_date": one}, ["b", "c"]),
        ({"name": "m3", "basis": "modelled"}, ["b", "c", "m3"]),
        ({"name": "m4", "basis": "modelled", "reference_date": one}, ["b", "c", "m4"]),
        ({"name": "d", "reference_date": two}, ["c", "d"]),
    ]
    for facts, expected in steps:
        assert names(add(workspace, dataset="population", **facts)[1], "population") == expected


def test_a_reader_keeps_the_snapshot_it_pinned(tmp_path):
    workspace = Workspace(tmp_path)
    old_part, pinned = add(workspace, name="old.csv")
    add(workspace, name="new.csv")
    assert names(pinned, "ehc_plans") == ["old.csv"]
    assert pinned.data_path(old_part).read_bytes() == b"old.csv"


def test_rollback_and_forward(tmp_path):
    workspace = Workspace(tmp_path)
    first, second, third = (add(workspace, name=f"{i}.csv")[1] for i in range(3))
    assert workspace.rollback().id == second.id == workspace.current().id
    assert workspace.rollback(first.id).id == workspace.current().id == first.id
    with pytest.raises(NoSnapshotError, match="first snapshot"):
        workspace.rollback()
    assert [m.id for m in workspace.snapshots()] == [third.id, second.id, first.id]
    assert workspace.rollback(third.id).id == workspace.current().id
    assert workspace.snapshot(second.id).parts("ehc_plans") == second.parts("ehc_plans")


@pytest.mark.parametrize("wrong", ["nonsense", "../CURRENT", "20200101T000000000000Z-00000000"])
def test_an_unknown_snapshot_lists_those_there_are(tmp_path, wrong):
    workspace = Workspace(tmp_path)
    made = add(workspace)[1]
    with pytest.raises(NoSnapshotError, match=made.id):
        workspace.rollback(wrong)
    assert workspace.current().id == made.id


def test_an_import_after_a_rollback_builds_on_what_is_in_force(tmp_path):
    workspace = Workspace(tmp_path)
    first = add(workspace, name="1.csv")[1]
    add(workspace, dataset="cme_involvements", name="2.csv")
    workspace.rollback()
    now = add(workspace, dataset="population", name="3.csv")[1]
    assert now.manifest.previous == first.id
    assert now.datasets == ("ehc_plans", "population")


def test_data_must_be_staged_first(tmp_path):
    with pytest.raises(FileNotFoundError):
        Workspace(tmp_path).add_part(Part("ehc_plans", new_id("x"), "x.csv", "0" * 64, 1, 1, 0))


def test_identifiers_sort_by_time_even_if_the_clock_goes_back():
    ids = [new_id("a")]
    for _ in range(50):
        ids.append(new_id("a", after=ids[-1]))
    ids.append(new_id("a", after="29991231T235959000000Z-00000000"))
    assert all(early < late for early, late in pairwise(ids))


def test_many_writers_at_once_all_end_up_in(tmp_path):
    datasets = [f"dataset_{i}" for i in range(8)]
    threads = [threading.Thread(target=add, args=(Workspace(tmp_path), name)) for name in datasets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Workspace(tmp_path).current().datasets) == set(datasets)
    assert len(Workspace(tmp_path).snapshots()) == len(datasets)


def test_a_second_writer_waits_and_then_says_so(tmp_path):
    held, other = Workspace(tmp_path), Workspace(tmp_path)
    with held.lock():
        with held.lock():  # the holder may take it again
            pass
        begun = time.monotonic()
        with pytest.raises(WorkspaceBusyError, match="Try again"), other.lock(timeout_seconds=0.2):
            pass
        assert time.monotonic() - begun >= 0.2
    with other.lock(timeout_seconds=0):
        pass


def test_figures_stand_side_by_side_by_their_slot(tmp_path):
    workspace = Workspace(tmp_path)
    for name, slot in (("a", "one"), ("b", "two"), ("c", "one")):
        now = add(workspace, dataset="indicator_values", name=name, slot=slot)[1]
    assert names(now, "indicator_values") == ["b", "c"]


def test_a_part_said_again_takes_the_place_of_its_source_alone(tmp_path):
    workspace = Workspace(tmp_path)
    first, _ = add(workspace, dataset="population", name="a", reference_date=date(2020, 6, 30))
    add(workspace, dataset="population", name="b", reference_date=date(2021, 6, 30))
    again = replace(first, id=new_id("again"), source_name="a again", about={CONVERTED_FROM: first.id})
    workspace.part_path("population", again.id, ".parquet").write_bytes(b"")
    area, _ = add(workspace, dataset="schools", name="s")
    later = replace(area, id=new_id("later"))
    workspace.part_path("schools", later.id, ".parquet").write_bytes(b"")
    now = workspace.add_part(later, again, geography="g-0")
    assert names(now, "population") == ["b", "a again"]
    assert [part.id for part in now.parts("schools")] == [later.id]
    assert now.manifest.geography == "g-0"


def test_areas_stay_in_force_with_other_imports(tmp_path):
    workspace = Workspace(tmp_path)
    part, _ = add(workspace)
    workspace.add_part(part, geography="g-0")
    assert add(workspace, name="more.csv")[1].manifest.geography == "g-0"
    assert workspace.change_parts(workspace.current().manifest.parts, "Removed").manifest.geography == "g-0"
    assert workspace.add_part(part, geography="").manifest.geography == ""


def test_changed_parts_make_a_new_snapshot(tmp_path):
    workspace = Workspace(tmp_path)
    _, before = add(workspace, name="plans.csv")
    add(workspace, dataset="schools", name="schools.csv")
    now = workspace.change_parts(before.manifest.parts | {"population": ()}, "Left the schools out")
    assert now.datasets == ("ehc_plans",)
    assert (now.manifest.action, workspace.snapshots()[0].id) == ("Left the schools out", now.id)


def test_only_what_no_snapshot_lists_is_discarded(tmp_path):
    workspace = Workspace(tmp_path)
    listed, _ = add(workspace, name="old.csv")
    add(workspace, name="new.csv")  # the older is still in the first snapshot
    stray = replace(listed, id=new_id("stray"))
    for suffix in (".parquet", ".json"):
        workspace.part_path("ehc_plans", stray.id, suffix).write_bytes(b"{}")
    workspace.discard(listed, stray)
    assert workspace.part_path("ehc_plans", listed.id, ".parquet").is_file()
    assert not list(tmp_path.glob(f"parts/*/{stray.id}*"))
