"""Children missing education: one row for each involvement (a case opened for a child)."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract, Rule
from geodata.contracts.children import (
    BORN,
    CHILD_ID,
    DATE_RULES,
    POSTCODE,
    PROTECTED,
    SCHOOL_URN,
    YEAR_GROUP,
    not_far_ahead,
)
from geodata.contracts.doubts import (
    CONTACT_BEFORE_START,
    CONTACT_IN_FUTURE,
    LATE_END,
    PAST_SCHOOL_AGE,
    STILL_OPEN,
    YEAR_GROUP_AND_BIRTH,
)

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
            codes_of="closures",
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
        Column(
            "last_contact",
            "Last contact or action",
            "date",
            aliases=(
                "last contact", "last contact date", "date of last contact", "date last contact", "last contacted",
                "last action", "last action date", "date of last action", "last activity", "last activity date",
                "date of last activity", "last updated contact", "last visit", "last visit date", "date of last visit",
                "last home visit", "last home visit date", "date of last home visit", "last seen", "last seen date",
                "date last seen", "child last seen", "last case action",
            ),
            description="The newest day on which anybody did something on the case.",
        ),
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
        Rule("last_contact", "more than a year in the future", lambda rows: not_far_ahead(rows["last_contact"])),
    ),
    flags=(
        STILL_OPEN,
        LATE_END,
        PAST_SCHOOL_AGE,
        YEAR_GROUP_AND_BIRTH,
        CONTACT_BEFORE_START,
        CONTACT_IN_FUTURE,
    ),
    retention_months=72,
    personal=True,
    plain="Who is missing education, from when to when; the map of open and new cases.",
)  # fmt: skip
