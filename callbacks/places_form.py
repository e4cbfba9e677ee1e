"""The form of the scenario builder: from its fields to a scenario's record, and back to what stands in the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geodata.errors import UsageError
from layers.format import plural
from layers.sufficiency.scenario import scenario_record
from layers.sufficiency.scenario_options import Scenario

SCHOOLS, BASES = (1, 2), (1, 2)
"""Numbers of the new schools and bases that the form has room for."""

SCHOOL_PHASES = ("primary", "secondary", "post_16")
PRICED = ("special", "base", "independent")
UNNAMED = "Shown now, not saved"
"""Name of a scenario that has none."""

Fields = Mapping[str, str]
Record = dict[str, Any]


def record_of(fields: Fields, kept: Scenario | None = None) -> Record:
    """Return the record of a scenario as the fields of the form say it.

    Parameters
    ----------
    fields : mapping of str to str
        As they were typed; blank ones count as left out.
    kept : Scenario, optional
        The scenario that the form was filled from: options that the form has no field for stay in it.

    Returns
    -------
    dict
        For `layers.sufficiency.scenario.scenario_of`, which checks it.

    Raises
    ------
    UsageError
        For a field whose number cannot be read, by its name.
    """
    typed = {key: value.strip() for key, value in fields.items() if value.strip()}
    found = [option for number in SCHOOLS if (option := _school(typed, number))]
    found += [option for number in BASES if (option := _base(typed, number))]
    if "avoided" in typed:
        found.append(
            _present(
                option="independent_avoided",
                places=_whole(typed, "avoided", "Independent places avoided"),
                from_year=_whole(typed, "avoided_from", "Independent places avoided, from January"),
                into=typed.get("avoided_into", "special"),
                area=typed.get("avoided_area"),
            )
        )
    for key, words in (("diversion", "Stay in mainstream"), ("retention", "Fewer moves out"), ("reform", "Reform")):
        if key in typed and (key != "reform" or typed.get("reform_on")):
            share = _number(typed, key, words) / 100
            found.append({"option": key, "share": share, "from_year": _whole(typed, f"{key}_from", f"{words}, from")})
    percent = {key: _number(typed, f"price_{key}", f"Prices, {key}") for key in PRICED if f"price_{key}" in typed}
    if percent:
        found.append({"option": "price_inflation", "percent": percent})
    if "slippage" in typed:
        found.append({"option": "slippage", "months": _whole(typed, "slippage", "Openings slip by")})
    if typed.get("over_number"):
        found.append({"option": "over_number"})
    return {"name": typed.get("name") or UNNAMED, "options": [*found, *_beyond(kept)]}


def _present(**values: Any) -> Record:
    return {key: value for key, value in values.items() if value is not None}


def _school(typed: Fields, number: int) -> Record | None:
    places = {phase: _whole(typed, f"school{number}_{phase}", f"New school {number}, {phase}")
              for phase in SCHOOL_PHASES if f"school{number}_{phase}" in typed}  # fmt: skip
    if not places:
        return None
    return _present(
        option="new_school", name=typed.get(f"school{number}_name", f"New special school {number}"), places=places,
        opens=typed.get(f"school{number}_opens"), need=typed.get(f"school{number}_need", "ANY"),
        area=typed.get(f"school{number}_area"),
    )  # fmt: skip


def _base(typed: Fields, number: int) -> Record | None:
    if f"base{number}_places" not in typed:
        return None
    places = _whole(typed, f"base{number}_places", f"Base {number}, places")
    return _present(
        option="new_base", setting_urn=_whole(typed, f"base{number}_urn", f"Base {number}, school"),
        places={typed.get(f"base{number}_phase", "primary"): places}, opens=typed.get(f"base{number}_opens"),
        need=typed.get(f"base{number}_need", "ANY"),
    )  # fmt: skip


def _number(typed: Fields, key: str, words: str) -> float:
    try:
        return float(typed[key].replace(",", "").removesuffix("%"))
    except KeyError:
        raise UsageError(f"{words}: it is blank; give a number.") from None
    except ValueError:
        raise UsageError(f"{words}: '{typed[key][:40]}' is no number.") from None


def _whole(typed: Fields, key: str, words: str) -> int | float:
    number = _number(typed, key, words)
    return int(number) if number == int(number) else number


def _beyond(kept: Scenario | None) -> list[Record]:
    """Return the options of a scenario that the form has no room for."""
    if kept is None:
        return []

    room = {"new_school": len(SCHOOLS), "new_base": len(BASES), "independent_avoided": 1, "ramp": 0}
    found = []
    for record in scenario_record(kept)["options"]:
        kind = record["option"]
        if kind in room:
            room[kind] -= 1
            if room[kind] < 0:
                found.append(record)
    return found


def fields_of(scenario: Scenario | None) -> dict[str, str]:
    """Return what stands in the fields of the form for a scenario; a base for several phases stands by its first."""
    if scenario is None:
        return {}

    found: dict[str, str] = {}
    count = {"new_school": 0, "new_base": 0}
    for record in scenario_record(scenario)["options"]:
        kind = record["option"]
        if kind in count:
            count[kind] += 1
            found |= _placed(record, f"{'school' if kind == 'new_school' else 'base'}{count[kind]}_")
        elif kind == "independent_avoided" and "avoided" not in found:
            found |= {"avoided": str(record["places"]), "avoided_from": str(record["from_year"]),
                      "avoided_into": record.get("into", "special")}  # fmt: skip
            found["avoided_area"] = record.get("area", "")
        elif kind in ("diversion", "retention", "reform"):
            found |= {kind: f"{100 * record['share']:g}", f"{kind}_from": str(record["from_year"])}
            found |= {"reform_on": "1"} if kind == "reform" else {}
        elif kind == "price_inflation":
            found |= {f"price_{key}": f"{value:g}" for key, value in record["percent"].items()}
        elif kind == "slippage":
            found["slippage"] = str(record["months"])
        elif kind == "over_number" and record.get("on", True):
            found["over_number"] = "1"
    return found


def _placed(record: Record, prefix: str) -> dict[str, str]:
    found = {f"{prefix}{key}": str(record[key]) for key in ("name", "area", "need", "opens") if key in record}
    if record["option"] == "new_school":
        return found | {f"{prefix}{phase}": str(places) for phase, places in record["places"].items()}
    phase, places = next(iter(record["places"].items()))
    return found | {f"{prefix}urn": str(record["setting_urn"]), f"{prefix}phase": phase, f"{prefix}places": str(places)}


def unshown(scenario: Scenario | None) -> str:
    """Return in words how many options of a scenario the form does not show; empty where it shows all."""
    found = _beyond(scenario)
    if not found:
        return ""
    verb = "is" if len(found) == 1 else "are"
    return f"{plural(len(found), 'more option', 'more options')} of this scenario {verb} kept."


def options_words(schools: Sequence[tuple[int, str]]) -> list[dict[str, Any]]:
    """Return the schools to choose from, by name."""
    return [{"key": urn, "words": name} for urn, name in sorted(schools, key=lambda one: one[1])]
