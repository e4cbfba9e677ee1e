"""The enhanced two-step floating catchment: how much of what centres offer falls to each child, over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from layers.family_centres.core import FAR_MINUTES, LIMITS_MINUTES, Numbers

Decay = Callable[[Numbers], Numbers]
"""From minutes to the weight of a journey: 0 to 1, and 0 for one that is too long."""


@dataclass(frozen=True)
class Catchment:
    """What falls to whom.

    Attributes
    ----------
    scores : Numbers
        [atom]: supply for each child, in the unit of the supply; 0 where no centre is near enough.
    ratios : Numbers
        [centre]: supply for each weighted child around it; 0 where nobody lives near enough.
    reachable : float
        Supply of the centres that somebody lives near enough to: what the scores of all children add up to.
    """

    scores: Numbers
    ratios: Numbers
    reachable: float


def zones(weights: Sequence[float], limits: Sequence[float] = LIMITS_MINUTES) -> Decay:
    """Return the decay by zones: the weight of the first limit that the journey keeps within, 0 beyond the last.

    W. Luo and Y. Qi, "An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial accessibility
    to primary care physicians", Health & Place 15, 2009.

    Parameters
    ----------
    weights : sequence of float
        One for each limit.
    limits : sequence of float, optional
        Minutes, rising; a journey of exactly a limit is within it.
    """
    table = np.array([*weights, 0.0])
    edges = np.array(limits, dtype=np.float64)

    def decay(minutes: Numbers) -> Numbers:
        return np.asarray(table[np.searchsorted(edges, minutes, side="left")])

    return decay


def gaussian(longest: float = FAR_MINUTES) -> Decay:
    r"""Return the Gaussian decay that is 1 at the door and reaches 0 at the longest journey.

    .. math:: W(t) = \frac{e^{-(t/t_0)^2/2} - e^{-1/2}}{1 - e^{-1/2}} \quad (t \le t_0), \qquad 0 \quad (t > t_0)

    D. Dai, "Black residential segregation, disparities in spatial access to health care facilities, and late-stage
    breast cancer diagnosis in metropolitan Detroit", Health & Place 16, 2010.

    Parameters
    ----------
    longest : float, optional
        t0, minutes.
    """
    floor = float(np.exp(-0.5))

    def decay(minutes: Numbers) -> Numbers:
        near = np.minimum(minutes / longest, 1.0)
        return np.asarray((np.exp(-0.5 * near**2) - floor) / (1 - floor))

    return decay


def catchment(population: Numbers, supply: Numbers, minutes: Numbers, decay: Decay) -> Catchment:
    r"""Share the supply of centres among the children around them.

    .. math:: R_j = \frac{S_j}{\sum_i P_i W(t_{ij})}, \qquad A_i = \sum_j R_j W(t_{ij})

    (W. Luo and Y. Qi, 2009, as in `zones`.) Summed over all children the scores come to the supply of the centres that
    somebody reaches.

    Parameters
    ----------
    population : Numbers
        [atom]: P, not negative.
    supply : Numbers
        [centre]: S, not negative; opening days a week.
    minutes : Numbers
        [atom, centre]: t, infinite where there is no way.
    decay : Decay
        W.

    Returns
    -------
    Catchment
        Scores, ratios and the supply within reach.

    Raises
    ------
    ValueError
        For a population or a supply below 0 or not known, or where the shapes do not fit.
    """
    if minutes.shape != (len(population), len(supply)):
        raise ValueError(f"Journeys of {minutes.shape} do not fit {len(population)} atoms and {len(supply)} centres.")
    if not (np.isfinite(population).all() and np.isfinite(supply).all() and (population >= 0).all()):
        raise ValueError("Children and opening days must be known and at least 0.")
    if (supply < 0).any():
        raise ValueError("Opening days must be at least 0.")
    weights = decay(minutes)
    around = population @ weights
    reached = around > 0
    ratios = np.where(reached, supply, 0.0) / np.where(reached, around, 1.0)
    return Catchment(np.asarray(weights @ ratios), ratios, float(supply[reached].sum()))
