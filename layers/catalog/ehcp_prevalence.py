"""EHC plans maintained on a day, as a share of residents aged 0 to 25."""

from functools import partial

from geodata import periods, rates
from layers.base import LayerInfo
from layers.measures import RateLayer

LAYER = RateLayer(
    LayerInfo(
        key="ehcp_prevalence",
        subject="EHC plans",
        title="Plans maintained",
        plain="Education, health and care plans the council maintains, as a share of residents aged 0 to 25",
        unit="of residents aged 0 to 25",
        short_unit="% of residents 0\u201325",
        counted=("plan", "plans"),
        source="EHC plans the council maintains (SEN2 basis: by home address, not by school)",
        dataset="ehc_plans",
        decimals=1,
        is_stock=True,
        order=30,
        method="Plans open at the end of the day divided by residents aged 0 to 25, with Wilson's limits.",
        suffix="%",
    ),
    event="open",
    ages=(0, 25),
    calendar=periods.census_days,
    estimate=partial(rates.proportion, per=100.0),
)
