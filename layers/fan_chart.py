"""The fan chart: what was counted, the forecast with its bands, and the places that are there, by January."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from layers.chart_frame import (
    COLOURS,
    FOOT_PX,
    INK,
    LEFT_PX,
    LEGEND_PX,
    RIGHT_PX,
    SOFT,
    Spec,
    frame,
    number_axis,
    plain_text,
    ticks,
)
from layers.format import format_value

FAN_PX = 340
BAND_80, BAND_95 = "var(--fan-80)", "var(--fan-95)"
"""Colours of the bands: two steps of one hue, told apart by their edges too."""

HALF_YEAR = 0.5


class FanPoint(NamedTuple):
    """A forecast January.

    Attributes
    ----------
    year : int
        Of the census.
    median, lower_80, upper_80, lower_95, upper_95 : float
        Of the draws; all the same in the base year.
    """

    year: int
    median: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float


class Marker(NamedTuple):
    """A single figure that somebody else expects.

    Attributes
    ----------
    year : int
        Of the January.
    value : float
        In the unit of the chart.
    name : str
        For the legend.
    """

    year: int
    value: float
    name: str


def fan(
    points: Sequence[FanPoint],
    title: str,
    *,
    counted: Sequence[tuple[int, float]] = (),
    places: Sequence[tuple[int, float]] = (),
    mark: Marker | int | None = None,
    height: int = FAN_PX,
) -> Spec:
    """Return a fan chart.

    Parameters
    ----------
    points : sequence of FanPoint
        By year, the base first; at least two.
    title : str
        Of the vertical axis, with its unit.
    counted : sequence of (int, float), optional
        Januaries up to the base, as counted.
    places : sequence of (int, float), optional
        Working places by January: a line that steps halfway between two of them.
    mark : Marker or int, optional
        A figure that somebody expects, or a January that is marked by a line.
    height : int, optional
        In pixels, all in all.
    """
    marker = mark if isinstance(mark, Marker) else None
    data: list[dict[str, Any]] = []
    data += _band(points, (4, 5), BAND_95, "95% band")
    data += _band(points, (2, 3), BAND_80, "80% band")
    years = [point.year for point in points]
    line = {"color": COLOURS[0], "width": 3}
    said = [plain_text(_words(point)) for point in points]
    middle = {"type": "scatter", "mode": "lines+markers", "x": years, "y": [one.median for one in points], "line": line}
    data.append(middle | {"marker": {"size": 6}, "name": "forecast, median", "hovertext": said, "hoverinfo": "text"})
    if counted:
        dots = {"symbol": "circle", "size": 8, "color": INK}
        hover = [f"January {year}: {format_value(value)} counted" for year, value in counted]
        trace = {"type": "scatter", "mode": "markers", "x": [one[0] for one in counted]}
        data.append(trace | {"y": [one[1] for one in counted], "marker": dots, "name": "counted", "hovertext": hover,
                             "hoverinfo": "text", "cliponaxis": False})  # fmt: skip
    if places:
        data.append(_steps(places))
    if marker:
        sign: dict[str, Any] = {
            "symbol": "diamond",
            "size": 12,
            "color": COLOURS[3],
            "line": {"color": INK, "width": 1},
        }
        hover = [plain_text(f"{marker.name}, January {marker.year}")]
        point = {"type": "scatter", "mode": "markers", "x": [marker.year], "y": [marker.value], "marker": sign}
        data.append(point | {"name": plain_text(marker.name), "hovertext": hover, "hoverinfo": "text"})
    tops = [point.upper_95 for point in points] + [value for _, value in (*counted, *places)]
    marks = ticks(max([*tops, marker.value if marker else 0.0]), whole=True)
    first = min([years[0], *(year for year, _ in counted)])
    axes = {"xaxis": _year_axis(first, years[-1]), "yaxis": number_axis(title, marks)}
    more = {"shapes": [_upright(mark)]} if isinstance(mark, int) else {}
    layout = frame(height, (LEFT_PX, RIGHT_PX, LEGEND_PX + 22, FOOT_PX), legend=True, **axes, **more)
    return {"data": data, "layout": layout}


def _words(point: FanPoint) -> str:
    if point.lower_95 == point.upper_95:
        return f"January {point.year}: {format_value(point.median)} counted"
    band = f"{format_value(point.lower_80)} to {format_value(point.upper_80)}"
    return f"January {point.year}: {format_value(point.median)}, 80% band {band}"


def _band(points: Sequence[FanPoint], columns: tuple[int, int], colour: str, name: str) -> list[dict[str, Any]]:
    lower, upper = columns
    years = [point.year for point in points]
    edge = {"color": SOFT, "width": 1, "dash": "dot"}
    below = {"type": "scatter", "mode": "lines", "x": years, "y": [point[lower] for point in points], "line": edge}
    above = {"type": "scatter", "mode": "lines", "x": years, "y": [point[upper] for point in points], "line": edge}
    return [
        below | {"showlegend": False, "hoverinfo": "skip"},
        above | {"fill": "tonexty", "fillcolor": colour, "name": name, "hoverinfo": "skip"},
    ]


def _steps(places: Sequence[tuple[int, float]]) -> dict[str, Any]:
    line = {"shape": "hvh", "color": COLOURS[3], "width": 3, "dash": "dash"}
    hover = [f"January {year}: {format_value(value)} working places" for year, value in places]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [year for year, _ in places],
        "y": [value for _, value in places],
        "line": line,
        "name": "working places",
        "hovertext": hover,
        "hoverinfo": "text",
    }


def _marked(marker: Marker) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [marker.year],
        "y": [marker.value],
        "marker": {"symbol": "diamond", "size": 12, "color": COLOURS[3], "line": {"color": INK, "width": 1}},
        "name": plain_text(marker.name),
        "hovertext": [plain_text(f"{marker.name}, January {marker.year}")],
        "hoverinfo": "text",
    }


def _year_axis(first: int, last: int) -> dict[str, Any]:
    """Return the axis of Januaries: all of them where they fit on a phone, else every other one."""
    years = list(range(first, last + 1))
    step = 1 if len(years) < 7 else 2
    shown = [year for year in years if (last - year) % step == 0]
    font = {"size": 12, "color": SOFT}
    return {
        "title": {"text": "January", "font": font, "standoff": 8},
        "range": [first - HALF_YEAR, last + HALF_YEAR],
        "tickvals": shown,
        "ticktext": [str(year) for year in shown],
        "tickfont": font,
        "tickangle": 0,
        "fixedrange": True,
        "zeroline": False,
        "showgrid": False,
        "showline": True,
        "linecolor": SOFT,
        "automargin": False,
    }


def _upright(year: int) -> dict[str, Any]:
    line = {"color": SOFT, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": year, "x1": year, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}
