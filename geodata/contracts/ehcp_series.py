"""EHC plans maintained, in total: one row for each authority (or region, or England) and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.contracts.base import Column, Contract, Rule

if TYPE_CHECKING:
    import pandas as pd

TOTALS = frozenset({"total", "all", "all ehc plans", "all plans"})


def _is_total(breakdown: pd.Series) -> pd.Series[bool]:
    result: pd.Series[bool] = breakdown.isna() | breakdown.str.lower().isin(TOTALS)
    return result


CONTRACT = Contract(
    key="ehcp_series",
    title="EHC plans maintained, by authority and year",
    shape="figures",
    plain="Published totals of plans, to compare the council with others over the years.",
    columns=(
        Column("area", "Authority or region", "text",
               aliases=("la name", "local authority", "authority", "area name", "local authority name")),
        Column("area_code", "Area code", "area", aliases=("new la code", "la code", "area code", "code")),
        Column("period", "Year", "text", required=True, aliases=("year", "time period", "january", "as at")),
        Column("region", "Region", "text", aliases=("region name",)),
        Column("country", "Country", "text", aliases=("country name",)),
        Column("topic", "Topic of the breakdown", "text", aliases=("breakdown topic",)),
        Column("breakdown", "Breakdown", "text", aliases=("characteristic", "characteristic age")),
        Column("value", "EHC plans maintained", "value", required=True,
               aliases=("count", "ehcplans", "ehc plans", "plans", "total ehc", "number of plans", "plans maintained")),
    ),
    unique=("area", "region", "country", "period", "breakdown"),
    rules=(
        Rule("topic", "a breakdown; only totals are taken in", lambda rows: _is_total(rows["topic"])),
        Rule("breakdown", "a breakdown; only totals are taken in", lambda rows: _is_total(rows["breakdown"])),
        Rule("area", "no authority, region or country",
             lambda rows: rows[["area", "region", "country"]].notna().any(axis=1)),
    ),
    slot="source",
)  # fmt: skip
