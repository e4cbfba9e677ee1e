"""Pairs of schools that should rather have one link worker, as wishes with a weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from geodata.store import Row
from layers.link_workers.core import School, Urn, Work
from layers.link_workers.workload_settings import PairSettings

INFANT_TO, JUNIOR_FROM = 7, 7
"""Highest age of an infant school and lowest of a junior one."""

_NO_STEM = frozenset({
    "a", "academy", "and", "c", "catholic", "ce", "church", "cofe", "combined", "community", "county", "e", "england",
    "first", "foundation", "free", "infant", "infants", "junior", "juniors", "nursery", "of", "pre", "primary", "rc",
    "roman", "school", "schools", "the", "voluntary",
})  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two schools that should rather have one worker.

    Attributes
    ----------
    urns : frozenset of int
        The two.
    why : str
        In plain words; several reasons with "; " between them.
    weight : float
        Kilometres a week that parting them counts as: of the weightiest reason (assumed).
    """

    urns: frozenset[Urn]
    why: str
    weight: float


def default_pairs(
    work: Work, facts: Mapping[Urn, Row] | None = None, settings: PairSettings | None = None
) -> tuple[Pair, ...]:
    """Return the wishes among the schools of a plan.

    An infant school with its junior school (nearest one of the same name, else nearest), schools on one site, schools
    of one liaison group with the nearest of it, a primary with its nearest secondary that is not selective.

    Parameters
    ----------
    work : Work
        The schools.
    facts : mapping of int to Row, optional
        Their rows: ``lowest_age``, ``highest_age`` and ``admissions``, from `work.facts_by_school`. Where they lack,
        the words "infant", "junior" and "grammar" of the name decide.
    settings : PairSettings, optional
        Which wishes and how much.

    Returns
    -------
    tuple of Pair
        Each pair once, weightiest first.
    """
    rows, chosen, schools = facts or {}, settings or PairSettings(), work.schools
    reasons = [
        *_infant_and_junior(schools, rows, chosen),
        *_one_site(schools, chosen),
        *_groups(schools, chosen),
        *_secondaries(schools, rows, chosen),
    ]
    found: dict[frozenset[Urn], Pair] = {}
    for pair in sorted((one for one in reasons if one.weight > 0), key=lambda one: -one.weight):
        first = found.setdefault(pair.urns, pair)
        if pair.why not in first.why.split("; "):  # two schools can each be the other's nearest
            found[pair.urns] = Pair(pair.urns, f"{first.why}; {pair.why}", first.weight)
    return tuple(sorted(found.values(), key=lambda one: (-one.weight, sorted(one.urns))))


def pairs_notes(facts: Mapping[Urn, Row]) -> tuple[str, ...]:
    """Return what must be said of the wishes: what the list of schools does not state, and what stands in its place."""
    said = []
    if not any(row.get("admissions") for row in facts.values()):
        said.append("Admissions are not stated: a school with 'grammar' in its name counts as selective, and no other.")
    if all(row.get("highest_age") is None or row.get("lowest_age") is None for row in facts.values()):
        said.append("Ages are not stated: 'infant', 'first school' and 'junior' in the name say which schools are.")
    if not any(row.get("liaison_group") for row in facts.values()):
        said.append("No liaison group is stated: there is no wish for it.")
    return tuple(said)


def _metres(one: School, other: School) -> float:
    return hypot(one.easting - other.easting, one.northing - other.northing)


def stem(name: str) -> str:
    """Return what is left of a school's name without the words that many have.

    Examples
    --------
    >>> stem("The Iver Village Junior School"), stem("Iver Village Infant Academy")
    ('iver village', 'iver village')
    """
    parts = re.findall(r"[a-z0-9]+", name.lower().replace("'", "").replace("\u2019", ""))
    return " ".join(part for part in parts if part not in _NO_STEM)


def is_infant(school: School, row: Row) -> bool:
    """Return whether a school ends with Year 2: by its ages, else by its name."""
    if school.kind != "primary":
        return False
    if (highest := row.get("highest_age")) is not None:
        return int(highest) <= INFANT_TO
    name = school.name.lower()
    return ("infant" in name or "first school" in name) and "junior" not in name


def is_junior(school: School, row: Row) -> bool:
    """Return whether a school begins with Year 3: by its ages, else by its name."""
    if school.kind != "primary":
        return False
    if (lowest := row.get("lowest_age")) is not None:
        return int(lowest) >= JUNIOR_FROM
    name = school.name.lower()
    return "junior" in name and "infant" not in name


def is_selective(school: School, row: Row) -> bool:
    """Return whether a school selects by ability: by its admissions, else by "grammar" in the name."""
    if admissions := row.get("admissions"):
        return str(admissions) == "selective"
    return "grammar" in school.name.lower()


def _nearest(school: School, among: Iterable[School], within_km: float) -> School | None:
    near = [one for one in among if one.urn != school.urn and _metres(school, one) <= 1000 * within_km]
    return min(near, key=lambda one: (_metres(school, one), one.urn), default=None)


def _infant_and_junior(schools: Sequence[School], rows: Mapping[Urn, Row], chosen: PairSettings) -> list[Pair]:
    juniors = [one for one in schools if is_junior(one, rows.get(one.urn, {}))]
    found = []
    for infant in (one for one in schools if is_infant(one, rows.get(one.urn, {}))):
        named = stem(infant.name)
        alike = [one for one in juniors if named and stem(one.name) == named]
        junior = _nearest(infant, alike, chosen.same_name_km) or _nearest(infant, juniors, chosen.infant_junior_km)
        if junior:
            found.append(
                Pair(frozenset({infant.urn, junior.urn}), "infant school with its junior school", chosen.infant_junior)
            )
    return found


def _one_site(schools: Sequence[School], chosen: PairSettings) -> list[Pair]:
    return [
        Pair(frozenset({one.urn, other.urn}), "one site", chosen.one_site)
        for place, one in enumerate(schools)
        for other in schools[place + 1 :]
        if (one.postcode and one.postcode == other.postcode) or _metres(one, other) <= chosen.one_site_metres
    ]


def _groups(schools: Sequence[School], chosen: PairSettings) -> list[Pair]:
    groups: dict[str, list[School]] = {}
    for school in schools:
        if school.group:
            groups.setdefault(school.group, []).append(school)
    return [
        Pair(frozenset({one.urn, other.urn}), f"one liaison group: {group}", chosen.liaison_group)
        for group, members in groups.items()
        for one in members
        for other in sorted(
            (other for other in members if other is not one), key=lambda other: (_metres(one, other), other.urn)
        )[: int(chosen.liaison_nearest)]
    ]


def _secondaries(schools: Sequence[School], rows: Mapping[Urn, Row], chosen: PairSettings) -> list[Pair]:
    kinds = ("secondary", "all_through")
    open_to_all = [one for one in schools if one.kind in kinds and not is_selective(one, rows.get(one.urn, {}))]
    found = []
    for primary in (one for one in schools if one.kind == "primary"):
        if secondary := _nearest(primary, open_to_all, chosen.secondary_km):
            found.append(
                Pair(
                    frozenset({primary.urn, secondary.urn}),
                    "primary with its nearest secondary that is not selective",
                    chosen.secondary,
                )
            )
    return found
