"""Pairing records of one dataset with people of another, each person once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.homes import Integers
from geodata.demo.people import Days

FAR_AHEAD = np.datetime64("2100-01-01", "D")

SAME_PERSON = ["child_id", "born", "postcode", "protected", "home"]
"""What a person has in every dataset."""


def draw_pairs(
    order: Integers,
    fits: Callable[[int], npt.NDArray[np.bool_]],
    people: int,
    rng: np.random.Generator,
    most: int | None = None,
) -> dict[int, int]:
    """Give records a person each, at random among those who fit and are not given yet.

    Parameters
    ----------
    order : numpy.ndarray of int
        Positions of the records, in the order in which they choose.
    fits : callable
        From the position of a record to a mask over the people.
    people : int
        How many there are.
    rng : numpy.random.Generator
        Seeded by the caller.
    most : int, optional
        Stop at so many pairs.

    Returns
    -------
    dict of int to int
        Position of the record -> position of the person; a record whom nobody fits is left out.
    """
    free = np.ones(people, dtype=bool)
    pairs: dict[int, int] = {}
    for record in order.tolist():
        if most is not None and len(pairs) == most:
            break
        candidates = np.flatnonzero(fits(record) & free)
        if candidates.size:
            pairs[record] = int(candidates[int(rng.random() * candidates.size)])
            free[pairs[record]] = False
    return pairs


def days_of(table: pd.DataFrame, column: str) -> Days:
    """Return a column of dates to the day; one that is missing lies far ahead."""
    days: Days = table[column].to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), FAR_AHEAD, days)


def take_over(table: pd.DataFrame, pairs: dict[int, int], others: pd.DataFrame) -> None:
    """Make records ones of the people they were paired with, with their home; in place.

    Parameters
    ----------
    table, others : pandas.DataFrame
        Both with the columns of `SAME_PERSON`.
    pairs : dict of int to int
        Position in `table` -> position in `others`.
    """
    rows, people = table.index[list(pairs)], others.index[list(pairs.values())]
    for column in SAME_PERSON:
        table.loc[rows, column] = others.loc[people, column].to_numpy()
