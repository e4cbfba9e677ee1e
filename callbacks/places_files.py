"""The matrix of the page on specialist places as a file, named for what it holds."""

from __future__ import annotations

import json

from callbacks.places_scenarios import Shown
from geodata.store import Store
from layers.sufficiency.gaps_files import as_csv, as_json
from layers.sufficiency.gaps_report import GapsAsked, gaps
from layers.sufficiency.scenario import BASE_CASE

MATRIX_FILES = {"csv": "text/csv", "json": "application/json"}
"""End of the name -> kind of content."""


def matrix_file(store: Store, year: int, shown: Shown, kind: str) -> str:
    """Return the cells and totals of one January, the same as `locality-atlas gaps` gives."""
    found = gaps(store, GapsAsked(year, every_provision=True, scenario=shown.scenario or BASE_CASE, said=shown.notes))
    # The mark tells Excel that the file is UTF-8.
    return "\ufeff" + as_csv(found) if kind == "csv" else json.dumps(as_json(found), ensure_ascii=False, indent=1)


def matrix_name(store: Store, year: int, shown: Shown, kind: str) -> str:
    """Return the name of the file: who may see it, and whether a scenario is in it."""
    audience = "synthetic" if store.is_synthetic("ehc_plans", "provision") else "officer-only"
    scenario = "_scenario" if shown.scenario else ""
    return f"specialist_places_gap_{year}{scenario}_{audience}.{kind}"
