"""What the modules of a SEN2 person-level return are called, their columns and the headings that tell them apart.

The return is a tree: sen2 (its header) > person > requests > assessment > namedplan > plandetail, and requests >
activeplans > placementdetail and senneed. In a copy from the department's system (COLLECT, "Blade export") each module
knows only its parent's ID; a case system's own files repeat the person's and the request's.
"""

from __future__ import annotations

from collections.abc import Mapping

from geodata.contracts.children import BORN, CHILD_ID, POSTCODE, YEAR_GROUP
from geodata.names import normalise

Names = tuple[str, ...]

_PERSON = ("persontableid", "personid")
_REQUEST = ("requeststableid", "requesttableid", "requestsrecordid", "requestrecordid", "requestrecordsid", "requestid")
_ASSESSMENT = ("assessmenttableid", "assessmentid")
_PLAN = ("namedplantableid", "namedplanid")
_ACTIVE = ("activeplanstableid", "activeplantableid", "activeplansid", "activeplanid")
_CEASED = {"end": ("ceasedate", "dateehcplanceased"), "reason": ("ceasereason", "reasonehcplanceased")}
_PLACE = {
    "urn": ("urn", "urnuniquereferencenumber"),
    "ukprn": ("ukprn", "ukprnukproviderreferencenumber"),
    "setting": ("sensetting", "sensettingestablishmenttype"),
    "rank": ("placementrank", "placementrank1primary2secondary"),
    "unit": ("senunitindicator",),
    "resourced": ("resourcedprovisionindicator",),
}
_OF_THE_RETURN = {"upn", "uniquepupilnumber", "id", "recordid", "tableid", *_PERSON}


def _plain(*names: str) -> Names:
    return tuple(dict.fromkeys(normalise(name) for name in names))


COLUMNS: Mapping[str, Mapping[str, Names]] = {
    "sen2": {"reference": ("referencedate",)},
    "person": {
        "person": _PERSON,
        "upn": ("upn", "upnuniquepupilnumber", "uniquepupilnumber"),
        "uln": ("uniquelearnernumber", "uln", "ulnyoungpersonsuniquelearnernumber"),
        "case": tuple(name for name in _plain("la child id", *CHILD_ID.aliases) if name not in _OF_THE_RETURN),
        "born": _plain("person birth date", *BORN.aliases, "dob (ccyy-mm-dd)", "date of birth (ccyy-mm-dd)"),
        "postcode": _plain("postcode", *POSTCODE.aliases),
        "year_group": tuple(name for name in _plain(*YEAR_GROUP.aliases) if name != "year"),
    },
    "requests": {"request": _REQUEST, "person": _PERSON},
    "assessment": {"assessment": _ASSESSMENT, "request": _REQUEST, "person": _PERSON},
    "namedplan": {
        "plan": _PLAN, "assessment": _ASSESSMENT, "request": _REQUEST, "person": _PERSON,
        "start": ("startdate", "ehcplanstartdate"), **_CEASED,
    },
    "plandetail": {"plan": _PLAN, "request": _REQUEST, "person": _PERSON, **_PLACE, **_CEASED},
    "activeplans": {
        "active": _ACTIVE, "plan": _PLAN, "request": _REQUEST, "person": _PERSON,
        "transfer": ("transferla", "ehcplantransferredinfromanotherladuringcalendaryear", "ehcplantransfer"), **_CEASED,
    },
    "placementdetail": {
        "active": _ACTIVE, "plan": _PLAN, "request": _REQUEST, "person": _PERSON, **_PLACE,
        "entry": ("entrydate", "placementstartdate"), "leaving": ("leavingdate", "placementleavingdate"),
    },
    "senneed": {
        "active": _ACTIVE, "plan": _PLAN, "request": _REQUEST, "person": _PERSON,
        "need": ("sentype", "sentypeofneed"), "rank": ("sentyperank", "sentypeofneedrank"),
    },
}  # fmt: skip
"""Module -> our column -> names of its heading, without case, spaces and punctuation, the likeliest first.

`NativeId` and `sourceid` are not among them: they hold the number of the authority and of the return, not of a child.
"""

NEEDED: Mapping[str, tuple[Names, ...]] = {
    "sen2": (),
    "person": (("person",),),
    "requests": (("request",), ("person",)),
    "assessment": (("assessment",), ("request",)),
    "namedplan": (("start",), ("person", "request", "assessment")),
    "plandetail": (("plan", "request", "person"), ("urn", "setting")),
    "activeplans": (("plan", "request", "person"),),
    "placementdetail": (("active", "plan", "request", "person"), ("urn", "setting")),
    "senneed": (("active", "plan", "request", "person"), ("need",)),
}
"""Module -> sets of our columns; of each set it must have one."""

MARKS: Mapping[str, frozenset[str]] = {
    "senneed": frozenset({"sentype", "sentypeofneed", "senneedtableid"}),
    "placementdetail": frozenset({"entrydate", "placementstartdate", "placementdetailtableid"}),
    "plandetail": frozenset({"placementrank", "senunitindicator", "plandetailtableid"}),
    "activeplans": frozenset({"transferla", "reviewmeeting", "lastreview"}),
    "namedplan": frozenset({"startdate", "ehcplanstartdate", "ceasedate"}),
    "person": frozenset({"personbirthdate", "upn", "upnuniquepupilnumber"}),
    "assessment": frozenset({"assessmentoutcome", "assessmentoutcomedate"}),
    "requests": frozenset({"receiveddate", "requestoutcome"}),
    "sen2": frozenset({"referencedate", "sourcelevel"}),
}
"""Module -> headings that tell it from those after it in this list."""

ID_COLUMNS = ("person", "request", "assessment", "plan", "active")
"""Our columns that link rows of different modules."""
