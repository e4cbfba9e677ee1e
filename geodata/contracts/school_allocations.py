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
        Column("keep_until", "Stays with the post until", "date",
               aliases=("keep until", "stays until", "stays with the post until", "keeps post until", "locked until",
                        "no change before", "no handover before"),
               description="Up to this day the school keeps its post. The day alone is kept, never the reason."),
    ),
    unique=("post", "school_urn", "start_date"),
    rules=(Rule("end_date", "the end lies before the start", lambda rows: ~(rows["end_date"] < rows["start_date"])),),
    flags=(
        Rule("keep_until", "the school is to stay with the post for longer than it has the post",
             lambda rows: ~(rows["keep_until"] > rows["end_date"])),
    ),
    dated=True,
)  # fmt: skip
