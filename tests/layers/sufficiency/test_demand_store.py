"""A forecast on the disk: whole or not at all, and of these records."""

import json
import os
import stat
from pathlib import Path

import numpy as np
import pytest

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.sufficiency import demand_store
from layers.sufficiency.backtest import score
from layers.sufficiency.cells_backtest import CellsBacktest, CellScores
from layers.sufficiency.core import Demand
from layers.sufficiency.demand_store import (
    demand_folder,
    demand_of,
    keep_backtest,
    keep_demand,
    kept_backtest,
    kept_demand,
)


@pytest.fixture
def store(own_path):
    return Store(Workspace(own_path).current())


@pytest.fixture
def demand():
    rng = np.random.default_rng(1)
    return Demand(
        areas=("a", "b"), years=(2025, 2026), draws=rng.integers(0, 9, (3, 2, 2, 4, 14, 7)).astype(np.int16),
        flows=np.zeros((3, 1, 2, 4), dtype=np.int32), mean_by_ncy=rng.random((2, 2, 26, 14, 7)),
        basis=("synthetic",), notes=("A note \u2026",), testable=True,
    )  # fmt: skip


def same(first, second):
    arrays = all(np.array_equal(getattr(first, key), getattr(second, key)) for key in demand_store.ARRAYS)
    facts = ("areas", "years", "basis", "notes", "testable")
    return arrays and all(getattr(first, key) == getattr(second, key) for key in facts)


def test_what_is_kept_comes_back_read_only_from_the_disk(store, demand):
    assert kept_demand(store) is None
    folder = keep_demand(store, demand)
    found = kept_demand(store)
    assert same(found, demand)
    assert isinstance(found.draws, np.memmap)
    assert not found.draws.flags.writeable
    assert folder.parent == store.snapshot.root / "derived"


@pytest.mark.skipif(os.name != "posix", reason="POSIX")
def test_it_is_for_the_user_alone(store, demand):
    folder = keep_demand(store, demand)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_another_import_or_assumption_is_another_forecast(store, demand, council, own_path, monkeypatch):
    first = keep_demand(store, demand)
    council.add_part(Workspace(own_path), "population", council.population(11), basis="modelled")
    newer = Store(Workspace(own_path).current())
    assert demand_folder(newer) != first
    assert kept_demand(newer) is None
    second = keep_demand(newer, demand)
    assert not first.exists()
    assert second.is_dir()
    monkeypatch.setattr(demand_store, "MODEL_VERSION", demand_store.MODEL_VERSION + 1)
    assert kept_demand(newer) is None


def test_what_was_killed_half_way_is_never_read(store, demand, monkeypatch):
    def killed(*_: Path):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(demand_store, "replace_folder_durably", killed)
        with pytest.raises(KeyboardInterrupt):
            keep_demand(store, demand)
    assert kept_demand(store) is None
    left = [path for path in (store.snapshot.root / "derived").iterdir() if path.name.startswith(".")]
    assert len(left) == 1
    monkeypatch.setattr(demand_store, "STALE_SECONDS", -1.0)
    keep_demand(store, demand)
    assert not left[0].exists()
    assert same(kept_demand(store), demand)


def test_keeping_it_twice_leaves_the_first(store, demand):
    folder = keep_demand(store, demand)
    before = (folder / "draws.npy").stat().st_ino
    assert keep_demand(store, demand) == folder
    assert (folder / "draws.npy").stat().st_ino == before


def test_a_failing_disk_leaves_nothing(store, demand, monkeypatch):
    def full(*_: Path):
        raise OSError("No space left on device")

    monkeypatch.setattr(demand_store, "replace_folder_durably", full)
    with pytest.raises(OSError, match="No space"):
        keep_demand(store, demand)
    assert list((store.snapshot.root / "derived").iterdir()) == []


def test_it_is_worked_out_once(store, demand, monkeypatch):
    calls = []

    def worked_out(asked):
        calls.append(asked)
        return demand

    monkeypatch.setattr(demand_store, "forecast", worked_out)
    assert same(demand_of(store), demand)
    assert same(demand_of(store), demand)
    assert calls == [store]


def test_the_back_test_stands_beside_it(store, demand):
    scores = score([(11.0, 9.0, 13.0, 10.0)])
    none = score([(10.0, None, None, 10.0)])
    backtest = CellsBacktest((2022,), {"county": {1: CellScores(scores, none, none)}}, ("A note.",))
    with pytest.raises(FileNotFoundError, match="no forecast"):
        keep_backtest(store, backtest)
    folder = keep_demand(store, demand)
    assert kept_backtest(store) is None
    keep_backtest(store, backtest)
    assert kept_backtest(store) == backtest
    assert json.loads((folder / "backtest.json").read_text(encoding="utf-8"))["origins"] == [2022]
    keep_backtest(store, None)
    assert kept_backtest(store) is None
