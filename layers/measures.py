"""The three kinds of layer that records need: a rate on residents, a share of records, a change between two dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from geodata import rates
from geodata.areas import EXTRA_AREAS
from geodata.cube import Event
from geodata.periods import Period
from geodata.store import Store, Where
from layers.base import (
    MODELLED_BASE,
    NO_BASE,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    AreaRow,
    BaseLayer,
    Named,
    rates_allowed,
)
from layers.basis import population_basis, records_basis, scheme_basis

Calendar = Callable[[date, date], tuple[Period, ...]]
"""From the days a dataset covers to the periods of a layer."""

Estimator = Callable[[int, float], rates.Estimate | None]
"""From a count and its base to a figure with its interval."""


def covered_periods(store: Store, dataset: str, calendar: Calendar) -> tuple[Period, ...]:
    """Return the periods of `calendar` in the days that a dataset covers; empty when it is not loaded."""
    part = store.part(dataset)
    if part is None or part.covers_from is None or part.covers_to is None:
        return ()
    return calendar(part.covers_from, part.covers_to)


@dataclass(frozen=True)
class RateLayer(BaseLayer):
    """Records of a dataset per resident of an age band.

    Attributes
    ----------
    event : {"open", "long_open", "started", "ended"}
        What is counted.
    ages : tuple of int
        First and last age of the base.
    calendar : Calendar
        Its periods.
    estimate : Estimator
        `rates.rate` or `rates.proportion`, with its multiplier.
    """

    event: Event
    ages: tuple[int, int]
    calendar: Calendar
    estimate: Estimator

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the periods within the days the dataset covers."""
        return covered_periods(store, self.info.dataset, self.calendar)

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the count, its base and the rate of each area."""
        found = store.counts_in(period, self.info.dataset, self.event, self.periods(store))
        counts = found.get((scheme, period.key), {})
        residents = store.residents(self.ages, period.last_day)
        allowed = rates_allowed(store, self.info.dataset, scheme, residents)

        def row(code: str, name: str) -> AreaRow:
            count = counts.get(code, 0)
            base = residents.persons[scheme].get(code)
            found = self.estimate(count, base) if base is not None and allowed else None
            flag = NOT_APPLICABLE if code in EXTRA_AREAS else NOT_AVAILABLE if allowed else MODELLED_BASE
            if found is None:
                return AreaRow(code, name, count, None, None, None, None, flag, period.dates, "")
            figures = (found.value, found.lower, found.upper)
            return AreaRow(code, name, count, base, *figures, "", period.dates, residents.dates)

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:
        """Return "synthetic" and "modelled population" where they are true, then the scheme's caveat."""
        residents = store.residents(self.ages, period.last_day)
        records = records_basis(store, self.info.dataset)
        return (*records, *population_basis(residents, scheme), *scheme_basis(store, scheme))


BASE_EVENTS: Mapping[Event, Event] = MappingProxyType({"open": "open", "long_open": "open", "ended_soon": "ended"})
"""What is counted -> the records that it is a share of."""


@dataclass(frozen=True)
class ShareLayer(BaseLayer):
    """Those records open on a day, or ended in a span, that have something in common, as a share of all such records.

    The rows "unknown" and "outside" have a share too: its base is records, not residents of an area.

    Attributes
    ----------
    event : {"open", "long_open", "ended_soon"}
        What is counted; `BASE_EVENTS` has its base.
    calendar : Calendar
        Its periods.
    where : Where
        Which of the records are counted; the base is all of them, whatever their columns say.
    """

    event: Event
    calendar: Calendar
    where: Where = ()

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the periods within the days the dataset covers."""
        return covered_periods(store, self.info.dataset, self.calendar)

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the count, the records it is a share of, and the share of each area."""
        periods, key = self.periods(store), (scheme, period.key)
        counts = store.counts_in(period, self.info.dataset, self.event, periods, self.where).get(key, {})
        bases = store.counts_in(period, self.info.dataset, BASE_EVENTS[self.event], periods).get(key, {})

        def row(code: str, name: str) -> AreaRow:
            count, base = counts.get(code, 0), bases.get(code, 0)
            dates = (period.dates, period.dates)
            return AreaRow.of((code, name), count, float(base), rates.proportion(count, base), NO_BASE, dates)

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:  # noqa: ARG002
        """Return "synthetic" where it is true, then the scheme's caveat."""
        return (*records_basis(store, self.info.dataset), *scheme_basis(store, scheme))


@dataclass(frozen=True)
class GrowthLayer(BaseLayer):
    """The change in a stock since the first date the dataset covers, in per cent.

    Attributes
    ----------
    calendar : Calendar
        The dates of the stock; the first one is the base.
    """

    calendar: Calendar

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return every date but the first, which is the base."""
        return covered_periods(store, self.info.dataset, self.calendar)[1:]

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the count, the count at the base date and the change of each area."""
        days = covered_periods(store, self.info.dataset, self.calendar)
        counts, since = store.counts(self.info.dataset, "open", days), days[0]
        now, then = (counts.get((scheme, key), {}) for key in (period.key, since.key))

        def row(code: str, name: str) -> AreaRow:
            count, earlier = now.get(code, 0), then.get(code, 0)
            dates = (period.dates, since.dates)
            return AreaRow.of((code, name), count, earlier, rates.growth(count, earlier), NOT_AVAILABLE, dates)

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:  # noqa: ARG002
        """Return "synthetic" where it is true, then the scheme's caveat."""
        return (*records_basis(store, self.info.dataset), *scheme_basis(store, scheme))
