"""Children missing education: the share of open cases that have been open for 12 months and more."""

from geodata import periods
from layers.base import LayerInfo
from layers.measures import ShareLayer

LAYER = ShareLayer(
    LayerInfo(
        key="cme_long_open",
        subject="Children missing education",
        title="Open for 12 months or more",
        plain="Open cases that have been open for 12 months or more, as a share of all open cases",
        unit="of open cases",
        short_unit="% of open cases",
        counted=("case open for 12 months or more", "cases open for 12 months or more"),
        base_noun=("open case", "open cases"),
        source="The council's register of children missing education",
        dataset="cme_involvements",
        decimals=1,
        is_stock=True,
        order=15,
        method="Cases open at the end of the day that began 12 months before it or earlier, divided by all cases open "
        "then, with Wilson's limits. The base is cases, so those with an unknown address or one outside the county "
        "have a share too.",
        suffix="%",
    ),
    event="long_open",
    calendar=periods.month_ends,
)
