"""EHC plans by primary need: those with one need as a share of all plans maintained on a day."""

from geodata import periods
from geodata.contracts.ehc_plans import NEED_CODES
from layers.base import LayerInfo
from layers.measures import ShareLayer
from layers.variants import make_variants

PROPER_NAMES = ("Down ",)


def in_sentence(title: str) -> str:
    """Return a need as it stands within a sentence: "autistic spectrum disorder", but "Down syndrome"."""
    return title if title.startswith(PROPER_NAMES) else title[0].lower() + title[1:]


def plans_for(code: str) -> ShareLayer:
    """Return the layer of one primary need."""
    need = in_sentence(NEED_CODES[code])
    info = LayerInfo(
        key="ehcp_need",
        subject="EHC plans",
        title="Primary need",
        plain="Plans with one primary need, as a share of all plans the council maintains",
        unit="of plans",
        short_unit=f"% with {need}",
        counted=(f"plan for {need}", f"plans for {need}"),
        base_noun=("plan", "plans"),
        source="EHC plans the council maintains (SEN2 basis: by home address, not by school)",
        dataset="ehc_plans",
        decimals=1,
        is_stock=True,
        order=42,
        method="Plans with this primary need open at the end of the day divided by all plans open then, with Wilson's "
        "limits. Plans whose primary need is blank stay in the base.",
        suffix="%",
        choice="Primary need",
    )
    return ShareLayer(info, event="open", calendar=periods.census_days, where=(("primary_need", (code,)),))


VARIANTS = make_variants(NEED_CODES, plans_for)
LAYER = VARIANTS["ASD"]
