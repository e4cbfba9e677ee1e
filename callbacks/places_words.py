"""The words, shapes and short names that the page on specialist places uses for codes."""

from __future__ import annotations

from typing import NamedTuple

from callbacks.places_facts import ALL
from geodata.contracts.ehc_plans import NEED_CODES
from geodata.school_years import PHASES

GAP_PROVISIONS = ("special", "base", "independent")
"""Kinds of provision whose places are held against demand."""

OPEN_PROVISIONS = ("mainstream", "further_education")
"""Kinds of provision with plans to accommodate: nobody lists their places."""

PROVISIONS = {
    "special": "Special school",
    "base": "Base (ARP or SEN unit)",
    "independent": "Independent special",
    "mainstream": "Mainstream",
    "further_education": "Further education",
    "alternative": "Alternative provision",
    "other": "Other or not placed",
}
BROAD_NEEDS = {
    "communication": "Communication and interaction",
    "cognition": "Cognition and learning",
    "semh": "Social, emotional and mental health",
    "sensory": "Sensory and physical",
    "other": "Other or not recorded",
}
SHORT_PROVISIONS = {"special": "special", "base": "base", "independent": "independent"}
SHORT_NEEDS = {
    "communication": "Commu\u00adnication",
    "cognition": "Cognition",
    "semh": "SEMH",
    "sensory": "Sensory, physical",
    "other": "Other",
}
"""For the heads of narrow columns."""

ANY_NEED = {"ANY": "Any or several needs", "": "Not recorded"}


SHORT_OPEN = {"mainstream": "Main\u00adstream", "further_education": "Further edu\u00adcation"}


class Status(NamedTuple):
    """How a cell stands: its word, its shape and what it means."""

    word: str
    shape: str
    means: str


STATUSES = {
    "short": Status("short", "\u25b2", "children without a place; a shortage is 80% likely or more"),
    "likely_short": Status("likely", "\u25b3", "likely short: a shortage is 50 to 80% likely"),
    "balanced": Status("even", "\u25a0", "in balance: a shortage is less likely than not, and no place is left over"),
    "spare": Status("spare", "\u25bd", "places left over; a shortage is less than 10% likely"),
    "accommodate": Status("to place", "\u25cb", "plans to accommodate: no places are listed for them"),
    "rolled_up": Status("rolled up", "\u2191", "rests on too few plans; the wider cell speaks for it"),
    "no_data": Status("none", "\u2013", "no plans and no places"),
}
UNTESTED_MEANS = {
    "short": "children without a place at the median",
    "balanced": "in balance: no child without a place at the median, and no place left over",
    "spare": "places left over at the median",
}
"""What the words mean where no probability may be said."""

NOT_TESTABLE = "not yet testable"


def means(status: str, *, testable: bool) -> str:
    """Return what the word of a status means."""
    return STATUSES[status].means if testable else UNTESTED_MEANS.get(status, STATUSES[status].means)


def phase_words(phase: str) -> str:
    """Return the title of a phase."""
    return "All phases" if phase == ALL else PHASES.get(phase, phase)


def need_words(need: str) -> str:
    """Return the title of a broad area of need or of a primary need."""
    if need == ALL:
        return "All needs"
    return BROAD_NEEDS.get(need) or NEED_CODES.get(need) or ANY_NEED.get(need) or need


def provision_words(provision: str) -> str:
    """Return the title of a kind of provision."""
    return "All specialist places" if provision == ALL else PROVISIONS.get(provision, provision)


def january(year: int) -> str:
    """Return a census in words, with its school year: "January 2027 (school year 2026/27)"."""
    return f"January {year} (school year {year - 1}/{year % 100:02d})"
