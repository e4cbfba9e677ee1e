"""How good a choice of sites could be at best, and which candidates no better one can hold: Lagrangean relaxation.

Relaxing "each child counts once" with a price for each atom leaves a problem that sorting solves: every site is worth
what the children are worth beside the prices, as far as its room goes, and the k best are taken. Whatever the prices,
that is at least the best possible (Cornuéjols, Fisher and Nemhauser, 1977), and a candidate that brings it down to what
is known already, once it is forced in, cannot be part of anything better.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ROUNDS, PATIENCE, LEAST_STEP = 400, 15, 1e-3
ROUNDING = 1e-9


@dataclass(frozen=True)
class Relaxed:
    """What the relaxation proves.

    Attributes
    ----------
    bound : float
        No choice of sites is worth more.
    hopeless : Flags
        [site]: candidates that no choice better than the known one can hold.
    """

    bound: float
    hopeless: Flags


@dataclass(frozen=True)
class Worth:
    """A choice among sites, as the relaxation sees it.

    Attributes
    ----------
    gains : Numbers
        [atom, site], not negative: what the site is worth to each child.
    weights : Numbers
        [atom], above 0: children.
    always : Flags
        [site]: open whatever is chosen.
    k : int
        Others to be chosen; at least 1.
    room : Numbers or None
        [site]: children it can take; None for any number.
    """

    gains: Numbers
    weights: Numbers
    always: Flags
    k: int
    room: Numbers | None = None


def relaxed(
    worth: Worth, known: Sequence[int], value: float, prices: Numbers | None = None, seconds: float = np.inf
) -> Relaxed:
    """Return the least bound found by subgradient steps, and who cannot help.

    Parameters
    ----------
    worth : Worth
        The choice.
    known : sequence of int
        Sites of the best choice known: never hopeless.
    value : float
        What that choice is worth.
    prices : Numbers, optional
        [atom]: to start from, not negative.
    seconds : float, optional
        Stop after these.
    """
    until = time.monotonic() + seconds
    gains, weights = worth.gains, worth.weights
    free = np.flatnonzero(~worth.always)
    hopeless = np.zeros(gains.shape[1], dtype=bool)
    slack = ROUNDING * max(1.0, abs(value))
    if prices is None:
        prices = gains[:, [*np.flatnonzero(worth.always), *known]].max(axis=1, initial=0.0) / 2
    best, kept, step, waited = np.inf, prices, 1.0, 0
    for _ in range(ROUNDS):
        taken = _taken(worth, prices)
        site_worth = ((gains - prices[:, None]) * taken).T @ weights
        order = free[np.argsort(-site_worth[free], kind="stable")]
        chosen = order[: worth.k]
        opened = np.concatenate([np.flatnonzero(worth.always), chosen])
        bound = float(weights @ prices + site_worth[opened].sum())
        others = order[worth.k :]
        hopeless[others[bound - site_worth[chosen[-1]] + site_worth[others] <= value + slack]] = True
        waited += 1
        if bound < best - slack:
            best, kept, waited = bound, prices, 0
        elif waited > PATIENCE:
            step, prices, waited = step / 2, kept, 0
        if best - value <= slack or step < LEAST_STEP or time.monotonic() >= until:
            break
        slope = weights * (1 - taken[:, opened].sum(axis=1))
        length = float(slope @ slope)
        if length <= 0:
            break
        prices = np.maximum(0.0, prices - step * (bound - value) / length * slope)
    hopeless[list(known)] = False
    return Relaxed(max(best, value), hopeless)


def site_worths(worth: Worth, prices: Numbers) -> Numbers:
    """Return [site]: what each is worth at most besides others that leave each atom at these prices."""
    return np.asarray(((worth.gains - prices[:, None]) * _taken(worth, prices)).T @ worth.weights)


def _taken(worth: Worth, prices: Numbers) -> Numbers:
    """Return [atom, site]: the share of its children that each site would take at these prices."""
    left = worth.gains - prices[:, None]
    if worth.room is None:
        return (left > 0).astype(float)
    order = np.argsort(-left, axis=0, kind="stable")
    children = np.where(np.take_along_axis(left, order, axis=0) > 0, worth.weights[order], 0.0)
    before = np.cumsum(children, axis=0) - children
    share = np.clip((worth.room - before) / worth.weights[order], 0.0, 1.0) * (children > 0)
    taken = np.empty_like(left)
    np.put_along_axis(taken, order, share, axis=0)
    return taken
