"""The first screen of the page on specialist places: short by how many, from when, and what is planned."""

from __future__ import annotations

from callbacks.figures import Answer
from callbacks.places_facts import ALL, COUNTY, CellFacts, CellKey, Model
from callbacks.places_matrix import HALF_A_PLACE, band_words, chance_words, gap_figure, short_name
from callbacks.places_state import PlacesState
from callbacks.places_words import GAP_PROVISIONS, january
from geodata.school_years import PHASES
from layers.format import format_range, format_value, plural

SPECIALIST = CellKey(COUNTY, ALL, ALL, ALL)
"""The cell of the whole county."""

MOST_CELLS = 4
"""Cells that the card names."""


def headline_view(model: Model, state: PlacesState) -> Answer:
    """Return the sentence and the cards of the first screen."""
    cell = model.cell(SPECIALIST, state.year)
    return {
        "lead": lead(model, cell),
        "short": _short_card(model, cell, state),
        "when": _when_card(model, cell, state),
        "planned": _planned_card(model),
        "expected": _expected(model),
        "testable": model.frame.testable,
    }


def lead(model: Model, cell: CellFacts) -> str:
    """Return the answer in one sentence."""
    where = january(cell.year)
    total, schemes = _planned(model)
    planned = f"planned: {plural(total, 'place')} in {plural(schemes, 'scheme')}" if schemes else "no place is planned"
    if cell.gap is None:
        return f"By {where} {format_value(cell.demand.median)} plans need a specialist place; no places are loaded."
    if cell.gap.median >= HALF_A_PLACE:
        first = f"first short: January {cell.first_short}" if cell.first_short else "not short to the end"
        return (
            f"By {where} {format_value(cell.gap.median)} more specialist places are needed than are open or planned "
            f"(80% band {band_words(cell.gap)}); {first}; {planned}."
        )
    return (
        f"By {where} every child is expected to find a specialist place (80% band {band_words(cell.gap)}); {planned}."
    )


def _planned(model: Model) -> tuple[int, int]:
    schemes = model.schemes()
    return sum(one.places for one in schemes), len(schemes)


def _short_card(model: Model, cell: CellFacts, state: PlacesState) -> Answer:
    if cell.gap is None:
        return {"value": "", "unit": "", "lines": ["No specialist places are loaded."], "title": "Short by"}
    band = f"80% band {band_words(cell.gap)}, 95% band {format_range(cell.gap.lower_95, cell.gap.upper_95)}"
    places = f"{format_value(cell.demand.median)} plans need a specialist place; {format_value(cell.places)} working "
    left = f"{format_value(cell.spare)} places are left over elsewhere: of another need, phase or locality"
    return {
        "title": f"Short by, in January {state.year}",
        "value": gap_figure(cell) if cell.gap.median >= HALF_A_PLACE else "0",
        "unit": "specialist places",
        "lines": [
            f"Chance of a shortage: {chance_words(cell, testable=model.frame.testable)}",
            band,
            f"{places}places",
            *([left] if cell.spare and cell.spare >= 1 else []),
            f"Rests on {plural(cell.plans, 'plan')} of January {model.frame.base_year}",
        ],
    }


def _when_card(model: Model, cell: CellFacts, state: PlacesState) -> Answer:
    found = first_cells(model, state)
    first = min((one.first_short for one in found if one.first_short), default=None)
    year = cell.first_short
    return {
        "title": "First short",
        "value": f"{year}" if year else "none",
        "unit": "the county as a whole" if year else f"up to {model.frame.years[-1]}",
        "why": f"Cells that are short first (from {first}) and by most" if first else "No cell of the matrix is short.",
        "cells": [
            {
                "name": short_name(model, one.key),
                "year": one.first_short,
                "gap": gap_figure(one),
                "address": f"{state.address(**one.key._asdict())}#cell",
            }
            for one in found
        ],
    }


def first_cells(model: Model, state: PlacesState) -> list[CellFacts]:
    """Return the cells of localities that are short first, then by most in the chosen January."""
    cells = [
        model.cell(CellKey(area, phase, need, provision), state.year)
        for area in model.frame.areas if area not in (COUNTY, "unknown", "outside")
        for phase in PHASES for need in model.frame.needs for provision in GAP_PROVISIONS
    ]  # fmt: skip
    short = [(one.first_short, -one.gap.median, one) for one in cells
             if one.status in ("short", "likely_short") and one.gap and one.first_short]  # fmt: skip
    return [one for _, _, one in sorted(short, key=lambda found: found[:2])][:MOST_CELLS]


def _planned_card(model: Model) -> Answer:
    total, schemes = _planned(model)
    years = model.frame.years[1:6]
    rows = [{"year": year, "value": sum(dict(one.by_year).get(year, 0.0) for one in model.schemes())} for year in years]
    most = max([row["value"] for row in rows], default=0.0) or 1.0
    late = sum(one.late for one in model.schemes())
    return {
        "title": "Planned",
        "value": format_value(total),
        "unit": f"places in {plural(schemes, 'scheme')}",
        "rows": [{"year": row["year"], "value": format_value(row["value"]),
                  "width": round(100 * row["value"] / most)} for row in rows],
        "line": "Working places that the schemes give, by January",
        "late": f"{plural(late, 'scheme')} due by now, with no pupils on the list yet" if late else "",
    }  # fmt: skip


def _expected(model: Model) -> Answer | None:
    """Return the council's expectation beside the model's band of the same January."""
    frame = model.frame
    found = next((one for one in frame.expected if one.year in frame.years), None)
    if found is None:
        return None
    band = model.plans(COUNTY, found.year)
    if band.lower_80 > found.plans:
        against = "above what the council expects"
    elif band.upper_80 < found.plans:
        against = "below what the council expects"
    else:
        against = "around what the council expects"
    return {
        "year": found.year,
        "words": found.words,
        "source": found.source,
        "model": format_value(band.median),
        "band_80": format_range(band.lower_80, band.upper_80),
        "band_95": format_range(band.lower_95, band.upper_95),
        "against": f"The model's 80% band lies {against}.",
    }
