"""What there is to share among link workers on one day, from the lists of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from math import isnan

from geodata.areas import OUTSIDE
from geodata.errors import InputError, UsageError
from geodata.periods import words
from geodata.store import Row, Store
from layers.basis import records_basis
from layers.format import plural
from layers.kept import per_store
from layers.link_workers import posts as post_lists
from layers.link_workers.core import School, Urn, Work
from layers.link_workers.families import (
    CME,
    EARLY_HELP,
    families_by_school,
    last_known,
    missing_education_by_school,
)
from layers.link_workers.workload import Facts, band_words, filled, handed_over, hours_of
from layers.link_workers.workload_settings import LoadSettings, load_settings
from layers.school_kinds import STATE_KINDS, in_use, state_kind
from layers.sites import area_of, is_open, list_day

SCHOOLS, SCHEME = "schools", "locality"
DATASETS = (SCHOOLS, "link_workers", "school_allocations", EARLY_HELP, CME)
NAMED = 8
"""Schools that a sentence names before it says how many more there are."""

NO_SCHOOLS = "No schools are loaded. Run 'locality-atlas import schools FILE', or give --schools FILE."

locks_of = post_lists.locks_of


def plan_day(store: Store) -> date:
    """Return the day of a plan when none is asked for: the last of the early help cases, else that of a list.

    Raises
    ------
    UsageError
        Where no schools are loaded.
    """
    for dataset in (EARLY_HELP, "link_workers", SCHOOLS):
        if part := store.part(dataset):
            return part.covers_to or list_day(part)
    raise UsageError(NO_SCHOOLS)


@per_store
def work_of(store: Store, day: date) -> Work:
    """Return the state schools that are open on a day, their load, and the posts there are.

    Parameters
    ----------
    store : Store
        With schools; posts, allocations, early help and missing education may lack, which is then said.
    day : datetime.date
        Of the plan.

    Returns
    -------
    Work
        Schools without a place on the map, or outside the county, are left out and named.

    Raises
    ------
    UsageError
        Where no schools are loaded.
    InputError
        Where no state school is left.
    """
    if store.part(SCHOOLS) is None:
        raise UsageError(NO_SCHOOLS)
    settings = load_settings(store.profile)
    rows, said = _state_schools(store, day)
    holder = post_lists.holder_of(store, day)
    families, nowhere = families_by_school(store, day, holder)
    cme = missing_education_by_school(store, day)
    facts, gaps = filled([_facts(row, families, cme) for row in rows], settings.workload)
    schools = [
        _school(store, row, hours_of(one, settings.workload), handed_over(one, settings.workload))
        for row, one in zip(rows, facts, strict=True)
    ]
    names = dict(store.areas.names[SCHEME])
    schools.sort(key=lambda one: (names.get(one.area, one.area), one.name, one.urn))
    posts, posts_said = post_lists.posts_of(store, day, settings.posts)
    notes = (
        *_basis(store),
        f"Load of schools: {settings.workload.source} hours for phase, families, missing education, free school meals "
        "and roll.",
        band_words(settings.workload),
        *said,
        *gaps,
        *_cases_notes(store, day, nowhere),
        *([post_lists.capacity_words(posts, settings.posts)] if posts else []),
        *posts_said,
        *post_lists.shared_note(store, day),
        *_unknown_allocations(holder, rows),
    )
    return Work(day, tuple(schools), posts, names, notes)


def facts_by_school(store: Store, day: date) -> Mapping[Urn, Row]:
    """Return the rows of the schools of `work_of` by their number: ages, admissions and liaison group for pairs."""
    return {int(row["urn"]): row for row in _state_schools(store, day)[0]}


def settings_of(store: Store) -> LoadSettings:
    """Return the assumptions of the store's council."""
    return load_settings(store.profile)


def _state_schools(store: Store, day: date) -> tuple[list[Row], list[str]]:
    """Return the rows of the schools to share, and what must be said of those left out."""
    newest = {int(row["urn"]): row for row in reversed(store.rows_of(SCHOOLS))}
    open_rows = [row for _, row in sorted(newest.items()) if in_use(row) and is_open(row, day)]
    mine = [row for row in open_rows if state_kind(row) in STATE_KINDS]
    placed = [row for row in mine if _point(row)]
    inside = [row for row in placed if area_of(store, SCHEME, row) in store.areas.names[SCHEME]]
    said = []
    unstated = [row for row in open_rows if not row.get("type")]
    for rows, why in (
        (unstated, "no type of school stated, so that nobody knows whether it is a state school"),
        ([row for row in mine if not _point(row)], "no coordinates and no postcode that is known"),
        ([row for row in placed if area_of(store, SCHEME, row) == OUTSIDE], "outside the county"),
    ):
        if rows:
            said.append(f"Left out, {why}: {_named(rows)}.")
    said += _one_point(inside)
    if not inside:
        reasons = " ".join(said) or f"None of the {plural(len(newest), 'school')} is an open state school."
        raise InputError(f"No school is left to share on {words(day)}. {reasons}")
    return inside, said


def _point(row: Row) -> tuple[float, float] | None:
    easting, northing = row.get("easting"), row.get("northing")
    if easting is None or northing is None or isnan(easting) or isnan(northing):
        return None
    return float(easting), float(northing)


def _named(rows: Iterable[Row]) -> str:
    found = [f"{row['urn']} {row['name']}" for row in rows]
    more = len(found) - NAMED
    return ", ".join(found[:NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _one_point(rows: Iterable[Row]) -> list[str]:
    """Return a sentence on schools at one point: one site, or coordinates that are only those of a postcode."""
    found: dict[tuple[float, float], list[Row]] = {}
    for row in rows:
        found.setdefault(_point(row) or (0.0, 0.0), []).append(row)
    several = [f"{' and '.join(str(row['urn']) for row in group)}" for group in found.values() if len(group) > 1]
    if not several:
        return []
    return [f"At one point, taken for one site: {'; '.join(several)}. Check their coordinates."]


def _facts(row: Row, families: Mapping[Urn, Mapping[str, int]], cme: Mapping[Urn, int]) -> Facts:
    urn, roll, percent = int(row["urn"]), row.get("pupils"), row.get("fsm_percent")
    return Facts(
        state_kind(row),
        None if roll is None else float(roll),
        None if percent is None else float(percent),
        dict(families.get(urn, {})),
        cme.get(urn, 0),
    )


def _school(store: Store, row: Row, hours: float, families: int) -> School:
    return School(
        urn=int(row["urn"]),
        name=str(row["name"]),
        kind=state_kind(row),
        postcode=str(row.get("postcode") or ""),
        area=area_of(store, SCHEME, row),
        easting=float(row["easting"]),
        northing=float(row["northing"]),
        longitude=float(row["longitude"]),
        latitude=float(row["latitude"]),
        load_hours=hours,
        families=families,
        group=str(row.get("liaison_group") or ""),
    )


def _basis(store: Store) -> list[str]:
    """Return which lists are not real, a sentence for each word."""
    said: dict[str, list[str]] = {}
    for dataset in DATASETS:
        for word in records_basis(store, dataset):
            said.setdefault(word, []).append(dataset.replace("_", " "))
    return [f"{word.capitalize()}: {', '.join(lists)}." for word, lists in said.items()]


def _cases_notes(store: Store, day: date, nowhere: int) -> list[str]:
    said = []
    for dataset, what in ((EARLY_HELP, "early help"), (CME, "missing education")):
        at = last_known(store, dataset, day)
        if at is None:
            said.append(f"No cases of {what} are loaded: they are in no load.")
        elif at < day:
            said.append(f"Cases of {what} are those open on {words(at)}, the last day that the records reach.")
    if store.part(EARLY_HELP) is not None:
        said.append(f"Open families whose children are at no school that is stated: {nowhere:,}. They are in no load.")
    elif store.rows_of("school_allocations"):
        said.append("Families handed over cannot be counted: no cases of early help are loaded.")
    return said


def _unknown_allocations(holder: Mapping[Urn, str], rows: Iterable[Row]) -> list[str]:
    lost = sorted(set(holder) - {int(row["urn"]) for row in rows})
    if not lost:
        return []
    shown = ", ".join(map(str, lost[:NAMED])) + (f" and {len(lost) - NAMED:,} more" if len(lost) > NAMED else "")
    return [f"Have a post today and are not among the schools to share: {shown}."]
