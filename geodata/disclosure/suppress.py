"""Complementary suppression: which further cells have to be held back so that none of them all can be worked out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from geodata.disclosure.core import Cube, Flags, Threshold
from geodata.disclosure.suppress_programme import Effort, Programme
from geodata.disclosure.suppress_search import Search
from geodata.disclosure.suppress_system import NEAR, System, Wish, systems
from geodata.disclosure.thresholds import require


@dataclass(frozen=True)
class Suppression:
    """Which cells are held back.

    Attributes
    ----------
    held_back : Flags
        [cell]: primary, complementary and unlisted ones.
    exposed : Flags
        [cell]: primary ones that can be worked out whatever is held back, because of what others have published. As
        long as there are any, nothing may be published.
    cost, bound : float
        Weights of the complementary cells; no set that protects costs less than the bound.
    proven : bool
        Whether there is none that is cheaper.
    """

    held_back: Flags
    exposed: Flags
    cost: float
    bound: float
    proven: bool


def suppressed(
    cube: Cube,
    primary: Flags,
    threshold: Threshold,
    known: Flags | None = None,
    unlisted: Flags | None = None,
    effort: Effort | None = None,
) -> Suppression:
    """Return cells to hold back so that nobody can pin one of them to a range narrower than the width.

    A cell that is held back is protected where, among all whole numbers of children in the parts that give every count
    shown (before it is rounded) and every count known, it takes values `width` apart at least. That is judged by
    linear programmes whose ends are rounded inwards.

    Parameters
    ----------
    cube : Cube
        Counts; they have to be sums of the same parts.
    primary : Flags
        [cell]: from `too_small`.
    threshold : Threshold
        Its width is used.
    known : Flags, optional
        [cell]: others have published the count exactly. It is never held back to protect another, and where it is
        primary it is held back without being protected.
    unlisted : Flags, optional
        [cell]: nobody publishes it, as for the pieces of `build_cube`. It is protected where it is primary.
    effort : Effort, optional
        How long to look for a cheaper set.

    Returns
    -------
    Suppression
        The same for the same cells, in whatever order they stand.

    Raises
    ------
    ProfileError
        For a threshold of 0.
    InputError
        Where no children in the parts could give all counts.
    """
    nobody = np.zeros(len(cube), dtype=np.bool_)
    known = nobody if known is None else known
    unlisted = nobody if unlisted is None else unlisted
    wish = Wish(primary, unlisted, known, require(threshold).width)
    held_back, exposed = primary | unlisted, primary & known
    cost = bound = 0.0
    for whole in systems(cube, wish):
        system, lost = _within_reach(whole)
        hidden, least = _solved(system, effort or Effort())
        for number, cells in enumerate(system.cells):
            for cell in cells:
                held_back[cell] |= hidden[number]
                exposed[cell] |= lost[number] & primary[cell]
        cost += float(system.weights[hidden & ~system.forced].sum())
        bound += least
    return Suppression(held_back, exposed, cost, bound, bound > cost - NEAR)


def _within_reach(system: System) -> tuple[System, Flags]:
    """Return the system with every cell barred that holding back all the others could not protect, and these cells.

    Only what others have published can do that: with nothing known, everything may be held back.
    """
    lost = system.forced & system.barred
    while system.barred.any():
        found = Search(system).unprovable(~system.barred)
        if not len(found):
            break
        barred = system.barred.copy()
        barred[found] = True
        system = replace(system, barred=barred)
    return system, lost | (system.forced & system.barred)


def _solved(system: System, effort: Effort) -> tuple[Flags, float]:
    search = Search(system)
    hidden, evidence = search.repaired(system.forced)
    hidden, _ = search.trimmed(hidden, evidence, effort.runs)
    if len(system) <= effort.varied_cells:
        hidden = search.varied(hidden, effort.variations, effort.runs)
    if len(system) <= effort.exact_cells:
        return Programme(system, effort).improved(hidden, search)
    return hidden, 0.0
