"""Headings of fields that name a person or say how to reach one."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LABEL = re.compile(r"\(\s*name\s*\)\s*$", re.IGNORECASE)

PERSONS = frozenset({
    "child", "childs", "pupil", "student", "person", "client", "learner", "parent", "parents", "carer",
    "carers", "guardian", "mother", "mothers", "father", "fathers", "mum", "dad", "sibling", "siblings", "relative",
    "relatives", "partner", "spouse", "husband", "wife", "next", "contact", "contacts", "user", "yp", "cyp", "adult",
    "individual", "owner", "proprietor", "props", "head", "heads", "headteacher", "headteachers", "headmaster",
    "headmistress", "principal", "teacher", "tutor", "governor", "chair", "senco", "sendco", "dsl", "worker",
    "workers", "caseworker", "keyworker", "caseholder", "holder", "officer", "practitioner", "professional", "manager",
    "supervisor", "coordinator", "psychologist", "therapist", "consultant", "doctor", "gp", "nurse", "visitor", "iro",
    "referrer", "author", "staff", "employee", "member",
})  # fmt: skip
"""A heading that ends in such a word is taken for a name: "Pupil", "Social worker", "School contact"."""

COUNTED = frozenset({"children", "pupils", "students", "learners", "persons", "people", "clients"})
"""People in the plural: a number of them, unless "name" stands beside."""

NAME_PARTS = frozenset({
    "first", "last", "middle", "full", "family", "given", "legal", "preferred", "known", "maiden", "birth", "former",
    "chosen", "christian", "sur", "fore", "nick", "pet", "user", "display", "own",
})  # fmt: skip
"""What comes before "name" in a person's: "Legal name"."""

ALWAYS = frozenset({
    "forename", "forenames", "surname", "surnames", "firstname", "lastname", "middlename", "middlenames", "fullname",
    "familyname", "givenname", "givennames", "preferredname", "knownas", "childname", "childsname", "pupilname",
    "studentname", "personname", "clientname", "displayname", "username", "login", "nickname", "initial", "initials",
    "fname", "lname", "sname", "alias", "aliases", "aka", "maiden", "email", "mail", "telephone", "tel", "phone",
    "phones", "mobile", "landline", "fax", "nhs", "nhsno", "nhsnumber", "passport", "nino", "insurance", "signature",
    "photo", "notes", "note", "comment", "comments", "remarks", "narrative", "freetext",
})  # fmt: skip
"""Words that make a heading one of a name, a way to reach someone, or free text about them."""

ADDRESS = frozenset({
    "address", "addresses", "addr", "street", "road", "house", "housename", "flat", "town", "uprn", "paon", "saon",
})  # fmt: skip
"""Words that make a heading one of an address line, where it is no marker."""

OF_THINGS = frozenset({
    "school", "schools", "setting", "establishment", "nursery", "academy", "college", "base", "ward", "area", "lsoa",
    "msoa", "oa", "district", "authority", "la", "ltla", "utla", "lad", "lea", "region", "gor", "county", "country",
    "council", "board", "borough", "locality", "parish", "constituency", "team", "service", "provider", "centre",
    "hub", "site", "building", "buildings", "property", "asset", "development", "scheme", "file", "place",
    "geography", "need", "provision", "trust", "trusts",
    "federation", "sponsor", "diocese", "inspectorate", "qab", "organisation", "agency", "indicator", "measure",
    "category", "section", "short", "friendly", "group", "type", "status", "phase", "plan", "field", "column", "table",
    "dataset", "layer", "language",
})  # fmt: skip
"""Names of these are not names of people; they are dropped all the same unless a column asks for them."""

FLAG_WORDS = frozenset({"protected", "restricted", "confidential", "sensitive", "withheld", "disclose", "postcode"})
"""With one of these, a heading about an address is a marker or a postcode, not an address line."""

_DOERS = frozenset({
    "created", "updated", "opened", "closed", "modified", "entered", "recorded", "completed", "authorised", "approved",
    "signed", "allocated", "assigned", "reviewed", "changed", "added", "held", "contact", "contacted", "seen", "visit",
    "visited", "action", "actioned",
})  # fmt: skip
_FILLERS = frozenset({
    "the", "s", "full", "young", "and", "or", "details", "kin", "main", "lead", "key", "link", "named", "primary",
    "secondary", "other", "previous", "current", "responsible", "designated", "emergency", "family", "social", "case",
    "foster", "early", "help", "support", "health", "education", "educational", "class", "form", "line", "preferred",
    "job", "title", "allocated", "assigned", "senior", "deputy", "assistant", "co", "sen",
    "send", "ehc", "ehcp", "ehe", "cme",
})  # fmt: skip


def words(heading: str) -> list[str]:
    """Return the lower-case words of a heading, ``ChildName`` and ``child_name`` alike."""
    return _WORD.findall(_CAMEL.sub(" ", heading).lower())


def normalise(heading: str) -> str:
    """Return a heading without case, spaces and punctuation, for comparing."""
    return "".join(_WORD.findall(heading.lower()))


def is_name_heading(heading: str) -> bool:
    """Return whether a heading stands for a person's name, address line, contact or free text.

    "Name" alone is a person's. Otherwise the word before it decides: "School contact name" is one, "Pupil's school
    name" is none. "(name)" after anything but a person is the label of a code, as in the register of schools.

    Examples
    --------
    >>> [is_name_heading(h) for h in ("Child's name", "Pupil", "Address line 1", "NHS number", "Protected address")]
    [True, True, True, True, False]
    >>> [is_name_heading(h) for h in ("Key worker", "HeadLastName", "School name", "PhaseOfEducation (name)", "Pupils")]
    [True, True, False, False, False]
    """
    found = [word.rstrip("0123456789") for word in words(heading)]
    found = [word for word in found if word]
    known = set(found)
    flagged = bool(known & FLAG_WORDS) or {"post", "code"} <= known
    if known & ALWAYS or normalise(heading) in ALWAYS or (known & ADDRESS and not flagged):
        return True
    if {"known", "as"} <= known or ({"free", "text"} <= known) or ("contact" in known and known & {"no", "number"}):
        return True
    if known & {"name", "names"}:
        return _is_name_of_a_person(found, is_label=bool(_LABEL.search(heading)))
    if flagged or not found:
        return False
    return _is_person(found) or (found[-1] == "by" and bool(known & _DOERS)) or found == ["assigned", "to"]


def _is_name_of_a_person(found: Sequence[str], *, is_label: bool) -> bool:
    at = next(i for i, word in enumerate(found) if word in ("name", "names"))
    before = [word for word in found[:at] if word not in ("s", "the")]
    if is_label:
        return not before or bool(set(before) & (PERSONS | NAME_PARTS | COUNTED))
    if before and before[-1] in PERSONS | NAME_PARTS | COUNTED:
        return not (before[-1] in ("full", "own") and set(before) & OF_THINGS)
    if before and before[-1] in OF_THINGS:
        return False
    deciding = [word for word in found if word in PERSONS | OF_THINGS | COUNTED]
    return not deciding or deciding[-1] not in OF_THINGS


def _is_person(found: Sequence[str]) -> bool:
    """Return whether a heading ends in a person, or says nothing but persons."""
    if "of" in found:  # "Head of school", "Date of contact"
        found = found[: found.index("of")]
    telling = [word for word in found if word not in _FILLERS]
    if not telling or not set(telling) <= PERSONS | OF_THINGS:
        return False
    return telling[-1] in PERSONS
