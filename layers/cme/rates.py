"""Rates of children missing education on residents of school age: what the map shows as counted, and smoothed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from geodata import periods, rates
from layers.base import LayerInfo
from layers.measures import RateLayer
from layers.smoothed import SUFFIX, SmoothedRateLayer

OPEN = RateLayer(
    LayerInfo(
        key="cme_open",
        subject="Children missing education",
        title="Open cases",
        plain="Cases open on one day, for every 1,000 residents aged 5 to 15",
        unit="per 1,000 residents aged 5 to 15",
        short_unit="per 1,000 aged 5\u201315",
        counted=("open case", "open cases"),
        source="The council's register of children missing education",
        dataset="cme_involvements",
        decimals=1,
        is_stock=True,
        order=10,
        method="Cases open at the end of the day divided by residents aged 5 to 15, with exact Poisson limits under "
        "10 cases and Byar's from there.",
    ),
    event="open",
    ages=(5, 15),
    calendar=periods.month_ends,
    estimate=partial(rates.rate, per=1000.0),
)

NEW = RateLayer(
    LayerInfo(
        key="cme_new",
        subject="Children missing education",
        title="New cases",
        plain="Cases opened in a year or a month, for every 1,000 residents aged 5 to 15",
        unit="per 1,000 residents aged 5 to 15",
        short_unit="per 1,000 aged 5\u201315",
        counted=("new case", "new cases"),
        source="The council's register of children missing education",
        dataset="cme_involvements",
        decimals=1,
        is_stock=False,
        order=20,
        method="Cases opened in the period divided by residents aged 5 to 15, with exact Poisson limits under 10 "
        "cases and Byar's from there. A child can have more than one case.",
    ),
    event="started",
    ages=(5, 15),
    calendar=periods.months_and_cme_years,
    estimate=partial(rates.rate, per=1000.0),
)

SMOOTHED = (
    "Each area is drawn towards the common rate by as much as chance alone would move it (Marshall's empirical Bayes, "
    "1991), and the limits are of the smoothed rate. Counts are as counted; the county is not smoothed."
)


def smoothed(layer: RateLayer) -> SmoothedRateLayer:
    """Return a layer of rates smoothed over its areas, right after it in the rail."""
    info = replace(
        layer.info,
        key=f"{layer.info.key}{SUFFIX}",
        title=f"{layer.info.title}, smoothed",
        plain=f"{layer.info.plain}; small areas are drawn towards the county",
        method=f"{layer.info.method} {SMOOTHED}",
        needs="rates by small areas: their population is only modelled",
        order=layer.info.order + 1,
        classes_of=layer.info.key,
    )
    return SmoothedRateLayer(info, event=layer.event, ages=layer.ages, calendar=layer.calendar, estimate=layer.estimate)
