"""Sharing a whole number out so that the parts are whole and add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt


def apportion(weights: Sequence[float] | npt.NDArray[Any], total: int) -> npt.NDArray[np.int64]:
    """Share `total` out by weight: whole parts first, the rest to the largest remainders (Hamilton's method).

    Parameters
    ----------
    weights : sequence of float
        Not below zero, not all zero.
    total : int
        Not below zero.

    Returns
    -------
    numpy.ndarray of int
        As long as `weights`; its sum is `total`.

    Examples
    --------
    >>> apportion([1.0, 1.0, 2.0], 6).tolist()
    [2, 1, 3]
    """
    shares = np.asarray(weights, dtype=float)
    exact = shares / shares.sum() * total
    whole: npt.NDArray[np.int64] = np.floor(exact).astype(np.int64)
    largest = np.argsort(-(exact - whole), kind="stable")
    whole[largest[: total - int(whole.sum())]] += 1
    return whole


def even_spread(count: int, spread: float) -> npt.NDArray[np.float64]:
    """Return `count` relative sizes: the middles of equal slices of a lognormal distribution, small to large.

    Parameters
    ----------
    count : int
        How many.
    spread : float
        Standard deviation of the log size. There are no outliers, whatever the seed.
    """
    middle = NormalDist()
    slices = [middle.inv_cdf((place + 0.5) / count) for place in range(count)]
    sizes: npt.NDArray[np.float64] = np.exp(spread * np.array(slices))
    return sizes
