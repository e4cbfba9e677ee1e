"""What a scenario is: read from JSON and checked, written again, and short enough for an address.

Its options are records of `scenario_options`; whether they fit the areas, schools and censuses of a snapshot is asked
of `ground`; the words for people are in `scenario_words`.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any

from geodata.errors import UsageError
from layers.sufficiency.scenario_fields import LONG, READERS, filled, plain_text, refuse
from layers.sufficiency.scenario_options import (
    KINDS,
    MANY,
    Diversion,
    IndependentAvoided,
    NewBase,
    NewSchool,
    Option,
    OverNumber,
    PriceInflation,
    Ramp,
    Reform,
    Retention,
    Scenario,
    Slippage,
    kind_of,
)

__all__ = [
    "BASE_CASE",
    "Diversion",
    "IndependentAvoided",
    "NewBase",
    "NewSchool",
    "Option",
    "OverNumber",
    "PriceInflation",
    "Ramp",
    "Reform",
    "Retention",
    "Scenario",
    "Slippage",
    "kind_of",
    "scenario_from_text",
    "scenario_of",
    "scenario_record",
    "scenario_text",
]

NAME_LENGTH = 60
MOST_OPTIONS = 40
LONGEST_TEXT = 8000
"""Characters of the form for an address: what browsers and servers take."""

BASE_CASE = Scenario("Base case")
"""Nothing is done."""


def scenario_of(record: Mapping[str, Any]) -> Scenario:
    """Read a scenario from the types of JSON.

    Parameters
    ----------
    record : mapping
        ``{"name": ..., "note": ..., "options": [{"option": "new_school", "name": ..., ...}, ...]}``.

    Returns
    -------
    Scenario
        Sound in itself; `layers.sufficiency.ground.check_scenario` holds it against a snapshot.

    Raises
    ------
    UsageError
        Naming the option, its key and the remedy.
    """
    if not isinstance(record, Mapping):
        raise UsageError("A scenario is an object with a name and options.")
    _known_keys(record, ("name", "note", "options"), "A scenario")
    options = record.get("options", [])
    if not isinstance(options, list | tuple) or len(options) > MOST_OPTIONS:
        raise UsageError(f"The options of a scenario are a list of up to {MOST_OPTIONS}.")
    found = tuple(_option(one, number) for number, one in enumerate(options, 1))
    kinds = [kind_of(one) for one in found]
    for number, kind in enumerate(kinds, 1):
        if kind not in MANY and kind in kinds[: number - 1]:
            refuse(f"Option {number} ({kind})", "a scenario has one of this kind; change the one it has.")
    name = filled(plain_text(NAME_LENGTH))(record.get("name", ""), "The scenario's name")
    return Scenario(name, plain_text(LONG)(record.get("note", ""), "The scenario's note"), found)


def _option(record: Any, number: int) -> Option:
    kind = record.get("option") if isinstance(record, Mapping) else None
    if kind not in KINDS:
        said = str(kind)[:NAME_LENGTH] if kind else "nothing"
        refuse(f"Option {number}", f"no kind of option '{said}'. Valid: {', '.join(KINDS)}.")
    where = f"Option {number} ({kind})"
    readers = READERS[kind]
    _known_keys(record, ("option", *readers), where)
    for field in fields(KINDS[kind]):
        if field.default is MISSING and field.name not in record:
            refuse(where, f"'{field.name}' is missing; give it.")
    given = {key: read(record[key], f"{where}, '{key}'") for key, read in readers.items() if key in record}
    option = KINDS[kind](**given)
    if isinstance(option, NewSchool):
        _one_place(option, where)
    return option


def _one_place(school: NewSchool, where: str) -> None:
    """Refuse a school with half a point, or with several answers to where it stands."""
    if (school.easting is None) != (school.northing is None):
        refuse(f"{where}, 'easting' and 'northing'", "give both or neither.")
    said = [key for key in ("area", "postcode", "easting") if getattr(school, key)]
    if len(said) > 1:
        refuse(where, f"'{said[0]}' and '{said[1]}' both say where it stands; give one of them.")


def _known_keys(record: Mapping[str, Any], valid: tuple[str, ...], where: str) -> None:
    if unknown := sorted(str(key)[:NAME_LENGTH] for key in record if key not in valid):
        refuse(where, f"no key '{unknown[0]}'. Valid: {', '.join(valid)}.")


def scenario_record(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario in the types of JSON; `scenario_of` reads the very same scenario from it.

    What is as by default is left out, so that the record is the same however it was typed.
    """
    record: dict[str, Any] = {"name": scenario.name}
    if scenario.note:
        record["note"] = scenario.note
    return record | {"options": [_written(one) for one in scenario.options]}


def _written(option: Option) -> dict[str, Any]:
    record: dict[str, Any] = {"option": kind_of(option)}
    for field in fields(option):
        value = getattr(option, field.name)
        if value != field.default:
            record[field.name] = _plain(field.name, value)
    return record


def _plain(key: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if key in ("places", "percent") and isinstance(value, tuple):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def scenario_text(scenario: Scenario) -> str:
    """Return the short form of a scenario for an address: its record as compact JSON in base64url.

    Without the note, which is free text of up to `LONG` characters and stays where it was written.

    Raises
    ------
    UsageError
        If it is too long for an address.
    """
    record = scenario_record(replace(scenario, note=""))
    compact = json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = base64.urlsafe_b64encode(compact.encode()).decode().rstrip("=")
    if len(text) > LONGEST_TEXT:
        raise UsageError("This scenario is too long for an address. Save it, and share it as a file.")
    return text


def scenario_from_text(text: str) -> Scenario:
    """Read a scenario from the form that `scenario_text` gives.

    Raises
    ------
    UsageError
        If it was cut short or altered.
    """
    broken = "This address holds no whole scenario. Copy all of it, or open the scenario by its name."
    if len(text) > LONGEST_TEXT:
        raise UsageError(broken)
    try:
        compact = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        record = json.loads(compact)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise UsageError(broken) from error
    return scenario_of(record)
