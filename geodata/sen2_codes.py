"""Codes of the SEN2 person-level return and of the register of schools -> codes of our EHC plans.

From the Department for Education's guide to the SEN2 return (items 4.7, 5.7 and 5.8) and its published tables of EHC
plans by type of establishment; the types of establishment are those of Get Information about Schools (GIAS).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geodata.contracts.ehc_plans import NEED_CODES, PROVISION_CODES, PROVISION_SPELLINGS
from geodata.names import normalise

SETTINGS: Mapping[str, str] = MappingProxyType({
    "OLA": "Arranged by the authority otherwise than in a school or college (EOTAS)",
    "OPA": "Arranged by parents or the young person, other than home education",
    "EHE": "Elective home education",
    "EYP": "Early years provider without a number in the register of schools",
    "OTH": "Other, also where a type of setting but no setting is named",
    "NEET": "Not in education, employment or training, aged 16 to 25",
    "NIEC": "Not in education or training, notice to cease issued",
    "NIEO": "Not in education or training, other",
})  # fmt: skip
"""Where a placement is that has no number in the register. All are 'other' in our codes.

Early years providers too: the published tables count them beside, not within, mainstream schools.
"""

_YES = frozenset({"true", "t", "yes", "y", "1", "1.0"})

_TYPES: Mapping[str, Mapping[int, str]] = {
    "mainstream": {
        1: "Community school", 2: "Voluntary aided school", 3: "Voluntary controlled school", 5: "Foundation school",
        6: "City technology college", 11: "Other independent school", 15: "Local authority nursery school",
        28: "Academy sponsor led", 34: "Academy converter", 35: "Free schools", 40: "University technical college",
        41: "Studio schools",
    },
    "special": {
        7: "Community special school", 12: "Foundation special school", 33: "Academy special sponsor led",
        36: "Free schools special", 44: "Academy special converter",
    },
    "independent": {8: "Non-maintained special school", 10: "Other independent special school"},
    "alternative": {
        14: "Pupil referral unit", 38: "Free schools alternative provision",
        42: "Academy alternative provision converter", 43: "Academy alternative provision sponsor led",
    },
    "further_education": {
        18: "Further education", 31: "Sixth form centres", 32: "Special post 16 institution",
        39: "Free schools 16 to 19", 45: "Academy 16-19 converter", 46: "Academy 16 to 19 sponsor led",
    },
    "other": {
        24: "Secure units", 25: "Offshore schools", 26: "Service children's education",
        29: "Higher education institutions", 30: "Welsh establishment", 37: "British schools overseas",
        49: "Online provider", 56: "Institution funded by other government department", 57: "Academy secure 16 to 19",
    },
}  # fmt: skip
"""Provision -> number and name of each type of establishment in GIAS.

"Other independent school" is mainstream, as in the published tables of EHC plans: only independent *special* schools
stand with the non-maintained special ones. "Miscellaneous" (27) and children's centres say nothing and are left out.
"""

_BY_TYPE: Mapping[str, str] = {
    key: provision
    for provision, types in _TYPES.items()
    for number, name in types.items()
    for key in (str(number), normalise(name))
} | {
    "freeschool": "mainstream", "studioschool": "mainstream", "lanurseryschool": "mainstream",
    "freeschoolspecial": "special", "freeschoolalternativeprovision": "alternative",
    "freeschool16to19": "further_education", "freeschools1619": "further_education",
    "academy16to19converter": "further_education", "academy1619sponsorled": "further_education",
    "sixthformcentre": "further_education",
}  # fmt: skip


def need_of(sentype: str) -> str:
    """Return our code of a SEN2 type of need; what is not known comes back as it is, for the contract to refuse.

    Examples
    --------
    >>> [need_of(text) for text in ("asd", "SLD - Severe Learning Difficulty", "XYZ", "")]
    ['ASD', 'SLD', 'XYZ', '']
    """
    code = sentype.partition(" - ")[0].strip().upper()
    return code if code in NEED_CODES else sentype.strip()


def is_yes(indicator: str | bool) -> bool:
    """Return whether an indicator of the return says yes; blank and anything else is no."""
    return str(indicator).strip().lower() in _YES


def provision_of(sensetting: str, unit: str | bool, resourced: str | bool) -> str:
    """Return the provision that a placement record of the return states.

    Parameters
    ----------
    sensetting : str
        Code of the setting; blank where a school's number says where the placement is.
    unit, resourced : str or bool
        The indicators of a SEN unit and of resourced provision.

    Returns
    -------
    str
        "base" where an indicator says yes, whatever else stands there; the code of the setting's provision; blank where
        only the type of the school can tell (see `provision_of_school_type`); a setting that is not known as it is, for
        the contract to refuse.

    Examples
    --------
    >>> provision_of("", "false", "true"), provision_of("EHE", "0", "0"), provision_of("", "", "")
    ('base', 'other', '')
    """
    if is_yes(unit) or is_yes(resourced):
        return "base"
    setting = sensetting.strip()
    if setting.partition(" - ")[0].strip().upper() in SETTINGS:
        return "other"
    folded = " ".join(setting.lower().split())
    return folded if folded in PROVISION_CODES else PROVISION_SPELLINGS.get(folded, setting)


def provision_of_school_type(type_code: str) -> str:
    """Return the provision of a type of establishment, for placements without a SEN unit or resourced provision.

    Parameters
    ----------
    type_code : str
        Name or number of the type in GIAS; case and punctuation do not matter.

    Returns
    -------
    str
        A key of `PROVISION_CODES`; blank for a type that is not known or says nothing.

    Examples
    --------
    >>> [provision_of_school_type(text) for text in ("Academy special converter", "07", "Miscellaneous")]
    ['special', 'special', '']
    """
    key = normalise(type_code)
    return _BY_TYPE.get(key.lstrip("0"), "")
