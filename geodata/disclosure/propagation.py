"""Limits of columns from limits of rows, without a solver: settles most of a table.

Each row says of each of its columns: no more than the row less the least of the others. Repeated until nothing moves
(bounds propagation; Savelsbergh, 1994, ORSA Journal on Computing 6, 445-454). Counts are whole, so limits are rounded
inwards.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geodata.disclosure.core import Numbers
from geodata.disclosure.known import CLOSE
from geodata.disclosure.system import Row
from geodata.errors import InputError

ROUNDS = 25
"""Limits can creep for ever; what is left after these is the solver's."""


def propagate(width: int, rows: Sequence[Row]) -> tuple[Numbers, Numbers]:
    """Return the limits that the rows, one at a time, set for each column.

    Parameters
    ----------
    width : int
        How many columns, each a whole number from 0.
    rows : sequence of Row
        What is known.

    Returns
    -------
    low, high : Numbers
        [column]; `high` is infinite where no row limits a column.

    Raises
    ------
    InputError
        If some column is left without a value: the rows contradict each other.
    """
    low, high = np.zeros(width), np.full(width, np.inf)
    for row in rows:
        if not len(row.columns) and (row.low > CLOSE or row.high < -CLOSE):
            raise _contradiction()
    used = [row for row in rows if len(row.columns)]
    if not used:
        return low, high
    columns = np.concatenate([row.columns for row in used])
    factors = np.concatenate([row.factors for row in used])
    owner = np.repeat(np.arange(len(used)), [len(row.columns) for row in used])
    least, most = np.array([row.low for row in used]), np.array([row.high for row in used])
    for _ in range(ROUNDS):
        before = low.copy(), high.copy()
        small = np.where(factors > 0, factors * low[columns], factors * high[columns])
        large = np.where(factors > 0, factors * high[columns], factors * low[columns])
        top = (most[owner] - _others(small, owner, len(used))) / factors
        bottom = (least[owner] - _others(large, owner, len(used))) / factors
        upper, lower = np.where(factors > 0, top, bottom), np.where(factors > 0, bottom, top)
        np.minimum.at(high, columns, np.floor(upper + CLOSE))
        np.maximum.at(low, columns, np.ceil(lower - CLOSE))
        if (low > high).any():
            raise _contradiction()
        if (low == before[0]).all() and (high == before[1]).all():
            break
    return low, high


def _others(values: Numbers, owner: np.ndarray, count: int) -> Numbers:
    """Return, for each entry, the sum of the other entries of its row; infinite where one of those is."""
    endless = np.isinf(values)
    finite = np.where(endless, 0.0, values)
    sums = np.bincount(owner, weights=finite, minlength=count)[owner] - finite
    others = np.bincount(owner, weights=endless, minlength=count)[owner] - endless
    below = np.bincount(owner, weights=endless & (values < 0), minlength=count)[owner] > 0
    return np.where(others > 0.5, np.where(below, -np.inf, np.inf), sums)


def _contradiction() -> InputError:
    return InputError("Figures contradict each other: no counts fit all of them together.")
