"""Families of early help from the records of their children: each referral once, and each spell of help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from geodata.areas import EXTRA_AREAS, UNKNOWN
from geodata.store import Store
from layers.kept import per_store

DATASET = "early_help_cases"
SCHEME = "locality"
"""The areas of the partnership forums."""

COLUMNS = (
    "child_id", "family_id", "start_date", "end_date", "referral_received", "decision_made", "first_contact", "outcome",
)  # fmt: skip

BEST_FIRST = ("achieved", "partly", "moved", "other", "withdrew", "stepped_up", "not_achieved")
"""Where the outcomes of a family's children differ the last of these counts: achieved is achieved for all. Assumed."""


class HelpCase(NamedTuple):
    """Early help for one child.

    Attributes
    ----------
    child : str
        Only ever compared.
    family : str or None
        The same; None where there is none, or where the address is protected.
    start, end : datetime.date, datetime.date or None
        Of the support.
    referral, decision, contact : datetime.datetime or None
        At midnight where only the day is stated.
    outcome : str or None
        Code of the contract.
    area : str
        Code of the locality, "unknown" or "outside".
    """

    child: str
    family: str | None
    start: date
    end: date | None
    referral: datetime | None
    decision: datetime | None
    contact: datetime | None
    outcome: str | None
    area: str

    @property
    def begin(self) -> date:
        """The day of the referral, or of the start where that is earlier or no referral is stated."""
        return min(self.referral.date(), self.start) if self.referral else self.start


class FamilyReferral(NamedTuple):
    """One referral of one family, whatever number of its children.

    Attributes
    ----------
    day : datetime.date
        Of the referral; of the start where no referral is stated.
    referral, decision, contact : datetime.datetime or None
        The earliest of the children's.
    start : datetime.date
        The earliest start.
    area : str
        Where most of the children are.
    """

    day: date
    referral: datetime | None
    decision: datetime | None
    contact: datetime | None
    start: date
    area: str


class Spell(NamedTuple):
    """Help for one family without a break.

    Attributes
    ----------
    family : str
        Only ever compared.
    begin : datetime.date
        Of the first referral.
    end : datetime.date or None
        None while any child of the family has help.
    outcome : str or None
        Of the cases that ended last.
    area : str
        Where most of their children are.
    """

    family: str
    begin: date
    end: date | None
    outcome: str | None
    area: str


@per_store
def help_cases(store: Store) -> tuple[HelpCase, ...]:
    """Return every case of early help with its locality, oldest start first; none where nothing is loaded."""
    return tuple(HelpCase(*row) for row in store.cases(DATASET, COLUMNS, SCHEME))


def by_family(cases: Iterable[HelpCase]) -> Mapping[str, list[HelpCase]]:
    """Return family -> its cases.

    A case without a family is that of the child's one family, or else a family of its own. Where the address is not
    known or withheld it always is: a family at a protected address is never joined with its earlier home.
    """
    listed = list(cases)
    families: dict[str, set[str]] = {}
    for one in listed:
        if one.family:
            families.setdefault(one.child, set()).add(one.family)
    found: dict[str, list[HelpCase]] = {}
    for one in listed:
        others = families.get(one.child, set())
        own = one.family or (next(iter(others)) if len(others) == 1 and one.area != UNKNOWN else None)
        found.setdefault(f"family {own}" if own else f"child {one.child}", []).append(one)
    return found


def family_referrals(cases: Iterable[HelpCase]) -> tuple[FamilyReferral, ...]:
    """Return the referrals of families: the children of a family who were referred on one day are one referral.

    A child without a stated referral belongs to that of a brother or sister whose support starts on the same day.
    """
    found = []
    for members in by_family(cases).values():
        days = {one.start: one.referral.date() for one in reversed(members) if one.referral}
        together: dict[date, list[HelpCase]] = {}
        for one in members:
            day = one.referral.date() if one.referral else days.get(one.start, one.start)
            together.setdefault(day, []).append(one)
        found += [_referral(day, members) for day, members in together.items()]
    return tuple(sorted(found, key=lambda one: (one.day, one.area)))


def _referral(day: date, members: Sequence[HelpCase]) -> FamilyReferral:
    return FamilyReferral(
        day,
        _earliest(one.referral for one in members),
        _earliest(one.decision for one in members),
        _earliest(one.contact for one in members),
        min(one.start for one in members),
        _area(members),
    )


def has_time(moment: datetime) -> bool:
    """Return whether a moment has a time of day: midnight stands for none."""
    return moment.time() != time()


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the earliest moment; of those on its day one with a time, where there is one."""
    stated = [one for one in moments if one is not None]
    return min(stated, key=lambda one: (one.date(), not has_time(one), one), default=None)


def _area(members: Sequence[HelpCase]) -> str:
    """Return the area of most cases; of several the first in order, a locality before the others."""
    count = Counter(one.area for one in members)
    return min(count, key=lambda area: (-count[area], area in EXTRA_AREAS, area))


def spells(cases: Iterable[HelpCase]) -> tuple[Spell, ...]:
    """Return the spells of help of families, each family's in order of time.

    Cases of a family that overlap, or of which one begins on the day another ends, are one spell: so are a change of
    level, and a referral that came while the family still had help.
    """
    found = []
    for family, members in by_family(cases).items():
        together: list[HelpCase] = []
        last: date | None = None
        for one in sorted(members, key=lambda case: case.begin):
            if together and last is not None and one.begin > last:
                found.append(_spell(family, together))
                together = []
            end = one.end or date.max
            last = max(last, end) if together and last else end
            together.append(one)
        found.append(_spell(family, together))
    return tuple(found)


def _spell(family: str, members: Sequence[HelpCase]) -> Spell:
    begin = min(one.begin for one in members)
    if any(one.end is None for one in members):
        return Spell(family, begin, None, None, _area([one for one in members if one.end is None]))
    end = max(one.end for one in members if one.end)
    ending = [one for one in members if one.end == end]
    outcome = max((one.outcome for one in ending if one.outcome), key=_order, default=None)
    return Spell(family, begin, end, outcome, _area(ending))


def _order(outcome: str) -> int:
    return BEST_FIRST.index(outcome)
