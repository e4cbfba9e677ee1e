"""Homes that are expected, by area."""

from datetime import date

from geodata.store import Row
from layers.base import LayerInfo
from layers.sites import SiteLayer


def homes_to_come(row: Row, day: date) -> int:
    """Return the homes of a site and year that are not there yet; without a status the year decides."""
    status = row.get("status")
    done = status == "completed" if status else row["year"] < day.year
    return 0 if done else int(row["dwellings"])


LAYER = SiteLayer(
    LayerInfo(
        key="housing",
        subject="Population",
        title="Homes to come",
        plain="Homes that are expected from now on, in all years together",
        unit="homes to come",
        short_unit="homes to come",
        counted=("home to come", "homes to come"),
        source="The council's list of housing sites",
        dataset="housing",
        decimals=0,
        is_stock=True,
        order=52,
        method="Homes of all sites and years on the list that are not completed; where a row has no status, those of "
        "the list's year and later. Homes without a site yet count in no area. A count, so it has no base and no "
        "interval.",
    ),
    amount=homes_to_come,
)
