"""Specialist places of the state, per 100 EHC plans of the children who live in the area."""

from geodata import periods
from layers.base import LayerInfo
from layers.sufficiency.places_layer import PLANS, PlacesLayer

LAYER = PlacesLayer(
    LayerInfo(
        key="specialist_places",
        subject="Special educational needs",
        title="Specialist places",
        plain="Places in special schools, resourced provision and SEN units, for every 100 EHC plans of residents",
        unit="per 100 plans of children who live there",
        short_unit="places per 100 plans",
        counted=("specialist place", "specialist places"),
        base_noun=("plan", "plans"),
        source="The council's list of specialist places; EHC plans the council maintains",
        dataset="provision",
        also=(PLANS,),
        needs="dates that its plans and its places share",
        decimals=1,
        is_stock=True,
        order=46,
        method="Commissioned places (capacity where they are blank) of special schools, resourced provision and SEN "
        "units that stand in the area and are open on the day, divided by the EHC plans of children who live there. "
        "Places are a fixed number; the interval is that of the plans (exact Poisson limits under 10, Byar's from "
        "there). Independent and non-maintained places are not in it, and children may attend in another area.",
    ),
    calendar=periods.census_days,
)
