"""Of choices that cover equally many, the one with the shortest mean journey; and who does exactly as well."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.family_centres.greedy import interchange, worth_of
from layers.family_centres.reduction import Worth, relaxed
from layers.family_centres.siting_programme import CLOSE_ENOUGH, by_radius

Numbers = npt.NDArray[np.float64]

AS_MANY = 1e-12
"""Share of all children under which two sums differ by their rounding alone."""

AS_NEAR = 1e-9
"""Minutes under which two means differ by their rounding alone."""

PRICE = 10.0
"""What covering a child is worth beside the longest saving, where both are looked at together. Any price gives a true
bound, as no choice covers more; a high one a close bound."""


@dataclass(frozen=True)
class Nearest:
    """The choice with the shortest journeys of those that cover equally many.

    Attributes
    ----------
    chosen : tuple of int
        Columns.
    proven : bool
        Whether none that covers as many has a shorter mean; False where the time was up before.
    """

    chosen: tuple[int, ...]
    proven: bool


def nearest_of_equals(
    covers: Numbers, savings: Numbers, weights: Numbers, picked: tuple[int, ...], seconds: float
) -> Nearest:
    """Return the shortest mean journey among the choices of as many sites that cover no fewer.

    Parameters
    ----------
    covers : Numbers
        [atom, site]: 1 where the site covers children whom no site that is open anyway does, else 0.
    savings : Numbers
        [atom, site], not negative: minutes that the site saves beside those open anyway; more where it covers than
        where it does not.
    weights : Numbers
        [atom]: children, adding up to 1.
    picked : tuple of int
        Columns that cover as many as any other choice of as many.
    seconds : float
        Stop after these.

    Notes
    -----
    One site is found by looking at each. More of them by a second programme, that of the p-median with a row that keeps
    the children covered: the lexicographic order of two objectives.
    """
    if len(picked) == 1:
        return Nearest((_best_one(weights @ covers, weights @ savings),), True)
    until = time.monotonic() + seconds
    both = savings + PRICE * (1.0 + float(savings.max(initial=0.0))) * covers
    known = _better(covers, savings, weights, picked, interchange(both, weights, picked))
    value = worth_of(both, weights, known)
    nobody = np.zeros(covers.shape[1], dtype=bool)
    proof = relaxed(Worth(both, weights, nobody, len(known)), known, value, seconds=max(0.0, until - time.monotonic()))
    if proof.bound - value <= CLOSE_ENOUGH:
        return Nearest(known, True)
    if time.monotonic() >= until:
        return Nearest(known, False)
    # A choice that covers as many and saves more is worth more at every price: it holds none of the hopeless.
    left = np.flatnonzero(~proof.hopeless)
    found = by_radius(
        Worth(savings[:, left], weights, nobody[left], len(known)),
        [int(np.searchsorted(left, one)) for one in known],
        max(0.0, until - time.monotonic()),
        (covers[:, left], worth_of(covers, weights, known)),
    )
    chosen = tuple(int(left[one]) for one in found.chosen)
    return Nearest(_better(covers, savings, weights, known, chosen), found.proven)


def _best_one(covered: Numbers, saved: Numbers) -> int:
    """Return the first of the sites that save most among those that cover most."""
    of_these = np.where(covered >= covered.max() - AS_MANY, saved, -np.inf)
    return int(np.flatnonzero(of_these >= of_these.max() - AS_NEAR)[0])


def _better(
    covers: Numbers, savings: Numbers, weights: Numbers, known: tuple[int, ...], other: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the other choice where it is as large, covers no fewer and saves more."""
    if len(other) != len(known):
        return known
    as_many = worth_of(covers, weights, other) >= worth_of(covers, weights, known) - AS_MANY
    return other if as_many and worth_of(savings, weights, other) > worth_of(savings, weights, known) else known


def alike(chosen: int, *worths: Sequence[float] | Numbers) -> tuple[int, ...]:
    """Return the sites that are worth exactly as much as the one chosen, but for rounding.

    Parameters
    ----------
    chosen : int
        Column.
    worths : sequence of Numbers
        [site]: what each is worth, by one or several measures; all of them have to agree.
    """
    same = np.ones(len(worths[0]), dtype=bool)
    for worth in map(np.asarray, worths):
        same &= np.abs(worth - worth[chosen]) <= AS_NEAR
    same[chosen] = False
    return tuple(np.flatnonzero(same).tolist())
