"""The scenario builder of the page on specialist places: form, saved scenarios, and scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from callbacks.figures import Answer
from callbacks.places_facts import COUNTY, Model
from callbacks.places_form import (
    BASES,
    PRICED,
    SCHOOL_PHASES,
    SCHOOLS,
    UNNAMED,
    fields_of,
    options_words,
    record_of,
    unshown,
)
from callbacks.places_scenarios import Shown, compared, saved_scenarios
from callbacks.places_state import EXAMPLES, MOST_BESIDE, PlacesState
from callbacks.places_words import SHORT_PROVISIONS, need_words, phase_words
from geodata.contracts.ehc_plans import NEED_CODES
from geodata.store import Store
from layers.format import NO_VALUE, format_range, format_value
from layers.kept import per_store
from layers.sufficiency import outlook as door
from layers.sufficiency.options import Comparison, Outcome, Ranked, compare, outcome_of
from layers.sufficiency.outlook import outlook
from layers.sufficiency.scenario import BASE_CASE, scenario_of, scenario_text
from layers.sufficiency.scenario_options import Scenario
from layers.sufficiency.scenario_words import sentence

AS_PLANNED = "As planned"
MILLION = 1_000_000

KEPT_OUTCOMES = 16
"""Scenarios whose cost and travel are kept in memory, of a few kB each."""


@dataclass(frozen=True)
class Wrong:
    """What was typed into the form and refused.

    Attributes
    ----------
    fields : mapping of str to str
        As they were typed.
    error : str
        Why: what is wrong, where, and the remedy.
    """

    fields: Mapping[str, str]
    error: str


def scenario_view(
    store: Store,
    folder: Path,
    model: Model,
    state: PlacesState,
    shown: Shown,
    wrong: Wrong | None = None,
) -> Answer:
    """Return the scenario builder.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    folder : pathlib.Path
        The workspace.
    model : Model
        As planned.
    state : PlacesState
        What is shown.
    shown : Shown
        The scenario of it.
    wrong : Wrong, optional
        What was typed, where it was refused.
    """
    ground = outlook(store).ground
    saved = saved_scenarios(folder)
    name = shown.scenario.name if shown.scenario else ""
    years = model.frame.years[1:]
    names = {**ground.areas, **{str(urn): site.name for urn, site in ground.schools.items()}}
    return {
        "shown": name,
        "says": sentence(shown.scenario, names) if shown.scenario else "",
        "notes": shown.notes,
        "unshown": unshown(shown.scenario),
        "saved": shown.saved is not None,
        "version": shown.saved.version if shown.saved else "",
        "plan": _plan(shown),
        "fields": _fields(wrong, shown, max(state.year, years[0])),
        "unnamed": UNNAMED,
        "error": wrong.error if wrong else "",
        "without": state.address(scenario="", plan=""),
        "choices": [{"key": "", "words": AS_PLANNED, "chosen": not name},
                    *({"key": one.scenario.name, "words": one.scenario.name, "chosen": one.scenario.name == name}
                      for one in saved)],
        "list": [
            {"name": one.scenario.name, "version": one.version, "says": sentence(one.scenario, names),
             "address": f"{state.address(scenario=one.scenario.name, plan='')}#scenario",
             "beside": one.scenario.name in state.beside}
            for one in saved
        ],
        "most": MOST_BESIDE,
        "examples": f"{state.address(beside=(EXAMPLES,))}#compare",
        "areas": [{"key": code, "words": words} for code, words in ground.areas.items()],
        "needs": [{"key": "ANY", "words": "Any need"},
                  *({"key": code, "words": need_words(code)} for code in NEED_CODES)],
        "phases": [{"key": phase, "words": phase_words(phase)} for phase in SCHOOL_PHASES],
        "schools": options_words([(urn, site.name) for urn, site in ground.schools.items()]),
        "years": [{"key": year, "words": f"January {year}"} for year in years],
        "priced": [{"key": key, "words": SHORT_PROVISIONS[key].capitalize()} for key in PRICED],
        "school_numbers": SCHOOLS,
        "base_numbers": BASES,
        "comparison": comparison_view(store, folder, model, state),
    }  # fmt: skip


def _fields(wrong: Wrong | None, shown: Shown, since: int) -> dict[str, str]:
    """Return what stands in the form; what is left open counts from the chosen January."""
    begins = dict.fromkeys(("avoided_from", "diversion_from", "retention_from", "reform_from"), str(since))
    return begins | (dict(wrong.fields) if wrong else fields_of(shown.scenario))


def _plan(shown: Shown) -> str:
    if shown.scenario is None or not shown.scenario.options:
        return ""

    return scenario_text(shown.scenario)


def comparison_view(store: Store, folder: Path, model: Model, state: PlacesState) -> Answer | None:
    """Return scenarios side by side, places as they are planned first; None where there is none to compare."""
    scenarios = compared(store, folder, state, model)
    if not scenarios:
        return None
    found = _side_by_side(store, scenarios)
    years = found.base.years[1:]
    at = found.base.years.index(state.year)
    outcomes = [found.base, *found.outcomes]
    ranks = {one.name: one for one in found.ranking}
    return {
        "years": years,
        "year": state.year,
        "gaps": [{"name": _name(found, one), "cells": [_gap(one, number + 1) for number in range(len(years))],
                  "first": one.first_short or "none"} for one in outcomes],
        "rows": [_row(found, one, at, ranks.get(one.name)) for one in outcomes],
        "miles": [f"{format_value(limit)} miles" for limit in found.base.over[at].miles],
        "minutes": [f"{format_value(limit)} minutes" for limit in found.base.over[at].minutes],
        "ranking": [{"position": one.position or NO_VALUE, "name": one.name, "words": one.words}
                    for one in found.ranking],
        "words": list(dict.fromkeys(word for one in outcomes for word in one.words)),
        "illustrative": EXAMPLES in state.beside,
        "area": model.frame.areas[COUNTY],
    }  # fmt: skip


def _side_by_side(store: Store, scenarios: tuple[Scenario, ...]) -> Comparison:

    return compare(_outcome(store, BASE_CASE), [_outcome(store, one) for one in scenarios])


@per_store
def _outcomes(store: Store) -> dict[Scenario, Outcome]:  # noqa: ARG001 - the key of what is kept
    return {}


def _outcome(store: Store, scenario: Scenario) -> Outcome:
    """Return what a scenario comes to, worked out once."""
    kept = _outcomes(store)
    if scenario in kept:
        return kept[scenario]

    found = door.outlook(store)
    case = door.case_of(store, scenario) if scenario.options else found.base
    kept[scenario] = outcome = outcome_of(case, found.base, found.homes, found.settings)
    while len(kept) > KEPT_OUTCOMES:
        kept.pop(next(iter(kept)), None)
    return outcome


def _name(found: Comparison, one: Outcome) -> str:
    return AS_PLANNED if one is found.base else one.name


def _gap(one: Outcome, number: int) -> Answer:
    bands = one.gap[number]
    return {"median": format_value(bands.median), "band": format_range(bands.lower_80, bands.upper_80)}


def _row(found: Comparison, one: Outcome, at: int, ranked: Ranked | None) -> Answer:
    over, cost = one.over[at], one.cost
    is_base = one is found.base
    return {
        "name": _name(found, one),
        "position": "" if is_base else (ranked.position if ranked and ranked.position else "not ranked"),
        "cost": pounds(cost.pounds[at]),
        "extra": "" if is_base else pounds(cost.extra[at], signed=True),
        "status": cost.status,
        "per_child": ""
        if is_base
        else (pounds(cost.per_child, whole=True) if cost.per_child is not None else NO_VALUE),
        "newly": "" if is_base else format_value(cost.newly_placed[at]),
        "miles": [format_value(children) for children in over.miles.values()],
        "minutes": [format_value(children) for children in over.minutes.values()],
        "children": format_value(over.children),
    }


def pounds(amount: float, *, signed: bool = False, whole: bool = False) -> str:
    """Return a sum in words: "£61.5m", "+£1.2m", "£23,900"."""
    sign = "\u2212" if amount < 0 else "+" if signed and amount > 0 else ""
    size = abs(amount)
    if whole or size < MILLION / 10:
        return f"{sign}\u00a3{format_value(size)}"
    return f"{sign}\u00a3{format_value(size / MILLION, 1)}m"


def tried(fields: Mapping[str, str], shown: Shown) -> Any:
    """Return the scenario that the fields of the form describe.

    Raises
    ------
    UsageError
        Naming the field or option, and the remedy.
    """
    return scenario_of(record_of(fields, shown.scenario))
