"""Specialist places from the list of provision: what each setting offers in each January, and who is there today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from geodata.contracts.provision import ANY_NEED
from geodata.errors import UsageError
from geodata.periods import census_day, words
from geodata.store import Row, Store
from layers.basis import records_basis
from layers.sites import area_of, is_open, list_day
from layers.sufficiency.core import PHASE_KEYS, Places, Supply
from layers.sufficiency.pipeline import is_planned, slipped, working_places
from layers.sufficiency.settings import SufficiencySettings
from layers.sufficiency.stays import Stays, stays_of

DATASET = "provision"
ANY = next(iter(ANY_NEED))
"""Need of places that take every child."""

SCHEME = "locality"

YEARS_OF_PHASE = {"primary": 7, "secondary": 5, "post_16": 3}
"""Curriculum years of each phase that places without a phase are shared over: assumed."""

PHASE_OF_LIST = {"nursery": "early_years", "primary": "primary", "secondary": "secondary", "post_16": "post_16"}
"""Phase on the list -> phase of the model; any other is shared out by `YEARS_OF_PHASE`."""

NAMED = 5
"""Settings that a note names before it says how many more there are."""


def supply(
    store: Store,
    years: Sequence[int],
    settings: SufficiencySettings,
    *,
    extra: Sequence[Places] = (),
) -> Supply:
    """Read the list of specialist places.

    Year Y is the January census of Y. What the gap is held against are the places commissioned; where those are
    blank the capacity stands in, which a note says. Pupils attending only say who is there today.

    Parameters
    ----------
    store : Store
        With a list of provision; EHC plans say who is placed where.
    years : sequence of int
        Of the January censuses, consecutive; the first is the base year.
    settings : SufficiencySettings
        Ramp, slippage and working occupancy.
    extra : sequence of Places, optional
        Places that a scenario adds, as they are.

    Returns
    -------
    Supply
        All rows of the list with places, one for each phase.

    Raises
    ------
    UsageError
        With the remedy, where no list of provision is loaded.
    ProfileError
        For a ramp that makes no sense.
    """
    part = store.part(DATASET)
    if part is None:
        raise UsageError(
            "No specialist places are loaded. Import the list of settings with their places: "
            "locality-atlas import provision FILE."
        )
    rows, day = store.rows_of(DATASET), list_day(part)
    places = [one for row in rows for one in _places_of(store, row, years, settings)]
    own = stays_of(store, years[0])
    listed = {(one.urn, one.provision) for one in places if one.urn is not None}
    sold, odd = _sold([row for row in rows if is_open(row, day)], own)
    slipping = settings.slippage_months
    return Supply(
        years=tuple(years),
        places=(*places, *extra),
        stays=own.plans,
        sold=sold,
        basis=(*records_basis(store, DATASET), f"places as listed on {words(day)}", "ramp and occupancy assumed"),
        notes=(
            *_notes(rows, day),
            *odd,
            *own.notes,
            *own.unlisted(listed),
            *([f"Every planned opening is taken to slip by {slipping} months."] if slipping else []),
        ),
    )


def count_of(row: Row) -> int | None:
    """Return the places commissioned; the capacity where they are blank; None where both are."""
    found = row.get("commissioned_places")
    found = row.get("capacity") if found is None else found
    return None if found is None else int(found)


def _places_of(store: Store, row: Row, years: Sequence[int], settings: SufficiencySettings) -> Iterable[Places]:
    opens, closes = row.get("opened"), row.get("closed")
    planned = is_planned(opens, years[0])
    whole = working_places(float(count_of(row) or 0), (opens, closes), years, settings)
    one = Places(
        setting=str(row["setting_name"]),
        urn=_whole(row.get("setting_urn")),
        area=area_of(store, SCHEME, row),
        easting=row.get("easting"),
        northing=row.get("northing"),
        provision=str(row["provision"]),
        phase="",
        need=row.get("need") or ANY,
        commissioned=_whole(row.get("commissioned_places")),
        capacity=_whole(row.get("capacity")),
        pupils=_whole(row.get("pupils")),
        by_year=whole,
        opens=slipped(opens, settings.slippage_months) if opens and planned else opens,
        closes=closes,
        planned=planned,
    )
    if (phase := PHASE_OF_LIST.get(str(row.get("phase")))) is not None:
        return (replace(one, phase=phase),)
    return _shared(one)


def _whole(number: object) -> int | None:
    return None if number is None else int(str(number))


def _shared(one: Places) -> tuple[Places, ...]:
    """Share places whose phase is not stated over the phases by their curriculum years; whole numbers stay whole."""
    phases = tuple(YEARS_OF_PHASE)
    whole = sum(YEARS_OF_PHASE.values())

    def parts(number: int | None) -> dict[str, int | None]:
        if number is None:
            return dict.fromkeys(phases)
        exact = {phase: number * YEARS_OF_PHASE[phase] / whole for phase in phases}
        found = {phase: int(share) for phase, share in exact.items()}
        for phase in sorted(phases, key=lambda key: found[key] - exact[key])[: number - sum(found.values())]:
            found[phase] += 1
        return dict(found)

    commissioned, capacity, pupils = parts(one.commissioned), parts(one.capacity), parts(one.pupils)
    return tuple(
        replace(
            one,
            phase=phase,
            commissioned=commissioned[phase],
            capacity=capacity[phase],
            pupils=pupils[phase],
            by_year=tuple(places * YEARS_OF_PHASE[phase] / whole for places in one.by_year),
        )
        for phase in sorted(phases, key=PHASE_KEYS.index)
    )


def _sold(rows: Sequence[Row], own: Stays) -> tuple[dict[int, int], tuple[str, ...]]:
    """Return the number of a setting -> pupils of others: those attending less our own plans there."""
    pupils: Counter[int] = Counter()
    kinds: dict[int, set[str]] = {}
    names: dict[int, str] = {}
    for row in rows:
        if row.get("setting_urn") is not None and row.get("pupils") is not None:
            urn = int(row["setting_urn"])
            pupils[urn] += int(row["pupils"])
            kinds.setdefault(urn, set()).add(str(row["provision"]))
            names[urn] = str(row["setting_name"])
    ours = {urn: own.at(urn, kinds[urn]) for urn in pupils}
    more = [names[urn] for urn, count in pupils.items() if ours[urn] > count]
    note = f"More of our own plans than pupils attending: {_named(more)}. The plans count."
    return {urn: max(count - ours[urn], 0) for urn, count in pupils.items()}, (note,) if more else ()


def _notes(rows: Sequence[Row], day: date) -> tuple[str, ...]:
    """Return what is odd about the list, each with the settings it is about."""
    with_places = [row for row in rows if count_of(row)]
    should = [row for row in _unattended(with_places) if row.get("opened") and is_open(row, day)]
    said = (
        ("No need stated, taken to serve any need", [row for row in with_places if not row.get("need")]),
        (
            "Phase not stated, shared over primary, secondary and post-16 by their curriculum years: estimated",
            [row for row in with_places if str(row.get("phase")) not in PHASE_OF_LIST],
        ),
        (
            "No commissioned places stated, capacity stands in",
            [row for row in with_places if row.get("commissioned_places") is None],
        ),
        ("Neither places nor capacity stated, no places counted", [row for row in rows if count_of(row) is None]),
        (
            f"Planned scheme that should have opened by {words(day)}, but no pupils attend; counted from the day the "
            "list gives",
            should,
        ),
        (
            "No unique reference number, so plans cannot be linked; pupils attending are taken to stay, assumed",
            [row for row in with_places if row.get("setting_urn") is None],
        ),
    )
    return tuple(f"{text}: {_named(str(row['setting_name']) for row in found)}." for text, found in said if found)


def _unattended(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of settings' openings that nobody attends; blank means that only where others have a number."""
    counted = any(row.get("pupils") is not None for row in rows)
    pupils: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        pupils[_opening(row)] += int(row.get("pupils") or 0)
    return [row for row in rows if not pupils[_opening(row)] and (counted or row.get("pupils") == 0)]


def _opening(row: Row) -> tuple[Any, ...]:
    return row.get("setting_urn") or row["setting_name"], row["provision"], row.get("opened")


def _named(names: Iterable[str]) -> str:
    found = sorted(set(names))
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return ", ".join(found[:NAMED]) + more


def open_in(place: Places, years: Sequence[int]) -> tuple[bool, ...]:
    """Return in which Januaries the setting takes children in this row, ramp and number of places apart."""
    return tuple(
        (place.opens is None or place.opens <= census_day(year))
        and (place.closes is None or place.closes > census_day(year))
        for year in years
    )
