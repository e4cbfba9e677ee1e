"""What the map shows for one layer, scheme and period: classes, figures and words, without any geometry."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from callbacks.figures import Figures, is_year
from callbacks.state import MapState
from layers.base import CONFIDENTIAL, MODELLED_BASE, AreaRow, LayerInfo
from layers.classify import MISSING, WITHHELD, ZERO, class_of
from layers.format import format_value, round_half_up
from layers.palette import steps
from layers.table import AreaTable
from layers.words import sentence

LOOK_WORDS = {ZERO: "None", MISSING: "No figure", WITHHELD: "Rate withheld"}


def class_steps(info: LayerInfo, limits: tuple[float, ...]) -> tuple[int, ...]:
    """Return the colour step of each class, lowest figures first; the dark end is where there is more of it."""
    found = steps(len(limits) + 1)
    return found[::-1] if info.low_is_more else found


def look(row: AreaRow, limits: tuple[float, ...], info: LayerInfo) -> str:
    """Return how an area is drawn: a colour step "0" to "4", or one of the looks that are no class.

    The figure is classed as it is shown, rounded, so that map and legend never disagree.
    """
    if row.value is None:
        return WITHHELD if row.flag in (CONFIDENTIAL, MODELLED_BASE) else MISSING
    if row.count == 0 and row.value <= 0:  # a smoothed rate is above 0 where nothing was counted
        return ZERO
    shown = float(round_half_up(row.value, info.decimals))
    return str(class_steps(info, limits)[class_of(shown, limits)])


def class_words(info: LayerInfo, limits: tuple[float, ...]) -> list[str]:
    """Return the words of each class, lowest first: "under 0.5", "0.5 to 0.9", "1.0 or more".

    Grades come in even classes, so their ends have both bounds too: "1 to 2" of ten, and not "under 3".
    """
    if not limits:
        return ["All areas"]
    step = 10.0**-info.decimals

    def between(bounds: tuple[float, ...]) -> list[str]:
        return [
            info.show(low) if round(high - step, 6) <= low else f"{info.show(low)} to {info.show(high - step)}"
            for low, high in pairwise(bounds)
        ]

    widths = {round(high - low, 6) for low, high in pairwise(limits)}
    if info.fixed_limits and len(widths) == 1:
        width = widths.pop()
        return between((limits[0] - width, *limits, limits[-1] + width))
    return [f"under {info.show(limits[0])}", *between(limits), f"{info.show(limits[-1])} or more"]


def legend(table: AreaTable, looks: str, limits: tuple[float, ...]) -> list[list[str | int]]:
    """Return [look, words, number of areas] for each class, darkest first, then for the other looks that occur."""
    found = Counter(looks)
    names = zip(class_steps(table.info, limits), class_words(table.info, limits), strict=True)
    classes: list[list[str | int]] = [
        [str(step), words, found[str(step)]] for step, words in sorted(names, reverse=True)
    ]
    others: list[list[str | int]] = [[key, words, found[key]] for key, words in LOOK_WORDS.items() if found[key]]
    return [*(classes if any(row[2] for row in classes) else ()), *others]


def map_view(figures: Figures, state: MapState) -> dict[str, Any]:
    """Return the view, small enough to travel at every switch.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    state : MapState
        What to show.

    Returns
    -------
    dict
        ``looks`` has one character an area and ``values`` the figures joined by "|", both in the order of the
        scheme's shapes; the rest is words.
    """
    table = figures.table(state.layer, state.scheme, state.period)
    limits = figures.limits(state.layer, state.scheme, is_year(state.period))
    info, areas = table.info, table.areas
    looks = "".join(look(row, limits, info) for row in areas)
    return {
        "layer": state.layer,
        "scheme": state.scheme,
        "period": state.period,
        "title": f"{info.title}: {info.short_unit}",
        "when": table.period.label,
        "tags": list(table.basis),
        "looks": looks,
        "values": "|".join("" if row.value is None else info.show(row.value) for row in areas),
        "legend": legend(table, looks, limits),
        "extra": [format_value(row.count) for row in table.rows if not row.is_area],
        "total": format_value(table.total),
        "sentence": sentence(figures.store, table),
        "snapshot": table.snapshot,
    }
