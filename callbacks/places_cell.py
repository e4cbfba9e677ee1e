"""The chosen cell of the page on specialist places: its fan chart, its facts, and its finer needs."""

from __future__ import annotations

from callbacks.figures import Answer
from callbacks.places_charts import cell_chart
from callbacks.places_facts import ALL, CellFacts, Model
from callbacks.places_matrix import band_words, cell_name, chance_words, gap_words
from callbacks.places_state import PlacesState
from callbacks.places_words import STATUSES, january, means, need_words
from layers.format import format_range, format_value, plural

HALF = 0.5

FINER = {
    "communication": ("ASD", "SLCN"),
    "cognition": ("SPLD", "MLD", "SLD", "PMLD", "DS"),
    "semh": ("SEMH",),
    "sensory": ("HI", "VI", "MSI", "PD"),
    "other": ("OTH", ""),
}
"""Primary needs of a broad area, as in `layers.sufficiency.core.BROAD_OF_NEED`, which a test holds against this."""


def cell_view(model: Model, state: PlacesState, before: Model | None = None) -> Answer:
    """Return everything about the chosen cell."""
    cell = model.cell(state.cell, state.year)
    status = STATUSES[cell.status]
    return {
        "name": cell_name(model, cell.key),
        "when": january(state.year),
        "status": cell.status,
        "word": status.word,
        "shape": status.shape,
        "means": means(cell.status, testable=model.frame.testable),
        "says": says(model, cell),
        "facts": facts(model, cell, before),
        "rolls": _rolls(model, state, cell),
        "chart": cell_chart(model, state.cell, state.year) if cell.status != "no_data" else None,
        "by_year": by_year(model, state),
        "finer": finer(model, state),
        "ask_finer": "" if state.finer or state.cell.need == ALL else f"{state.address(finer=True)}#cell",
        "tags": list(model.frame.basis),
    }


def says(model: Model, cell: CellFacts) -> str:
    """Return the cell in a sentence or two."""
    where = f"In January {cell.year}"
    if cell.status == "no_data":
        return f"{where} nobody has a plan here, and there are no places."
    plans = f"{format_value(cell.demand.median)} plans (80% band {band_words(cell.demand)})"
    if cell.gap is None:
        return f"{where} there are {plans} to accommodate. No places are listed for them, so there is no gap to show."
    placed = max(0.0, cell.demand.median - cell.gap.median)
    first = (
        f"Places run out in January {cell.first_short}."
        if cell.first_short
        else f"Places do not run out in the median up to {model.frame.years[-1]}."
    )
    return (
        f"{where} {plans} need such a place; about {format_value(placed)} of them find one: here, in another locality "
        f"or on a place for any need. {gap_words(cell).capitalize()} (80% band {band_words(cell.gap)}). {first}"
    )


def facts(model: Model, cell: CellFacts, before: Model | None) -> list[Answer]:
    """Return the facts of a cell as a list of terms."""
    found: list[tuple[str, str]] = [("Plans in such places, median", format_value(cell.demand.median))]
    found.append(("80% and 95% band of plans", f"{band_words(cell.demand)}; "
                  f"{format_range(cell.demand.lower_95, cell.demand.upper_95)}"))  # fmt: skip
    if cell.gap is not None:
        found += [
            ("Working places of settings here", format_value(cell.places)),
            ("Children without a place, median", gap_words(cell)),
            ("80% and 95% band of the gap",
             f"{band_words(cell.gap)}; {format_range(cell.gap.lower_95, cell.gap.upper_95)}"),
            ("First January short", str(cell.first_short) if cell.first_short else "none"),
            ("Chance that places are short", chance_words(cell, testable=model.frame.testable)),
        ]  # fmt: skip
        if cell.at_school is not None:
            whole = cell.at_school.median
            state = "short" if whole > 0 else "left"
            found.append(("Seen from home: children who live here without a place", format_value(cell.gap.median)))
            found.append(("Seen from school: places of settings here, less the children for them",
                          f"{format_value(abs(whole))} {state}"))  # fmt: skip
        if cell.over is not None and cell.over >= HALF:
            found.append(("Pupils above the commissioned places here", format_value(cell.over)))
    if cell.note and cell.rolls_to is None:
        found.append(("Note", cell.note))
    if before is not None:
        was = before.cell(cell.key, cell.year)
        if was.gap is not None:
            found.append(("Gap without the scenario", gap_words(was)))
    found.append(("Rests on", f"{plural(cell.plans, 'plan')} of January {model.frame.base_year}"))
    found.append(("Last back-test", cell.error or "not yet testable"))
    return [{"term": term, "text": text} for term, text in found if text]


def _rolls(model: Model, state: PlacesState, cell: CellFacts) -> Answer | None:
    if cell.rolls_to is None:
        return None
    return {
        "words": f"This cell rests on {plural(cell.plans, 'plan')}, too few for figures of its own: "
        "those shown are of the wider cell.",
        "to": cell_name(model, cell.rolls_to),
        "address": f"{state.address(**cell.rolls_to._asdict())}#cell",
    }


def by_year(model: Model, state: PlacesState) -> list[Answer]:
    """Return the cell in every January, for the table beneath its chart."""
    rows = []
    for year in model.frame.years:
        cell = model.cell(state.cell, year)
        rows.append({
            "year": year,
            "chosen": year == state.year,
            "demand": format_value(cell.demand.median),
            "band": band_words(cell.demand),
            "wide": format_range(cell.demand.lower_95, cell.demand.upper_95),
            "places": format_value(cell.places),
            "gap": gap_words(cell),
            "chance": chance_words(cell, testable=model.frame.testable),
            "word": STATUSES[cell.status].word,
        })  # fmt: skip
    return rows


def finer(model: Model, state: PlacesState) -> list[Answer]:
    """Return the primary needs of the chosen broad area where they are asked for, or the broad areas of all needs."""
    key = state.cell
    if key.need != ALL and not state.finer:
        return []
    needs = model.frame.needs if key.need == ALL else FINER[key.need]
    rows = []
    for need in needs:
        cell = model.cell(key._replace(need=need), state.year)
        rows.append({
            "name": need_words(need),
            "plans": format_value(cell.plans),
            "demand": format_value(cell.demand.median),
            "band": band_words(cell.demand),
            "places": format_value(cell.places),
            "gap": "rolled up" if cell.status == "rolled_up" else gap_words(cell),
        })  # fmt: skip
    return rows
