"""Specialist places beside the EHC plans of the children who live there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geodata.areas import EXTRA_AREAS
from geodata.periods import Period, words
from geodata.rates import Estimate, poisson_limits
from geodata.store import Row, Store
from layers.base import NO_BASE, AreaRow, BaseLayer, Named
from layers.basis import records_basis, scheme_basis
from layers.measures import Calendar, covered_periods
from layers.sites import by_area, is_open, list_day

PLANS = "ehc_plans"
SPECIALIST = ("base", "special")
"""Kinds of provision that are specialist places of the state: resourced provision or SEN units, and special schools."""

PER_PLANS = 100.0


def places_of(row: Row) -> int:
    """Return the places commissioned; the capacity where that is blank; 0 where both are."""
    commissioned = row.get("commissioned_places")
    return int(commissioned if commissioned is not None else row.get("capacity") or 0)


def by_capacity(row: Row) -> bool:
    """Return whether the capacity stands in for places that are not stated."""
    return row.get("commissioned_places") is None and row.get("capacity") is not None


def without_places(row: Row) -> bool:
    """Return whether neither places nor capacity are stated."""
    return row.get("commissioned_places") is None and row.get("capacity") is None


def per_plans(places: int, plans: int) -> Estimate | None:
    """Return places per 100 plans, with limits; None where there are no plans.

    The number of places is fixed, that of plans varies by chance: the limits are the places over the two Poisson limits
    of the plans (`geodata.rates.poisson_limits`), upside down, as a ratio falls when its base grows.
    """
    if plans <= 0:
        return None
    fewest, most = poisson_limits(plans)
    return Estimate(places / plans * PER_PLANS, places / most * PER_PLANS, places / fewest * PER_PLANS)


@dataclass(frozen=True)
class PlacesLayer(BaseLayer):
    """Specialist places in the settings of an area for every 100 plans of the children who live there.

    Attributes
    ----------
    calendar : Calendar
        The dates of the plans.
    """

    calendar: Calendar

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the dates of the plans for which the list of places can speak.

        A place without a first day may be newer than a date before the list's own: a list with such places speaks for
        its day and later, and where there is no such date, or no day, for the newest date only.
        """
        part = store.part(self.info.dataset)
        dates = covered_periods(store, PLANS, self.calendar)
        if part is None or not dates:
            return ()
        if not _undated(_specialist(store, self.info.dataset)):
            return dates
        since = part.reference_date
        return tuple(one for one in dates if since and one.start and one.start >= since) or dates[-1:]

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the places, the plans and the places per 100 plans of each area."""
        rows = _open_on(store, self.info.dataset, period.start)
        places = by_area(store, scheme, ((row, places_of(row)) for row in rows))
        all_dates = covered_periods(store, PLANS, self.calendar)
        plans = store.counts(PLANS, "open", all_dates).get((scheme, period.key), {})

        def row(code: str, name: str) -> AreaRow:
            count, base = places[code], plans.get(code, 0)
            if code in EXTRA_AREAS:
                return AreaRow(code, name, count, None, None, None, None, NO_BASE, period.dates, "")
            dates = (period.dates, period.dates)
            return AreaRow.of((code, name), count, float(base), per_plans(count, base), NO_BASE, dates)

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:
        """Return what kind of records these are, where capacity stands for places, then the scheme's caveat."""
        part, rows = store.part(self.info.dataset), _open_on(store, self.info.dataset, period.start)
        capacity, blank = sum(map(by_capacity, rows)), sum(map(without_places, rows))
        said = [f"places as listed on {words(list_day(part))}"] if part and _undated(rows) else []
        said += [f"capacity for places in {capacity} of {len(rows)} rows"] if capacity else []
        said += [f"{blank} of {len(rows)} rows without places"] if blank else []
        return (*records_basis(store, self.info.dataset, PLANS), *said, *scheme_basis(store, scheme))


def _specialist(store: Store, dataset: str) -> list[Row]:
    return [row for row in store.rows_of(dataset) if row.get("provision") in SPECIALIST]


def _undated(rows: list[Row]) -> bool:
    return any(row.get("opened") is None for row in rows)


def _open_on(store: Store, dataset: str, day: date | None) -> list[Row]:
    return [row for row in _specialist(store, dataset) if day is None or is_open(row, day)]
