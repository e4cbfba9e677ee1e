"""Headings of fields that name a person or say how to reach one."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

PERSONS = frozenset({
    "child", "childs", "children", "pupil", "pupils", "student", "students", "person", "persons", "client", "clients",
    "young", "learner", "parent", "parents", "carer", "carers", "guardian", "mother", "mothers", "father", "fathers",
    "mum", "dad", "sibling", "contact", "worker", "officer", "caseworker", "practitioner", "user", "yp", "cyp", "next",
    "owner", "allocated",
})  # fmt: skip
"""A heading that is nothing but such words is taken for a name: "Pupil", "Young person"."""

ALWAYS = frozenset({
    "forename", "forenames", "surname", "surnames", "firstname", "lastname", "middlename", "middlenames", "fullname",
    "familyname", "givenname", "givennames", "preferredname", "knownas", "childname", "childsname", "pupilname",
    "studentname", "personname", "clientname", "displayname", "initial", "initials", "fname", "lname", "sname",
    "alias", "aliases", "aka", "maiden", "address", "addresses", "addr", "street", "road", "house", "housename", "flat",
    "town", "uprn", "email", "mail", "telephone", "tel", "phone", "phones", "mobile", "landline", "fax",
    "nhs", "nhsno", "nhsnumber", "passport", "nino", "insurance", "notes", "note", "comment", "comments", "narrative",
    "freetext",
})  # fmt: skip
"""Words that make a heading one of a name, an address line, a way to reach someone, or free text about them."""

OF_THINGS = frozenset({
    "school", "setting", "establishment", "base", "ward", "area", "lsoa", "msoa", "lsoa11", "lsoa21", "msoa21",
    "district", "authority", "la", "ltla", "ltla19", "region", "county", "council", "team", "service", "provider",
    "country", "centre", "file", "utla", "lad", "place", "geography", "need", "provision",
})  # fmt: skip
"""Names of these are not names of people; they are dropped all the same unless a column asks for them."""

FLAG_WORDS = frozenset({"protected", "restricted", "confidential", "sensitive", "withheld", "disclose", "postcode"})
"""With one of these, a heading about an address is a marker or a postcode, not an address line."""

_FILLERS = frozenset({"the", "of", "s", "full", "and", "or", "details", "kin"})


def words(heading: str) -> list[str]:
    """Return the lower-case words of a heading, ``ChildName`` and ``child_name`` alike."""
    return _WORD.findall(_CAMEL.sub(" ", heading).lower())


def normalise(heading: str) -> str:
    """Return a heading without case, spaces and punctuation, for comparing."""
    return "".join(_WORD.findall(heading.lower()))


def is_name_heading(heading: str) -> bool:
    """Return whether a heading stands for a person's name, address line, contact or free text.

    Examples
    --------
    >>> [is_name_heading(h) for h in ("Child's name", "Pupil", "Address line 1", "NHS number", "Protected address")]
    [True, True, True, True, False]
    """
    found = set(words(heading))
    if not found or found & FLAG_WORDS or ("post" in found and "code" in found):
        return False
    if found & ALWAYS or normalise(heading) in ALWAYS:
        return True
    if found & {"name", "names"}:
        return not found & OF_THINGS
    return bool(found & PERSONS) and found <= PERSONS | _FILLERS
