"""Children missing education: cases opened in a year or month, per 1,000 residents aged 5 to 15."""

from datetime import date
from functools import partial

from geodata import rates
from geodata.periods import Period, cme_years, months
from layers.base import LayerInfo
from layers.measures import RateLayer


def months_and_years(first: date, last: date) -> tuple[Period, ...]:
    """Return whole months, then committee years: the last of all is what a person wants first."""
    return (*months(first, last), *cme_years(first, last))


LAYER = RateLayer(
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
    calendar=months_and_years,
    estimate=partial(rates.rate, per=1000.0),
)
