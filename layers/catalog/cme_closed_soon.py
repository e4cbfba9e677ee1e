"""Children missing education: the share of cases closed in a year or month that closed within four weeks."""

from geodata import periods
from layers.base import LayerInfo
from layers.measures import ShareLayer

LAYER = ShareLayer(
    LayerInfo(
        key="cme_closed_soon",
        subject="Children missing education",
        title="Closed within 4 weeks",
        plain="Cases closed in a year or a month that lasted at most 4 weeks, as a share of all closed in it",
        unit="of closed cases",
        short_unit="% of closed cases",
        counted=("case closed within 4 weeks", "cases closed within 4 weeks"),
        base_noun=("closed case", "closed cases"),
        source="The council's register of children missing education",
        dataset="cme_involvements",
        decimals=1,
        is_stock=False,
        order=22,
        method="Cases closed in the period at most 28 days after they began, divided by all cases closed in it, with "
        "Wilson's limits. The base is cases, so those with an unknown address or one outside the county have a share "
        "too.",
        suffix="%",
    ),
    event="ended_soon",
    calendar=periods.months_and_cme_years,
)
