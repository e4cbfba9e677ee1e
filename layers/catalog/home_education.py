"""Children in elective home education on a day, per 1,000 residents aged 5 to 15."""

from functools import partial

from geodata import periods, rates
from layers.base import LayerInfo
from layers.measures import RateLayer

LAYER = RateLayer(
    LayerInfo(
        key="home_education",
        subject="Home education",
        title="Home-educated children",
        plain="Children whom their parents educate at home, for every 1,000 residents aged 5 to 15",
        unit="per 1,000 residents aged 5 to 15",
        short_unit="per 1,000 aged 5\u201315",
        counted=("home-educated child", "home-educated children"),
        source="The council's register of elective home education",
        dataset="home_education",
        decimals=1,
        is_stock=True,
        order=25,
        method="Records of elective home education open at the end of the day divided by residents aged 5 to 15, with "
        "exact Poisson limits under 10 and Byar's from there. Not every home-educated child is known to the council.",
    ),
    event="open",
    ages=(5, 15),
    calendar=periods.month_ends,
    estimate=partial(rates.rate, per=1000.0),
)
