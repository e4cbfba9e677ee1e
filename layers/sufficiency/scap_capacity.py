"""The specialist capacity of the School Capacity return: each school now, and what is planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from geodata.areas import OUTSIDE
from layers.sufficiency.core import Places, Supply

STATE_FUNDED = ("special", "base")
"""Provision whose capacity the survey asks for: not independent schools, not alternative provision."""

CAPACITY_DAY = (5, 1)
"""Month and day of the survey: the published release has specialist capacity "as at May", and 1 May is the day of the
Department for Education's guide for 2026 for mainstream schools; that it holds for special ones too is assumed."""

OPEN, PLANNED = "open", "planned"


@dataclass(frozen=True)
class ScapCapacity:
    """The capacity of one school in one kind of provision, open or planned.

    Attributes
    ----------
    setting : str
        Its name.
    urn : int or None
        Its unique reference number.
    provision : str
        Code.
    status : str
        `OPEN` on the day, or `PLANNED`.
    opens : datetime.date or None
        First day of what is planned.
    primary, secondary : int or None
        Capacity as the School Capacity survey counts it, sixth forms with the secondary one; None where none is stated.
    """

    setting: str
    urn: int | None
    provision: str
    status: str
    opens: date | None
    primary: int | None
    secondary: int | None

    @property
    def capacity(self) -> int | None:
        """Both together; None where neither is stated."""
        stated = [one for one in (self.primary, self.secondary) if one is not None]
        return sum(stated) if stated else None


def capacity_day(year: int) -> date:
    """Return the day that the capacity of a return is of."""
    return date(year, *CAPACITY_DAY)


def scap_capacity(supply: Supply, year: int) -> tuple[tuple[ScapCapacity, ...], tuple[str, ...]]:
    """Return the capacity of each state-funded school in the county, and what must be said of it.

    It is the capacity on the list, never the commissioned places and never the pupils, without occupancy or ramp.

    Parameters
    ----------
    supply : Supply
        Of the list of provision.
    year : int
        Of the return.
    """
    day = capacity_day(year)
    groups: dict[tuple[str, int | None, str, str, date | None], list[Places]] = {}
    for place in supply.places:
        if place.from_scenario or place.provision not in STATE_FUNDED or place.area == OUTSIDE:
            continue
        if place.phase == "early_years" or (place.closes is not None and place.closes <= day):
            continue
        planned = place.opens is not None and place.opens > day
        name = place.setting if place.urn is None else ""
        key = (name, place.urn, place.provision, PLANNED if planned else OPEN, place.opens if planned else None)
        groups.setdefault(key, []).append(place)
    rows = [
        ScapCapacity(places[0].setting, urn, provision, status, opens, _sum(places, "primary"),
                     _sum(places, "secondary", "post_16"))
        for (_, urn, provision, status, opens), places in groups.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (STATE_FUNDED.index(row.provision), row.status, row.setting.casefold(), row.opens or day))
    return tuple(rows), _notes(supply.places, rows, groups.values())


def total_capacity(rows: Iterable[ScapCapacity], status: str) -> tuple[int, int]:
    """Return the (primary, secondary) capacity of all schools that state one."""
    chosen = [row for row in rows if row.status == status]
    return sum(row.primary or 0 for row in chosen), sum(row.secondary or 0 for row in chosen)


def _sum(places: Sequence[Places], *phases: str) -> int | None:
    stated = [place.capacity for place in places if place.phase in phases and place.capacity is not None]
    return sum(stated) if stated else None


def _notes(
    listed: Sequence[Places], rows: Sequence[ScapCapacity], groups: Iterable[Sequence[Places]]
) -> tuple[str, ...]:
    blank = sorted({row.setting for row in rows if row.capacity is None})
    partly = sorted(
        {
            places[0].setting
            for places in groups
            if any(one.capacity is None for one in places) and any(one.capacity is not None for one in places)
        }
    )
    young = sum(one.capacity or 0 for one in listed if one.provision in STATE_FUNDED and one.phase == "early_years")
    said = []
    if blank:
        said.append(
            f"No capacity on the list, left blank; commissioned places do not stand in for it: {', '.join(blank)}."
        )
    if partly:
        said.append(f"Capacity stated for some of the rows only, the sum is of those: {', '.join(partly)}.")
    if young:
        said.append(f"Nursery capacity is left out: {young:,} places.")
    return tuple(said)
