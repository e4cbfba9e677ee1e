"""What the short names of indicators mean: one row for each name."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract

CONTRACT = Contract(
    key="indicator_names",
    title="Names of indicators",
    shape="records",
    plain="Turns the column names of an open data file into words.",
    columns=(
        Column("indicator", "Short name", "text", required=True,
               aliases=("programmer friendly names", "programmer friendly name", "variable", "column", "field")),
        Column("title", "In words", "text", required=True,
               aliases=("user friendly names", "user friendly name", "label", "description", "meaning")),
    ),
    unique=("indicator",),
    slot="source",
)  # fmt: skip
