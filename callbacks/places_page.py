"""The page on specialist places: short by how many, from when, where, and which options close the gap."""

from __future__ import annotations

from datetime import date

from callbacks.figures import Answer, Figures
from callbacks.places_cell import cell_view
from callbacks.places_charts import county_chart, pipeline_view
from callbacks.places_facts import Model
from callbacks.places_headline import headline_view
from callbacks.places_map import map_view
from callbacks.places_matrix import matrix_view
from callbacks.places_state import PlacesState
from callbacks.places_sure import statements_view, sure_view
from callbacks.places_words import january

NO_CAVEAT = "places as listed"
"""Begins a word of the basis that is a date: it stands in the heading alone."""

SECTIONS = (
    ("now", "The answer"), ("matrix", "Where and for whom"), ("cell", "The chosen cell"), ("map", "The settings"),
    ("pipeline", "What is planned"), ("scenario", "What could be done"), ("statements", "What the council says"),
    ("sure", "How sure is this"),
)  # fmt: skip


def places_page(figures: Figures, model: Model, state: PlacesState, day: date, before: Model | None = None) -> Answer:
    """Return everything that the page shows of one state, but for the scenarios, in JSON's types.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    model : Model
        With the scenario that is shown.
    state : PlacesState
        From `read_places_state`.
    day : datetime.date
        Today.
    before : Model, optional
        Without the scenario, where one is shown.
    """
    frame = model.frame
    return {
        "title": "Specialist places",
        "council": figures.store.profile.name,
        "when": january(state.year),
        "sections": SECTIONS,
        "state": {"year": state.year, **state.cell._asdict(), "scenario": state.scenario, "plan": state.plan},
        "years": [{"key": year, "words": january(year), "chosen": year == state.year} for year in frame.years],
        "base": frame.base_year,
        "tags": list(frame.basis),
        "caveats": caveats(model),
        "notes": list(frame.notes),
        "testable": frame.testable,
        "headline": headline_view(model, state),
        "county": county_chart(model),
        "matrix": matrix_view(model, state, before),
        "cell": cell_view(model, state, before),
        "map": map_view(figures.store, model, state),
        "pipeline": pipeline_view(model, day),
        "statements": statements_view(model),
        "sure": sure_view(model),
        "snapshot": figures.store.snapshot.id,
    }


def caveats(model: Model) -> list[str]:
    """Return the words that must stand by every figure: synthetic, modelled, assumed ..."""
    return [word for word in model.frame.basis if not word.startswith(NO_CAVEAT)]
