"""The charts of the page on children missing education, as it takes them: words, height, and a spec as text."""

from __future__ import annotations

import json

from callbacks.figures import Answer, Figures
from layers.cme.chart import Chart
from layers.cme.charts import funnel_chart, pace_chart, report_charts
from layers.cme.place_tables import paces
from layers.cme.report import facts_of
from layers.funnel import funnel
from layers.registry import find_layer
from layers.report import Report
from layers.table import AreaTable


def chart_view(chart: Chart) -> Answer:
    """Return a chart for the page; its spec is text that may stand within a script element."""
    spec = json.dumps(chart.spec, ensure_ascii=False, separators=(",", ":"))
    return {
        "key": chart.key,
        "title": chart.title,
        "sentence": chart.sentence,
        "short": chart.short or chart.sentence,
        "height": chart.height_px,
        "note": chart.note,
        # No name of an area or a reason can end the script element.
        "spec": spec.replace("<", "\\u003c"),
    }


def charts_view(figures: Figures, report: Report, *, counted: bool) -> dict[str, Answer]:
    """Return the charts of a report by their keys; one that has no figures is left out.

    Parameters
    ----------
    figures : Figures
        Of the snapshot in force.
    report : Report
        Of one year.
    counted : bool
        Whether the records speak of it: the curves of how long cases last come from them.
    """
    found = dict(report_charts(report))
    if counted:
        sentence = report.table("duration").sentence
        pace = pace_chart(paces(figures.store, facts_of(figures.store, report.period)), sentence)
        found |= {pace.key: pace} if pace else {}
    return {key: chart_view(chart) for key, chart in found.items()}


def funnel_view(measure: str, table: AreaTable) -> Answer:
    """Return the funnel plot of a measure as it was counted, or in words why there is none.

    Parameters
    ----------
    measure : str
        Key of its layer.
    table : AreaTable
        Of that layer: smoothed rates are no events, so limits of chance do not hold for them.
    """
    found = funnel(find_layer(measure), table)
    if isinstance(found, str):
        return {"chart": None, "why": found}
    return {"chart": chart_view(funnel_chart(found, table.info, table.scheme.many)), "why": ""}
