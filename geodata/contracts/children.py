"""Columns and rules that every dataset about a child shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.contracts.base import Column, Rule

if TYPE_CHECKING:
    import pandas as pd

CHILD_ID = Column(
    "child_id",
    "Child's identifier",
    "identifier",
    required=True,
    aliases=(
        "child id", "id", "case id", "person id", "pupil id", "student id", "client id", "system id", "ics id",
        "mosaic id", "liquidlogic id", "eclipse id", "capita id", "one id", "synergy id", "record id", "upn",
        "unique pupil number", "child reference", "child ref", "pseudonym", "pseudo id", "table id", "person table id",
    ),
    description="A number or code that stands for the child, the same in every file; never a name.",
)  # fmt: skip

POSTCODE = Column(
    "postcode",
    "Home postcode",
    "postcode",
    aliases=("post code", "home postcode", "child postcode", "pcode", "pcd", "pcds", "home post code", "zip"),
    description="The child's home; only the area it lies in is shown to anyone.",
)

PROTECTED = Column(
    "protected",
    "Protected address",
    "flag",
    aliases=(
        "protected address", "address protected", "is protected", "confidential address", "address confidential",
        "restricted address", "address restricted", "restricted", "sensitive", "withheld", "refuge",
        "witness protection", "do not disclose address", "address withheld", "protected flag", "sensitive address",
    ),
    description="Yes where the address must stay secret (refuge, witness protection): it is never looked up or kept.",
)  # fmt: skip

YEAR_GROUP = Column(
    "year_group",
    "National curriculum year",
    "year_group",
    aliases=(
        "ncy", "nc year", "year", "national curriculum year", "nc year actual", "ncyear", "nc year group",
        "school year", "curriculum year", "ncy actual",
    ),
    description="-2 and -1 for nursery (N1, N2), 0 for Reception, 1 to 14; blank where it is not known.",
)  # fmt: skip

SCHOOL_URN = Column(
    "school_urn",
    "School's unique reference number",
    "urn",
    aliases=("urn", "school reference number", "establishment urn", "setting urn", "base urn", "school unique number"),
    description="Six digits.",
)

BORN = Column(
    "born",
    "Month of birth",
    "month",
    aliases=("date of birth", "dob", "birth date", "birthdate", "person birth date", "born on", "birth month", "d o b"),
    description="Kept as the first day of the month only.",
)


def not_before(later: pd.Series, earlier: pd.Series) -> pd.Series[bool]:
    """Return where a day does not lie before another; True where either is missing."""
    result: pd.Series[bool] = ~(later < earlier)
    return result


def not_far_ahead(days: pd.Series) -> pd.Series[bool]:
    """Return where a day lies no more than a year ahead of today; True where it is missing."""
    import pandas as pd  # noqa: PLC0415 - contracts stay light to import

    result: pd.Series[bool] = ~(days > pd.Timestamp.now().normalize() + pd.DateOffset(years=1))
    return result


DATE_RULES = (
    Rule("end_date", "the end lies before the start", lambda rows: not_before(rows["end_date"], rows["start_date"])),
    Rule("start_date", "more than a year in the future", lambda rows: not_far_ahead(rows["start_date"])),
    Rule("end_date", "more than a year in the future", lambda rows: not_far_ahead(rows["end_date"])),
    Rule("born", "the birth lies after the start", lambda rows: not_before(rows["start_date"], rows["born"])),
)
"""Rules for a row with ``start_date``, ``end_date`` and ``born``."""
