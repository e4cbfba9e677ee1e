"""Family centres that are open, by area."""

from layers.base import LayerInfo
from layers.sites import SiteLayer

LAYER = SiteLayer(
    LayerInfo(
        key="family_centres",
        subject="Early help",
        title="Family centres",
        plain="How many family centres are open in each area",
        unit="family centres",
        short_unit="family centres",
        counted=("family centre", "family centres"),
        source="The council's list of family centres",
        dataset="family_centres",
        decimals=0,
        is_stock=True,
        order=49,
        method="Centres on the list that have opened and not closed by its day (by the day of its import where it has "
        "none), each counted where it stands. A count, so it has no base and no interval.",
        points="family_centres",
    ),
    amount=lambda _row, _day: 1,
)
