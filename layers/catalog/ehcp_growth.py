"""The change in EHC plans since the first date on record."""

from geodata import periods
from layers.base import LayerInfo
from layers.measures import GrowthLayer

LAYER = GrowthLayer(
    LayerInfo(
        key="ehcp_growth",
        subject="EHC plans",
        title="Growth in plans",
        plain="How much the number of plans has changed since the first date on record",
        unit="since {base}",
        short_unit="% change",
        counted=("plan", "plans"),
        source="EHC plans the council maintains (SEN2 basis: by home address, not by school)",
        dataset="ehc_plans",
        decimals=0,
        is_stock=True,
        order=40,
        method="Plans at the date against plans at the first date on record. The interval takes the two counts as "
        "independent, which makes it rather too wide.",
        suffix="%",
        signed=True,
    ),
    calendar=periods.census_days,
)
