"""A chart of a report: what is drawn, what it shows in words, and the table that holds its figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from layers.chart_frame import Spec
from layers.charts import Bar
from layers.report import Cell, Figure, show

PRINTED_RINGS = "A ring is the figure that the council's papers print."


@dataclass(frozen=True)
class Chart:
    """A chart of a report.

    Attributes
    ----------
    key, title : str
        For machines and for people.
    sentence : str
        What it shows, in words: its name for those who do not see it.
    spec : dict
        ``data`` and ``layout`` for Plotly, see `layers.chart_frame`.
    table_key : str
        The table of the report that holds its figures.
    note : str
        What a reader must know to read it rightly; may be empty.
    short : str
        The sentence for those who see the chart, where it is too long for them; else empty.
    """

    key: str
    title: str
    sentence: str
    spec: Spec
    table_key: str
    note: str = ""
    short: str = ""

    @property
    def height_px(self) -> int:
        """How high it is drawn."""
        height: int = self.spec["layout"]["height"]
        return height


def number(cell: Cell) -> float | None:
    """Return the number of a cell; None where it holds none."""
    return cell.value if isinstance(cell, Figure) else cell if isinstance(cell, int) else None


def count(cell: Cell) -> int | None:
    """Return the count of a cell; None where it holds none."""
    return cell if isinstance(cell, int) else None


def with_printed(found: Cell, printed: Cell) -> str:
    """Return a figure and the printed one in words: "67 (67 printed)", "58 printed"; empty of neither."""
    if found is None:
        return "" if printed is None else f"{show(printed)} printed"
    return show(found) if printed is None else f"{show(found)} ({show(printed)} printed)"


def at_end(found: Cell, printed: Cell) -> str:
    """Return what stands at the end of a bar: the figure, and the printed one in brackets where it is another."""
    if found is None or printed is None or found == printed:
        return show(printed if found is None else found)
    return f"{show(found)} ({show(printed)})"


def rings(bars: Iterable[Bar]) -> str:
    """Return what a reader must know of the printed figures of bars; empty where there are none beside others."""
    both = [bar for bar in bars if bar.printed is not None and bar.value is not None]
    if not both:
        return ""
    apart = any(bar.printed != bar.value for bar in both)
    return f"{PRINTED_RINGS} Where it is another one, it stands in brackets." if apart else PRINTED_RINGS


def by_key(charts: Iterable[Chart | None]) -> dict[str, Chart]:
    """Return the charts that are there by their keys, in their order."""
    return {chart.key: chart for chart in charts if chart}
