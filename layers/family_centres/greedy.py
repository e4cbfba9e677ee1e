"""Sites chosen step by step, then one exchanged for another while that helps: a good start, never a proof."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

LEAST_GAIN = 1e-9
"""Share of the whole below which an exchange is not worth making, so that rounding cannot keep it going for ever."""


def greedy(gains: Numbers, weights: Numbers, k: int) -> tuple[int, ...]:
    """Return k sites, each the one that adds most to those before it.

    Parameters
    ----------
    gains : Numbers
        [atom, site], not negative: what the site is worth to each child there, beside what there is already.
    weights : Numbers
        [atom]: children.
    k : int
        How many; at most the number of sites.

    Returns
    -------
    tuple of int
        Columns, in the order in which they were chosen; the first of equal ones.

    Notes
    -----
    At least 1 - 1/e of the best possible gain: Cornuéjols, Fisher and Nemhauser (1977).
    """
    chosen: list[int] = []
    best = np.zeros(len(weights))
    for _ in range(k):
        worth = weights @ np.maximum(gains, best[:, None])
        worth[chosen] = -np.inf
        chosen.append(int(np.argmax(worth)))
        best = np.maximum(best, gains[:, chosen[-1]])
    return tuple(chosen)


def interchange(gains: Numbers, weights: Numbers, start: Sequence[int]) -> tuple[int, ...]:
    """Return sites that no exchange of one of them for another makes better.

    Parameters
    ----------
    gains, weights : Numbers
        As in `greedy`.
    start : sequence of int
        Sites to begin with.

    Notes
    -----
    Vertex substitution of Teitz and Bart (1968), always the best exchange.
    """
    chosen = list(start)
    now = worth_of(gains, weights, chosen)
    least = LEAST_GAIN * max(1.0, float(weights @ gains.max(axis=1, initial=0.0)))
    while True:
        better, swap = now + least, None
        for place in range(len(chosen)):
            rest = chosen[:place] + chosen[place + 1 :]
            without = gains[:, rest].max(axis=1, initial=0.0)
            worth = weights @ np.maximum(gains, without[:, None])
            worth[chosen] = -np.inf
            best = int(np.argmax(worth))
            if worth[best] > better:
                better, swap = float(worth[best]), (place, best)
        if swap is None:
            return tuple(chosen)
        chosen[swap[0]], now = swap[1], better


def worth_of(gains: Numbers, weights: Numbers, chosen: Sequence[int]) -> float:
    """Return what the sites are worth together: each child counts the best of them."""
    return float(weights @ gains[:, list(chosen)].max(axis=1, initial=0.0))
