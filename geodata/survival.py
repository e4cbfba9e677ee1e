"""How long cases stay open, from those that have ended and those that are still open (Kaplan and Meier, 1958).

The mean of the ended cases alone leaves out the longest ones. A case still open counts here for as long as it was seen;
one that was already open when watching began counts only from the age that it had then.

Plain Python, like `geodata.rates`, so that the serving process can use it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import NamedTuple

from geodata.rates import Z_95, Estimate

ROUNDING = 1e-12
"""How far above a half a curve has still reached it: one that is exactly a half comes as a product of fractions."""


class Spell(NamedTuple):
    """The days of a case's age on which it was watched, both ends included.

    Attributes
    ----------
    entry : int
        0 for a case seen from its start, else its age in days on the first day on which it was watched.
    leave : int
        Its age in days when it ended or was last seen, `entry` or more.
    ended : bool
        Whether it ended then; otherwise it was still open at the end of that day (right censored).
    """

    entry: int
    leave: int
    ended: bool


class Median(NamedTuple):
    """The first day on which no more than half of the cases are still open, with its 95 % limits.

    Each is None where that day lies beyond what was followed.
    """

    value: int | None
    lower: int | None
    upper: int | None


@dataclass(frozen=True)
class Curve:
    """The share of cases that stay open for longer than so many days.

    Attributes
    ----------
    times : tuple of int
        Ages in days, rising from 0: those at which a case came under watch, ended or was last seen. The other sequences
        have one member for each; between two times the share stays as it was.
    survival, lower, upper : tuple of float
        The share still open after that day, 0 to 1, and its 95 % limits. While nobody has ended both limits are 1, and
        where nobody is left both are 0, as lifelines gives them: then they say nothing of how sure the share is.
    at_risk, events : tuple of int
        Cases watched on that day of their age, and those of them that ended on it.
    followed : int or None
        The last day up to which the curve is known; None where it is not known at all. See `kaplan_meier`.
    """

    times: tuple[int, ...]
    survival: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    followed: int | None

    def still_open(self, day: int) -> Estimate | None:
        """Return the share of cases that last for more than so many days.

        Parameters
        ----------
        day : int
            0 or more.

        Returns
        -------
        Estimate or None
            0 to 1. None beyond `followed`, unless the curve came down to 0: then it stays there.

        Raises
        ------
        ValueError
            If the day is negative.
        """
        if day < 0:
            raise ValueError(f"A case cannot last {day} days.")
        if self.followed is None or (day > self.followed and self.survival[-1] > 0):
            return None
        place = bisect_right(self.times, day) - 1
        return Estimate(self.survival[place], self.lower[place], self.upper[place])

    def median(self) -> Median:
        """Return the median duration in days, with limits from the confidence curves (Brookmeyer and Crowley, 1982).

        Returns
        -------
        Median
            The first day on which the curve, or its lower limit, is a half or less. The upper one is the day from which
            the upper limit stays there; with delayed entry a limit may rise again.
        """
        return Median(self._first_half(self.survival), self._first_half(self.lower), self._lasting_half(self.upper))

    def _first_half(self, shares: Sequence[float]) -> int | None:
        return next((day for day, share in zip(self.times, shares, strict=True) if _is_half(share)), None)

    def _lasting_half(self, shares: Sequence[float]) -> int | None:
        found = None
        for day, share in zip(reversed(self.times), reversed(shares), strict=True):
            if not _is_half(share):
                break
            found = day
        return found


def _is_half(share: float) -> bool:
    return share <= 0.5 + ROUNDING


def _limits(share: float, variance: float) -> tuple[float, float]:
    """Return 95 % limits of a share by the exponential Greenwood formula, which keeps them between 0 and 1."""
    if share in {0.0, 1.0}:
        return share, share
    hazard = -log(share)
    spread = exp(Z_95 * sqrt(variance) / hazard)
    return exp(-hazard * spread), exp(-hazard / spread)


def kaplan_meier(spells: Iterable[Spell]) -> Curve:
    """Return the product-limit estimate of how long cases stay open (Kaplan and Meier, 1958).

    On each day of age the share still open is multiplied by 1 - ended / watched. A case is watched on its first and on
    its last day: one that comes under watch and ends on the same day counts in both, and where some end on a day on
    which others are last seen, the latter were still watched. (lifelines and R's survival take a case that comes late
    as watched only from the day after its first; given `entry` - 0.5 they give these numbers.)

    The limits are Greenwood's (1926) on the scale of log(-log) of the share (Kalbfleisch and Prentice, 2002, section
    1.4), z = 1.96.

    The curve is known up to the last day of the unbroken run of days, from day 0, on which at least one case was
    watched. After a gap it is not: nobody knows the closings of the gap; and where no case was watched from its start,
    it is known nowhere. Where all the cases watched on a day end on it although others come under watch at a later age,
    the curve would come down to 0 while those prove that cases last longer; it then ends on the day before.

    Parameters
    ----------
    spells : iterable of Spell
        In any order. None at all gives an empty curve.

    Returns
    -------
    Curve

    Raises
    ------
    ValueError
        If a spell begins before day 0 or ends before it begins.
    """
    entered: Counter[int] = Counter()
    left: Counter[int] = Counter()
    ended: Counter[int] = Counter()
    for spell in spells:
        if not 0 <= spell.entry <= spell.leave:
            raise ValueError(f"A spell goes from day 0 or later to the same day or later; got {spell}.")
        entered[spell.entry] += 1
        left[spell.leave] += 1
        ended[spell.leave] += spell.ended
    rows: list[tuple[int, float, float, float, int, int]] = []
    share, variance, watched, to_come, followed = 1.0, 0.0, 0, entered.total(), None
    for day in sorted(entered.keys() | left.keys()) if entered[0] else ():
        watched += entered[day]
        to_come -= entered[day]
        events = ended[day]
        if events == watched and to_come:
            followed = day - 1 if day else None
            break
        share *= (watched - events) / watched
        if share:
            variance += events / (watched * (watched - events))
        rows.append((day, share, *_limits(share, variance), watched, events))
        followed = day
        watched -= left[day]
        if not watched and not entered[day + 1]:
            break
    times, survival, lower, upper, at_risk, counts = zip(*rows, strict=True) if rows else ((),) * 6
    return Curve(times, survival, lower, upper, at_risk, counts, followed)
