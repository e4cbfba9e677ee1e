"""The team's week: every open case of a child missing education, in the order in which a team takes them up.

It is a list of single children, for those who work with them. It is shown on a screen and on the user's own terminal;
nothing here makes a file of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from geodata.errors import UsageError
from geodata.school_years import PHASES, phase_of
from geodata.store import Store
from layers.cme.attributes import NOT_RECORDED, SEN, SOCIAL_CARE, YEAR_GROUP
from layers.cme.facts import TOTAL
from layers.cme.involvements import DATASET
from layers.kept import per_store

SCHEME = "locality"
"""The areas that teams work by."""

UNTOUCHED_DAYS = 14
"""Nobody touched a case for a fortnight when its last contact lies so many days, or more, before the last day of the
extract: one of 17 July is untouched on 31 July, one of 18 July is not."""

IN_SOCIAL_CARE = frozenset({"CLA", "CP", "CIN"})
"""Codes of a child who is open to social care: looked after, on a child protection plan, in need."""

FIRST, NEXT = "First", "Next"
"""Words of the two groups of priority: open to social care, and all others."""

ORDER = (
    f"{FIRST} come children open to social care: looked after, on a child protection plan or in need. {NEXT} come all "
    "others, those whose status is not recorded among them. Within both, the case that has been open longest comes "
    "first. Of cases open equally long, an EHC plan comes before SEN support, and SEN support before no special "
    "educational need or none recorded; then they go by identifier."
)

SEN_ORDER = {"E": 0, "K": 1}
"""Rank of the SEN status among cases that were open equally long; all others come after."""

NO_SCHOOL, NO_SCHOOL_WORDS = "", "No school recorded"
"""Code and words of the row for children without a school, those with a protected address among them."""

OPTIONAL = ("social_care", "sen_status", "school_urn", "last_contact")
"""Columns without which the list still stands, but says less."""


class _Row(NamedTuple):
    child: str
    start: date
    end: date | None
    year_group: int | None
    sen_status: str | None
    social_care: str | None
    school_urn: int | None
    last_contact: date | None
    area: str


COLUMNS = ("child_id", "start_date", "end_date", "year_group", "sen_status", "social_care", "school_urn",
           "last_contact")  # fmt: skip


@dataclass(frozen=True)
class OpenCase:
    """One open case.

    Attributes
    ----------
    child : str
        The council's own identifier, by which an officer finds the case; never a name.
    start : datetime.date
        First day.
    days_open : int
        Days from the start to the last day of the extract.
    priority : str
        `FIRST` or `NEXT`.
    social_care, sen_status : str
        In words.
    year_group : int or None
        National curriculum year.
    year, phase : str
        The same in words; the phase is empty where the year is not recorded.
    area, locality : str
        Code and name; an unknown or withheld address and one outside the county have their own.
    school_code, school : str
        Unique reference number and name; `NO_SCHOOL` and its words where there is none.
    last_contact : datetime.date or None
        As recorded; None where nothing is.
    days_untouched : int or None
        Days from the last contact, or from the start where none is recorded since, to the last day of the extract.
        None where the extract has no last contact of any case.
    """

    child: str
    start: date
    days_open: int
    priority: str
    social_care: str
    sen_status: str
    year_group: int | None
    year: str
    phase: str
    area: str
    locality: str
    school_code: str
    school: str
    last_contact: date | None
    days_untouched: int | None

    @property
    def in_social_care(self) -> bool:
        """Whether the child is open to social care."""
        return self.priority == FIRST

    @property
    def untouched(self) -> bool:
        """Whether it is known that nobody touched the case for `UNTOUCHED_DAYS`."""
        return self.days_untouched is not None and self.days_untouched >= UNTOUCHED_DAYS


@dataclass(frozen=True)
class Group:
    """The open cases of a locality or a school, or all of them.

    Attributes
    ----------
    code, name : str
        Of the locality or school.
    open : int
        Open cases.
    social_care : int or None
        Of them open to social care; None where the extract does not say it of anyone.
    untouched : int or None
        Of them with nobody touching them for `UNTOUCHED_DAYS`; None where the extract has no last contact.
    """

    code: str
    name: str
    open: int
    social_care: int | None
    untouched: int | None


@dataclass(frozen=True)
class Week:
    """The list and its counts.

    Attributes
    ----------
    day : datetime.date
        Last day of the extract; everything is as of its end.
    cases : tuple of OpenCase
        In the order of `ORDER`.
    localities : tuple of Group
        Every locality, those without a case too, then the unknown and those outside: they add up to `total`.
    schools : tuple of Group
        Those with an open case, most first, then the row of those without: they add up to `total`.
    total : Group
        All open cases.
    lacking : tuple of str
        Those of `OPTIONAL` that no record of the extract has, open or closed: not loaded.
    """

    day: date
    cases: tuple[OpenCase, ...]
    localities: tuple[Group, ...]
    schools: tuple[Group, ...]
    total: Group
    lacking: tuple[str, ...]

    @property
    def longest(self) -> int | None:
        """Days that the oldest case has been open; None where there is none."""
        return max((case.days_open for case in self.cases), default=None)

    @property
    def without_contact(self) -> int:
        """Open cases with no contact recorded, which are counted from their start."""
        return sum(case.last_contact is None for case in self.cases)


@per_store
def week(store: Store) -> Week:
    """Return the open cases of a snapshot as of the last day of its extract.

    Raises
    ------
    UsageError
        If no involvements are loaded, or the extract does not say to which day it is complete.
    """
    part = store.part(DATASET)
    if part is None:
        raise UsageError(f"Nothing to list: {DATASET} is not loaded. Run 'locality-atlas import {DATASET} FILE'.")
    if part.covers_to is None:
        raise UsageError(f"{part.source_name} does not say to which day it is complete. Import it again.")
    rows = list(map(_Row._make, store.cases(DATASET, COLUMNS, SCHEME)))
    lacking = tuple(key for key in OPTIONAL if rows and all(getattr(row, key) is None for row in rows))
    day, localities = part.covers_to, dict(store.rows(SCHEME))
    still_open = sorted((row for row in rows if row.start <= day and (row.end is None or row.end > day)), key=_rank)
    schools = _school_names(store, {row.school_urn for row in still_open})
    cases = tuple(
        OpenCase(
            child=row.child,
            start=row.start,
            days_open=(day - row.start).days,
            priority=FIRST if row.social_care in IN_SOCIAL_CARE else NEXT,
            social_care=SOCIAL_CARE.values[row.social_care or NOT_RECORDED],
            sen_status=SEN.values[row.sen_status or NOT_RECORDED],
            year_group=row.year_group,
            year=YEAR_GROUP.values[NOT_RECORDED if row.year_group is None else str(row.year_group)],
            phase=PHASES.get(phase_of(row.year_group), ""),
            area=row.area,
            locality=localities[row.area],
            school_code=_school_code(row.school_urn),
            school=schools[_school_code(row.school_urn)],
            last_contact=row.last_contact,
            days_untouched=None if "last_contact" in lacking else _days_untouched(row, day),
        )
        for row in still_open
    )
    return Week(
        day=day,
        cases=cases,
        localities=_groups(cases, localities, attrgetter("area"), lacking),
        schools=tuple(sorted(_groups(cases, schools, attrgetter("school_code"), lacking), key=_school_rank)),
        total=_count(("", TOTAL), cases, lacking),
        lacking=lacking,
    )


def _rank(row: _Row) -> tuple[bool, date, int, str]:
    """Return the place of a case in the order; who started earlier has been open longer."""
    return (
        row.social_care not in IN_SOCIAL_CARE,
        row.start,
        SEN_ORDER.get(row.sen_status or NOT_RECORDED, len(SEN_ORDER)),
        row.child,
    )


def _days_untouched(row: _Row, day: date) -> int:
    # Opening the case was an action too, so a contact before it does not count; nor are days after the extract ones.
    newest = max(row.start, row.last_contact or row.start)
    return max((day - newest).days, 0)


def _school_code(urn: int | None) -> str:
    return NO_SCHOOL if urn is None else str(urn)


def _school_names(store: Store, urns: Iterable[int | None]) -> dict[str, str]:
    """Return code -> name of the schools asked for and of no school; two of one name are told apart by their number."""
    codes = {_school_code(urn) for urn in urns}
    known = {_school_code(row["urn"]): str(row["name"]) for row in reversed(store.rows_of("schools"))}
    named = {code: known.get(code, f"School {code}, not in the list of schools") for code in codes - {NO_SCHOOL}}
    alike = Counter(named.values())
    shown = {code: f"{name} ({code})" if alike[name] > 1 else name for code, name in named.items()}
    return shown | {NO_SCHOOL: NO_SCHOOL_WORDS}


def _school_rank(group: Group) -> tuple[bool, int, str]:
    return group.code == NO_SCHOOL, -group.open, group.name


def _groups(
    cases: Sequence[OpenCase], names: Mapping[str, str], code_of: Callable[[OpenCase], str], lacking: Sequence[str]
) -> tuple[Group, ...]:
    """Return the counts of every code of `names`, in its order."""
    found: dict[str, list[OpenCase]] = {code: [] for code in names}
    for case in cases:
        found[code_of(case)].append(case)
    return tuple(_count((code, names[code]), of_code, lacking) for code, of_code in found.items())


def _count(named: tuple[str, str], cases: Sequence[OpenCase], lacking: Sequence[str]) -> Group:
    in_care = None if "social_care" in lacking else sum(case.in_social_care for case in cases)
    untouched = None if "last_contact" in lacking else sum(case.untouched for case in cases)
    return Group(*named, len(cases), in_care, untouched)
