"""Schools: one row for each establishment, with the columns of Get Information About Schools (GIAS)."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract, Rule
from geodata.contracts.ehc_plans import NEED_CODES
from geodata.contracts.places import LOCATION, PHASE_CODES, PHASE_SPELLINGS

TYPE_CODES = {
    "state_funded": "Mainstream, state-funded",
    "special": "State-funded special",
    "alternative": "Alternative provision or pupil referral unit",
    "independent_special": "Independent or non-maintained special",
    "independent": "Other independent",
    "further_education": "Further or higher education",
    "nursery": "Maintained nursery",
    "other": "Other",
}
"""Groups of the types of establishment that GIAS lists."""

TYPE_SPELLINGS = {
    name: group
    for group, names in {
        "state_funded": (
            "community school", "voluntary aided school", "voluntary controlled school", "foundation school",
            "city technology college", "academy converter", "academy sponsor led", "free schools",
            "studio schools", "university technical college", "academy 16-19 converter", "academy 16 to 19 sponsor led",
            "academy 16-19 sponsor led", "free schools 16 to 19", "free schools 16-19", "state-funded primary",
            "state-funded secondary", "state-funded all-through", "state-funded 16 plus", "primary", "secondary",
            "all-through", "sixth form centres", "academy secure 16 to 19",
        ),
        "special": (
            "community special school", "foundation special school", "academy special converter",
            "academy special sponsor led", "free schools special", "state special", "special post 16 institution",
            "special",
        ),
        "alternative": (
            "pupil referral unit", "academy alternative provision converter",
            "academy alternative provision sponsor led", "free schools alternative provision",
            "alternative provision / pru / hospital / home tuition", "pru", "alternative provision", "hospital school",
        ),
        "independent_special": (
            "non-maintained special school", "other independent special school",
            "independent special / other independent (inferred)",
        ),
        "independent": (
            "other independent school", "independent (inferred from phase=not applicable)", "independent school",
            "online provider", "british schools overseas",
        ),
        "further_education": (
            "further education", "higher education institutions", "he/fe institution", "sixth form college", "college",
        ),
        "nursery": ("local authority nursery school", "state-funded nursery", "maintained nursery school",
                    "nursery school"),
        "other": (
            "miscellaneous", "secure units", "service children's education", "welsh establishment",
            "institution funded by other government department", "offshore schools", "other",
        ),
    }.items()
    for name in names
}  # fmt: skip

STATUS_CODES = {
    "open": "Open",
    "closing": "Open, but proposed to close",
    "closed": "Closed",
    "proposed": "Proposed to open",
}
STATUS_SPELLINGS = {
    "open, but proposed to close": "closing", "proposed to open": "proposed", "open but proposed to close": "closing",
}  # fmt: skip

_NEED_SPELLINGS = {
    f"{code} - {meaning}".lower(): code for code, meaning in NEED_CODES.items()
} | {
    "not applicable": "NSA", "none": "NSA", "spld - specific learning difficulty": "SPLD",
    "vi - visual impairment": "VI", "oth - other difficulty/disability": "OTH",
    "asd - autistic spectrum disorder": "ASD",
    "semh - social, emotional and mental health": "SEMH", "slcn - speech, language and communication": "SLCN",
    "hi - hearing impairment": "HI", "mld - moderate learning difficulty": "MLD", "pd - physical disability": "PD",
    "pmld - profound and multiple learning difficulty": "PMLD", "sld - severe learning difficulty": "SLD",
    "msi - multi-sensory impairment": "MSI",
}  # fmt: skip
SEN_CODES = NEED_CODES | {"NSA": "No specialist assessment or not stated"}

ADMISSIONS_CODES = {
    "selective": "Selective",
    "non_selective": "Non-selective",
    "none": "Not applicable or not stated",
}
ADMISSIONS_SPELLINGS = {
    "grammar": "selective", "selective (grammar)": "selective", "selective (non-grammar)": "selective",
    "not selective": "non_selective", "nonselective": "non_selective", "comprehensive": "non_selective",
    "comprehensive (secondary)": "non_selective", "modern": "non_selective", "modern (secondary)": "non_selective",
    "secondary modern": "non_selective", "not applicable": "none", "not stated": "none",
}  # fmt: skip


def _places(key: str, title: str, *aliases: str) -> Column:
    return Column(key, title, "whole", aliases=aliases)


CONTRACT = Contract(
    key="schools",
    title="Schools and colleges",
    shape="sites",
    plain="Every school with its place, phase, type and capacity, as Get Information About Schools lists them.",
    columns=(
        Column("urn", "Unique reference number", "urn", required=True,
               aliases=("school urn", "establishment urn", "school reference number")),
        Column("name", "Name", "text", required=True,
               aliases=("establishment name", "school name", "school", "establishment", "setting name")),
        Column("phase", "Phase", "code",
               aliases=("phase of education (name)", "phase of education", "school phase", "phaseofeducation"),
               codes=PHASE_CODES, spellings=PHASE_SPELLINGS),
        Column("type", "Type", "code",
               aliases=("type of establishment (name)", "type of establishment", "establishment type", "school type",
                        "type inferred", "typeofestablishment"),
               codes=TYPE_CODES, spellings=TYPE_SPELLINGS),
        Column("status", "Status", "code",
               aliases=("establishment status (name)", "establishment status", "open or closed"),
               codes=STATUS_CODES, spellings=STATUS_SPELLINGS),
        _places("capacity", "Capacity", "school capacity", "pan total", "places"),
        _places("pupils", "Pupils on roll", "number of pupils", "nor", "pupils on roll", "number on roll", "headcount"),
        Column("fsm_percent", "Pupils eligible for free school meals, percent", "number",
               aliases=("percentage fsm", "percentage of pupils eligible for free school meals",
                        "percentage free school meals", "free school meals percent", "fsm percentage", "pct fsm"),
               description="Percent of the pupils on roll, such as 12.5."),
        Column("admissions", "Admissions", "code",
               aliases=("admissions policy (name)", "admissions policy", "admission policy"),
               codes=ADMISSIONS_CODES, spellings=ADMISSIONS_SPELLINGS),
        Column("lowest_age", "Lowest age", "whole",
               aliases=("statutory low age", "low age", "age from", "youngest age", "minimum age")),
        Column("highest_age", "Highest age", "whole",
               aliases=("statutory high age", "high age", "age to", "oldest age", "maximum age"),
               description="The age at which pupils leave: 7 of an infant school, 11 of a junior school."),
        Column("liaison_group", "School liaison group", "text",
               aliases=("liaison group", "liaison group name", "school liaison group", "slg")),
        *(Column(f"sen{place}", f"Type of SEN provision {place}", "code",
                 aliases=(f"sen{place} (name)", f"sen {place}"), codes=SEN_CODES, spellings=_NEED_SPELLINGS)
          for place in range(1, 14)),
        _places("resourced_provision_pupils", "Pupils in resourced provision", "resourced provision on roll"),
        _places("resourced_provision_capacity", "Capacity of the resourced provision", "resourced provision capacity",
                "rp capacity"),
        _places("sen_unit_pupils", "Pupils in the SEN unit", "sen unit on roll"),
        _places("sen_unit_capacity", "Capacity of the SEN unit", "sen unit capacity"),
        Column("opened", "Opened", "date", aliases=("open date", "date opened", "opening date")),
        Column("closed", "Closed", "date", aliases=("close date", "date closed", "closing date")),
        *LOCATION,
    ),
    unique=("urn",),
    rules=(
        Rule("closed", "the closing lies before the opening", lambda rows: ~(rows["closed"] < rows["opened"])),
        Rule("fsm_percent", "more than 100 percent", lambda rows: ~(rows["fsm_percent"] > 100)),
    ),
    flags=(
        Rule("highest_age", "the highest age lies below the lowest",
             lambda rows: ~(rows["highest_age"] < rows["lowest_age"]).fillna(value=False)),
    ),
    dated=True,
)  # fmt: skip
