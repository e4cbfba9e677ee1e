"""Charts of counts by time: a stock by date, columns in panels.

Each function returns a spec (`layers.chart_frame`); Plotly is not needed to make it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from layers.chart_frame import (
    CLEAR,
    COLOURS,
    FOOT_PX,
    INK,
    LEFT_PX,
    LEGEND_PX,
    PANEL,
    PRINTED,
    RECORDS,
    RIGHT_PX,
    SMALL_PX,
    SOFT,
    Spec,
    folded,
    frame,
    label,
    name_axis,
    number_axis,
    plain_text,
    ticks,
)
from layers.format import format_value

STOCK_PX, COLUMNS_PX, TITLE_PX = 300, 170, 40
RING = {"symbol": "circle", "size": 10, "color": PANEL, "line": {"width": 2, "color": INK}}
"""Mark of a printed figure."""


class Stock(NamedTuple):
    """How many there are on a day.

    Attributes
    ----------
    day : datetime.date
        At the end of which.
    found, printed, year_ago : int or None
        From the records, as printed, and a year before it.
    hover : str
        The same in words.
    """

    day: date
    found: int | None
    printed: int | None
    year_ago: int | None
    hover: str


class Bar(NamedTuple):
    """A named figure.

    Attributes
    ----------
    name : str
        Of the row or column.
    value, printed : float or None
        From the records, and as printed.
    text : str
        What stands at its end; it may have several lines.
    hover : str
        The whole in words.
    """

    name: str
    value: float | None
    printed: float | None
    text: str
    hover: str

    @property
    def longest(self) -> float:
        """Where its marks end."""
        return max(self.value or 0, self.printed or 0)


class Panel(NamedTuple):
    """Bars that belong together.

    Attributes
    ----------
    title : str
        May be empty.
    bars : sequence of Bar
        In their order.
    """

    title: str
    bars: Sequence[Bar]


def stock_line(points: Sequence[Stock], title: str) -> Spec:
    """Return a stock by date: a line from the records, rings where a figure is printed, the year before dashed.

    Parameters
    ----------
    points : sequence of Stock
        Rising by day; at least one with a figure.
    title : str
        Of the vertical axis, which begins at 0.
    """
    highest = max(count or 0 for point in points for count in point[1:4])
    marks = ticks(highest)
    counted = [point for point in points if point.found is not None]
    before = [point for point in points if point.year_ago is not None]
    printed = [point for point in points if point.printed is not None]
    data = []
    if before:
        line = {"color": SOFT, "width": 2, "dash": "dot"}
        data.append(_dated(before, [point.year_ago for point in before], "a year earlier", mode="lines", line=line))
    if counted:
        shown = {"mode": "lines+markers", "line": {"color": COLOURS[0], "width": 2.5}, "marker": {"size": 5}}
        data.append(_dated(counted, [point.found for point in counted], RECORDS, **shown))
    if printed:
        data.append(_dated(printed, [point.printed for point in printed], PRINTED, mode="markers", marker=RING))
    named = [(counted[-1], counted[-1].found)] if counted else [(point, point.printed) for point in printed]
    ends = [
        label(f"<b>{format_value(count)}</b>", x=point.day.isoformat(), y=count, xanchor="left", xshift=9)
        for point, count in named
    ]
    months = points[:: -max(1, -(-len(points) // 7))][::-1]
    texts = [f"{point.day:%b}<br>{point.day:%Y}" for point in months]
    edge = timedelta(days=10)
    bounds = [(points[0].day - edge).isoformat(), (points[-1].day + edge).isoformat()]
    across = name_axis([point.day.isoformat() for point in months], texts, bounds) | {"type": "date"}
    margin = (LEFT_PX, 40, LEGEND_PX, FOOT_PX)
    upright = number_axis(title, marks, max(marks[-1], highest * 1.06))
    return {
        "data": data,
        "layout": frame(
            STOCK_PX, margin, legend=bool(printed or before), xaxis=across, yaxis=upright, annotations=ends
        ),
    }


def _dated(points: Sequence[Stock], counts: Sequence[int | None], name: str, **how: Any) -> dict[str, Any]:
    days = [point.day.isoformat() for point in points]
    said = [plain_text(point.hover) for point in points]
    return marks_at(days, counts, said) | {"name": name, "cliponaxis": False} | how


def marks_at(x: Sequence[Any], y: Sequence[Any], hover: Sequence[str]) -> dict[str, Any]:
    """Return a trace of points or lines that says these words of each."""
    return {"type": "scatter", "x": list(x), "y": list(y), "hovertext": list(hover), "hoverinfo": "text"}


def columns(panels: Sequence[Panel], across: tuple[str, str], places: Sequence[tuple[float, float]] = ()) -> Spec:
    """Return columns, one panel above the other, with one scale for all.

    Parameters
    ----------
    panels : sequence of Panel
        With the same names in the same order, at least one.
    across : tuple of str
        Titles of the horizontal and of the vertical axis, which counts.
    places : sequence of tuple of float, optional
        Middle and width of each column; by default 0.8 wide, at 0, 1, 2 ...
    """
    names = [bar.name for bar in panels[0].bars]
    places = places or [(float(number), 0.8) for number in range(len(names))]
    highest = max(bar.longest for panel in panels for bar in panel.bars)
    marks = ticks(highest, most=4)
    # Above the highest column stands its text, of one line or two.
    room = 1.35 if any("\n" in bar.text for panel in panels for bar in panel.bars) else 1.16
    bounds = (places[0][0] - 0.6, places[-1][0] + places[-1][1] / 2 + 0.2)
    title = {"text": plain_text(across[0]), "font": {"size": SMALL_PX, "color": SOFT}, "standoff": 8}
    ringed = any_printed(panels)
    top = LEGEND_PX if ringed else 8
    titled = TITLE_PX if any(panel.title for panel in panels) else 0
    inner = len(panels) * (COLUMNS_PX + titled)
    data: list[dict[str, Any]] = []
    layout = frame(inner + top + FOOT_PX + 14, (LEFT_PX, RIGHT_PX, top, FOOT_PX + 14), legend=ringed)
    layout["xaxis"] = name_axis([place for place, _ in places], [folded(name, 5) for name in names], bounds) | {
        "title": title
    }
    layout["xaxis"]["anchor"] = f"y{len(panels)}" if len(panels) > 1 else "y"
    layout["annotations"], layout["shapes"] = [], []
    for number, panel in enumerate(panels):
        axis = "y" if number == 0 else f"y{number + 1}"
        high = 1 - (number * (COLUMNS_PX + titled) + titled) / inner
        span = [max(0.0, high - COLUMNS_PX / inner), high]
        layout[f"yaxis{axis[1:]}"] = number_axis(across[1], marks, max(marks[-1], highest * room)) | {"domain": span}
        for trace in bar_traces(panel.bars, places, COLOURS[number % len(COLOURS)], upright=True):
            data.append(trace | {"yaxis": axis, "showlegend": number == 0 and trace.get("showlegend", True)})
        ground = {"xref": "paper", "x0": 0, "x1": 1, "yref": axis, "y0": 0, "y1": 0}
        layout["shapes"].append({"type": "line", **ground, "line": {"color": SOFT, "width": 1}})
        if panel.title:
            where = {"xref": "paper", "yref": "paper", "x": 0, "y": high, "xanchor": "left", "yanchor": "bottom"}
            layout["annotations"].append(label(f"<b>{plain_text(panel.title)}</b>", **where, yshift=6))
    return {"data": data, "layout": layout | {"bargap": 0, "barmode": "overlay"}}


def any_printed(panels: Sequence[Panel]) -> bool:
    """Return whether printed figures stand beside or instead of others, which a legend must then tell."""
    return any(bar.printed is not None for panel in panels for bar in panel.bars)


def bar_traces(
    bars: Sequence[Bar], places: Sequence[tuple[float, float]], colour: str, *, upright: bool
) -> list[dict[str, Any]]:
    """Return the bars from the records, those only printed as outlines, rings of the others, and the texts.

    Parameters
    ----------
    bars : sequence of Bar
        In their order.
    places : sequence of tuple of float
        Middle and width of each.
    colour : str
        Of the bars.
    upright : bool
        Whether they are columns.
    """
    long, at = ("y", "x") if upright else ("x", "y")
    listed = list(zip(bars, places, strict=True))
    solid = [(bar.value, where, bar) for bar, where in listed if bar.value is not None]
    hollow = [(bar.printed, where, bar) for bar, where in listed if bar.value is None and bar.printed is not None]
    rings = [(bar.printed, where, bar) for bar, where in listed if bar.value is not None and bar.printed is not None]
    outline = {"color": CLEAR, "line": {"color": colour, "width": 2}}
    traces: list[dict[str, Any]] = []
    for kind, marker, name in ((solid, {"color": colour}, RECORDS), (hollow, outline, PRINTED)):
        if kind:
            trace = _along(kind, long, at) | {"type": "bar", "orientation": "v" if upright else "h", "name": name}
            traces.append(trace | {"width": [where[1] for _, where, _ in kind], "marker": marker})
    if rings:
        traces.append(_along(rings, long, at) | {"type": "scatter", "mode": "markers", "name": PRINTED, "marker": RING})
    known = [(bar.longest, where, bar) for bar, where in listed if bar.value is not None or bar.printed is not None]
    texts: dict[str, Any] = {"mode": "text+markers"}
    texts |= {"text": [plain_text(bar.text).replace("\n", "<br>") for *_, bar in known]}
    texts |= {"textposition": "top center" if upright else "middle right"}
    texts |= {"textfont": {"size": SMALL_PX, "color": INK}, "marker": {"size": 11 if rings else 4, "opacity": 0}}
    traces.append(_along(known, long, at) | {"type": "scatter", **texts, "showlegend": False, "hoverinfo": "skip"})
    return [trace if trace["type"] == "bar" else trace | {"cliponaxis": False} for trace in traces]


def _along(found: Sequence[tuple[float | None, tuple[float, float], Bar]], long: str, at: str) -> dict[str, Any]:
    said = [plain_text(bar.hover) for *_, bar in found]
    ends = [value for value, *_ in found]
    return {long: ends, at: [where[0] for _, where, _ in found], "hovertext": said, "hoverinfo": "text"}
