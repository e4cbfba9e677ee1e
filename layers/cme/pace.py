"""How long a case lasts, with those that are still open counted too: Kaplan-Meier beside the closed-only mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from geodata.periods import Period
from geodata.rates import Estimate
from geodata.survival import Curve, Median, Spell, kaplan_meier
from layers.cme.involvements import Involvement, active_in, ended_in, span
from layers.cme.measures import DAYS_A_WEEK, Durations, durations

WEEKS = (4, 13, 26, 52)
"""The share still open is given after so many weeks: a month, a quarter, half a year and a year."""


@dataclass(frozen=True)
class Pace:
    """How long cases last at the pace of closing of one period.

    Attributes
    ----------
    cases : int
        Involvements followed: open at the start of the period or started in it.
    closed : Durations
        Those of them that closed in it.
    curve : Curve
        Share still open by days since the start.
    """

    cases: int
    closed: Durations
    curve: Curve

    @property
    def median(self) -> Median:
        """Days after which half are closed, with 95 % limits."""
        return self.curve.median()

    def still_open(self, weeks: int) -> Estimate | None:
        """Return the share still open after so many weeks, 0 to 1; None where nobody was followed so long."""
        return self.curve.still_open(weeks * DAYS_A_WEEK)


def spells(cases: Iterable[Involvement], period: Period) -> list[Spell]:
    """Return the days of each case for which it was watched in a period.

    A case open at the start of the period is watched from the age it has on the first day (delayed entry): those like
    it that closed earlier are not in the extract, so it must not count among the young ones. A case still open at the
    end of the last day is watched up to the age it has then (censored).
    """
    first, after = span(period)
    last = after - timedelta(days=1)
    found = []
    for case in active_in(cases, period):
        ended = case.end is not None and case.end < after
        until = case.end if ended and case.end is not None else last
        found.append(Spell(max(0, (first - case.start).days), (until - case.start).days, ended))
    return found


def pace(cases: Iterable[Involvement], period: Period) -> Pace:
    """Return how long cases last at the pace of closing of one period."""
    listed = list(cases)
    watched = spells(listed, period)
    return Pace(len(watched), durations(ended_in(listed, period)), kaplan_meier(watched))


WHY_THEY_DIFFER = (
    "The mean leaves out every case that is still open, and a few that closed after years pull it up; the median "
    "counts every case, so it says better how long one usually lasts."
)
