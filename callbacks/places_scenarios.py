"""Which scenario the page on specialist places shows, those that are saved, and the ready-made examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from callbacks.places_facts import ALL, COUNTY, CellKey, Model
from callbacks.places_form import SCHOOL_PHASES
from callbacks.places_state import EXAMPLES, PlacesState
from geodata.errors import UsageError
from geodata.state import State
from geodata.store import Store
from layers.sufficiency import outlook as door
from layers.sufficiency.ground import check_scenario
from layers.sufficiency.options import MOST
from layers.sufficiency.outlook import outlook
from layers.sufficiency.saved import Saved, delete, listed, made_with, replay, save
from layers.sufficiency.scenario import scenario_from_text
from layers.sufficiency.scenario_options import Diversion, NewSchool, OverNumber, Retention, Scenario

ROUND_TO = 5
SHARE = 0.1
"""Of the examples of fewer specialist placements. Assumed."""


@dataclass(frozen=True)
class Shown:
    """The scenario that is shown.

    Attributes
    ----------
    scenario : Scenario or None
        None for places as they are planned.
    saved : Saved or None
        As it is kept, where it is.
    notes : tuple of str
        What differs from when it was saved.
    """

    scenario: Scenario | None
    saved: Saved | None = None
    notes: tuple[str, ...] = ()


def saved_scenarios(folder: Path) -> tuple[Saved, ...]:
    """Return the saved scenarios of a workspace by name; empty where nothing was saved."""
    return listed(State(folder))


def shown_scenario(store: Store, folder: Path, state: PlacesState) -> Shown:
    """Return the scenario that an address asks for.

    Raises
    ------
    UsageError
        For a name that is not there, with the valid ones, or a plan that was cut short.
    """
    if state.plan:
        return Shown(scenario_from_text(state.plan))
    if not state.scenario:
        return Shown(None)
    saved = find_saved(folder, state.scenario)
    found = door.outlook(store)
    again = replay(saved, made_with(store.snapshot, found.settings), found.ground)
    return Shown(again.scenario, saved, again.notes)


def find_saved(folder: Path, name: str) -> Saved:
    """Return a saved scenario by its name, without regard to case; `UsageError` with those there are."""
    found = saved_scenarios(folder)
    for one in found:
        if one.scenario.name.casefold() == name.casefold():
            return one
    valid = ", ".join(one.scenario.name for one in found) or "none is saved"
    raise UsageError(f"No saved scenario '{name[:60]}' here. Saved: {valid}.")


def compared(store: Store, folder: Path, state: PlacesState, model: Model) -> tuple[Scenario, ...]:
    """Return the scenarios that stand side by side: those of the address, then the one that is shown."""
    found: list[Scenario] = []
    for name in state.beside:
        found += examples(model, state.year) if name == EXAMPLES else [find_saved(folder, name).scenario]
    shown = shown_scenario(store, folder, state).scenario
    if shown is not None and shown.options and shown.name.casefold() not in [one.name.casefold() for one in found]:
        found = [shown, *found]
    if len(found) > MOST:
        found = found[:MOST]
    for one in found:
        check_scenario(one, outlook(store).ground)
    return tuple(found)


def examples(model: Model, year: int) -> tuple[Scenario, ...]:
    """Return ready-made scenarios to begin with: illustrative, sized by the gap of the chosen January.

    Parameters
    ----------
    model : Model
        As planned.
    year : int
        Whose gap the new school is made for.
    """
    years = model.frame.years
    since = min(max(year, years[1]), years[-1])
    found = []
    places = {area: _short_places(model, area, since) for area in model.frame.areas
              if area not in (COUNTY, "unknown", "outside")}  # fmt: skip
    area = max(places, key=lambda one: sum(count for _, count in places[one]), default="")
    if area and places[area]:
        opens = date(max(years[0], since - 1), 9, 1)
        school = NewSchool(f"New special school in {model.frame.areas[area]}", places[area], opens, area=area)
        found.append(Scenario(f"Example: new school in {model.frame.areas[area]}", "", (school,)))
    found.append(Scenario("Example: one in ten stays in mainstream", "", (Diversion(SHARE, since),)))
    found.append(Scenario("Example: one in ten fewer moves out", "", (Retention(SHARE, since),)))
    found.append(Scenario("Example: schools admit over their number", "", (OverNumber(),)))
    return tuple(found)


def _short_places(model: Model, area: str, year: int) -> tuple[tuple[str, int], ...]:
    """Return (phase, places) that the special schools of an area lack, rounded up to fives."""
    found = []
    for phase in SCHOOL_PHASES:
        cell = model.cell(CellKey(area, phase, ALL, "special"), year)
        lacking = cell.gap.median if cell.gap and cell.rolls_to is None else 0.0
        if lacking >= 1:
            found.append((phase, -int(-lacking // ROUND_TO) * ROUND_TO))
    return tuple(found)


def save_scenario(store: Store, folder: Path, form: Mapping[str, str]) -> str:
    """Keep the scenario of a form under its name.

    Parameters
    ----------
    store : Store
        The snapshot it is made on.
    folder : pathlib.Path
        The workspace.
    form : mapping of str to str
        ``name`` and ``plan``; ``before`` and ``version`` where it takes the place of a saved one of that name.

    Returns
    -------
    str
        The name it is kept under.

    Raises
    ------
    UsageError
        If there is nothing to keep, the name is taken, or somebody has changed the scenario since.
    """
    if not form.get("plan"):
        raise UsageError("There is no scenario to keep. Fill in the form first.")
    name = form.get("name", "").strip()
    scenario = replace(scenario_from_text(form["plan"]), name=name)
    found = outlook(store)
    check_scenario(scenario, found.ground)
    same = form.get("before", "").casefold() == name.casefold() and form.get("version", "").isdigit()
    version = int(form["version"]) if same else None
    return save(State(folder), scenario, made_with(store.snapshot, found.settings), version).scenario.name


def delete_scenario(folder: Path, name: str, version: str) -> None:
    """Set a saved scenario aside; `UsageError` if there is none, or somebody has changed it since."""
    delete(State(folder), name, int(version) if version.isdigit() else 0)
