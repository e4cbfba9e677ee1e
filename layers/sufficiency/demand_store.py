"""The forecast of demand kept beside the snapshot it was worked out from, so that a page need not wait for it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from geodata.durable import make_private, open_private, replace_folder_durably, write_durably
from geodata.manifest import to_json
from geodata.snapshot import DERIVED
from geodata.store import Store
from layers.sufficiency.cells_backtest import CellsBacktest, cells_backtest
from layers.sufficiency.core import Demand
from layers.sufficiency.demand import forecast, surroundings
from layers.sufficiency.history import history
from layers.sufficiency.settings import sufficiency_settings

MODEL_VERSION = 2
"""Rises whenever the model gives other figures for the same records."""

DATASETS = ("ehc_plans", "population", "housing")
FACTS = "demand.json"
ARRAYS = ("draws", "flows", "mean_by_ncy")
BACKTEST = "backtest.json"

STALE_SECONDS = 3600.0
"""What was begun so long ago and not finished was killed."""


def demand_folder(store: Store) -> Path:
    """Return where the forecast of a snapshot is kept, whether or not it is there yet.

    Its name holds the hash of all that it depends on: the parts it is made of and what was purged from them, the areas
    and the version of the profile, the assumptions, and the model.
    """
    manifest = store.snapshot.manifest
    rests_on = {
        "model": MODEL_VERSION,
        "profile": [store.profile.key, store.profile.version],
        "geography": manifest.geography,
        "parts": [[part.id, part.purged] for key in DATASETS for part in store.snapshot.parts(key)],
        "settings": asdict(sufficiency_settings(store.profile)),
    }
    digest = hashlib.sha256(json.dumps(rests_on, sort_keys=True).encode()).hexdigest()[:16]
    return store.snapshot.root / DERIVED / f"demand-{digest}"


def kept_demand(store: Store) -> Demand | None:
    """Return the forecast that is kept for a snapshot, its arrays read from the disk as they are needed.

    Returns
    -------
    Demand or None
        None where it was not worked out yet for these records and assumptions.
    """
    folder = demand_folder(store)
    if not (folder / FACTS).is_file():
        return None
    facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in ARRAYS}
    return Demand(
        areas=tuple(facts["areas"]),
        years=tuple(facts["years"]),
        basis=tuple(facts["basis"]),
        notes=tuple(facts["notes"]),
        testable=bool(facts["testable"]),
        **arrays,
    )


def keep_demand(store: Store, demand: Demand) -> Path:
    """Write a forecast beside its snapshot, whole or not at all, and remove those of other records.

    Parameters
    ----------
    store : Store
        The one it was worked out from.
    demand : Demand
        From `layers.sufficiency.demand.forecast`.

    Returns
    -------
    pathlib.Path
        Its folder; one that is there already is left as it is.
    """
    folder = demand_folder(store)
    _clear(folder)
    if folder.is_dir():
        return folder
    new = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(new, ignore_errors=True)
    make_private(new)
    for name in ARRAYS:
        with open_private(new / f"{name}.npy") as file:
            np.save(file, getattr(demand, name), allow_pickle=False)
    facts = {name: getattr(demand, name) for name in ("areas", "years", "basis", "notes", "testable")}
    with open_private(new / FACTS) as file:
        file.write(to_json(facts))
    try:
        replace_folder_durably(new, folder)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        if not folder.is_dir():  # else another process was first, with the same figures
            raise
    return folder


def _clear(folder: Path) -> None:
    """Remove forecasts of other records, and what was begun long ago and never finished."""
    if not folder.parent.is_dir():
        return
    for other in folder.parent.iterdir():
        unfinished = other.name.startswith(".demand-")
        old = unfinished and time.time() - other.stat().st_mtime > STALE_SECONDS
        if old or (other.name.startswith("demand-") and other != folder):
            shutil.rmtree(other, ignore_errors=True)


def demand_of(store: Store) -> Demand:
    """Return the forecast of a snapshot: the one that is kept, or else work it out and keep it."""
    found = kept_demand(store)
    if found is None:
        keep_demand(store, forecast(store))
        found = kept_demand(store)
    assert found is not None
    return found


def kept_backtest(store: Store) -> CellsBacktest | None:
    """Return the back-test kept beside the forecast; None where there is none, or nothing that could be tested."""
    path = demand_folder(store) / BACKTEST
    if not path.is_file():
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    return CellsBacktest.from_json(raw) if raw else None


def keep_backtest(store: Store, backtest: CellsBacktest | None) -> Path:
    """Write a back-test into the folder of the forecast, which must be there; None says that nothing can be tested."""
    path = demand_folder(store) / BACKTEST
    if not path.parent.is_dir():
        raise FileNotFoundError(f"There is no forecast in {path.parent.name} that a back-test could stand beside.")
    write_durably(path, to_json(backtest.as_json() if backtest else {}))
    return path


def backtest_of(store: Store) -> CellsBacktest | None:
    """Return the back-test of a snapshot: the one that is kept, or else work it out and keep it beside the forecast."""
    if not (demand_folder(store) / BACKTEST).is_file():
        demand_of(store)
        settings, found = sufficiency_settings(store.profile), history(store)
        keep_backtest(store, cells_backtest(found, settings, surroundings(store, found, settings)))
    return kept_backtest(store)
