"""The charts of the page on specialist places: the fan of a cell and of the county, and the planned schemes."""

from __future__ import annotations

from datetime import date

from callbacks.cme_charts import chart_view
from callbacks.figures import Answer
from callbacks.places_facts import CellKey, Model, SchemeFacts
from callbacks.places_matrix import cell_name
from callbacks.places_words import need_words, phase_words
from layers.cme.chart import Chart
from layers.fan_chart import FanPoint, Marker, fan
from layers.format import format_range, format_value, plural
from layers.pipeline_chart import Scheme, timeline

COUNTY_PX = 250
"""Height of the county's fan, which stands on the first screen."""

MOST_SCHEMES = 14
"""Rows of the timeline; more would be read in the table alone."""


def cell_chart(model: Model, key: CellKey, year: int) -> Answer:
    """Return the fan chart of a cell: plans with their bands, and the places that are there."""
    cells = [model.cell(key, one) for one in model.frame.years]
    points = [FanPoint(cell.year, *cell.demand) for cell in cells]
    places = [(cell.year, cell.places) for cell in cells if cell.places is not None]
    last, at = cells[-1], model.cell(key, year)
    name = cell_name(model, key)
    band = format_range(at.demand.lower_80, at.demand.upper_80)
    sentence = (
        f"{name}: {format_value(cells[0].demand.median)} plans in January {cells[0].year}, "
        f"{format_value(at.demand.median)} in January {year} (80% band {band}), "
        f"{format_value(last.demand.median)} in January {last.year}."
    )
    if at.places is not None:
        sentence += f" Working places in January {year}: {format_value(at.places)}."
    spec = fan(points, "Plans and working places", places=places, mark=year)
    # The sentence above the chart says it already.
    return chart_view(Chart("cell", name, sentence, spec, "cell")) | {"short": ""}


def county_chart(model: Model) -> Answer:
    """Return the fan chart of all plans of the county, with what the council expects."""
    frame = model.frame
    points = [FanPoint(year, *model.plans("county", year)) for year in frame.years]
    found = next((one for one in frame.expected if one.year in frame.years), None)
    marker = Marker(found.year, found.plans, f"council: {found.words}") if found else None
    end = points[-1]
    sentence = (
        f"EHC plans of the county: {format_value(points[0].median)} in January {points[0].year}, forecast "
        f"{format_value(end.median)} in January {end.year} (80% band {format_range(end.lower_80, end.upper_80)})."
    )
    if found:
        at = next(point for point in points if point.year == found.year)
        sentence += (
            f" In January {found.year} the model says {format_value(at.median)} "
            f"({format_range(at.lower_80, at.upper_80)}); the council expects {found.words}."
        )
    spec = fan(points, "EHC plans", counted=frame.history, mark=marker, height=COUNTY_PX)
    return chart_view(Chart("county", "EHC plans of the county", sentence, spec, "county")) | {"short": ""}


def pipeline_view(model: Model, day: date) -> Answer:
    """Return the planned schemes: chart, table and what is odd about them."""
    schemes = sorted(model.schemes(), key=lambda one: (one.opens, one.setting, one.phase, one.need))
    late = [one for one in schemes if one.late]
    total = sum(one.places for one in schemes)
    said = (
        f"{plural(total, 'place')} in {plural(len(schemes), 'scheme')} open after January {model.frame.base_year}."
        if schemes else f"No place opens after January {model.frame.base_year} on the list of places."
    )  # fmt: skip
    if late:
        due = f"{plural(len(late), 'scheme')} {_were(late)} due to open by now"
        said += f" {due}; the list of places shows no pupils there yet."
    return {
        "sentence": said,
        "late": len(late),
        "rows": [_row(model, one) for one in schemes],
        "chart": _timeline(model, schemes[:MOST_SCHEMES], day, said) if schemes else None,
        "more": max(0, len(schemes) - MOST_SCHEMES),
        "years": list(model.frame.years[1:6]),
    }


def _were(late: list[SchemeFacts]) -> str:
    return "was" if len(late) == 1 else "were"


def _timeline(model: Model, schemes: list[SchemeFacts], day: date, said: str) -> Answer:
    years = (model.frame.years[0], min(model.frame.years[0] + 6, model.frame.years[-1]))
    found = [Scheme(scheme_name(one), date.fromisoformat(one.opens), date.fromisoformat(one.slipped),
                    _growing(one), one.late) for one in schemes]  # fmt: skip
    chart = Chart("pipeline", "Planned places by opening", said, timeline(found, years, day), "pipeline")
    return chart_view(chart) | {"short": ""}


def scheme_name(one: SchemeFacts) -> str:
    """Return what a scheme is: its setting, phase and need."""
    return f"{one.setting}, {phase_words(one.phase).lower()}, {need_words(one.need)}"


def _growing(one: SchemeFacts) -> list[tuple[int, float]]:
    """Return the working places by January, from the first that has any until they no longer grow."""
    there = [(year, value) for year, value in one.by_year if value > 0]
    return [step for number, step in enumerate(there) if number == 0 or step[1] != there[number - 1][1]]


def _row(model: Model, one: SchemeFacts) -> Answer:
    by_year = dict(one.by_year)
    words = "due by now, no pupils on the list yet" if one.late else "planned"
    if one.slipped != one.opens:
        words += f", slipped to {one.slipped}"
    return {
        "setting": one.setting,
        "area": model.frame.areas.get(one.area, one.area),
        "phase": phase_words(one.phase),
        "need": need_words(one.need),
        "places": format_value(one.places),
        "opens": one.opens,
        "state": words,
        "late": one.late,
        "scenario": one.from_scenario,
        "by_year": [format_value(by_year.get(year, 0.0)) for year in model.frame.years[1:6]],
    }
