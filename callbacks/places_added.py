"""Several kinds of provision or phases of the matrix together, added up in every draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from callbacks.places_facts import COUNTY, Band, CellFacts, CellKey
from layers.sufficiency.core import PHASE_KEYS, PROVISIONS
from layers.sufficiency.gap import GapMatrix
from layers.sufficiency.grouping import ALL
from layers.sufficiency.rollup import HALF_A_PLACE, roll_up, status_of
from layers.sufficiency.wanted import quantiles

MEDIAN = 2
"""Place of the median among `layers.sufficiency.wanted.LEVELS`."""

Kind = tuple[str, str]
"""Provision and phase."""


def added(matrix: GapMatrix, key: CellKey, kinds: Sequence[Kind], at: int, error: str) -> CellFacts:
    """Return several kinds together in one January.

    Parameters
    ----------
    matrix : GapMatrix
        By the groups that the key names.
    key : CellKey
        Which area and group; what the facts are called.
    kinds : sequence of (str, str)
        Provision and phase.
    at : int
        Place of the year.
    error : str
        Words of the back-test.

    Returns
    -------
    CellFacts
        Demand and gap are those of the kinds whose places are listed; where there are such and others, the note says
        how many plans are in the others.
    """
    listed = [kind for kind in kinds if kind in matrix.blocks]
    held = listed or list(kinds)
    group = key.need or "none"
    plans = _plans(matrix, held)
    shown = roll_up(plans, key.area, group, matrix.fewest_plans)
    year = matrix.years[at]
    demand = _levels(quantiles(_wanted(matrix, held, at, shown.area, shown.group)))
    here = plans[key.area, group]
    rolls_to = key._replace(area=shown.area, need=shown.group) if shown.note else None
    if not listed:
        status = "accommodate" if demand.upper_95 >= HALF_A_PLACE else "no_data"
        if shown.note:
            status = "rolled_up" if here else "no_data"
        return CellFacts(key, year, status, here, demand, rolls_to=rolls_to, note=shown.note, error=error)
    a, g = matrix.areas.index(shown.area), matrix.groups.index(shown.group)
    blocks = [matrix.blocks[kind] for kind in listed]
    unmet: Any = sum(block.unmet[:, a, g] for block in blocks)
    gaps = [_levels(levels) for levels in quantiles(unmet)]
    testable = matrix.wanted.demand.testable
    chance = float((unmet[at] >= HALF_A_PLACE).mean()) if testable else None
    places, spare, over = (sum(float(getattr(block, name)[at, a, g]) for block in blocks)
                           for name in ("places", "spare", "over"))  # fmt: skip
    # Medians do not add up exactly, but the word "spare" needs no more than about one place.
    at_settings = sum(float(block.gap_at_settings[at, a, g, MEDIAN]) for block in blocks)
    status = status_of(chance, gaps[at].median, at_settings)
    if not (here or places or demand.upper_95):
        status = "no_data"
    if shown.note:
        status = "rolled_up" if here or places >= HALF_A_PLACE else "no_data"
    return CellFacts(
        key=key, year=year, status=status, plans=here, demand=demand, places=places, gap=gaps[at], spare=spare,
        over=over, chance=chance, first_short=_lasting([one.median >= HALF_A_PLACE for one in gaps], matrix.years),
        error=error, rolls_to=rolls_to, note=shown.note or _others(matrix, kinds, listed, at, key.area, group),
    )  # fmt: skip


def _plans(matrix: GapMatrix, kinds: Sequence[Kind]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for provision, phase in kinds:
        for cell, count in matrix.plans(provision, phase).items():
            found[cell] = found.get(cell, 0) + count
    return found


def _wanted(matrix: GapMatrix, kinds: Sequence[Kind], at: int, area: str, group: str) -> Any:
    """Return [draw]: plans of several kinds together."""
    areas = slice(None) if area == COUNTY else slice(a := matrix.areas.index(area), a + 1)
    groups = slice(None) if group == ALL else slice(g := matrix.groups.index(group), g + 1)
    plans = matrix.wanted.plans
    return sum(
        plans[PROVISIONS.index(provision), PHASE_KEYS.index(phase), at, :, areas, groups].sum(axis=(1, 2))
        for provision, phase in kinds
    )


def _others(matrix: GapMatrix, kinds: Sequence[Kind], listed: Sequence[Kind], at: int, area: str, group: str) -> str:
    others = [kind for kind in kinds if kind not in listed]
    if not others:
        return ""
    median = _levels(quantiles(_wanted(matrix, others, at, area, group))).median
    if median < HALF_A_PLACE:
        return ""
    return f"Beside these, {median:,.0f} plans are in kinds of provision and phases without listed places."


def _lasting(short: Sequence[bool], years: Sequence[int]) -> int | None:
    """Return the first year from which on it is so to the last year."""
    first = None
    for year, is_short in zip(reversed(years), reversed(short), strict=True):
        if not is_short:
            break
        first = year
    return first


def _levels(found: Any) -> Band:
    lower_95, lower_80, median, upper_80, upper_95 = (float(one) for one in found)
    return Band(median, lower_80, upper_80, lower_95, upper_95)
