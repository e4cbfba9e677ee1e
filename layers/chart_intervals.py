"""Charts of areas side by side: the figure of each with its interval, a panel for each measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from layers.chart_frame import (
    CHARACTER_PX,
    COLOURS,
    FOOT_PX,
    INK,
    RIGHT_PX,
    SMALL_PX,
    SOFT,
    STANDOFF_PX,
    Spec,
    folded,
    frame,
    label,
    name_axis,
    number_axis,
    plain_text,
    ticks,
)
from layers.charts import marks_at

NAME_CHARACTERS, ROW_PX, HEAD_PX = 16, 36, 48
"""Of a name: characters on a line. Of a panel: the height of a row, and that of its title and of what the line is."""

NO_FIGURE = "no figure"


@dataclass(frozen=True)
class Interval:
    """The figure of an area with its limits.

    Attributes
    ----------
    name : str
        The area.
    value, lower : float or None
        The figure and its lower limit; None where it has none.
    upper : float or None
        None where the upper limit is beyond what is known.
    hover : str
        The whole in words.
    symbol : str
        Plotly's name of the mark: areas of different kinds have different ones.
    """

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    hover: str
    symbol: str = "circle"


class IntervalPanel(NamedTuple):
    """One measure.

    Attributes
    ----------
    title, axis : str
        Of the panel, and of its axis, with the unit.
    rows : sequence of Interval
        At least one with a figure.
    line : tuple of (float, str) or None
        The figure of all together, drawn as a dashed line, and what it is.
    suffix : str
        Of the numbers of the axis.
    """

    title: str
    axis: str
    rows: Sequence[Interval]
    line: tuple[float, str] | None = None
    suffix: str = ""


def intervals(panels: Sequence[IntervalPanel]) -> Spec:
    """Return points with their intervals, a panel for each measure with an axis of its own.

    Parameters
    ----------
    panels : sequence of IntervalPanel
        At least one, all with as many rows: the same areas in the same order.

    Returns
    -------
    dict
        Panels one under the other. ``layout.meta`` holds what a script needs to put them side by side: how many there
        are, and the pixels of a whole panel, of its head and of its rows.
    """
    names = [[folded(row.name, NAME_CHARACTERS) for row in panel.rows] for panel in panels]
    middles = [ROW_PX * (place + 0.5) for place in range(len(names[0]))]
    body = ROW_PX * len(middles)
    whole = HEAD_PX + body + FOOT_PX
    left = (
        max(len(line) for own in names for name in own for line in name.split("<br>")) * CHARACTER_PX + 8 + STANDOFF_PX
    )
    data: list[dict[str, Any]] = []
    layout = frame(whole * len(panels) + 4, (left, RIGHT_PX, 0, 4), annotations=[], shapes=[])
    layout["meta"] = {"panels": len(panels), "whole": whole, "head": HEAD_PX, "body": body}
    for number, panel in enumerate(panels):
        tail = str(number + 1) if number else ""
        top = 1 - (number * whole + HEAD_PX) / (whole * len(panels))
        span = [max(0.0, top - body / (whole * len(panels))), top]
        marks = _marks(panel)
        here = {"xaxis": f"x{tail}", "yaxis": f"y{tail}"}
        data += [trace | here for trace in _traces(panel.rows, middles, marks[-1])]
        upright = name_axis(middles, names[number], (body, 0)) | {"domain": span, "anchor": f"x{tail}"}
        upright["tickfont"] = {"size": SMALL_PX, "color": INK}
        layout[f"yaxis{tail}"] = upright
        layout[f"xaxis{tail}"] = number_axis(panel.axis, marks, suffix=panel.suffix) | {"anchor": f"y{tail}"}
        layout["annotations"] += _words(panel, (f"x{tail}", f"y{tail}"), left, marks[-1])
        if panel.line:
            ends = {"x0": panel.line[0], "x1": panel.line[0], "y0": 0, "y1": body}
            stroke = {"color": INK, "width": 1.5, "dash": "dash"}
            where = {"xref": f"x{tail}", "yref": f"y{tail}", "layer": "below"}
            layout["shapes"].append({"type": "line", **ends, **where, "line": stroke})
    return {"data": data, "layout": layout}


def _marks(panel: IntervalPanel) -> list[float]:
    ends = [one for row in panel.rows for one in (row.value, row.upper) if one is not None]
    return ticks(max([*ends, panel.line[0] if panel.line else 0.0]), whole=False)


def _traces(rows: Sequence[Interval], middles: Sequence[float], end: float) -> list[dict[str, Any]]:
    """Return the points with their whiskers, an arrow where a limit is unknown, and words where there is no figure."""
    known = [(row, row.value, row.lower, at) for row, at in zip(rows, middles, strict=True)]
    drawn = [(row, value, lower, at) for row, value, lower, at in known if value is not None and lower is not None]
    whiskers = {
        "type": "data",
        "symmetric": False,
        "array": [(end if row.upper is None else row.upper) - value for row, value, _, _ in drawn],
        "arrayminus": [value - lower for _, value, lower, _ in drawn],
        "thickness": 2,
        "width": 5,
        "color": COLOURS[0],
    }
    said = [plain_text(row.hover) for row, *_ in drawn]
    places = [at for *_, at in drawn]
    mark = {"symbol": [row.symbol for row, *_ in drawn], "size": 11, "color": COLOURS[0]}
    points = marks_at([value for _, value, _, _ in drawn], places, said)
    traces = [points | {"mode": "markers", "marker": mark, "error_x": whiskers, "cliponaxis": False}]
    beyond = [(at, plain_text(row.hover)) for row, _, _, at in drawn if row.upper is None]
    if beyond:
        arrow = {"symbol": "triangle-right", "size": 10, "color": COLOURS[0]}
        far = marks_at([end] * len(beyond), [at for at, _ in beyond], [text for _, text in beyond])
        traces.append(far | {"mode": "markers", "marker": arrow, "cliponaxis": False})
    missing = [(row, at) for row, value, lower, at in known if value is None or lower is None]
    if missing:
        texts = {"mode": "text", "text": [NO_FIGURE] * len(missing), "textposition": "middle right"}
        blank = marks_at([0] * len(missing), [at for _, at in missing], [plain_text(row.hover) for row, _ in missing])
        traces.append(blank | texts | {"textfont": {"size": SMALL_PX, "color": SOFT}, "cliponaxis": False})
    return traces


def _words(panel: IntervalPanel, axes: tuple[str, str], left: int, end: float) -> list[dict[str, Any]]:
    """Return the title of a panel over its names, and what the dashed line is over the line."""
    above = {"yref": f"{axes[1]} domain", "y": 1, "yanchor": "bottom"}
    start = {"xref": f"{axes[0]} domain", "x": 0, "xanchor": "left", "xshift": 8 - left}
    words = [label(f"<b>{plain_text(panel.title)}</b>", **above, **start, yshift=22)]
    if panel.line:
        share = panel.line[0] / end
        anchor = "left" if share < 0.3 else "right" if share > 0.7 else "center"
        here = {"xref": axes[0], "x": panel.line[0], "xanchor": anchor, "yshift": 3}
        words.append(label(plain_text(panel.line[1]), **above, **here) | {"font": {"size": SMALL_PX, "color": INK}})
    return words
