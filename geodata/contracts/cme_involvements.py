"""Children missing education: one row for each involvement (a case opened for a child)."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract, Rule
from geodata.contracts.children import BORN, CHILD_ID, DATE_RULES, POSTCODE, PROTECTED, SCHOOL_URN, YEAR_GROUP

CLOSURE_CODES = {
    "BUSC": "Bucks school",
    "IND": "Independent placement",
    "OLAB": "School in another authority, Bucks resident",
    "OLAN": "School in another authority, not a Bucks resident",
    "SB": "School base",
    "NCA": "Not CME - attendance",
    "NCE": "Not CME - elective home education",
    "NCO": "Not CME",
    "OLCM": "CME of another authority",
    "OLEA": "Another authority",
    "OTAG": "Other agency",
    "OVER": "Overseas",
    "SLA": "School leaving age",
    "NPR": "No printed row",
}
"""As the committee papers print them; NPR holds closures of their totals that are in none of their rows."""

SEN_CODES = {"N": "No special educational need", "K": "SEN support", "E": "EHC plan"}
SEN_SPELLINGS = {
    "none": "N", "no": "N", "no sen": "N", "no special educational need": "N", "n - none": "N", "0": "N",
    "sen support": "K", "support": "K", "sens": "K", "sen k": "K", "k - sen support": "K", "yes - sen support": "K",
    "ehcp": "E", "ehc plan": "E", "ehc": "E", "e - ehc plan": "E", "education, health and care plan": "E",
    "education health and care plan": "E", "plan": "E", "e - education, health and care plan": "E",
}  # fmt: skip

SOCIAL_CARE_CODES = {
    "NONE": "Not open to social care",
    "CIN": "Child in need",
    "CP": "Child protection plan",
    "CLA": "Child looked after",
}
SOCIAL_CARE_SPELLINGS = {
    "none": "NONE", "no": "NONE", "n": "NONE", "not open": "NONE", "not known to social care": "NONE", "closed": "NONE",
    "child in need": "CIN", "cin plan": "CIN", "section 17": "CIN", "s17": "CIN", "c in n": "CIN",
    "child protection": "CP", "child protection plan": "CP", "cpp": "CP", "cp plan": "CP", "section 47": "CP",
    "lac": "CLA", "looked after": "CLA", "looked after child": "CLA", "child looked after": "CLA", "cic": "CLA",
    "child in care": "CLA", "in care": "CLA", "looked-after child": "CLA",
}  # fmt: skip

CONTRACT = Contract(
    key="cme_involvements",
    title="Children missing education: involvements",
    shape="events",
    columns=(
        CHILD_ID,
        Column(
            "start_date",
            "Start of the involvement",
            "date",
            required=True,
            aliases=(
                "start", "date started", "date opened", "opened", "open date", "involvement start", "cme start date",
                "involvement start date", "referral date", "date of referral", "cme start", "date from", "from date",
                "case start date", "date start", "start dt",
            ),
            description="The day the case was opened.",
        ),
        Column(
            "end_date",
            "End of the involvement",
            "date",
            aliases=(
                "end", "date ended", "date closed", "closed", "closed date", "close date", "closure date",
                "involvement end", "involvement end date", "cme end date", "cme end", "date to", "to date",
                "case end date", "date of closure", "date end", "end dt",
            ),
            description="The day the case was closed; blank while it is open.",
        ),
        Column(
            "closure_code",
            "Reason for closing",
            "code",
            aliases=(
                "closure", "closure reason", "reason closed", "reason for closure", "outcome", "outcome code",
                "end reason", "closure reason code", "closing code", "reason code", "closing reason",
            ),
            codes=CLOSURE_CODES,
            spellings={meaning.lower(): code for code, meaning in CLOSURE_CODES.items()},
            description="Needed where there is an end date.",
        ),
        POSTCODE,
        PROTECTED,
        YEAR_GROUP,
        Column(
            "sen_status",
            "Special educational needs",
            "code",
            aliases=("sen", "sen status", "sen provision", "sen stage", "sen code", "sen type", "send status", "send"),
            codes=SEN_CODES,
            spellings=SEN_SPELLINGS,
        ),
        Column(
            "social_care",
            "Social care status",
            "code",
            aliases=(
                "social care status", "social care involvement", "csc status", "csc", "cin cp cla",
                "social work status", "legal status", "care status", "csc involvement",
            ),
            codes=SOCIAL_CARE_CODES,
            spellings=SOCIAL_CARE_SPELLINGS,
        ),
        SCHOOL_URN,
        BORN,
    ),
    unique=("child_id", "start_date"),
    rules=(
        *DATE_RULES,
        Rule(
            "closure_code",
            "an end date needs a closure code",
            lambda rows: rows["end_date"].isna() | rows["closure_code"].notna(),
        ),
        Rule(
            "closure_code",
            "a closure code without an end date",
            lambda rows: rows["end_date"].notna() | rows["closure_code"].isna(),
        ),
    ),
    retention_months=72,
    personal=True,
    plain="Who is missing education, from when to when; the map of open and new cases.",
)  # fmt: skip
