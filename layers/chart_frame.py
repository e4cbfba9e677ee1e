"""What every chart shares: its frame, axes and text. A spec is plain data that Plotly's script draws.

Colours are names of CSS variables, so that one spec serves light, dark and paper. Heights are in pixels and widths are
whatever the screen has, so that what stands above or beside a mark is placed by pixels from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10
from textwrap import wrap
from typing import Any

from layers.format import format_value

Spec = dict[str, Any]
"""A figure as Plotly takes it: ``data`` and ``layout``."""

INK, SOFT, LINE, PANEL, CLEAR = "var(--ink)", "var(--soft)", "var(--line)", "var(--panel)", "rgba(0,0,0,0)"
COLOURS = tuple(f"var(--chart-{number})" for number in range(1, 5))
"""Told apart without them too: by marks, dashes or labels."""

RECORDS, PRINTED = "from the records", "printed"
"""Names of the two kinds of figure in a legend."""

TEXT_PX, SMALL_PX = 13, 12
CHARACTER_PX = 7
"""About what a character of text takes, on the wide side."""

LEFT_PX, RIGHT_PX, FOOT_PX, LEGEND_PX = 60, 18, 52, 34
"""Margins: numbers with the title of their axis, the other side, the horizontal axis, a legend above."""

STANDOFF_PX = 6
"""Between names and their axis, so that a ring at 0 hides none."""


def plain_text(text: str) -> str:
    """Return text as Plotly shows it letter for letter: it would take some of it for markup."""
    return escape(text, quote=False)


def folded(text: str, characters: int) -> str:
    """Return text on lines of at most so many characters, where its words allow."""
    return "<br>".join(plain_text(line) for line in wrap(text, characters, break_long_words=False)) or ""


def lines_of(text: str) -> int:
    """Return how many lines a folded text takes."""
    return text.count("<br>") + 1


NOTHING = 1e-9
"""A figure that no axis could show apart from 0."""


def ticks(top: float, *, whole: bool = True, most: int = 5) -> list[float]:
    """Return round numbers from 0 to the first that is not under `top`.

    Parameters
    ----------
    top : float
        The greatest figure; up to `NOTHING` the axis goes to 1, so that it is never from 0 to 0.
    whole : bool, optional
        Whether only whole numbers make sense: counts.
    most : int, optional
        Steps at most.

    Returns
    -------
    list of float
        In steps of 1, 2 or 5 times a power of ten.
    """
    top = top if top > NOTHING else 1.0
    power = floor(log10(top / most))
    steps = (factor * 10.0**exponent for exponent in (power, power + 1) for factor in (1, 2, 5))
    step = next(one for one in steps if one * most >= top * (1 - 1e-9))
    if whole:
        step = max(1.0, step)
    decimals = max(0, -floor(log10(step)))
    return [round(number * step, decimals) for number in range(ceil(top / step * (1 - 1e-9)) + 1)]


def number_axis(title: str, marks: Sequence[float], end: float | None = None, suffix: str = "") -> dict[str, Any]:
    """Return an axis of numbers from 0.

    Parameters
    ----------
    title : str
        What it counts, with the unit.
    marks : sequence of float
        Where numbers stand, from `ticks`.
    end : float, optional
        Where the axis ends; by default at the last number.
    suffix : str, optional
        Follows each number.
    """
    step = marks[1] - marks[0]
    decimals = max(0, -floor(log10(step) + 1e-9))
    return {
        "title": {"text": plain_text(title), "font": {"size": SMALL_PX, "color": SOFT}, "standoff": 8},
        "range": [0, marks[-1] if end is None else end],
        "tickvals": list(marks),
        "ticktext": [format_value(mark, decimals, suffix=suffix) for mark in marks],
        **_quiet_axis(),
        "gridcolor": LINE,
    }


def name_axis(places: Sequence[float | str], names: Sequence[str], bounds: Sequence[float | str]) -> dict[str, Any]:
    """Return an axis of names, without lines.

    Parameters
    ----------
    places, names : sequences
        Where each name stands, and the names, folded.
    bounds : sequence of two
        Where the axis begins and ends.
    """
    return {
        "range": list(bounds),
        "tickvals": list(places),
        "ticktext": list(names),
        **_quiet_axis(),
        "showgrid": False,
        "showline": True,
        "linecolor": SOFT,
        "ticklabelstandoff": STANDOFF_PX,
    }


def _quiet_axis() -> dict[str, Any]:
    font = {"size": SMALL_PX, "color": SOFT}
    return {"fixedrange": True, "zeroline": False, "tickfont": font, "tickangle": 0, "automargin": False}


def frame(height: int, margin: tuple[int, int, int, int], *, legend: bool = False, **more: Any) -> dict[str, Any]:
    """Return a layout.

    Parameters
    ----------
    height : int
        In pixels, the margins included.
    margin : tuple of int
        Left, right, top and bottom, in pixels.
    legend : bool, optional
        Whether there is one: one line above the chart, in the top margin.
    **more
        Axes, shapes and annotations.
    """
    left, right, top, bottom = margin
    return {
        "height": height,
        "autosize": True,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "font": {"size": TEXT_PX, "color": INK},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": PANEL, "bordercolor": SOFT, "font": {"color": INK, "size": TEXT_PX}, "align": "left"},
        "showlegend": legend,
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "yref": "paper",
            "font": {"size": SMALL_PX, "color": INK}, "itemclick": False, "itemdoubleclick": False,
        },
        **more,
    }  # fmt: skip


def label(text: str, **where: Any) -> dict[str, Any]:
    """Return an annotation without an arrow, of folded text; `where` is x, y, their references, anchors and shifts."""
    return {
        "text": text,
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "font": {"size": TEXT_PX, "color": INK},
    } | where
