"""How soon early help comes: whether a wait kept to its limit, who comes back, and tallies of both by area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from geodata.periods import months_before
from geodata.rates import Estimate, proportion
from layers.family_centres.timeliness_records import FamilyReferral, Spell, has_time

Answer = Literal["met", "missed", "untold", "unstated"]
"""Kept to; not kept to; dates alone cannot tell; a date is not stated, or dates contradict each other."""

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

MOST_UNTOLD = 0.05
"""Share of families of whom dates alone cannot tell from which on no share is given: those that can be told are no fair
sample, for of day-only dates the quickest can always be told. Assumed."""


@dataclass(frozen=True)
class Tally:
    """Families by answer.

    Attributes
    ----------
    met, missed, untold, unstated : int
        As `Answer` says.
    """

    met: int = 0
    missed: int = 0
    untold: int = 0
    unstated: int = 0

    @property
    def base(self) -> int:
        """Families of whom it can be told."""
        return self.met + self.missed

    @property
    def families(self) -> int:
        """All of them."""
        return self.base + self.untold + self.unstated

    def __add__(self, other: Tally) -> Tally:
        """Add two tallies up."""
        return Tally(
            self.met + other.met,
            self.missed + other.missed,
            self.untold + other.untold,
            self.unstated + other.unstated,
        )

    def share(self) -> Estimate | None:
        """Return the share that kept to the limit in per cent, with its 95 % interval.

        Wilson's limits. Where dates alone cannot tell of some, the lower limit takes them as late and the upper one as
        in time, so that the interval holds whatever they were.

        Returns
        -------
        Estimate or None
            None without a base, and where more than `MOST_UNTOLD` cannot be told.
        """
        all_told = self.base + self.untold
        value = proportion(self.met, self.base)
        if value is None or self.untold > MOST_UNTOLD * all_told:
            return None
        limits = self.limits()
        return Estimate(value.value, limits[0], limits[1]) if limits else None

    def limits(self) -> tuple[float, float] | None:
        """Return the interval alone, in per cent, also where no share is given; None without any stated."""
        least = proportion(self.met, self.base + self.untold)
        most = proportion(self.met + self.untold, self.base + self.untold)
        return (least.lower, most.upper) if least and most else None


def tally(answers: Iterable[tuple[str, Answer]]) -> Mapping[str, Tally]:
    """Return area -> families by answer, from (area, answer) of each."""
    found: dict[str, dict[str, int]] = {}
    for area, answer in answers:
        counts = found.setdefault(area, {})
        counts[answer] = counts.get(answer, 0) + 1
    return {area: Tally(**counts) for area, counts in found.items()}


def within_hours(since: datetime | None, until: datetime | None, hours: float) -> Answer:
    """Return whether a moment came within so many hours of another, by the clock.

    Parameters
    ----------
    since, until : datetime.datetime or None
        At midnight where only the day is stated: then it is any time of that day. The later may come first: that is
        in time.
    hours : float
        The limit; reaching it exactly keeps to it.

    Returns
    -------
    Answer
        "untold" where it depends on a time of day that is not stated.
    """
    if since is None or until is None:
        return "unstated"
    limit = hours * HOUR
    longest = until + (timedelta() if has_time(until) else DAY) - since
    shortest = until - since - (timedelta() if has_time(since) else DAY)
    if longest <= limit:
        return "met"
    # A day without a time ends before the next midnight, so that the shortest wait is never quite reached from there.
    if shortest > limit or (shortest == limit and not has_time(since)):
        return "missed"
    return "untold"


def days_between(first: date, last: date, kind: str) -> int:
    """Return the days after `first` up to `last`: "calendar" or "working" ones (Monday to Friday); 0 if earlier."""
    if kind == "calendar":
        return max((last - first).days, 0)
    return sum((first + day * DAY).weekday() < 5 for day in range(1, (last - first).days + 1))


def decision_answer(one: FamilyReferral, hours: float) -> Answer:
    """Return whether the decision was made within so many hours of the referral."""
    return within_hours(one.referral, one.decision, hours)


def contact_answer(one: FamilyReferral, hours: float) -> Answer:
    """Return whether somebody spoke with the family within so many hours of the decision, or before it."""
    return within_hours(one.decision, one.contact, hours)


def support_answer(one: FamilyReferral, days: int, kind: str) -> Answer:
    """Return whether support started within so many days of the decision, or before it.

    The day of the decision is day 0. A start before the referral contradicts it: "unstated".
    """
    if one.decision is None or (one.referral is not None and one.start < one.referral.date()):
        return "unstated"
    return "met" if days_between(one.decision.date(), one.start, kind) <= days else "missed"


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    return months_before(day, -months)


def again_answers(
    spells: Iterable[Spell], first: date, after: date, months: int, last_day: date
) -> list[tuple[str, Answer]]:
    """Return (area, whether the family was referred again) of the spells that ended in a span.

    Parameters
    ----------
    spells : iterable of Spell
        All of them, each family's in order of time.
    first, after : datetime.date
        Half-open span of the ends.
    months : int
        "met" is a new spell that began after the end and no later than so many months after it.
    last_day : datetime.date
        To which the records tell: a spell that ended less than `months` before it is left out, whether the family is
        back or not, for those who are not had less time to come.
    """
    found: list[tuple[str, Answer]] = []
    listed = list(spells)
    following: dict[str, list[date]] = {}
    for one in listed:
        following.setdefault(one.family, []).append(one.begin)
    for one in listed:
        if one.end is None or not first <= one.end < after:
            continue
        until = months_after(one.end, months)
        if until > last_day:
            continue
        again = any(one.end < begin <= until for begin in following[one.family])
        found.append((one.area, "met" if again else "missed"))
    return found


def outcome_answer(one: Spell) -> Answer:
    """Return whether the outcome of a spell that ended was achieved."""
    if one.outcome is None:
        return "unstated"
    return "met" if one.outcome == "achieved" else "missed"
