"""The timeline of planned places: a bar for each scheme from its opening, darker as its places fill up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from layers.chart_frame import (
    COLOURS,
    FOOT_PX,
    INK,
    LEGEND_PX,
    SMALL_PX,
    SOFT,
    Spec,
    folded,
    frame,
    label,
    lines_of,
    plain_text,
)
from layers.format import format_value

BAR_PX, LINE_PX, GAP_PX = 18, 16, 12
"""A bar, a line of the name above it, and the space between schemes."""

NAME_CHARACTERS = 48
OPENS, SLIPS, LATE = "opens", "opened late by the slippage", "due by now, no pupils on the list yet"

SIGNS = {OPENS: ("diamond", COLOURS[1]), SLIPS: ("diamond-open", COLOURS[1]), LATE: ("triangle-down", COLOURS[3])}
"""How an opening stands -> its sign and colour."""

DARK_FROM = 0.6
"""Share of its places from which on a bar is so dark that its figure is light."""


class Scheme(NamedTuple):
    """A planned scheme.

    Attributes
    ----------
    name : str
        Stands above its bar.
    opens, slipped : datetime.date
        First day as planned, and with the slippage.
    steps : sequence of (int, float)
        Working places by January, as long as they grow, the first one that has them all included.
    late : bool
        Whether the day has passed and nobody attends.
    """

    name: str
    opens: date
    slipped: date
    steps: Sequence[tuple[int, float]]
    late: bool = False


def timeline(schemes: Sequence[Scheme], years: tuple[int, int], today: date | None = None) -> Spec:
    """Return the timeline of planned schemes.

    Parameters
    ----------
    schemes : sequence of Scheme
        In the order of the rows; at least one.
    years : tuple of int
        First and last January of the axis.
    today : datetime.date, optional
        A line stands there.
    """
    data: list[dict[str, Any]] = []
    notes = []
    middles = []
    height = float(GAP_PX)
    for one in schemes:
        name = folded(one.name, NAME_CHARACTERS)
        middles.append(height + LINE_PX * lines_of(name) + 6 + BAR_PX / 2)
        data += _bars(one, middles[-1], years)
        edge = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "bottom", "y": middles[-1] - BAR_PX / 2 - 1}
        notes.append(label(name, **edge, font={"size": SMALL_PX, "color": INK}))
        height = middles[-1] + BAR_PX / 2 + GAP_PX
    data += _signs(schemes, middles)
    axis = {
        "range": [years[0] - 0.5, years[1] + 0.5],
        "tickvals": list(range(years[0], years[1] + 1)),
        "ticktext": [f"Jan<br>{year}" for year in range(years[0], years[1] + 1)],
        "tickfont": {"size": SMALL_PX, "color": SOFT},
        "tickangle": 0,
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": "var(--line)",
        "automargin": False,
    }
    upright = {"range": [height, 0], "visible": False, "fixedrange": True}
    shapes = [_today(today)] if today is not None and years[0] - 0.5 <= moment(today) <= years[1] + 0.5 else []
    layout = frame(
        round(height) + LEGEND_PX + FOOT_PX, (12, 12, LEGEND_PX, FOOT_PX), legend=True, xaxis=axis, yaxis=upright,
        annotations=notes, shapes=shapes,
    )  # fmt: skip
    return {"data": data, "layout": layout | {"barmode": "overlay"}}


def moment(day: date) -> float:
    """Return a day as a year with its part: mid-January of 2027 is 2027, as the censuses stand on the axis."""
    return day.year + (day.timetuple().tm_yday - 15) / 365.25


def _bars(one: Scheme, middle: float, years: tuple[int, int]) -> list[dict[str, Any]]:
    """Return the steps of one scheme: each from its January (the first from its opening) to the next."""
    found: list[dict[str, Any]] = []
    if not one.steps:
        return found
    most = max(value for _, value in one.steps)
    starts = [max(moment(one.slipped), years[0] - 0.5), *(year for year, _ in one.steps[1:])]
    ends = [*starts[1:], years[1] + 0.5]
    for (year, value), start, end in zip(one.steps, starts, ends, strict=True):
        share = value / most if most else 0.0
        hover = f"{one.name}: {format_value(value)} working places in January {year}"
        found.append({
            "type": "bar", "orientation": "h", "base": [start], "x": [max(0.0, end - start)], "y": [middle],
            "width": [BAR_PX], "marker": {"color": COLOURS[0], "opacity": 0.25 + 0.75 * share,
                                          "line": {"color": COLOURS[0], "width": 1}},
            "text": [format_value(value)], "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
            "textfont": {"size": SMALL_PX, "color": "var(--panel)" if share > DARK_FROM else INK},
            "hovertext": [plain_text(hover)], "hoverinfo": "text", "showlegend": False,
        })  # fmt: skip
    return found


def _signs(schemes: Sequence[Scheme], middles: Sequence[float]) -> list[dict[str, Any]]:
    """Return the marks at the openings, by kind, each with its own shape and name."""
    found = []
    for name, (symbol, colour) in SIGNS.items():
        rows = [(middle, one) for middle, one in zip(middles, schemes, strict=True) if _sign_of(one) == name]
        if rows:
            found.append({
                "type": "scatter", "mode": "markers", "name": name,
                "x": [moment(one.opens) for _, one in rows],
                "y": [middle for middle, _ in rows],
                "marker": {"symbol": symbol, "size": 13, "color": colour, "line": {"color": INK, "width": 1}},
                "hovertext": [plain_text(f"{one.name}: {one.opens.isoformat()}") for _, one in rows],
                "hoverinfo": "text",
            })  # fmt: skip
    return found


def _sign_of(one: Scheme) -> str:
    if one.late:
        return LATE
    return OPENS if one.slipped == one.opens else SLIPS


def _today(day: date) -> dict[str, Any]:
    line = {"color": SOFT, "width": 1, "dash": "dot"}
    at = moment(day)
    return {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}
