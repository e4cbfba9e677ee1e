"""Places on a list: which of them are open on a day, in which area each lies, and how many an area has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from geodata.areas import OUTSIDE, UNKNOWN
from geodata.errors import UsageError
from geodata.geography import exact_column
from geodata.manifest import Part
from geodata.periods import UNDATED, Period, stock
from geodata.store import Row, Store
from layers.base import AreaRow, BaseLayer, Named
from layers.basis import records_basis, scheme_basis

Amount = Callable[[Row, date], int]
"""From a row and the day to how much it counts; 0 where it is not one of those that are asked for."""


def list_period(store: Store, dataset: str) -> tuple[Period, ...]:
    """Return the one period of a list of places: the day given at its import, or undated; empty when not loaded."""
    part = store.part(dataset)
    if part is None:
        return ()
    return (stock(part.reference_date) if part.reference_date else UNDATED,)


def list_day(part: Part) -> date:
    """Return the day on which a list counts: the one given at its import, else the day of the import."""
    return part.reference_date or part.imported_at.date()


def open_places(store: Store, dataset: str) -> tuple[date, list[Row]]:
    """Return the day of a list and its places that are open on it; the list must be loaded."""
    part = store.part(dataset)
    if part is None:
        raise UsageError(f"{dataset} is not loaded. Run 'locality-atlas import {dataset} FILE'.")
    day = list_day(part)
    return day, [row for row in store.rows_of(dataset) if is_open(row, day)]


def is_open(row: Row, day: date) -> bool:
    """Return whether a place is open at the end of a day; one without dates always is."""
    opened, closed = row.get("opened"), row.get("closed")
    return (opened is None or opened <= day) and (closed is None or closed > day)


def area_of(store: Store, scheme: str, row: Row) -> str:
    """Return the area a place lies in, "outside" the county, or "unknown" where it has no place on the map.

    Where outlines cut atoms the area was found by the place's own point.
    """
    if scheme in store.areas.shares and (area := row.get(exact_column(scheme))) is not None:
        return str(area) if area in store.areas.names[scheme] or area == OUTSIDE else UNKNOWN
    atom = row.get("atom")
    return OUTSIDE if atom == OUTSIDE else store.areas.of_atom[scheme].get(str(atom), UNKNOWN)


def by_area(store: Store, scheme: str, amounts: Iterable[tuple[Row, int]]) -> Counter[str]:
    """Return area code -> sum of the amounts of the places in it, "unknown" and "outside" among them."""
    found: Counter[str] = Counter()
    for row, amount in amounts:
        found[area_of(store, scheme, row)] += amount
    return found


@dataclass(frozen=True)
class SiteLayer(BaseLayer):
    """The number of places in each area, or of something that each place has.

    A plain count: it has no base and no interval, and a place outside the county or without a place on the map is
    counted in a row of its own.

    Attributes
    ----------
    amount : Amount
        What a row of the list counts for.
    must_state : str
        A column without which a row cannot be told what it is: how many such rows are left out is then said.
    could_count : callable
        Which rows would count if they stated it: a school that has closed is not one that was left out.
    """

    amount: Amount
    must_state: str = ""
    could_count: Callable[[Row], bool] = lambda _row: True

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the day of the list, or "undated"."""
        return list_period(store, self.info.dataset)

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the count of each area."""
        day, rows = open_places(store, self.info.dataset)
        counts = by_area(store, scheme, ((row, self.amount(row, day)) for row in rows))
        return tuple(
            AreaRow(code, name, counts[code], None, float(counts[code]), None, None, "", period.dates, "")
            for code, name in areas
        )

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:  # noqa: ARG002
        """Return "illustrative" and how many places are left out where that is so, then the scheme's caveat."""
        _, rows = open_places(store, self.info.dataset) if self.must_state else (None, [])
        unstated = sum(not row.get(self.must_state) for row in rows if self.could_count(row))
        said = (f"{unstated} not counted: no {self.must_state} stated",) if unstated else ()
        return (*records_basis(store, self.info.dataset), *said, *scheme_basis(store, scheme))
