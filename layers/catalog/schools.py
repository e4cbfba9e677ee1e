"""State-funded schools, by area and kind."""

from functools import partial

from geodata.store import Row
from layers.base import LayerInfo
from layers.school_kinds import STATE_KINDS, in_use, state_kind
from layers.sites import SiteLayer
from layers.variants import make_variants

WORDS = {"all": "All"} | {kind: words for kind, words in STATE_KINDS.items() if kind != "none"}

IN_SENTENCE = {
    "all": ("state-funded school", "state-funded schools"),
    "nursery": ("maintained nursery school", "maintained nursery schools"),
    "primary": ("state-funded primary school", "state-funded primary schools"),
    "secondary": ("state-funded secondary school", "state-funded secondary schools"),
    "all_through": ("state-funded all-through school", "state-funded all-through schools"),
    "post_16": ("state-funded sixth form", "state-funded sixth forms"),
    "special": ("state-funded special school", "state-funded special schools"),
    "alternative": ("state-funded alternative provision", "state-funded alternative provisions"),
}


def one_if(wanted: str, row: Row, _day: object) -> int:
    """Return 1 for a school in use of the kind that is asked for."""
    kind = state_kind(row) if in_use(row) else ""
    return int(bool(kind) and wanted in ("all", kind))


def schools_of(kind: str) -> SiteLayer:
    """Return the layer of one kind of school, or of all."""
    one, many = IN_SENTENCE[kind]
    info = LayerInfo(
        key="schools",
        subject="Schools",
        title="Schools",
        plain="How many state-funded schools are open in each area",
        unit=many,
        short_unit=many,
        counted=(one, many),
        source="Get Information About Schools",
        dataset="schools",
        decimals=0,
        is_stock=True,
        order=60,
        method="State-funded schools that are open at the day of the list (the day of its import where it has none), "
        "each counted where it stands. Special schools, alternative provision and nursery schools are kinds of their "
        "own, whatever ages they teach. A school whose type is not stated is not counted.",
        choice="Kind of school",
        points="schools",
    )
    return SiteLayer(info, amount=partial(one_if, kind), must_state="type", could_count=in_use)


VARIANTS = make_variants(WORDS, schools_of)
LAYER = VARIANTS["all"]
