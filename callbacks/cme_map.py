"""The heat map of the page on children missing education: shapes, table, legend and words from one area table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from callbacks.cme_charts import funnel_view
from callbacks.cme_outlines import Outline, outlines
from callbacks.cme_state import MEASURES, CmeState, offered_schemes, smoothed_key
from callbacks.figures import Answer, Figures, is_year
from callbacks.view import legend, look
from geodata.periods import Period
from layers.base import AreaRow
from layers.cme.facts import TOTAL
from layers.cme.years import ReportYear, find_year
from layers.format import format_value
from layers.registry import find_layer
from layers.smoothed import MIN_AREAS
from layers.table import AreaTable
from layers.words import flag_words, sentence

OUTLINE_SCHEME = "locality"
"""Drawn with a strong line, and named, over every other scheme."""

LONG_LABEL = 14
"""Characters; a longer name is written on two lines."""

SHARES = ("cme_long_open", "cme_closed_soon")
"""Measures whose base is cases."""


def heat_map(figures: Figures, state: CmeState) -> Answer:
    """Return the choosers, and the map with its table where the records speak of the year.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    state : CmeState
        What to show.

    Returns
    -------
    dict
        ``shown`` is None where there is nothing to draw; ``why`` then says the reason.
    """
    store, year = figures.store, find_year(figures.store, state.year)
    smoothed = smoothed_key(store, state.measure, state.areas)
    key = smoothed if smoothed and state.smooth else state.measure
    period = _period(figures, key, year)
    found: Answer = {
        "measures": [_choice(one, find_layer(one).info.title, state.measure) for one in MEASURES],
        "areas": [_choice(one.key, one.title, state.areas) for one in offered_schemes(store, state.measure)],
        "smooth": bool(smoothed) and state.smooth,
        "can_smooth": bool(smoothed),
        "why_not_smooth": "" if smoothed else _why_not_smooth(figures, state),
        "shown": None,
        "why": "",
    }
    if period is None:
        how = "The records do not speak of this year" if not year.counted else "This measure has no figure for the year"
        return found | {"why": f"{how}, so there is no map of it."}
    counted = figures.table(state.measure, state.areas, period.key)
    shown = _shown(figures, key, state.areas, period) | {"funnel": funnel_view(state.measure, counted)}
    return found | {"shown": shown}


def _choice(key: str, words: str, chosen: str) -> Answer:
    return {"key": key, "words": words, "chosen": key == chosen}


def _why_not_smooth(figures: Figures, state: CmeState) -> str:
    if state.measure in SHARES:
        return "Shares of cases are not smoothed: their base is cases, not residents."
    scheme, areas = figures.store.profile.scheme(state.areas), len(figures.store.areas.names[state.areas])
    if areas < MIN_AREAS:
        return f"Rates by {scheme.one} are not smoothed: {areas} areas are too few, it takes at least {MIN_AREAS}."
    return f"Rates by {scheme.one} are not smoothed: they are not shown, so there is nothing to smooth."


def _period(figures: Figures, key: str, year: ReportYear) -> Period | None:
    """Return the period of a layer for a year: the year itself, or the newest stock that lies within it."""
    if not year.counted:
        return None
    periods, last = find_layer(key).periods(figures.store), year.period.last_day
    within = [
        one
        for one in periods
        if one.key == year.key
        or (one.is_stock and one.start and last and year.period.start and year.period.start <= one.start <= last)
    ]
    return within[-1] if within else None


def _shown(figures: Figures, key: str, scheme: str, period: Period) -> Answer:
    table = figures.table(key, scheme, period.key)
    limits = figures.limits(key, scheme, is_year(period.key))
    looks = {row.code: look(row, limits, table.info) for row in table.areas}
    sheet, shapes = outlines(figures.store, scheme)
    _, named = outlines(figures.store, OUTLINE_SCHEME)
    rows = {row.code: row for row in table.areas}
    figure_beside = scheme == OUTLINE_SCHEME
    return {
        "title": f"{table.info.title}: {table.info.short_unit}",
        "when": table.period.label,
        "by": table.scheme.one,
        "tags": list(table.basis),
        "sentence": sentence(figures.store, table),
        "note": table.scheme.note,
        "method": table.info.method,
        "address": _address(key, scheme, period),
        "height": sheet.height,
        "shapes": [_shape(one, rows[one.code], looks[one.code], table) for one in shapes],
        "edges": [one.path for one in named],
        "labels": [_label(one, table, rows.get(one.code) if figure_beside else None) for one in named],
        "legend": legend(table, "".join(looks[row.code] for row in table.areas), limits),
        "unit": table.info.short_unit,
    } | _table(figures, table, looks)


def _address(key: str, scheme: str, period: Period, area: str = "") -> str:
    said = {"layer": key, "scheme": scheme, "period": period.key} | ({"area": area} if area else {})
    return f"./?{urlencode(said, safe='/:')}"


def _shape(shape: Outline, row: AreaRow, drawn: str, table: AreaTable) -> Answer:
    value = f"{table.info.show(row.value)} {table.info.short_unit}" if row.value is not None else "no figure"
    counted = "" if row.count is None else f", {format_value(row.count)} {table.info.counted[row.count != 1]}"
    return {"code": shape.code, "path": shape.path, "look": drawn, "title": f"{shape.name}: {value}{counted}"}


def _label(shape: Outline, table: AreaTable, row: AreaRow | None) -> Answer:
    lines, words = [""], shape.name.split()
    if len(shape.name) <= LONG_LABEL:
        lines, words = [shape.name], []
    for word in words:
        if lines[-1] and len(lines) < 2 and len(lines[-1]) + len(word) >= LONG_LABEL - 2:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return {"lines": lines, "x": shape.x, "y": shape.y, "value": table.info.show(row.value) if row else ""}


def _table(figures: Figures, table: AreaTable, looks: dict[str, str]) -> Answer:
    """Return the accessible way to read the map: each area, the rows that complete it, the county and the total."""
    listed = [*table.rows, table.county]
    most = max((one for row in listed for one in (row.upper, row.value) if one is not None), default=0.0)
    most = 100.0 if table.info.suffix == "%" else most
    rows = [_row(figures, table, row, looks.get(row.code, ""), most) for row in listed]
    total: dict[str, Any] = {
        "code": "", "name": TOTAL, "count": format_value(table.total), "base": "", "value": "", "interval": "",
        "bar": None, "look": "", "note": "", "kind": "total", "address": "",
    }  # fmt: skip
    if (base := table.total_base) and table.info.suffix == "%":
        total["base"] = format_value(base)
        total["value"] = "" if table.total is None else table.info.show(100 * table.total / base)
    return {
        "columns": [table.info.counted[1].capitalize(), table.info.base_noun[1].capitalize(), table.info.short_unit],
        "rows": [*rows, total],
        "most": table.info.show(most),
    }


def _row(figures: Figures, table: AreaTable, row: AreaRow, drawn: str, most: float) -> Answer:
    info = table.info
    bar = None
    if row.value is not None and most:
        lower, upper = (row.value if one is None else one for one in (row.lower, row.upper))
        bar = {"left": _percent(lower, most), "width": _percent(upper - lower, most), "at": _percent(row.value, most)}
    kind = "area" if row.is_area else "extra"
    kind = "county" if row.code == table.county.code else kind
    return {
        "code": row.code,
        "name": row.name,
        "count": format_value(row.count),
        "base": "" if row.denominator is None else format_value(row.denominator),
        "value": "" if row.value is None else info.show(row.value),
        "interval": info.show_range(row.lower, row.upper),
        "bar": bar,
        "look": drawn,
        # Why rates are withheld is said once, in the sentence above.
        "note": flag_words(figures.store, row).partition(":")[0] if row.is_area else flag_words(figures.store, row),
        "kind": kind,
        "address": _address(info.key, table.scheme.key, table.period, row.code) if kind == "area" else "",
    }


def _percent(part: float, whole: float) -> float:
    return round(max(0.0, min(100.0, 100 * part / whole)), 1)
