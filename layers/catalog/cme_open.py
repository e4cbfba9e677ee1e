"""Children missing education: cases open on a day, per 1,000 residents aged 5 to 15."""

from functools import partial

from geodata import periods, rates
from layers.base import LayerInfo
from layers.measures import RateLayer

LAYER = RateLayer(
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
