"""Red, amber and green ratings of an improvement plan: one row for each action and area."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract

RAG_CODES = {"R": "Red", "A": "Amber", "G": "Green", "B": "Blue (complete)", "N": "Not rated"}

CONTRACT = Contract(
    key="rag_ratings",
    title="Improvement plan ratings",
    shape="records",
    plain="How each action of the improvement plan stands in each area.",
    columns=(
        Column("ref", "Reference", "identifier", required=True,
               aliases=("action", "action ref", "reference", "number")),
        Column("section", "Section", "text", aliases=("theme", "workstream", "section name")),
        Column("area", "Area", "text", required=True, aliases=("locality", "team", "column", "area name")),
        Column("rating", "Rating", "code", required=True, aliases=("rag", "rag rating", "status", "colour"),
               codes=RAG_CODES,
               spellings={"red": "R", "amber": "A", "green": "G", "blue": "B", "yellow": "A", "complete": "B",
                          "not rated": "N", "grey": "N"}),
        Column("as_at", "As at", "date", aliases=("date", "reported", "month", "as at date")),
    ),
    unique=("ref", "area", "as_at"),
)  # fmt: skip
