"""Elective home education: one row for each time that a child is educated at home by choice of the parents."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract
from geodata.contracts.children import BORN, CHILD_ID, DATE_RULES, POSTCODE, PROTECTED, SCHOOL_URN, YEAR_GROUP
from geodata.contracts.cme_involvements import SEN_CODES, SEN_SPELLINGS

CONTRACT = Contract(
    key="home_education",
    title="Elective home education",
    shape="events",
    plain="Children whom their parents educate at home, from when to when.",
    columns=(
        CHILD_ID,
        Column("start_date", "Start of home education", "date", required=True,
               aliases=("start", "ehe start date", "ehe start", "date started", "date opened", "date registered",
                        "registered", "registration date", "date of ehe", "off roll date", "date off roll")),
        Column("end_date", "End of home education", "date",
               aliases=("end", "ehe end date", "ehe end", "date ended", "date closed", "closed", "deregistered",
                        "date returned", "return to school date")),
        Column("sen_status", "Special educational needs", "code",
               aliases=("sen", "sen status", "sen provision", "sen code", "send status", "send"),
               codes=SEN_CODES, spellings=SEN_SPELLINGS),
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
