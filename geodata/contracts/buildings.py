"""Buildings that could hold a family centre: one row for each."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract
from geodata.contracts.family_centres import DAY_CODES, DAY_SPELLINGS
from geodata.contracts.places import LOCATION, NO_PLACE, SAME_POINT

CONTRACT = Contract(
    key="buildings",
    title="Buildings that could hold a family centre",
    shape="sites",
    plain="Buildings that could become a family centre: where they are, what they cost, and when they could open.",
    columns=(
        Column("building_id", "Building's identifier", "identifier", required=True,
               aliases=("id", "building ref", "building reference", "building number", "site id", "site ref",
                        "site reference", "property id", "property ref", "property reference", "asset id", "asset ref",
                        "reference")),
        Column("name", "Name", "text", required=True,
               aliases=("building", "building name", "site", "site name", "property", "property name", "asset name")),
        Column("cost", "Cost a year", "number",
               aliases=("annual cost", "cost per year", "cost pa", "yearly cost", "running cost", "running costs",
                        "annual running cost", "cost gbp", "cost a year gbp", "annual cost gbp"),
               description="Pounds a year, as a plain number."),
        Column("rooms", "Rooms", "whole", aliases=("number of rooms", "no of rooms", "room count")),
        Column("days", "Days it could open", "codes",
               aliases=("days available", "available days", "availability", "open days", "opening days",
                        "days of opening", "possible days"),
               codes=DAY_CODES, spellings=DAY_SPELLINGS, description="Such as 'Mon; Wed; Fri' or 'Mon-Fri'."),
        *LOCATION,
    ),
    unique=("building_id",),
    flags=(SAME_POINT, NO_PLACE),
    dated=True,
)  # fmt: skip
