"""Charts of named bars in panels, one under the other. Names stand above or beside their bars, by pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from layers.chart_frame import (
    CHARACTER_PX,
    COLOURS,
    FOOT_PX,
    INK,
    LEGEND_PX,
    RIGHT_PX,
    SMALL_PX,
    STANDOFF_PX,
    Spec,
    folded,
    frame,
    label,
    lines_of,
    name_axis,
    number_axis,
    ticks,
)
from layers.charts import Panel, any_printed, bar_traces

BAR_PX, ROW_PX, LINE_PX, GAP_PX = 16, 28, 17, 14
"""A bar, a row, a line of text above it, and the space between panels."""

BESIDE = 14
"""Characters of names that stand beside their row; where one is longer, all stand above, so that a phone has room."""


def bars(panels: Sequence[Panel], title: str, *, whole: bool = True) -> Spec:
    """Return horizontal bars in panels one under the other, with one scale for all.

    Parameters
    ----------
    panels : sequence of Panel
        At least one bar with a figure.
    title : str
        Of the axis.
    whole : bool, optional
        Whether the figures are counts.
    """
    rows = _Rows.of([(panel.title, [bar.name for bar in panel.bars]) for panel in panels])
    listed = [bar for panel in panels for bar in panel.bars]
    highest = max(bar.longest for bar in listed)
    marks = ticks(highest, whole=whole)
    # Texts at the ends take pixels while the axis is in counts: room for the longest on a narrow phone.
    room = min(0.5, (max(len(bar.text) for bar in listed) * CHARACTER_PX + 20) / 290)
    end = max(marks[-1], highest / (1 - room))
    data = bar_traces(listed, [(middle, BAR_PX) for middle in rows.middles], COLOURS[0], upright=False)
    return rows.spec(data, number_axis(title, marks, end), legend=any_printed(panels))


@dataclass(frozen=True)
class _Rows:
    """Rows with their names, by pixels from the top: above the row or beside it.

    Attributes
    ----------
    middles : list of float
        Of each row.
    names : list of str
        Folded.
    above : bool
        Whether names stand above their rows.
    titles : list of (float, str)
        Foot and text of each title of a panel.
    height : float
        Of all.
    """

    middles: list[float]
    names: list[str]
    above: bool
    titles: list[tuple[float, str]]
    height: float

    @classmethod
    def of(cls, panels: Sequence[tuple[str, Sequence[str]]]) -> _Rows:
        """Return the rows of panels, given as (title, names)."""
        above = max(len(name) for _, names in panels for name in names) > BESIDE
        middles: list[float] = []
        folds: list[str] = []
        titles: list[tuple[float, str]] = []
        down = 0.0
        for number, (title, names) in enumerate(panels):
            down += GAP_PX if number else 0
            if title:
                text = folded(title, 38)
                down += LINE_PX * lines_of(text) + 4
                titles.append((down - 2, f"<b>{text}</b>"))
            for name in names:
                folds.append(folded(name, 48))
                down += LINE_PX * lines_of(folds[-1]) if above else 0
                middles.append(down + ROW_PX / 2 - (2 if above else 0))
                down += ROW_PX
        return cls(middles, folds, above, titles, down)

    def spec(self, data: list[dict[str, Any]], axis: dict[str, Any], *, legend: bool) -> Spec:
        """Return the rows with their axis under them."""
        top, foot = LEGEND_PX if legend else 6, FOOT_PX
        left = 8 if self.above else max(map(len, self.names)) * CHARACTER_PX + 8 + STANDOFF_PX
        edge = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "bottom"}
        notes = [label(text, **edge, y=at, xshift=-left + 8) for at, text in self.titles]
        if self.above:
            listed = zip(self.middles, self.names, strict=True)
            notes += [label(name, **edge, y=at - BAR_PX / 2 - 1) for at, name in listed]
        names = [] if self.above else self.names
        upright = name_axis(self.middles[: len(names)], names, (self.height, 0))
        # No line: it would go through the titles of the panels.
        upright |= {"tickfont": {"size": SMALL_PX, "color": INK}, "showline": False}
        height = round(self.height) + top + foot
        layout = frame(height, (left, RIGHT_PX, top, foot), legend=legend, xaxis=axis, yaxis=upright, annotations=notes)
        return {"data": data, "layout": layout | {"barmode": "overlay"}}
