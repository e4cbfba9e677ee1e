"""Scenarios with a name: kept, listed, opened again, shared as a file, and replayed on another snapshot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from geodata.durable import write_durably
from geodata.errors import InputError, UsageError
from geodata.snapshot import Snapshot
from geodata.state import SavedRow, State
from layers.sufficiency.ground import Ground, check_scenario
from layers.sufficiency.scenario import scenario_of, scenario_record
from layers.sufficiency.scenario_options import Scenario
from layers.sufficiency.settings import SufficiencySettings

MODEL = "1"
"""Version of the model: raised when the same records, assumptions and scenario would give other figures."""

FORMAT = "locality-atlas scenario 1"
"""What a shared file says it is."""

LARGEST_FILE = 200_000
"""Bytes of a shared file."""


@dataclass(frozen=True)
class Made:
    """What a scenario was worked out with.

    Attributes
    ----------
    snapshot : str
        Identifier of the snapshot.
    model : str
        `MODEL`.
    settings : str
        Short hash of the assumptions.
    """

    snapshot: str
    model: str
    settings: str


@dataclass(frozen=True)
class Saved:
    """A scenario that has been kept.

    Attributes
    ----------
    scenario : Scenario
        With its name.
    created, changed : datetime.datetime
        UTC.
    version : int
        From 1; whoever saves it says which one it was made from.
    made : Made
        What it was worked out with.
    """

    scenario: Scenario
    created: datetime
    changed: datetime
    version: int
    made: Made


@dataclass(frozen=True)
class Replay:
    """A scenario to be worked out anew.

    Attributes
    ----------
    scenario : Scenario
        It fits the snapshot in force.
    notes : tuple of str
        What differs from when it was saved, so that figures may: empty where nothing does.
    """

    scenario: Scenario
    notes: tuple[str, ...]


def made_with(snapshot: Snapshot, settings: SufficiencySettings) -> Made:
    """Return what scenarios on a snapshot are worked out with just now."""
    return Made(snapshot.id, MODEL, settings_hash(settings))


def settings_hash(settings: SufficiencySettings) -> str:
    """Return a short hash of all assumptions: the same as long as none of them changes."""
    return hashlib.sha256(json.dumps(asdict(settings), sort_keys=True).encode()).hexdigest()[:12]


def save(state: State, scenario: Scenario, made: Made, version: int | None = None) -> Saved:
    """Keep a scenario.

    Parameters
    ----------
    state : State
        Of the workspace.
    scenario : Scenario
        Its name is the one it is kept under: 1 to 60 characters, unique without regard to case.
    made : Made
        From `made_with`.
    version : int, optional
        The version that this one takes the place of; none for a new scenario.

    Raises
    ------
    UsageError
        If the name is taken, or somebody has changed the scenario since.
    """
    scenario = scenario_of(scenario_record(scenario))
    body = _body(scenario, made)
    if version is None:
        return _saved(state.insert(scenario.name, made.snapshot, body))
    return _saved(state.update(scenario.name, version, snapshot=made.snapshot, body=body, new_name=scenario.name))


def listed(state: State) -> tuple[Saved, ...]:
    """Return every scenario by name, those that were deleted apart."""
    return tuple(_saved(row) for row in state.rows())


def load(state: State, name: str) -> Saved:
    """Return a scenario by its name, without regard to case; `UsageError` with the names there are."""
    return _saved(state.get(name))


def rename(state: State, name: str, new_name: str, version: int) -> Saved:
    """Give a scenario another name; its options stay.

    Raises
    ------
    UsageError
        If the new name is taken or no name, or somebody has changed the scenario since.
    """
    found = _saved(state.get(name))
    scenario = scenario_of(scenario_record(replace(found.scenario, name=new_name)))
    body = _body(scenario, found.made)
    return _saved(state.update(name, version, snapshot=found.made.snapshot, body=body, new_name=scenario.name))


def delete(state: State, name: str, version: int) -> None:
    """Set a scenario aside: it is kept in the database, but no longer listed, and its name is free.

    Raises
    ------
    UsageError
        If there is none of that name, or somebody has changed it since.
    """
    state.remove(name, version)


def shared(saved: Saved) -> bytes:
    """Return a scenario as a JSON file for others: its record and what it was worked out with."""
    record = {"format": FORMAT, "scenario": scenario_record(saved.scenario), "made": asdict(saved.made)}
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def share(saved: Saved, file: Path) -> None:
    """Write a scenario as a JSON file, whole or not at all."""
    write_durably(file, shared(saved))


def received(content: bytes) -> tuple[Scenario, Made]:
    """Read a file that `shared` made; it is checked like anything a person types, and not yet kept.

    Raises
    ------
    InputError
        If it is no such file.
    UsageError
        If its scenario is unsound, naming option, key and remedy.
    """
    wrong = "This is no file of a scenario. Share one from the list of saved scenarios."
    if len(content) > LARGEST_FILE:
        raise InputError(wrong)
    try:
        record = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(wrong) from error
    if not isinstance(record, Mapping) or record.get("format") != FORMAT:
        raise InputError(wrong)
    return scenario_of(record.get("scenario", {})), _made(record.get("made"))


def replay(saved: Saved, now: Made, ground: Ground) -> Replay:
    """Return a scenario to be worked out with the records and assumptions in force.

    Raises
    ------
    UsageError
        If it no longer fits: a school that closed, or an opening that by now lies in the past.
    """
    try:
        check_scenario(saved.scenario, ground)
    except UsageError as error:
        changed = "" if saved.made.snapshot == now.snapshot else " It was saved with other records."
        raise UsageError(f"The scenario '{saved.scenario.name}' cannot be replayed. {error}{changed}") from error
    differs = {
        f"It was saved with the snapshot {saved.made.snapshot}; now {now.snapshot} is in force": (
            saved.made.snapshot != now.snapshot
        ),
        f"It was saved with version {saved.made.model} of the model; now it is version {now.model}": (
            saved.made.model != now.model
        ),
        "Assumptions have changed since it was saved": saved.made.settings != now.settings,
    }
    return Replay(saved.scenario, tuple(f"{said}: figures may differ." for said, so in differs.items() if so))


def _body(scenario: Scenario, made: Made) -> str:
    record = {"scenario": scenario_record(scenario), "made": asdict(made)}
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def _saved(row: SavedRow) -> Saved:
    record = json.loads(row.body)
    return Saved(scenario_of(record["scenario"]), row.created, row.changed, row.version, _made(record["made"]))


def _made(record: Any) -> Made:
    given = record if isinstance(record, Mapping) else {}
    return Made(*(str(given.get(key, ""))[:80] for key in ("snapshot", "model", "settings")))
