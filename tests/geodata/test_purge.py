"""A child, or what may no longer be kept, is gone from everything that is written; counts stay whole."""

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from geodata import purge
from geodata.durable import write_durably
from geodata.errors import InputError, UsageError
from geodata.importing import import_file
from geodata.manifest import to_json
from geodata.periods import stock
from geodata.purge import RECORD, expires_on, purge_child, purge_expired
from geodata.shapes.events import OVERLAPS
from geodata.snapshot import Workspace
from geodata.store import Store


def part_files(path):
    """Return the parts of every snapshot with what they say of themselves and their rows."""
    workspace = Workspace(path)
    found = {}
    for manifest in workspace.snapshots():
        snapshot = workspace.snapshot(manifest.id)
        for parts in snapshot.all_parts.values():
            found |= {part.id: (part, pd.read_parquet(snapshot.data_path(part))) for part in parts}
    return found


def everything(path):
    """Return all that stands in a workspace, Parquet as rows."""
    found = []
    for file in path.rglob("*"):
        if file.suffix == ".parquet" and "parts" in file.parts:
            found.append(pd.read_parquet(file).to_csv())
        elif file.is_file():
            found.append(file.read_bytes().decode("latin-1"))
    return "\n".join(found)


PLANS = ["child id,start,postcode", "C11,2021-01-01,HP91 1AB", "C11,2021-02-01,HP91 1AB", "C12,2021-01-01,"]


@pytest.fixture
def several(filled, begin):
    """A workspace whose child C11 is in two datasets, two files of one, and two versions of the areas."""

    def build():
        filled.take("cme_involvements", again)
        filled.take("ehc_plans", filled.write(filled.files / "plans.csv", *PLANS))
        filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))

    again = filled.write(filled.files / "again.csv", *filled.cases)
    begin("several", build)
    return filled


def count(path, day):
    """Return the open cases at the end of a day."""
    return Store(Workspace(path).current()).counts("cme_involvements", "open", [stock(day)])


def test_a_child_is_gone_from_every_snapshot(several):
    before = Workspace(several.path).current()
    done = purge_child(Workspace(several.path), " C11 ")
    # Two files of involvements, one of them twice (before and after the wards came); the plans the same.
    assert done.rows == {"cme_involvements": 3, "ehc_plans": 4}
    assert "C11" not in everything(several.path)
    now = Workspace(several.path).current()
    assert (now.id, now.manifest.previous) == (done.snapshot_id, before.id)
    assert now.id != before.id
    assert now.manifest.geography == before.manifest.geography
    for part, frame in part_files(several.path).values():
        assert part.rows_read == part.accepted + part.quarantined + part.purged
        if part.dataset in ("cme_involvements", "ehc_plans"):
            assert len(frame) == part.accepted
    counts = several.figures(several.path)
    assert counts["lsoa"][0]["E01000001"] == 3
    assert counts["ward"][0] == {"X": 5, "Y": 10, "unknown": 4, "outside": 2}


def test_what_was_worked_out_from_the_records_goes_too(several):
    derived = several.path / "derived" / "demand-0"
    derived.mkdir(parents=True)
    (derived / "draws.npy").write_bytes(b"counted with C11")
    purge_child(Workspace(several.path), "C11")
    assert not derived.exists()


def test_going_back_does_not_bring_the_child_back(several):
    first = Workspace(several.path).snapshots()[-1].id
    purge_child(Workspace(several.path), "C11")
    Workspace(several.path).rollback(first)
    assert "C11" not in everything(several.path)
    assert count(several.path, date(2022, 7, 31))["lsoa", "2022-07-31"]["E01000001"] == 3


def test_a_record_says_that_it_was_done_and_never_of_whom(several):
    purge_child(Workspace(several.path), "C11")
    purge_child(Workspace(several.path), "C12")
    lines = [json.loads(line) for line in (several.path / RECORD).read_text().splitlines()]
    assert [(line["kind"], line["rows"]) for line in lines] == [
        ("child", {"cme_involvements": 3, "ehc_plans": 4}), ("child", {"cme_involvements": 3, "ehc_plans": 2}),
    ]  # fmt: skip
    assert Workspace(several.path).current().manifest.action == "Removed the records of one child"


def test_a_reader_that_pinned_a_snapshot_goes_on(several):
    store = Store(Workspace(several.path).current())
    days = [stock(date(2022, 7, 31)), stock(date(2022, 6, 30))]
    first = store.counts("cme_involvements", "open", days[:1])
    purge_child(Workspace(several.path), "C11")
    second = store.counts("cme_involvements", "open", days[1:])
    assert (first["lsoa", days[0].key]["E01000001"], second["lsoa", days[1].key]["E01000001"]) == (4, 3)


def test_a_list_of_rows_to_look_at_goes_with_a_row_it_may_hold(several):
    # C11 has two plans, both open; C12, of whom the other file tells, has two cases.
    workspace = Workspace(several.path)
    plans = Workspace(several.path).snapshot(workspace.current().manifest.previous).parts("ehc_plans")[0]
    twice = several.write(several.files / "twice.csv", *several.cases, "C12,2022-02-01,,,HP91 1AB,")
    several.take("cme_involvements", twice)
    cases = workspace.current().parts("cme_involvements")[0]
    assert (plans.flags, cases.flags) == ({OVERLAPS: 1}, {OVERLAPS: 1})
    lists = [workspace.flagged_path(part.id) for part in (plans, cases)]
    assert [file.is_file() for file in lists] == [True, True]
    purge_child(workspace, "C13")
    assert [file.is_file() for file in lists] == [True, False]
    purge_child(workspace, "C11")
    assert [file.is_file() for file in lists] == [False, False]
    assert workspace.current().parts("cme_involvements")[0].flags == {OVERLAPS: 1}  # as counted at the import


@pytest.mark.parametrize("child", ["C999", "C1", "c11", "HP91 1AA"])
def test_nobody_is_removed_by_mistake(several, child):
    before = everything(several.path)
    with pytest.raises(InputError, match="Nothing was changed"):
        purge_child(Workspace(several.path), child)
    assert everything(several.path) == before


def test_a_blank_identifier_is_wrong_use(several):
    with pytest.raises(UsageError, match="--child ID"):
        purge_child(Workspace(several.path), "  ")


def test_a_removal_that_was_killed_is_finished_by_the_next(several, monkeypatch):
    def killed(*_arguments):
        raise KeyboardInterrupt

    before = Workspace(several.path).current().id
    with monkeypatch.context() as patch:
        patch.setattr(purge, "write_durably", killed)  # the first file of rows is written, what it says of itself not
        with pytest.raises(KeyboardInterrupt):
            purge_child(Workspace(several.path), "C11")
    done = purge_child(Workspace(several.path), "C11")
    assert done.snapshot_id != before
    assert done.rows == {"cme_involvements": 3, "ehc_plans": 4}
    for part, _ in part_files(several.path).values():
        assert part.rows_read == part.accepted + part.quarantined + part.purged


def test_leftovers_of_imports_that_were_killed_go_too(several):
    parts = several.path / "parts" / "cme_involvements"
    listed = sorted(path.name for path in parts.iterdir())
    left = next(parts.glob("*.parquet"))
    (parts / "20200101T000000000000Z-00000000.parquet").write_bytes(left.read_bytes())
    (parts / f".{left.name}.tmp").write_bytes(left.read_bytes())
    (several.path / "geography" / ".g-0.1.tmp").mkdir()
    purge_child(Workspace(several.path), "C11")
    assert sorted(path.name for path in parts.iterdir()) == listed
    assert len(list((several.path / "geography").iterdir())) == 1


def test_the_files_of_the_demonstration_lose_the_child_and_nothing_else(several):
    folder = several.path / "demonstration"
    folder.mkdir()
    texts = {
        "cases.csv": 'Case,Child ID,Town\n1,C11,"Wing, Bucks"\n2,C12,"Wing, Bucks"\n',
        "schools.csv": "URN,Name\nC11,School\n",
        "empty.csv": "Child ID\n",
    }
    for name, text in texts.items():
        write_durably(folder / name, text.encode())
    purge_child(Workspace(several.path), "C11")
    assert {file.name: file.read_text() for file in folder.iterdir()} == texts | {
        "cases.csv": 'Case,Child ID,Town\n2,C12,"Wing, Bucks"\n'
    }


def aged(path, dataset, day):
    """Make all parts of a dataset as old as if they had been imported on a day."""
    for part, _ in part_files(path).values():
        if part.dataset == dataset:
            old = replace(part, imported_at=part.imported_at.replace(year=day.year, month=day.month, day=day.day))
            file = path / "parts" / dataset / f"{part.id}.json"
            file.write_bytes(to_json(old.to_dict()))


def test_what_may_no_longer_be_kept_is_emptied_on_request(several):
    # Involvements are kept for 72 months.
    aged(several.path, "cme_involvements", date(2016, 2, 29))
    part = Workspace(several.path).current().parts("cme_involvements")[0]
    assert expires_on(part) == date(2022, 2, 28)
    with pytest.raises(InputError, match="Nothing is older"):
        purge_expired(Workspace(several.path), date(2022, 2, 27))
    before = Workspace(several.path).current().id
    done = purge_expired(Workspace(several.path), date(2022, 2, 28))
    assert done.rows == {"cme_involvements": 66}
    assert done.snapshot_id != before
    for part, frame in part_files(several.path).values():
        if part.dataset == "cme_involvements":
            assert (len(frame), part.accepted, part.purged) == (0, 0, 22)
    assert count(several.path, date(2022, 7, 31)) == {}
    with pytest.raises(InputError, match="Nothing is older"):
        purge_expired(Workspace(several.path), date(2022, 2, 28))


def test_an_import_after_its_time_is_only_said(several):
    aged(several.path, "cme_involvements", date(2016, 2, 29))
    several.take("ehc_plans", several.write(several.files / "p.csv", "child id,start", "C1,2022-01-01"))
    assert len(part_files(several.path)) > 1
    assert Workspace(several.path).current().parts("cme_involvements")[0].accepted == 22


def test_open_figures_are_kept_for_ever(several):
    part = Workspace(several.path).current().parts("population")[0]
    assert expires_on(part) is None
    assert expires_on(replace(part, dataset="of a later version")) is None


def test_areas_that_change_after_a_removal_leave_the_child_out(several):
    purge_child(Workspace(several.path), "C11")
    file = several.outlines(several.files / "lsoa21.geojson", several.lsoa_2021, field="lsoa21_code")
    several.take("area_scheme", file)
    assert "C11" not in everything(several.path)
    part = Workspace(several.path).current().parts("cme_involvements")[0]
    assert (part.accepted, part.purged, part.rows_read) == (21, 1, 22)


def test_the_child_may_come_back_with_a_new_file(several):
    purge_child(Workspace(several.path), "C11")
    report = import_file(several.path, "cme_involvements", several.files / "again.csv")
    assert report.changes == {"new": 1, "gone": 0, "altered": 0, "alike": 21}
