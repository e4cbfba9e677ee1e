"""Early help cases open on a day, per 1,000 residents aged 0 to 17."""

from functools import partial

from geodata import periods, rates
from layers.base import LayerInfo
from layers.measures import RateLayer

LAYER = RateLayer(
    LayerInfo(
        key="early_help",
        subject="Early help",
        title="Early help cases",
        plain="Early help cases open on one day, for every 1,000 residents aged 0 to 17",
        unit="per 1,000 residents aged 0 to 17",
        short_unit="per 1,000 aged 0\u201317",
        counted=("early help case", "early help cases"),
        source="The council's record of early help",
        dataset="early_help_cases",
        decimals=1,
        is_stock=True,
        order=48,
        method="Cases, one for each child, open at the end of the day divided by residents aged 0 to 17, with exact "
        "Poisson limits under 10 cases and Byar's from there. Children of one family are not independent of each "
        "other, so the interval is rather too narrow.",
    ),
    event="open",
    ages=(0, 17),
    calendar=periods.month_ends,
    estimate=partial(rates.rate, per=1000.0),
)
