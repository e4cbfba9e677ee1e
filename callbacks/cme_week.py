"""What the page of the team's week shows: headlines, the list with its filters, counts by locality and by school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from geodata.contracts.cme_involvements import SEN_CODES, SOCIAL_CARE_CODES
from geodata.periods import words
from geodata.snapshot import Snapshot
from geodata.store import Store, dataset_is_personal
from layers.basis import records_basis
from layers.cme.involvements import DATASET
from layers.cme.week import ORDER, UNTOUCHED_DAYS, Group, OpenCase, Week, week
from layers.format import NO_VALUE, format_value, plural

Answer = dict[str, Any]

OLD_DAYS = 7
"""An extract that ended longer ago is no list of this week."""

MONTHS_AFTER_DAYS, YEARS_AFTER_MONTHS = 60, 24
"""From when on an age is told in months, and in years."""

NOT_LOADED = "Not loaded"

LACKING = {
    "social_care": "Social care status is not loaded, so no case can be put first by it.",
    "sen_status": "SEN status is not loaded.",
    "school_urn": "Schools of the children are not loaded: the extract has no unique reference number of a school.",
    "last_contact": (
        "Last contact is not loaded: the extract has no day of the last contact or action. So nobody can say here "
        "which cases were left untouched."
    ),
}
"""Column -> what is said where no record of the extract has it."""

COLUMNS = (
    ("priority", "Priority", False),
    ("child", "Child", False),
    ("days", "Days open", True),
    ("care", "Social care", False),
    ("sen", "SEN", False),
    ("year", "Year group", False),
    ("locality", "Locality", False),
    ("school", "School", False),
    ("contact", "Last contact, days since", False),
)
"""Key, title and whether it holds numbers."""

SHORT = {
    SOCIAL_CARE_CODES["NONE"]: "Not open",
    SOCIAL_CARE_CODES["CIN"]: "In need",
    SOCIAL_CARE_CODES["CP"]: "Child protection",
    SOCIAL_CARE_CODES["CLA"]: "Looked after",
    SEN_CODES["N"]: "None",
}
"""Words that a column's heading completes, so that a case stands on one line."""

LARGEST_FIRST = frozenset({"days", "contact"})
"""Columns whose first sorting puts the largest first."""

ORDER_IN_SHORT = "First those open to social care, then the longest open, then those with an EHC plan."


def holds_real_children(snapshot: Snapshot) -> bool:
    """Return whether any record of a child is real, of whatever dataset."""
    personal = [key for key in snapshot.datasets if dataset_is_personal(key)]
    return any(part.basis == "real" for key in personal for part in snapshot.parts(key))


def week_view(store: Store, today: date) -> Answer:
    """Return what the page shows.

    Parameters
    ----------
    store : Store
        The snapshot's records.
    today : datetime.date
        From which the age of the extract is told.

    Returns
    -------
    dict
        Words, numbers as text and keys to sort by; no markup.

    Raises
    ------
    UsageError
        If no involvements are loaded.
    """
    found = week(store)
    return {
        "as_of": words(found.day),
        "age": age_words(found.day, today),
        "old": (today - found.day).days > OLD_DAYS,
        "basis": list(records_basis(store, DATASET)),
        "in_short": ORDER_IN_SHORT,
        "order": ORDER,
        "headlines": _headlines(found),
        "lacking": [LACKING[key] for key in found.lacking],
        "notes": contact_notes(found),
        "columns": [
            {"key": key, "title": title, "numeric": numeric, "first": "descending" if key in LARGEST_FIRST else ""}
            for key, title, numeric in COLUMNS
        ],
        "rows": [_row(place, case) for place, case in enumerate(found.cases, start=1)],
        "localities": [_group(group) for group in found.localities],
        "schools": [_group(group) for group in found.schools],
        "total": _group(found.total),
        "knows_care": found.total.social_care is not None,
        "knows_contact": found.total.untouched is not None,
        "untouched_days": UNTOUCHED_DAYS,
    }


def age_words(day: date, today: date) -> str:
    """Return how long ago a day was: "today", "9 days ago", "5 months ago", "4 years and 3 months ago"."""
    days = (today - day).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    if days <= MONTHS_AFTER_DAYS:
        return f"{plural(days, 'day')} ago"
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if months < YEARS_AFTER_MONTHS:
        return f"{plural(months, 'month')} ago"
    years, rest = divmod(months, 12)
    return f"{plural(years, 'year')} and {plural(rest, 'month')} ago" if rest else f"{plural(years, 'year')} ago"


def contact_notes(found: Week) -> list[str]:
    """Return what "nobody touched" means here; nothing where no last contact is loaded."""
    if found.total.untouched is None:
        return []
    before = f"{UNTOUCHED_DAYS} days or more before {words(found.day)}"
    notes = [f"Nobody touched a case for {UNTOUCHED_DAYS} days where its last contact lies {before}."]
    if blank := found.without_contact:
        have, are = ("has", "it is") if blank == 1 else ("have", "they are")
        notes.append(f"{plural(blank, 'open case')} {have} no contact recorded; {are} counted from the start.")
    return notes


def _headlines(found: Week) -> list[Answer]:
    care, untouched = found.total.social_care, found.total.untouched
    longest = NO_VALUE if found.longest is None else plural(found.longest, "day")
    return [
        {"title": "Open cases", "value": format_value(found.total.open)},
        {"title": "Open to social care", "value": NOT_LOADED if care is None else format_value(care)},
        {
            "title": f"Nobody touched for {UNTOUCHED_DAYS} days",
            "value": NOT_LOADED if untouched is None else format_value(untouched),
        },
        {"title": "Longest open", "value": longest},
    ]


def _row(place: int, case: OpenCase) -> Answer:
    texts = {
        "priority": (case.priority, place),
        "child": (case.child, case.child),
        "days": (format_value(case.days_open), case.days_open),
        "care": (short_words(case.social_care), short_words(case.social_care)),
        "sen": (short_words(case.sen_status), short_words(case.sen_status)),
        "year": (f"{case.year}, {case.phase.lower()}" if case.phase else case.year, _sort_year(case)),
        "locality": (case.locality, case.locality),
        "school": (case.school, case.school),
        "contact": (contact_words(case), "" if case.days_untouched is None else case.days_untouched),
    }
    return {
        "place": place,
        "care": case.in_social_care,
        "untouched": case.untouched,
        "locality": case.area,
        "school": case.school_code,
        "cells": [
            {"key": key, "title": title, "numeric": numeric, "text": texts[key][0], "sort": texts[key][1]}
            for key, title, numeric in COLUMNS
        ],
    }


def short_words(text: str) -> str:
    """Return words of the contract as they stand under a column's heading: "Child looked after" as "Looked after"."""
    return SHORT.get(text, text)


def _sort_year(case: OpenCase) -> int | str:
    return "" if case.year_group is None else case.year_group


def contact_words(case: OpenCase) -> str:
    """Return the last contact: "18 Jul 2022, 13 days"; where none is recorded since the start, for how long it is."""
    if case.days_untouched is None:
        return NOT_LOADED
    days = plural(case.days_untouched, "day")
    if case.last_contact is None:
        return f"None recorded, {days}"
    at = case.last_contact
    return f"Before the start, {days}" if at < case.start else f"{at.day} {at:%b %Y}, {days}"


def _group(group: Group) -> Answer:
    counts: Sequence[int | None] = (group.open, group.social_care, group.untouched)
    return {
        "code": group.code,
        "name": group.name,
        "open": group.open,
        "cells": [NOT_LOADED if count is None else format_value(count) for count in counts],
    }
