"""Which link worker's post has which school: one row for each post and school."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract, Rule
from geodata.contracts.link_workers import POST

CONTRACT = Contract(
    key="school_allocations",
    title="Schools of the link workers",
    shape="records",
    plain="Which link worker's post looks after which school today.",
    columns=(
        POST,
        Column("school_urn", "School's unique reference number", "urn", required=True,
               aliases=("urn", "school", "establishment urn", "school reference number")),
        Column("start_date", "From", "date", aliases=("from", "start", "allocated from", "date from")),
        Column("end_date", "To", "date", aliases=("to", "end", "allocated to", "date to", "until")),
    ),
    unique=("post", "school_urn", "start_date"),
    rules=(Rule("end_date", "the end lies before the start", lambda rows: ~(rows["end_date"] < rows["start_date"])),),
    dated=True,
)  # fmt: skip
