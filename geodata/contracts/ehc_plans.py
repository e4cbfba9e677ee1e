"""Education, health and care plans: one row for each plan, as a plain table."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract
from geodata.contracts.children import BORN, CHILD_ID, DATE_RULES, POSTCODE, PROTECTED, SCHOOL_URN, YEAR_GROUP

NEED_CODES = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
}
NEED_SPELLINGS = {
    "specific learning difficulties": "SPLD", "moderate learning difficulties": "MLD",
    "severe learning difficulties": "SLD", "profound and multiple learning difficulties": "PMLD",
    "profound & multiple learning difficulty": "PMLD", "profound & multiple learning difficulties": "PMLD",
    "social emotional and mental health": "SEMH", "social, emotional & mental health": "SEMH",
    "social, emotional and mental health needs": "SEMH", "speech, language and communication": "SLCN",
    "speech language and communication needs": "SLCN", "speech, language & communication needs": "SLCN",
    "visual impairment": "VI", "multi-sensory impairments": "MSI", "multi sensory impairment": "MSI",
    "physical disabilities": "PD", "autism": "ASD", "autistic spectrum disorders": "ASD",
    "autism spectrum disorder": "ASD", "autistic spectrum condition": "ASD", "asc": "ASD", "down's syndrome": "DS",
    "downs syndrome": "DS", "other": "OTH", "other difficulty": "OTH", "other difficulty/disability": "OTH",
}  # fmt: skip

PROVISION_CODES = {
    "mainstream": "Mainstream school",
    "base": "Additionally resourced provision or SEN unit",
    "special": "Special school",
    "independent": "Independent or non-maintained special school",
    "alternative": "Alternative provision",
    "further_education": "Further education",
    "other": "Other, at home or not yet placed",
}
PROVISION_SPELLINGS = {
    "mainstream school": "mainstream", "mainstream setting": "mainstream", "arp": "base", "unit": "base",
    "sen unit": "base", "resourced provision": "base", "additionally resourced provision": "base", "rp": "base",
    "school base": "base", "special school": "special", "maintained special": "special",
    "maintained special school": "special", "special academy": "special", "independent special": "independent",
    "independent special school": "independent", "non-maintained special": "independent", "nmss": "independent",
    "non-maintained special school": "independent", "independent school": "independent", "inmss": "independent",
    "independent or non-maintained special": "independent", "ap": "alternative", "pru": "alternative",
    "alternative provision": "alternative", "pupil referral unit": "alternative", "fe": "further_education",
    "further education": "further_education", "college": "further_education", "fe college": "further_education",
    "post-16": "further_education", "eotas": "other", "none": "other", "elective home education": "other",
    "ehe": "other", "awaiting placement": "other", "not in education": "other", "other arrangements": "other",
}  # fmt: skip


def _spellings(codes: dict[str, str], more: dict[str, str]) -> dict[str, str]:
    return {meaning.lower(): code for code, meaning in codes.items()} | more


CONTRACT = Contract(
    key="ehc_plans",
    title="Education, health and care plans",
    shape="events",
    columns=(
        CHILD_ID,
        Column(
            "start_date",
            "Start of the plan",
            "date",
            required=True,
            aliases=(
                "start", "plan start date", "plan start", "ehc plan start date", "ehcp start date", "date issued",
                "date of plan", "issue date", "plan issued", "final plan date", "date finalised", "ehcp issue date",
                "date started", "plan date", "date plan issued", "ehcp start",
            ),
            description="The day the plan was first issued.",
        ),
        Column(
            "end_date",
            "End of the plan",
            "date",
            aliases=(
                "end", "plan end date", "plan end", "cease date", "ceased date", "ceased", "date ceased", "date ended",
                "ehcp cease date", "plan cease date", "plan ceased", "closed date", "date closed", "ehcp end date",
                "ehc plan end date", "date plan ceased",
            ),
            description="The day the plan ceased; blank while it is maintained.",
        ),
        Column(
            "primary_need",
            "Primary need",
            "code",
            aliases=("need", "primary need code", "sen primary need", "sen need", "sen type", "primary sen type",
                     "primary sen need", "main need", "primary type of need", "primary sen"),
            codes=NEED_CODES,
            spellings=_spellings(NEED_CODES, NEED_SPELLINGS),
        ),
        Column(
            "provision",
            "Provision",
            "code",
            aliases=("provision type", "placement type", "setting type", "type of provision", "placement", "setting",
                     "type of setting", "school type", "type of placement"),
            codes=PROVISION_CODES,
            spellings=_spellings(PROVISION_CODES, PROVISION_SPELLINGS),
        ),
        SCHOOL_URN,
        YEAR_GROUP,
        BORN,
        POSTCODE,
        PROTECTED,
    ),
    unique=("child_id", "start_date"),
    rules=DATE_RULES,
    retention_months=372,
    personal=True,
    plain="Each education, health and care plan; how many there are, where, and for which need.",
)  # fmt: skip
