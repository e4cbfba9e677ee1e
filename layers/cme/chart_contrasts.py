"""Which areas of a chart with intervals are clearly different from all together, in one short sentence."""

from __future__ import annotations

from collections.abc import Iterable

from layers.basis import MODELLED_POPULATION
from layers.chart_intervals import Interval, IntervalPanel

WHOLE = "diamond"
"""The mark of all together."""

ALIKE = "No locality is clearly different: every 95% interval takes in the figure of all together."
REST = "Every other interval takes in the figure of all together."
NOTHING = "There is nothing to compare: no locality has an interval beside a figure of all together."


def contrasts(panels: Iterable[tuple[IntervalPanel, bool]]) -> str:
    """Return which areas are clearly different, measure by measure: those whose interval leaves the dashed line out.

    The rule is that of `layers.words.against_county`, on the figures before they are rounded.

    Parameters
    ----------
    panels : iterable of (IntervalPanel, bool)
        The measures, each with whether its rates are on a modelled population: a reader is told.
    """
    compared, said = 0, []
    for panel, modelled in panels:
        line = panel.line
        areas = [row for row in panel.rows if line and row.symbol != WHOLE and row.lower is not None]
        compared += len(areas)
        ways = [(row.name, way) for row in areas if line and (way := _way(row, line[0]))]
        if ways:
            whole = next((row.name for row in panel.rows if row.symbol == WHOLE), "all together")
            differs = " and ".join(f"{name} {way}" for name, way in ways)
            on = f", on a {MODELLED_POPULATION}" if modelled else ""
            said.append(f"{panel.title[:1].lower()}{panel.title[1:]} ({differs} than {whole}{on})")
    if not compared:
        return NOTHING
    return f"Clearly different: {'; '.join(said)}. {REST}" if said else ALIKE


def _way(row: Interval, figure: float) -> str:
    if row.lower is not None and row.lower > figure:
        return "higher"
    return "lower" if row.upper is not None and row.upper < figure else ""
