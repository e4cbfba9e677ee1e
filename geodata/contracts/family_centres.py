"""Family centres: one row for each site."""

from __future__ import annotations

from geodata.contracts.base import Column, Contract, Rule
from geodata.contracts.places import LOCATION, NO_PLACE, SAME_POINT

KIND_CODES = {"centre": "Family centre", "centre_plus": "Family centre plus"}
KIND_SPELLINGS = {
    "family centre": "centre", "fc": "centre", "standard": "centre", "family centre plus": "centre_plus",
    "plus": "centre_plus", "fc plus": "centre_plus", "fc+": "centre_plus", "centre+": "centre_plus",
    "family centre +": "centre_plus", "hub": "centre_plus",
}  # fmt: skip
DAY_CODES = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
             "sat": "Saturday", "sun": "Sunday"}  # fmt: skip
_WEEK = "mon;tue;wed;thu;fri"
DAY_SPELLINGS = {day.lower(): code for code, day in DAY_CODES.items()} | {
    "tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu", "mon-fri": _WEEK, "mon - fri": _WEEK,
    "monday to friday": _WEEK, "monday-friday": _WEEK, "mon to fri": _WEEK, "weekdays": _WEEK, "five days": _WEEK,
    "5 days": _WEEK, "every weekday": _WEEK,
}  # fmt: skip

CONTRACT = Contract(
    key="family_centres",
    title="Family centres",
    shape="sites",
    plain="Where the family centres are, of which kind, and on which days they are open.",
    columns=(
        Column("centre_id", "Centre's identifier", "identifier", aliases=("id", "site id", "centre ref", "reference")),
        Column("name", "Name", "text", required=True,
               aliases=("centre", "centre name", "family centre", "site", "site name", "family centre name")),
        Column("kind", "Kind", "code", aliases=("type", "centre type", "kind of centre"),
               codes=KIND_CODES, spellings=KIND_SPELLINGS),
        Column("days", "Days open", "codes", aliases=("open days", "opening days", "days of opening", "opening"),
               codes=DAY_CODES, spellings=DAY_SPELLINGS, description="Such as 'Mon; Wed; Fri' or 'Mon-Fri'."),
        Column("opened", "Opened", "date", aliases=("open date", "date opened", "from")),
        Column("closed", "Closed", "date", aliases=("close date", "date closed", "to")),
        *LOCATION,
    ),
    unique=("name",),
    rules=(
        Rule("closed", "the closing lies before the opening", lambda rows: ~(rows["closed"] < rows["opened"])),
    ),
    flags=(SAME_POINT, NO_PLACE),
    dated=True,
)  # fmt: skip
