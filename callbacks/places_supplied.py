"""Settings and planned schemes of the page on specialist places, from the rows of the model's supply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from callbacks.places_facts import SchemeFacts, SettingFacts
from callbacks.places_words import GAP_PROVISIONS
from geodata.options import today
from geodata.periods import months_before
from geodata.store import Store
from layers.sufficiency.core import Places, Supply

Points = dict[int | str, tuple[float | None, float | None]]
"""Number of a setting, or its name where it has none -> longitude and latitude."""

SHOWN = (*GAP_PROVISIONS, "alternative")


def schemes_of(supply: Supply, years: Sequence[int], slippage_months: int) -> tuple[SchemeFacts, ...]:
    """Return the planned schemes.

    Parameters
    ----------
    supply : Supply
        Its planned places open on their slipped day.
    years : sequence of int
        Januaries.
    slippage_months : int
        What every planned opening slipped by.
    """
    return tuple(
        SchemeFacts(
            setting=one.setting, area=one.area, provision=one.provision, phase=one.phase, need=one.need,
            places=one.commissioned if one.commissioned is not None else one.capacity or 0,
            opens=months_before(one.opens, slippage_months).isoformat(), slipped=one.opens.isoformat(),
            by_year=tuple(zip(years, one.by_year, strict=True)), late=_is_late(one, one.opens),
            from_scenario=one.from_scenario,
        )
        for one in supply.places
        if one.planned and one.opens is not None
    )  # fmt: skip


def _is_late(one: Places, opens: date) -> bool:
    return not one.from_scenario and opens <= today() and not one.pupils


def settings_of(points: Points, supply: Supply, at: int) -> tuple[SettingFacts, ...]:
    """Return the settings with specialist places.

    Parameters
    ----------
    points : Points
        From `setting_points`.
    supply : Supply
        A setting has a row for each need and phase.
    at : int
        Place of the January among the years.
    """
    grouped: dict[tuple[str, int | None, str], list[Places]] = {}
    for one in supply.places:
        if one.provision in SHOWN and any(one.by_year):
            grouped.setdefault((one.setting, one.urn, one.provision), []).append(one)
    found = []
    for (name, urn, provision), rows in grouped.items():
        longitude, latitude = points.get(urn if urn is not None else name, (None, None))
        found.append(SettingFacts(
            name, rows[0].area, provision, urn, longitude, latitude, sum(one.by_year[at] for one in rows),
            _sum(one.commissioned for one in rows if not one.planned), _sum(one.capacity for one in rows),
            _sum(one.pupils for one in rows),
        ))  # fmt: skip
    return tuple(found)


def _sum(values: Iterable[int | None]) -> int | None:
    """Return the sum of those that are stated; None where none is."""
    stated = [value for value in values if value is not None]
    return sum(stated) if stated else None


def setting_points(store: Store) -> Points:
    """Return where settings and schools stand."""
    found: Points = {}
    for dataset, number, name in (("schools", "urn", "name"), ("provision", "setting_urn", "setting_name")):
        for row in store.rows_of(dataset) if store.part(dataset) else ():
            key = row.get(number)
            found[int(key) if key is not None else str(row[name])] = (row.get("longitude"), row.get("latitude"))
    return found
