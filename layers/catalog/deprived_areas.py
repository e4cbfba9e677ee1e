"""The share of an area's small areas that are in the most deprived three tenths of England."""

from geodata.contracts.deprivation import DOMAINS
from layers.base import LayerInfo
from layers.deprivation import DATASET, DeprivedLayer, codes
from layers.variants import make_variants

DOMAINS_SHOWN = ("imd", "income", "education", "idaci")


def deprived_by(code: str) -> DeprivedLayer:
    """Return the layer of one domain of one edition."""
    edition, domain = code.split("-")
    info = LayerInfo(
        key="deprived_areas",
        subject="Deprivation",
        title="Most deprived small areas",
        plain="Small areas (LSOAs) that are in the most deprived 30% of England, as a share of all in the area",
        unit="of small areas",
        short_unit=f"% of small areas, {DOMAINS[domain][0]} {edition}",
        counted=("small area in England's most deprived 30%", "small areas in England's most deprived 30%"),
        base_noun=("small area", "small areas"),
        source=f"English Indices of Deprivation {edition}",
        dataset=DATASET,
        needs=f"deciles of '{DOMAINS[domain][0]}' of the {edition} edition",
        decimals=0,
        is_stock=True,
        order=72,
        method="Small areas (LSOAs) of deciles 1 to 3 divided by all that have a decile. Every small area is counted, "
        "so there is no interval. Editions are not compared.",
        suffix="%",
        choice="Index and edition",
    )
    return DeprivedLayer(info, edition, domain)


VARIANTS = make_variants(codes(DOMAINS_SHOWN), deprived_by)
LAYER = VARIANTS["2025-imd"]
