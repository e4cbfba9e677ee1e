"""Places for special educational needs: one row for each setting, kind of provision, need, phase and opening."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract, Rule
from geodata.contracts.ehc_plans import NEED_CODES, NEED_SPELLINGS, PROVISION_CODES, PROVISION_SPELLINGS
from geodata.contracts.places import PHASE_CODES, PHASE_SPELLINGS

ANY_NEED = {"ANY": "Any or several needs"}

CONTRACT = Contract(
    key="provision",
    title="Specialist places",
    shape="sites",
    plain="Places commissioned, capacity and pupils of special schools and of resourced provision in mainstream ones.",
    columns=(
        Column("setting_urn", "Setting's unique reference number", "urn",
               aliases=("urn", "school urn", "establishment urn"),
               description="The place of the setting comes from it where schools are loaded."),
        Column("setting_name", "Setting", "text", required=True,
               aliases=("setting", "school", "school name", "name", "provision name", "establishment name",
                        "provider")),
        Column("provision", "Kind of provision", "code", required=True,
               aliases=("provision type", "type of provision", "type", "kind"),
               codes=PROVISION_CODES,
               spellings={title.lower(): code for code, title in PROVISION_CODES.items()} | PROVISION_SPELLINGS),
        Column("need", "Need", "code", aliases=("primary need", "designation", "sen type", "need type", "specialism"),
               codes=NEED_CODES | ANY_NEED,
               spellings={title.lower(): code for code, title in NEED_CODES.items()} | NEED_SPELLINGS
               | {"any": "ANY", "all": "ANY", "mixed": "ANY", "various": "ANY", "generic": "ANY", "several": "ANY"}),
        Column("phase", "Phase", "code", aliases=("school phase", "phase of education", "key stage"),
               codes=PHASE_CODES, spellings=PHASE_SPELLINGS),
        Column("commissioned_places", "Commissioned places", "whole",
               aliases=("places commissioned", "commissioned", "places", "planned places", "funded places")),
        Column("capacity", "Capacity (SCAP)", "whole", aliases=("scap capacity", "net capacity", "physical capacity")),
        Column("pupils", "Pupils attending", "whole",
               aliases=("pupils attending", "attending", "on roll", "number on roll", "nor", "headcount")),
        Column("opened", "First day of the places", "date",
               aliases=("opening date", "opens", "open from", "from", "start date", "available from")),
        Column("closed", "Day the places end", "date",
               aliases=("closing date", "closes", "until", "to", "end date", "available to")),
        Column("postcode", "Postcode", "postcode", aliases=("post code", "setting postcode")),
    ),
    unique=("setting_urn", "setting_name", "provision", "need", "phase", "opened"),
    rules=(
        Rule("closed", "the end lies before the first day", lambda rows: ~(rows["closed"] < rows["opened"])),
        Rule("commissioned_places", "neither places nor capacity nor pupils",
             lambda rows: rows[["commissioned_places", "capacity", "pupils"]].notna().any(axis=1)),
    ),
    dated=True,
)  # fmt: skip
