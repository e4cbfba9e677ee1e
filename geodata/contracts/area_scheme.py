"""A lookup from small areas to the areas of a scheme: one row for each small area."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract

CONTRACT = Contract(
    key="area_scheme",
    title="Area schemes",
    shape="lookup",
    plain="Which small area belongs to which ward, board or district: outlines or a lookup, with its dates.",
    columns=(
        Column("atom", "Small area", "area", required=True,
               aliases=("lsoa21 code", "lsoa11 code", "lsoa21cd", "lsoa11cd", "lsoa code", "lsoa")),
        Column("area", "Area code", "text", required=True, aliases=("area code", "code"),
               description="A code, or the area's name where it has none."),
        Column("name", "Area name", "text", aliases=("area name", "name")),
        Column("change", "Change", "text", aliases=("change code", "chgind", "change indicator")),
    ),
    slot="scheme",
)  # fmt: skip
