"""When somebody last did something on each case of the demonstration: on a working day, and some time ago for a few.

Assumed throughout; nothing is published.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo.cme import LAST_DAY
from geodata.demo.people import Days, as_day

RECENT_DAYS = 14
"""Most open cases had a contact within as many days, the last day among them."""

SHARE_LONG_AGO = 0.2
LONGEST_AGO_DAYS = 75
"""A fifth of the open cases had theirs between `RECENT_DAYS` and as many days before the last one."""

BEFORE_END_DAYS = 10
"""Of a closed case it lies at most so many days before the end."""

SHARE_BLANK = 0.03


def draw_last_contacts(involvements: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Draw the newest day on which anybody did something on each case.

    Parameters
    ----------
    involvements : pandas.DataFrame
        start_date and end_date (NaT while open), from `geodata.demo.cme.build_cme`.
    rng : numpy.random.Generator
        Seeded by the caller, and of no other use: what is drawn elsewhere stays.

    Returns
    -------
    pandas.Series of datetime64
        On the same index; never before the start nor after the end, missing for a few.
    """
    start = involvements["start_date"].to_numpy().astype("datetime64[D]")
    end = involvements["end_date"].to_numpy().astype("datetime64[D]")
    is_open = np.isnat(end)
    size = len(involvements)
    recent, long_ago = rng.integers(0, RECENT_DAYS, size), rng.integers(RECENT_DAYS, LONGEST_AGO_DAYS + 1, size)
    open_ago = np.where(rng.random(size) < SHARE_LONG_AGO, long_ago, recent)
    ago = np.where(is_open, open_ago, rng.integers(0, BEFORE_END_DAYS + 1, size))
    newest = np.where(is_open, as_day(LAST_DAY), end) - ago
    working: Days = np.busday_offset(newest, 0, roll="preceding")
    days = np.maximum(working, start)
    days[rng.random(size) < SHARE_BLANK] = np.datetime64("NaT")
    return pd.Series(days.astype("datetime64[s]"), index=involvements.index)
