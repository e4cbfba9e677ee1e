"""One direction only: geodata <- layers <- callbacks <- dashapp. Walked through every import, lazy ones included."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("geodata", "layers", "callbacks", "dashapp")
DRAWING = {"plotly", "dash", "dash_leaflet", "dash_extensions", "dash_mantine_components"}
FORBIDDEN = {
    "geodata": {"layers", "callbacks", "dashapp", "flask", *DRAWING},
    "layers": {"callbacks", "dashapp", "flask", *(DRAWING - {"plotly"})},
    "callbacks": {"dashapp"},
    "dashapp": set(),
}
MAX_LINES = 400

MODULES = sorted(path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py"))
EVERY_MODULE = pytest.mark.parametrize("path", MODULES, ids=str)


def imports(source, package=()):
    """Return the dotted names that a source imports, wherever in it; relative ones made absolute."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            names |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return names


def imported(path):
    """Return what a module of ours imports."""
    return imports((ROOT / path).read_text(encoding="utf-8"), path.parent.parts)


def test_there_are_modules_in_every_room():
    assert {path.parts[0] for path in MODULES} == set(ROOMS)
    assert len(MODULES) > 50


def test_imports_within_a_function_and_relative_ones_are_seen_too():
    assert imports("def f():\n    from layers import base\n    import dash.html\n") == {
        "layers", "layers.base", "dash.html",
    }  # fmt: skip
    assert imports("from . import cme_new", ("layers", "catalog")) == {"layers.catalog", "layers.catalog.cme_new"}
    assert imports("from ..base import AreaRow", ("layers", "catalog")) == {"layers.base", "layers.base.AreaRow"}


@EVERY_MODULE
def test_a_room_imports_only_from_the_rooms_before_it(path):
    reached = {name.split(".")[0] for name in imported(path)}
    assert not reached & FORBIDDEN[path.parts[0]]


@pytest.mark.parametrize("path", sorted(p for p in MODULES if p.parts[:2] == ("layers", "catalog")), ids=str)
def test_layers_of_the_catalog_never_import_each_other(path):
    assert not [name for name in imported(path) if name.startswith("layers.catalog")]


def test_the_ids_import_nothing_of_ours():
    assert not {name.split(".")[0] for name in imported(Path("callbacks/ids.py"))} & set(ROOMS)


@EVERY_MODULE
def test_no_module_is_longer_than_400_lines(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@EVERY_MODULE
def test_no_module_is_a_drawer_for_everything(path):
    assert path.stem not in {"utils", "util", "helpers", "misc", "common"}


@EVERY_MODULE
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))


def test_callbacks_are_never_excused_from_their_checks():
    for path in MODULES:
        assert "suppress_callback_exceptions" not in (ROOT / path).read_text(encoding="utf-8")
