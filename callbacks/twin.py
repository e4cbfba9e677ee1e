"""The table twin of the map: the same rows, written out."""

from __future__ import annotations

from typing import Any

from callbacks.figures import Figures
from callbacks.state import MapState
from layers.base import AreaRow
from layers.format import format_value
from layers.table import AreaTable
from layers.words import flag_words


def _cells(figures: Figures, table: AreaTable, row: AreaRow) -> list[str]:
    info = table.info
    return [
        row.code,
        row.name,
        format_value(row.count),
        "" if row.denominator is None else format_value(row.denominator),
        info.show(row.value),
        info.show_range(row.lower, row.upper),
        flag_words(figures.store, row),
    ]


def table_twin(figures: Figures, state: MapState) -> dict[str, Any]:
    """Return the table of a view.

    Returns
    -------
    dict
        ``head`` with the column titles; ``rows`` with code, name, count, base, figure, interval and note of every
        area; ``foot`` with the rows that complete it, the county and the total.
    """
    table = figures.table(state.layer, state.scheme, state.period)
    many = table.info.counted[1]
    rates = any(row.denominator is not None for row in table.areas)
    foot = [_cells(figures, table, row) for row in table.rows if not row.is_area]
    county = [_cells(figures, table, table.county)] if table.scheme.key != "county" else []
    total = ["", "Total", format_value(table.total), "", "", "", ""]
    return {
        "caption": f"{table.info.subject}: {table.info.title}, by {table.scheme.one}, {table.period.label}",
        "head": [
            table.scheme.one[0].upper() + table.scheme.one[1:],
            many[0].upper() + many[1:],
            "Base" if rates else "",
            table.info.short_unit,
            "95% interval" if rates else "",
            "Note",
        ],
        "rows": [_cells(figures, table, row) for row in table.areas],
        "foot": [*foot, *county, total],
        "method": table.info.method,
        "source": table.info.source,
        "tags": list(table.basis),
    }
