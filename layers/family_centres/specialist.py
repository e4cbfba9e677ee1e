"""Need-matched reach: children with an EHC plan who have a commissioned place for their need and phase near enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from geodata.areas import EXTRA_AREAS
from geodata.errors import UsageError
from geodata.periods import census_days
from geodata.school_years import NO_PHASE, PHASES, phase_of, year_group_of
from geodata.store import Row, Store
from geodata.travel import Points, atom_points, travel
from layers.basis import records_basis
from layers.family_centres.children import is_number
from layers.family_centres.reach import COUNTY, travel_words
from layers.family_centres.settings import family_settings
from layers.kept import per_store
from layers.measures import covered_periods
from layers.sites import is_open
from layers.sufficiency.core import BROAD_AREAS, BROAD_OF_NEED, NOT_RECORDED
from layers.sufficiency.places_layer import PLANS, SPECIALIST, by_capacity, places_of
from layers.sufficiency.supply import ANY, PHASE_OF_LIST, YEARS_OF_PHASE

PLACES = "provision"
SCHEME = "locality"
COLUMNS = ("born", "year_group", "primary_need", "start_date", "end_date")

Plans = Mapping[tuple[str, str], Mapping[str, int]]
"""(broad area of need, phase) -> atom -> plans."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class MatchedRow:
    """Children of one area, need and phase who have a place that matches near enough; small numbers, so for officers.

    Attributes
    ----------
    area, name : str
        The locality, or the county.
    need, phase : str
        Broad area of need and phase, keys of `BROAD_AREAS` and `PHASES`.
    plans : int
        EHC plans of children who live there.
    within : tuple of int
        Those with a commissioned place that matches within each limit.
    """

    area: str
    name: str
    need: str
    phase: str
    plans: int
    within: tuple[int, ...]

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Percent within each limit; None where there is no plan."""
        return tuple(100 * one / self.plans if self.plans else None for one in self.within)


@dataclass(frozen=True)
class Matched:
    """Need-matched reach on one day.

    Attributes
    ----------
    day : datetime.date
        On which plans and places are counted.
    limits : tuple of float
        Minutes by car.
    rows : tuple of MatchedRow
        By need and phase that somebody has, then locality, the county last: what the localities add up to.
    basis, notes : tuple of str
        Words that must stand by the figures, and what a reader must know.
    unlisted : mapping of str to int
        Phase -> children of the county with a plan for whose need and phase no place is listed at all, near or far.
    """

    day: date
    limits: tuple[float, ...]
    rows: tuple[MatchedRow, ...]
    basis: tuple[str, ...]
    notes: tuple[str, ...]
    unlisted: Mapping[str, int] = field(default_factory=dict)


@per_store
def matched_reach(store: Store) -> Matched:
    """Return the need-matched reach on the last day that the plans cover; kept with the store.

    Raises
    ------
    UsageError
        With the remedy, where plans or specialist places are not loaded, or the plans cover no day.
    """
    day = _day(store)
    listed = [row for row in store.rows_of(PLACES) if row.get("provision") in SPECIALIST and is_open(row, day)]
    rows = [row for row in listed if places_of(row) > 0]
    limits = family_settings(store.profile).reach.specialist_minutes
    ways = travel(store, "car", atom_points(store), _points(rows))
    plans, left_out = _plans(store, day)
    near = np.array([ways.minutes <= limit for limit in limits])
    lacking = _unlisted(plans, rows)
    unlisted: Counter[str] = Counter()
    for need, phase in lacking:
        unlisted[phase] += sum(plans[need, phase].values())
    return Matched(
        day,
        limits,
        tuple(_rows(store, plans, near, rows)),
        (*records_basis(store, PLANS, PLACES), *travel_words(ways)),
        (f"Journeys by car: {ways.words}.", *_lacking_words(plans, lacking), *_notes(rows, left_out)),
        dict(unlisted),
    )


def _day(store: Store) -> date:
    for dataset in (PLANS, PLACES):
        if store.part(dataset) is None:
            raise UsageError(f"{dataset} is not loaded. Run 'locality-atlas import {dataset} FILE'.")
    days = [one.start for one in covered_periods(store, PLANS, census_days) if one.start]
    if not days:
        raise UsageError("The EHC plans cover no day. Import them with --covers-from and --covers-to.")
    return days[-1]


def _points(rows: Sequence[Row]) -> Points:
    def metres(key: str) -> npt.NDArray[np.float64]:
        return np.array([row[key] if is_number(row.get(key)) else np.nan for row in rows], dtype=np.float64)

    keys = (
        f"urn:{row['setting_urn']}" if row.get("setting_urn") is not None else f"setting:{row['setting_name']}"
        for row in rows
    )
    return Points(tuple(keys), metres("easting"), metres("northing"))


def _plans(store: Store, day: date) -> tuple[Plans, tuple[str, ...]]:
    """Return the plans open at the end of a day by need, phase and atom, and how many have no home or no phase here."""
    found: dict[tuple[str, str], Counter[str]] = {}
    homeless = unaged = 0
    for born, group, need, start, end, atom in store.cases(PLANS, COLUMNS, store.profile.atom_scheme, since=day):
        if start > day or (end is not None and end <= day):
            continue
        phase = phase_on(born, group, day)
        if atom in EXTRA_AREAS:
            homeless += 1
        elif phase == NO_PHASE:
            unaged += 1
        else:
            broad = BROAD_OF_NEED.get(need or NOT_RECORDED, BROAD_OF_NEED[NOT_RECORDED])
            found.setdefault((broad, phase), Counter())[atom] += 1
    said = [f"Plans not counted, as the address is unknown, withheld or outside the county: {homeless:,}."]
    said += [f"Plans not counted, as neither month of birth nor curriculum year is recorded: {unaged:,}."]
    return found, tuple(text for text, many in zip(said, (homeless, unaged), strict=True) if many)


def phase_on(born: date | None, group: int | None, day: date) -> str:
    """Return the phase a child is expected in on a day by the month of birth; without it by the recorded year group.

    The recorded year group is taken as of the day, which is the last one that the records speak of.
    """
    if born is not None:
        return phase_of(year_group_of(born, day))
    return phase_of(None if group is None else int(group))


def serves(row: Row, need: str, phase: str) -> bool:
    """Return whether places of a row of the list take a child of that broad area of need and phase.

    Places of any need, or whose need is not stated, take every child; where a child's need is not recorded, or in no
    broad area, only those do. Places without a phase of the model serve primary, secondary and post-16: assumed.
    """
    stated = row.get("need") or ANY
    if stated != ANY and (BROAD_OF_NEED.get(stated) != need or need == BROAD_OF_NEED[NOT_RECORDED]):
        return False
    of_row = PHASE_OF_LIST.get(str(row.get("phase")))
    return phase == of_row if of_row else phase in YEARS_OF_PHASE


def _unlisted(plans: Plans, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the needs and phases that somebody has and no listed place serves."""
    return [
        (need, phase)
        for phase in PHASES
        for need in BROAD_AREAS
        if plans.get((need, phase)) and not any(serves(row, need, phase) for row in rows)
    ]


def _lacking_words(plans: Plans, lacking: Sequence[tuple[str, str]]) -> list[str]:
    """Return for which phases, or needs of a phase, no place is listed: their share says nothing about distance."""
    said = []
    for phase in PHASES:
        needs = [need for need, of in lacking if of == phase]
        every = all(need in needs for need, of in plans if of == phase)
        names = [PHASES[phase]] if every else [f"{PHASES[phase]}, {BROAD_AREAS[need].lower()}" for need in needs]
        said += names if needs else []
    if not said:
        return []
    return [
        f"No place is listed at all, near or far, for: {'; '.join(said)}. That none of these children has one near "
        "says nothing about distance: the list may lack such places, or there are none."
    ]


def _rows(store: Store, plans: Plans, near: npt.NDArray[np.bool_], rows: Sequence[Row]) -> list[MatchedRow]:
    places = {atom: place for place, atom in enumerate(store.areas.atoms)}
    of_atom, names = store.areas.of_atom[SCHEME], store.areas.names[SCHEME]
    found: list[MatchedRow] = []
    for need in BROAD_AREAS:
        for phase in PHASES:
            here = plans.get((need, phase), {})
            if not here:
                continue
            match: Flags = np.array([serves(row, need, phase) for row in rows], dtype=bool)
            reached: Flags = np.asarray((near & match).any(axis=2))  # [limit, atom]
            parts = {
                code: [(n, reached[:, places[a]]) for a, n in here.items() if of_atom[a] == code] for code in names
            }
            lines = [_row((code, name), (need, phase), parts[code], len(near)) for code, name in names.items()]
            everyone = [pair for code in names for pair in parts[code]]
            found += [*lines, _row((COUNTY, store.profile.name), (need, phase), everyone, len(near))]
    return found


def _row(area: tuple[str, str], kind: tuple[str, str], parts: Sequence[tuple[int, Flags]], limits: int) -> MatchedRow:
    within = tuple(sum(count for count, reached in parts if reached[place]) for place in range(limits))
    return MatchedRow(*area, *kind, sum(count for count, _ in parts), within)


def _notes(rows: Sequence[Row], left_out: tuple[str, ...]) -> tuple[str, ...]:
    lost = sum(not is_number(row.get("easting")) for row in rows)
    said = (
        (lost, "rows of specialist places without coordinates, near to nobody unless an imported matrix has the way"),
        (sum(map(by_capacity, rows)), "rows whose capacity stands in for places commissioned"),
        (sum(not row.get("need") for row in rows), "rows without a need, taken to serve any: assumed"),
        (
            sum(str(row.get("phase")) not in PHASE_OF_LIST for row in rows),
            "rows without one phase, taken to serve primary, secondary and post-16: assumed",
        ),
    )
    return (
        "Whether a place is near says nothing about whether it is free, or whether it is the school that parents want.",
        *(f"{count:,} {text}." for count, text in said if count),
        *left_out,
    )
