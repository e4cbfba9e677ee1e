"""Early help: one row for each case of family support."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract
from geodata.contracts.children import BORN, CHILD_ID, DATE_RULES, POSTCODE, PROTECTED, SCHOOL_URN, YEAR_GROUP

LEVEL_CODES = {"2": "Level 2: early help", "3": "Level 3: intensive early help", "1": "Level 1: universal",
               "4": "Level 4: statutory"}  # fmt: skip

CONTRACT = Contract(
    key="early_help_cases",
    title="Early help cases",
    shape="events",
    plain="Families with early help, from when to when, and the post that supports them.",
    columns=(
        CHILD_ID,
        Column("family_id", "Family's identifier", "identifier",
               aliases=("family id", "family ref", "family reference", "household id", "group id")),
        Column("start_date", "Start of the case", "date", required=True,
               aliases=("start", "date started", "date opened", "case opened", "open date", "case start date",
                        "episode start", "eh start date", "early help start date")),
        Column("end_date", "End of the case", "date",
               aliases=("end", "date ended", "date closed", "closed date", "case closed", "closure date",
                        "case end date", "episode end", "eh end date", "early help end date")),
        Column("level", "Level of need", "code", aliases=("tier", "level of need", "threshold", "step"),
               codes=LEVEL_CODES,
               spellings={f"{word} {n}": n for n in LEVEL_CODES for word in ("level", "tier", "step")}),
        Column("post", "Post that holds the case", "identifier",
               aliases=("post number", "worker post", "post id", "position number", "link worker post"),
               description="A post's number; never the name of who holds it."),
        SCHOOL_URN,
        YEAR_GROUP,
        BORN,
        POSTCODE,
        PROTECTED,
    ),
    unique=("child_id", "start_date"),
    rules=DATE_RULES,
    retention_months=72,
    personal=True,
)  # fmt: skip
