"""Open families of early help, and open cases of missing education, by school: counts alone leave this module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from geodata.store import Store
from layers.link_workers.core import Urn

EARLY_HELP, CME = "early_help_cases", "cme_involvements"
SCHEME = "locality"

MOST_WORK = ("3", "2", "", "4", "1")
"""Levels of an open case, the one that asks most of a link worker first; "" for none stated. Assumed."""


def last_known(store: Store, dataset: str, day: date) -> date | None:
    """Return the day on which records are counted for a plan of `day`: no later than they reach; None without any."""
    part = store.part(dataset)
    if part is None:
        return None
    return min(day, part.covers_to) if part.covers_to else day


def is_open(start: date, end: date | None, day: date) -> bool:
    """Return whether a case is open at the end of a day."""
    return start <= day and (end is None or end > day)


def families_by_school(
    store: Store, day: date, holder: Mapping[Urn, str] | None = None
) -> tuple[dict[Urn, Counter[str]], int]:
    """Return school -> level -> open families, each family once, and the open families that name no school.

    Parameters
    ----------
    store : Store
        Early help may lack.
    day : datetime.date
        On which they are open; the last that the records reach where that is earlier.
    holder : mapping of int to str, optional
        School -> post that has it today: a family with children at several schools counts at the one whose post holds
        its case, else at the one with most of its children, else at the lowest number.

    Returns
    -------
    dict of int to Counter
        The level of a family is that of its open cases which comes first in `MOST_WORK`.
    int
        Families whose children are at no school that is stated.
    """
    at = last_known(store, EARLY_HELP, day)
    if at is None:
        return {}, 0
    columns = ("child_id", "family_id", "start_date", "end_date", "level", "post", "school_urn")
    rows = store.cases(EARLY_HELP, columns, SCHEME, since=at)
    return count_families((row[:-1] for row in rows if is_open(row[2], row[3], at)), holder or {})


def count_families(cases: Iterable[tuple[Any, ...]], holder: Mapping[Urn, str]) -> tuple[dict[Urn, Counter[str]], int]:
    """Count open cases (child, family, start, end, level, post, school) as `families_by_school` says.

    A case without a family is a family of its own.
    """
    together: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for case in cases:
        child, family = case[0], case[1]
        together.setdefault(("family", family) if family else ("child", child), []).append(case)
    found: dict[Urn, Counter[str]] = {}
    nowhere = 0
    for members in together.values():
        level = min((str(case[4] or "") for case in members), key=MOST_WORK.index)
        children = Counter(int(case[6]) for case in members if case[6] is not None)
        posts = {case[5] for case in members if case[5]}
        if not children:
            nowhere += 1
            continue
        school = min(children, key=lambda urn: (holder.get(urn) not in posts, -children[urn], urn))
        found.setdefault(school, Counter())[level] += 1
    return found, nowhere


def missing_education_by_school(store: Store, day: date) -> Counter[Urn]:
    """Return school -> open cases of missing education that name it; a day as in `families_by_school`."""
    at = last_known(store, CME, day)
    if at is None:
        return Counter()
    rows = store.cases(CME, ("start_date", "end_date", "school_urn"), SCHEME, since=at)
    return Counter(int(urn) for start, end, urn, _ in rows if urn is not None and is_open(start, end, at))
