"""When the demonstration's families were referred, decided on and first spoken with, and how their support ended.

Synthetic and assumed throughout: nothing is published on any of it. Drawn after everything else about the cases, which
stay as they are; the start of the support is given, and what came before it is drawn backwards.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.matching import days_of
from geodata.demo.people import Days

SUPPORT_DAYS = (0.10, 0.20, 0.21, 0.15, 0.11, 0.08, 0.06, 0.05, 0.02, 0.02)
"""Shares of families whose support starts 0 to 9 working days after the decision. Assumed."""

DECISION_HOURS = (10.0, 1.0)
"""Median hours from referral to decision, and the standard deviation of their logarithm. Assumed."""

CONTACT_HOURS = (11.0, 0.9)
"""The same from decision to first contact. Assumed."""

LONGEST_HOURS = 24.0 * 12
FIRST_MINUTE, LAST_MINUTE = 8 * 60 + 30, 17 * 60
"""Of the working day, in which decisions are made and families are spoken with."""

SHORTEST = np.timedelta64(5, "m")
"""From a decision late in the day to a contact before its end."""

SHARE_BLANK = 0.03
"""Of each of the three moments. Assumed."""

OUTCOMES = {"Achieved": 0.56, "Partly achieved": 0.19, "Not achieved": 0.07, "Family withdrew": 0.09,
            "Step up to social care": 0.05, "Moved away": 0.02, "": 0.02}  # fmt: skip
"""Of families whose support ended. Assumed."""

FORM = "%d/%m/%Y %H:%M"
"""How the moments are written: as a system exports them."""

Moments = npt.NDArray[np.datetime64]


def with_times(cases: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the cases with when they were referred, decided on and first contacted, and with their outcome.

    Parameters
    ----------
    cases : pandas.DataFrame
        family_id, start_date and end_date (NaT while open); the children of a family share all that is drawn.
    rng : numpy.random.Generator
        Seeded by the caller, and of no other use: what is drawn elsewhere stays.

    Returns
    -------
    pandas.DataFrame
        Also referral_received, decision_made, first_contact (text, ``31/12/2022 14:05``; blank for a few) and outcome
        (text; blank while open). Referral, decision and contact follow each other, and the support starts no earlier
        than the day of the decision.
    """
    families = cases.drop_duplicates("family_id").reset_index(drop=True)
    start, closed = days_of(families, "start_date"), families["end_date"].notna()
    size = len(families)
    ago = rng.choice(len(SUPPORT_DAYS), size, p=SUPPORT_DAYS)
    day: Days = np.busday_offset(start, -ago, roll="preceding")
    decision = _at_work(day, rng)
    referral = decision - _minutes(DECISION_HOURS, size, rng)
    # Nobody is helped before somebody spoke with the family.
    latest = np.maximum(start.astype("datetime64[m]") + np.timedelta64(LAST_MINUTE, "m"), decision + SHORTEST)
    contact = np.minimum(_into_work(decision + _minutes(CONTACT_HOURS, size, rng)), latest)
    outcome = np.where(closed, rng.choice(list(OUTCOMES), size, p=list(OUTCOMES.values())), "")
    drawn = {"outcome": outcome}
    for column, moments in (("referral_received", referral), ("decision_made", decision), ("first_contact", contact)):
        moments[rng.random(size) < SHARE_BLANK] = np.datetime64("NaT")
        drawn[column] = pd.Series(moments.astype("datetime64[s]")).dt.strftime(FORM).fillna("").to_numpy()
    of_family = pd.DataFrame(drawn, index=families["family_id"])
    return cases.join(of_family, on="family_id")


def _minutes(hours: tuple[float, float], size: int, rng: np.random.Generator) -> npt.NDArray[np.timedelta64]:
    """Draw a wait of at least a minute; log-normal, so that a few are long."""
    drawn = np.minimum(hours[0] * np.exp(hours[1] * rng.standard_normal(size)), LONGEST_HOURS)
    waits: npt.NDArray[np.timedelta64] = np.maximum(np.rint(drawn * 60), 1).astype("timedelta64[m]")
    return waits


def _at_work(days: Days, rng: np.random.Generator) -> Moments:
    minutes = rng.integers(FIRST_MINUTE, LAST_MINUTE, days.size)
    moments: Moments = days.astype("datetime64[m]") + minutes.astype("timedelta64[m]")
    return moments


def _into_work(moments: Moments) -> Moments:
    """Return the moments that lie outside the working day at its beginning, the next working day's where it is over."""
    days = moments.astype("datetime64[D]")
    over = ((moments - days.astype("datetime64[m]")).astype(np.int64) >= LAST_MINUTE).astype("timedelta64[D]")
    working: Days = np.busday_offset(days + over, 0, roll="forward")
    first = working.astype("datetime64[m]") + np.timedelta64(FIRST_MINUTE, "m")
    found: Moments = np.maximum(moments, first)
    return found
