"""Published figures of any kind: one row for each indicator, area, period and breakdown; wide files are unfolded."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract

CONTRACT = Contract(
    key="indicator_values",
    title="Published indicators",
    shape="figures",
    plain="Open statistics, such as SEN2 releases, school places or SEN support by area.",
    columns=(
        Column("indicator", "Indicator", "text", required=True, aliases=("measure", "indicator name", "variable")),
        Column("area", "Area", "text",
               aliases=("la name", "local authority", "authority", "area name", "local authority name")),
        Column("area_code", "Area code", "identifier",
               aliases=("new la code", "la code", "area code", "code", "lsoa code", "lsoa21 code", "lsoa11 code",
                        "msoa code", "ward code")),
        Column("level", "Geographic level", "text", aliases=("geographic level", "geography", "area type")),
        Column("period", "Period", "text", required=True, aliases=("time period", "year", "date", "month")),
        Column("breakdown", "Breakdown", "text", aliases=("category", "group", "characteristic")),
        Column("value", "Value", "value", aliases=("count", "figure", "number", "numerator")),
        Column("denominator", "Base", "value", aliases=("base", "population", "out of")),
    ),
    unique=("indicator", "area", "area_code", "period", "breakdown"),
    slot="source",
)  # fmt: skip
