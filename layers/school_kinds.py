"""Kinds of school as the map tells them apart: by phase, and special and alternative ones of their own."""

from __future__ import annotations

from geodata.store import Row

STATE_KINDS = {
    "nursery": "Nursery",
    "primary": "Primary",
    "secondary": "Secondary",
    "all_through": "All-through",
    "post_16": "Sixth form",
    "special": "Special",
    "alternative": "Alternative provision",
    "none": "No phase stated",
}
"""Kinds of state-funded school, in the order of the legend."""

INDEPENDENT_SPECIAL = "independent_special"

_OWN_KIND = {"special": "special", "alternative": "alternative", "nursery": "nursery"}
"""Types that are a kind of their own, whatever the phase."""

_IN_USE = (None, "open", "closing")
"""Statuses of a school that is open; blank where the list does not say, so that its dates decide."""


def in_use(row: Row) -> bool:
    """Return whether the list says that a school is open, or says nothing."""
    return row.get("status") in _IN_USE


def state_kind(row: Row) -> str:
    """Return the kind of a state-funded school; empty for one that is not, or whose type is not stated."""
    kind = row.get("type")
    if kind in _OWN_KIND:
        return _OWN_KIND[kind]
    phase = row.get("phase") or "none"
    return phase if kind == "state_funded" and phase in STATE_KINDS else ""
