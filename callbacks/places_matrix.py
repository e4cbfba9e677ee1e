"""The matrix of the page on specialist places: what is short, by locality and phase, need and provision."""

from __future__ import annotations

from callbacks.figures import Answer
from callbacks.places_facts import ALL, COUNTY, Band, CellFacts, CellKey, Model
from callbacks.places_state import PlacesState
from callbacks.places_words import (
    BROAD_NEEDS,
    GAP_PROVISIONS,
    NOT_TESTABLE,
    OPEN_PROVISIONS,
    PROVISIONS,
    SHORT_NEEDS,
    SHORT_OPEN,
    SHORT_PROVISIONS,
    STATUSES,
    january,
    means,
    need_words,
    phase_words,
    provision_words,
)
from geodata.areas import EXTRA_AREAS
from geodata.school_years import PHASES
from layers.format import NO_VALUE, format_range, format_value

HALF_A_PLACE = 0.5
"""A gap counts from half a place on, as in `layers.sufficiency.rollup`."""


def gap_figure(cell: CellFacts) -> str:
    """Return the figure of a cell: children without a place, else places left, else nothing."""
    if cell.gap is None:
        return ""
    if cell.gap.median >= HALF_A_PLACE:
        return format_value(cell.gap.median)
    return format_value(cell.spare) if cell.status == "spare" and cell.spare is not None else "0"


def gap_words(cell: CellFacts) -> str:
    """Return a gap in words: "12 short", "4 places to spare", "in balance"."""
    if cell.gap is None:
        return NO_VALUE
    if cell.gap.median >= HALF_A_PLACE:
        return f"{format_value(cell.gap.median)} short"
    if cell.spare is not None and cell.spare >= 1:
        return f"none short, {format_value(cell.spare)} to spare"
    return "none short"


def chance_words(cell: CellFacts, *, testable: bool) -> str:
    """Return the probability that demand is above the places; "not yet testable" where nothing may be said."""
    if cell.places is None:
        return ""
    if not testable or cell.chance is None:
        return NOT_TESTABLE
    if cell.chance > 0.99:
        return "more than 99%"
    if cell.chance < 0.01:
        return "less than 1%"
    return f"{format_value(100 * cell.chance)}%"


def band_words(band: Band | None) -> str:
    """Return the 80% band: "40 to 130"."""
    if band is None:
        return ""
    return format_range(band.lower_80, band.upper_80)


def matrix_view(model: Model, state: PlacesState, before: Model | None = None) -> Answer:
    """Return the matrix of one January.

    Parameters
    ----------
    model : Model
        What is shown.
    state : PlacesState
        The January and the chosen cell.
    before : Model, optional
        Places as they are planned, where a scenario is shown: cells that it changes say what they were.
    """
    needs = _needs(model)
    groups: list[Answer] = [
        {
            "name": f"{name} (whole county)" if area == COUNTY else name,
            "code": area,
            "rows": [_row(model, state, before, (area, phase), needs) for phase in _phases(model, area)],
        }
        for area, name in model.frame.areas.items()
    ]
    changed = sum(bool(cell["before"]) for group in groups for row in group["rows"] for cell in row["cells"])
    columns: list[Answer] = [
        *({"key": one, "title": PROVISIONS[one], "needs": needs, "spans": len(needs)} for one in GAP_PROVISIONS),
        {"key": "open", "title": "Plans to accommodate", "needs": OPEN_PROVISIONS, "spans": len(OPEN_PROVISIONS)},
    ]
    heads = [{"words": SHORT_NEEDS[need], "title": BROAD_NEEDS[need], "first": number == 0}
             for _ in GAP_PROVISIONS for number, need in enumerate(needs)]  # fmt: skip
    heads += [{"words": SHORT_OPEN[one], "title": PROVISIONS[one], "first": number == 0}
              for number, one in enumerate(OPEN_PROVISIONS)]  # fmt: skip
    used = [key for key in STATUSES if any(cell["status"] == key for group in groups for row in group["rows"]
                                           for cell in row["cells"])]  # fmt: skip
    return {
        "when": january(state.year),
        "columns": columns,
        "heads": heads,
        "groups": groups,
        "legend": [
            {
                "key": key,
                "shape": STATUSES[key].shape,
                "word": STATUSES[key].word,
                "means": means(key, testable=model.frame.testable),
            }
            for key in used
        ],
        "changed": changed,
        "scenario": before is not None,
        "tags": list(model.frame.basis),
        "files": [[kind, words, _file(model, state, kind)] for kind, words in (("csv", "CSV"), ("json", "JSON"))],
    }


def _file(model: Model, state: PlacesState, kind: str) -> str:
    return f"{state.address().replace('places?', f'places/matrix.{kind}?', 1)}&snapshot={model.frame.snapshot}"


def _needs(model: Model) -> tuple[str, ...]:
    """Return the broad areas of need; those of no chapter only where somebody has a plan for them."""
    found = [model.cell(CellKey(COUNTY, ALL, "other", one), model.frame.base_year) for one in GAP_PROVISIONS]
    return tuple(need for need in BROAD_NEEDS if need != "other" or any(cell.plans or cell.places for cell in found))


def _phases(model: Model, area: str) -> tuple[str, ...]:
    """Return the phases that have plans or places in an area, and all of them together; those alone for no locality."""
    year = model.frame.base_year
    if area in EXTRA_AREAS:
        return (ALL,)

    def is_there(phase: str) -> bool:
        cells = [model.cell(CellKey(area, phase, ALL, one), year) for one in (*GAP_PROVISIONS, *OPEN_PROVISIONS)]
        return any(cell.plans or cell.places for cell in cells)

    return (ALL, *(phase for phase in PHASES if is_there(phase)))


def _row(
    model: Model, state: PlacesState, before: Model | None, where: tuple[str, str], needs: tuple[str, ...]
) -> Answer:
    area, phase = where
    keys = [CellKey(area, phase, need, one) for one in GAP_PROVISIONS for need in needs]
    keys += [CellKey(area, phase, ALL, one) for one in OPEN_PROVISIONS]
    cells = [_cell(model, state, before, key) for key in keys]
    for number, cell in enumerate(cells):
        cell["first"] = number % len(needs) == 0 if number < len(needs) * len(GAP_PROVISIONS) else number == len(
            needs) * len(GAP_PROVISIONS)  # fmt: skip
    return {"phase": phase, "name": phase_words(phase), "total": phase == ALL, "cells": cells}


def _cell(model: Model, state: PlacesState, before: Model | None, key: CellKey) -> Answer:
    cell = model.cell(key, state.year)
    status = STATUSES[cell.status]
    figure = format_value(cell.demand.median) if cell.status == "accommodate" else gap_figure(cell)
    shown = {
        "status": cell.status,
        "figure": "" if cell.status in ("rolled_up", "no_data") else figure,
        "word": status.word,
        "shape": status.shape,
        "chosen": key == state.cell,
        "address": f"{state.address(**key._asdict())}#cell",
        "says": cell_sentence(model, cell),
        "before": "",
    }
    if before is not None:
        was = before.cell(key, state.year)
        if (was.status, gap_words(was)) != (cell.status, gap_words(cell)) and cell.status != "rolled_up":
            # The shape alone where the word is another one too: there is no room for both.
            sign = f"{STATUSES[was.status].shape} " if was.status != cell.status else ""
            shown["before"] = f"{sign}{gap_figure(was)}".strip()
    return shown


def cell_name(model: Model, key: CellKey) -> str:
    """Return what a cell is about: "Aylesbury, secondary, cognition and learning, special school"."""
    parts = [model.frame.areas.get(key.area, key.area), phase_words(key.phase), need_words(key.need)]
    parts.append(provision_words(key.provision))
    return ", ".join([parts[0], *(_lower(part) for part in parts[1:])])


def short_name(model: Model, key: CellKey) -> str:
    """Return a cell in few words, for narrow lists: "Aylesbury, secondary, SEMH, special"."""
    need = SHORT_NEEDS.get(key.need, need_words(key.need)).replace("\u00ad", "")
    parts = [phase_words(key.phase), need, SHORT_PROVISIONS.get(key.provision, provision_words(key.provision))]
    return ", ".join([model.frame.areas.get(key.area, key.area), *(_lower(part) for part in parts)])


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def cell_sentence(model: Model, cell: CellFacts) -> str:
    """Return a cell in one sentence, for those who do not see its colour and shape."""
    name = cell_name(model, cell.key)
    if cell.status == "no_data":
        return f"{name}: no plans and no places."
    if cell.status == "rolled_up" and cell.rolls_to is not None:
        return f"{name}: rolled up, it rests on {_few(cell.plans)} plans; see {cell_name(model, cell.rolls_to)}."
    if cell.gap is None:
        return f"{name}: {format_value(cell.demand.median)} plans to accommodate, 80% band {band_words(cell.demand)}."
    return f"{name}: {gap_words(cell)} ({STATUSES[cell.status].word}), 80% band {band_words(cell.gap)}."


def _few(plans: int) -> str:
    return "no" if plans == 0 else f"{plans}"
