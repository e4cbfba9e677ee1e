"""Children who have no open family centre within 30 minutes, as a share of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.base import LayerInfo
from layers.family_centres.far_layer import CENTRES, FarLayer
from layers.variants import make_variants

if TYPE_CHECKING:
    from geodata.travel import Mode

WAYS: dict[Mode, str] = {"bus": "by bus", "walk": "on foot", "car": "by car"}
"""By bus first: it is how families without a car get to a centre that is too far to walk to."""

YOUNG = "young"
CHOICES = {way: f"{words.capitalize()}: aged 5 to 17" for way, words in WAYS.items()} | {
    f"{way}-{YOUNG}": f"{words.capitalize()}: aged 0\u20134, low income" for way, words in WAYS.items()
}


def far_by(code: str) -> FarLayer:
    """Return the layer of one group of children and way of travel."""
    way = next(way for way in WAYS if code in (way, f"{way}-{YOUNG}"))
    in_low_income = code.endswith(f"-{YOUNG}")
    who = "aged 0 to 4 in low-income families" if in_low_income else "aged 5 to 17"
    short = "aged 0\u20134 in low income" if in_low_income else "aged 5\u201317"
    info = LayerInfo(
        key="far_from_centre",
        subject="Early help",
        title="Far from a family centre",
        plain="Children who live more than 30 minutes from the nearest open family centre, as a share of all",
        unit=f"of children {who}",
        short_unit=f"% {short}, over 30 minutes {WAYS[way]}",
        counted=(
            f"child {who} more than 30 minutes {WAYS[way]} from a family centre",
            f"children {who} more than 30 minutes {WAYS[way]} from a family centre",
        ),
        base_noun=("child", "children"),
        source="The council's list of family centres; population or children in low-income families by small area",
        dataset=CENTRES,
        also=("low_income",) if in_low_income else (),
        needs="open centre with a place on the map",
        decimals=0,
        is_stock=True,
        order=49,
        method="Children of the small areas from where residents live it takes more than 30 minutes to the nearest "
        "centre open on the day of the list, divided by all children. Journeys are estimated from the straight line, "
        "but for those that an imported matrix has; by bus means on foot where that is no slower. Without published "
        "figures, children in low income are estimated from the income deprivation score (IDACI). Every child is "
        "counted, so there is no interval.",
        suffix="%",
        choice="How they travel, and who",
        points="family_centres",
    )
    return FarLayer(info, mode=way, in_low_income=in_low_income)


VARIANTS = make_variants(CHOICES, far_by)
LAYER = VARIANTS["bus"]
