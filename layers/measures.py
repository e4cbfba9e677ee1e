"""The two kinds of layer that most subjects need: a rate on residents, and a change between two dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from geodata import rates
from geodata.areas import EXTRA_AREAS
from geodata.cube import Event
from geodata.periods import Period
from geodata.store import Store
from layers.base import MODELLED_BASE, NOT_APPLICABLE, NOT_AVAILABLE, AreaRow, LayerInfo, Named, rates_allowed

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


def people_basis(store: Store, dataset: str) -> tuple[str, ...]:
    """Return ("synthetic",) where the records of a dataset are."""
    return ("synthetic",) if store.is_synthetic(dataset) else ()


@dataclass(frozen=True)
class RateLayer:
    """Records of a dataset per resident of an age band.

    Attributes
    ----------
    info : LayerInfo
        Its words.
    event : {"open", "started", "ended"}
        What is counted.
    ages : tuple of int
        First and last age of the base.
    calendar : Calendar
        Its periods.
    estimate : Estimator
        `rates.rate` or `rates.proportion`, with its multiplier.
    """

    info: LayerInfo
    event: Event
    ages: tuple[int, int]
    calendar: Calendar
    estimate: Estimator

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the periods within the days the dataset covers."""
        return covered_periods(store, self.info.dataset, self.calendar)

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the count, its base and the rate of each area."""
        counts = store.counts(self.info.dataset, self.event, self.periods(store)).get((scheme, period.key), {})
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
        modelled = (f"{residents.basis} population",) if residents.basis != "real" else ()
        return (*people_basis(store, self.info.dataset), *modelled, *scheme_basis(store, scheme))


def scheme_basis(store: Store, scheme: str) -> tuple[str, ...]:
    """Return what must be said of the areas themselves: "approximate areas", "indicative areas" or nothing."""
    caveat = store.profile.scheme(scheme).caveat
    return (f"{caveat} areas",) if caveat else ()


@dataclass(frozen=True)
class GrowthLayer:
    """The change in a stock since the first date the dataset covers, in per cent.

    Attributes
    ----------
    info : LayerInfo
        Its words.
    calendar : Calendar
        The dates of the stock; the first one is the base.
    """

    info: LayerInfo
    calendar: Calendar

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return every date but the first, which is the base."""
        return covered_periods(store, self.info.dataset, self.calendar)[1:]

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the count, the count at the base date and the change of each area."""
        dates = covered_periods(store, self.info.dataset, self.calendar)
        counts = store.counts(self.info.dataset, "open", dates)
        now, then = (counts.get((scheme, key), {}) for key in (period.key, dates[0].key))

        def row(code: str, name: str) -> AreaRow:
            count, earlier = now.get(code, 0), then.get(code, 0)
            found = rates.growth(count, earlier)
            if found is None:
                return AreaRow(
                    code, name, count, earlier, None, None, None, NOT_AVAILABLE, period.dates, dates[0].dates
                )
            figures = (found.value, found.lower, found.upper)
            return AreaRow(code, name, count, earlier, *figures, "", period.dates, dates[0].dates)

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:  # noqa: ARG002
        """Return "synthetic" where it is true, then the scheme's caveat."""
        return (*people_basis(store, self.info.dataset), *scheme_basis(store, scheme))
