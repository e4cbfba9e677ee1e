"""The choice of sites whose room is limited: exchanges guided by prices, a bound, and a programme for what is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from layers.family_centres.reduction import Worth, relaxed, site_worths
from layers.family_centres.siting_programme import CLOSE_ENOUGH, Solved, by_room

Numbers = npt.NDArray[np.float64]

TRIED = 3
"""Candidates that are tried for each site that might make way: those that the prices find best."""

SEARCH_SHARE, PROOF_SHARE = 0.3, 0.3
"""Of the time: for exchanges, and for the bound; the programme has what is left."""

GAIN = 1e-9

MARGIN = 0.95
"""The gap is worked out before the last improvement: a little is kept back, so that it holds after it too."""


@dataclass(frozen=True)
class Chosen:
    """What was found.

    Attributes
    ----------
    columns : tuple of int
        Sites chosen besides those that are always open.
    bound : float
        No choice is worth more.
    proven : bool
        Whether the gap was closed as far as asked.
    """

    columns: tuple[int, ...]
    bound: float
    proven: bool


def served(worth: Worth, columns: Sequence[int]) -> Solved:
    """Return who goes where when these sites are open besides those that always are."""
    opened = worth.always.copy()
    opened[list(columns)] = True
    return by_room(replace(worth, always=opened, k=0), (), 0.0, np.inf)


def value_of(worth: Worth, solved: Solved) -> float:
    """Return what an assignment is worth."""
    return float(worth.weights @ (worth.gains * solved.shares).sum(axis=1))


def choose(worth: Worth, start: Sequence[int], gap: Callable[[float], float], seconds: float) -> Chosen:
    """Choose k sites.

    Parameters
    ----------
    worth : Worth
        With room and at least one site to choose.
    start : sequence of int
        A choice to begin with; what is found is never worse.
    gap : callable
        From what a choice is worth to the gap, in the same unit, at which to stop.
    seconds : float
        Stop after these.
    """
    until = time.monotonic() + seconds
    known, value, prices = _exchanged(worth, tuple(start), time.monotonic() + SEARCH_SHARE * seconds)
    enough = max(MARGIN * gap(value), CLOSE_ENOUGH)
    proof = relaxed(worth, known, value, prices, PROOF_SHARE * seconds)
    bound, proven = proof.bound, proof.bound - value <= enough
    left = np.flatnonzero(~proof.hopeless | worth.always)
    if proven or time.monotonic() >= until:
        return Chosen(known, bound, proven)
    few = replace(worth, gains=worth.gains[:, left], always=worth.always[left], room=_of(worth.room, left))
    found = by_room(few, [int(np.searchsorted(left, one)) for one in known], enough, max(0.0, until - time.monotonic()))
    chosen = tuple(int(left[one]) for one in found.chosen)
    if chosen and (better := value_of(worth, served(worth, chosen))) > value:
        known, value = chosen, better
    # Whoever was left out of the programme cannot be part of anything better than what was known.
    return Chosen(known, max(value, min(found.bound, bound)), found.proven)


def _of(room: Numbers | None, left: npt.NDArray[np.intp]) -> Numbers | None:
    return None if room is None else room[left]


def _exchanged(worth: Worth, start: tuple[int, ...], until: float) -> tuple[tuple[int, ...], float, Numbers]:
    """Return sites that none of the exchanges tried makes better, what they are worth, and the prices of the atoms."""
    known, now = start, served(worth, start)
    value, better = value_of(worth, now), True
    while better and time.monotonic() < until:
        better = False
        for out in known:
            rest = tuple(one for one in known if one != out)
            ways = site_worths(worth, served(worth, rest).prices)
            ways[[*np.flatnonzero(worth.always), *known]] = -np.inf
            for one in np.argsort(-ways, kind="stable")[:TRIED].tolist():
                if not np.isfinite(ways[one]) or time.monotonic() >= until:
                    break
                trial = served(worth, (*rest, one))
                if value_of(worth, trial) > value + GAIN * max(1.0, value):
                    known, now, value, better = (*rest, one), trial, value_of(worth, trial), True
            if better:
                break
    return known, value, now.prices
