"""The worked example of the manual is a layer: its code is run as it is printed, and so is its test."""

import inspect
import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from callbacks.figures import Figures
from callbacks.state import MapState
from callbacks.twin import table_twin
from callbacks.view import map_view
from dashapp.cli import main
from geodata.snapshot import Workspace
from geodata.store import Store
from layers import catalog, registry
from layers.registry import find_layer
from layers.table import area_table, as_csv

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-layer.md"
LAYER, TEST = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def added(tmp_path, monkeypatch):
    """The catalog with the file of the page in it, for one test."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "ehcp_new.py").write_text(LAYER, encoding="utf-8")
    monkeypatch.setattr(catalog, "__path__", [*catalog.__path__, str(folder)])
    registry.forget()
    yield
    sys.modules.pop("layers.catalog.ehcp_new", None)
    registry.forget()


@pytest.mark.usefixtures("added")
def test_the_test_of_the_page_passes_on_the_layer_of_the_page(council, tmp_path):
    names = {}
    exec(compile(TEST, PAGE.name, "exec"), names)
    tests = [thing for name, thing in names.items() if name.startswith("test_")]
    assert tests
    for test in tests:
        given = {"council": council, "tmp_path": tmp_path / "workspace"}
        test(**{name: given[name] for name in inspect.signature(test).parameters})


@pytest.fixture
def long_path(council, own_path):
    """The small council whose plans cover a whole year."""
    facts = {"covers_from": date(2021, 1, 1), "covers_to": date(2022, 6, 30)}
    workspace = Workspace(own_path)
    council.add_part(workspace, "ehc_plans", council.events(council.plans), basis="synthetic", **facts)
    return own_path


@pytest.mark.usefixtures("added")
def test_map_table_file_and_command_have_it_by_themselves(long_path, capsys):
    store = Store(Workspace(long_path).current())
    figures, state = Figures(store), MapState("ehcp_new", "locality", "2021")
    # Issued in 2021: r s t (Aylesbury), v (Chiltern), y (outside).
    assert "ehcp_new" in [layer.info.key for layer in figures.shown()]
    assert map_view(figures, state)["sentence"].startswith("In 2021: 5 new plans, 1 of them off the map.")
    assert [cells[2] for cells in table_twin(figures, state)["rows"]] == ["3", "1", "0"]
    assert "ehcp_new,locality,2021" in as_csv(area_table(store, find_layer("ehcp_new"), "locality"))
    assert main(["table", "--workspace", str(long_path), "--layer", "ehcp_new", "--format", "json"]) == 0
    assert [row["count"] for row in json.loads(capsys.readouterr().out)["rows"]] == [3, 1, 0, 0, 1]
    assert main(["table", "--workspace", str(long_path), "--layers"]) == 0
    assert re.search(r"ehcp_new +EHC plans: New plans", capsys.readouterr().out)


@pytest.mark.usefixtures("added")
def test_it_stands_at_its_place_in_the_rail():
    keys = [layer.info.key for layer in registry.all_layers()]
    assert keys[keys.index("ehcp_new") - 1 : keys.index("ehcp_new") + 2] == [
        "ehcp_prevalence", "ehcp_new", "ehcp_growth",
    ]  # fmt: skip


def test_afterwards_the_catalog_is_as_it_was():
    assert "ehcp_new" not in [layer.info.key for layer in registry.all_layers()]


def test_every_file_and_name_of_the_page_exists():
    text = PAGE.read_text(encoding="utf-8")
    root = PAGE.parents[2]
    assert all(list((root / "layers").rglob(name)) for name in re.findall(r"`(\w+\.py)`", text))
    for module, name in re.findall(r"`(\w+)\.(\w+Layer|make_variants)`", text):
        assert hasattr(__import__(f"layers.{module}", fromlist=[name]), name)
