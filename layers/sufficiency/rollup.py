"""Cells that rest on too few plans, and the words for a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers.sufficiency.grouping import ALL

COUNTY = "county"
"""Code of the row that adds up all areas, those unknown and outside among them."""

SHORT_AT = 0.8
LIKELY_AT = 0.5
SPARE_BELOW = 0.1
"""Probabilities of a shortage from which on a cell is "short", "likely short", and below which it may have places to
spare. Assumed."""

HALF_A_PLACE = 0.5
"""A shortage counts from half a place on, so that rounding is none."""

A_PLACE = 1.0

WORDS: Mapping[str, str] = {
    "short": "short",
    "likely_short": "likely short",
    "balanced": "in balance",
    "spare": "places to spare",
    "accommodate": "plans to accommodate",
    "rolled_up": "too few plans here",
    "no_data": "no plans and no places",
}
"""Status -> words."""

NOT_TESTABLE = "not yet testable"


@dataclass(frozen=True)
class RolledUp:
    """Where the figures of a cell are shown from.

    Attributes
    ----------
    area, group : str
        As asked for where the cell rests on enough plans.
    note : str
        Empty there; otherwise what a reader is told.
    """

    area: str
    group: str
    note: str = ""


def roll_up(plans: Mapping[tuple[str, str], int], area: str, group: str, fewest: int) -> RolledUp:
    """Return where a cell's figures come from: the cell, the county for that need, or the county for all needs.

    Parameters
    ----------
    plans : mapping of (str, str) to int
        (area or `COUNTY`, group or "all") -> plans of the base year, of one phase and provision.
    area, group : str
        The cell.
    fewest : int
        Plans that a cell has to rest on.
    """
    here = plans[area, group]
    if here >= fewest or (area, group) == (COUNTY, ALL):
        return RolledUp(area, group)
    few = f"Rests on {here} plans, fewer than {fewest}"
    if area != COUNTY and plans[COUNTY, group] >= fewest:
        return RolledUp(COUNTY, group, f"{few}: see the county.")
    return RolledUp(COUNTY, ALL, f"{few}: see the county for all needs.")


def status_of(chance: float | None, gap: float, gap_at_settings: float) -> str:
    """Return the status of a cell that is held against places.

    Parameters
    ----------
    chance : float or None
        Probability of a shortage; None where it is not yet testable.
    gap, gap_at_settings : float
        Medians, seen from home and from the settings; the latter is below 0 where places are left.

    Returns
    -------
    str
        One of `WORDS`: "short" from `SHORT_AT`, "likely_short" from `LIKELY_AT`; "spare" where a shortage is less
        likely than `SPARE_BELOW` and at least one place is left over. Without a probability the median alone decides.
    """
    if chance is None:
        if gap >= HALF_A_PLACE:
            return "short"
        return "spare" if gap_at_settings <= -A_PLACE else "balanced"
    if chance >= SHORT_AT:
        return "short"
    if chance >= LIKELY_AT:
        return "likely_short"
    return "spare" if chance < SPARE_BELOW and gap_at_settings <= -A_PLACE else "balanced"
