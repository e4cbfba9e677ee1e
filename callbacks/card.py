"""The card of the chosen area, or of two side by side: figure, interval, rank, change and trend."""

from __future__ import annotations

from typing import Any

from callbacks.figures import Figures, is_year
from callbacks.state import MapState
from geodata.periods import Period
from layers.base import AreaRow
from layers.format import round_half_up
from layers.registry import find_layer, split_key
from layers.table import AreaTable, county_area
from layers.words import against_county, change_words, count_words, flag_words, may_rank, rank_words, unit_words


def trend_periods(figures: Figures, state: MapState) -> tuple[Period, ...]:
    """Return the periods a trend runs over: those as long as the chosen one, or months where there is but one
    year. A year that still runs is left out: it cannot be compared with a whole one.
    """
    periods = tuple(period for period in find_layer(state.layer).periods(figures.store) if not period.partial)
    alike = tuple(period for period in periods if is_year(period.key) == is_year(state.period))
    return alike if len(alike) > 1 else tuple(period for period in periods if not is_year(period.key))


def _series(figures: Figures, state: MapState, area: tuple[str, str], periods: tuple[Period, ...]) -> list[AreaRow]:
    scheme = "county" if area == county_area(figures.store) else state.scheme
    layer = find_layer(state.layer)
    return [layer.rows(figures.store, scheme, [area], period)[0] for period in periods]


def _plain(value: float | None, decimals: int) -> float | None:
    """Return a figure short enough to travel, for drawing only."""
    return None if value is None else float(round_half_up(value, decimals))


def _face(
    figures: Figures, table: AreaTable, row: AreaRow, series: list[AreaRow], periods: tuple[Period, ...]
) -> dict[str, Any]:
    info = table.info
    at = next((n for n, period in enumerate(periods) if period.key == table.period.key), 0)
    return {
        "code": row.code,
        "name": row.name,
        "value": info.show(row.value),
        "interval": info.show_range(row.lower, row.upper),
        "bounds": [_plain(bound, 3) for bound in (row.value, row.lower, row.upper)],
        "count": count_words(table, row),
        "why": flag_words(figures.store, row),
        "rank": rank_words(figures.store, table, row),
        "change": change_words(info, row, series[at - 1], periods[at - 1].label) if at else "",
        "versus": against_county(table, row) if may_rank(figures.store, table) else "",
        "trend": [_plain(other.value, info.decimals) for other in series],
    }


def difference_words(first: AreaRow, second: AreaRow) -> str:
    """Return whether two areas clearly differ: only when their intervals do not meet."""
    bounds = (first.lower, first.upper, second.lower, second.upper)
    if any(bound is None for bound in bounds) or first.value is None or second.value is None:
        return ""
    low, high = (first, second) if first.value < second.value else (second, first)
    if (low.upper or 0) < (high.lower or 0):
        return f"{high.name} is clearly higher than {low.name}: their intervals do not meet."
    return "Their intervals overlap, so this is no clear difference."


def layer_name(key: str) -> str:
    """Return the title of a layer with the words of its variant: "Primary need: Autistic spectrum disorder"."""
    layer = find_layer(key)
    variant = layer.variants.get(split_key(layer.info.key)[1])
    return f"{layer.info.title}: {variant}" if variant else layer.info.title


def area_card(figures: Figures, state: MapState) -> dict[str, Any]:
    """Return the card: of the county while no area is chosen.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    state : MapState
        With the chosen area and the one beside it.

    Returns
    -------
    dict
        ``faces`` has one entry, or two to compare; ``when`` the first and last label of the trend.
    """
    table = figures.table(state.layer, state.scheme, state.period)
    periods = trend_periods(figures, state)
    codes = [code for code in (state.area, state.beside) if code] or [table.county.code]
    rows = [row for code in codes if (row := table.row(code)) is not None]
    faces = [
        _face(figures, table, row, _series(figures, state, (row.code, row.name), periods), periods) for row in rows
    ]
    return {
        "faces": faces,
        "title": layer_name(state.layer),
        "on": table.period.label,
        "unit": unit_words(table.info, rows[0]),
        "place": figures.store.profile.name if not state.area else table.scheme.one,
        "chosen": bool(state.area),
        "when": [periods[0].label, periods[-1].label] if periods else [],
        "monthly": is_year(state.period) and not is_year(periods[-1].key) if periods else False,
        "difference": difference_words(*rows) if len(rows) == 2 and may_rank(figures.store, table) else "",
        "tags": list(table.basis),
    }
