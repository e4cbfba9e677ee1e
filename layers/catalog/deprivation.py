"""How deprived each small area is among all of England, by edition and domain of the indices."""

from geodata.contracts.deprivation import DOMAINS
from layers.base import LayerInfo
from layers.deprivation import DATASET, DecileLayer, codes
from layers.variants import make_variants


def decile_of(code: str) -> DecileLayer:
    """Return the layer of one domain of one edition."""
    edition, domain = code.split("-")
    info = LayerInfo(
        key="deprivation",
        subject="Deprivation",
        title="Deprivation",
        plain="In which tenth of England each small area is, from the most deprived (1) to the least (10)",
        unit="of 10, where 1 is the most deprived tenth of England",
        short_unit=f"{DOMAINS[domain][0]} {edition}, 1 = most deprived tenth",
        counted=("small area", "small areas"),
        source=f"English Indices of Deprivation {edition}",
        dataset=DATASET,
        needs=f"deciles of '{DOMAINS[domain][0]}' of the {edition} edition",
        decimals=0,
        is_stock=True,
        order=70,
        method="The decile as published, by rank among all small areas of England. Deciles are not summed or averaged, "
        "and editions are not compared. A small area that was cut from a larger one since carries that one's decile.",
        choice="Index and edition",
        fixed_limits=(3.0, 5.0, 7.0, 9.0),
        headline="in the most deprived fifth of England",
        low_is_more=True,
    )
    return DecileLayer(info, edition, domain)


VARIANTS = make_variants(codes(tuple(DOMAINS)), decile_of)
LAYER = VARIANTS["2025-imd"]
