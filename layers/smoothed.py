"""Rates of small areas, drawn towards the county's by empirical Bayes: a choice beside the rates as counted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata.periods import Period
from geodata.rates import Estimate
from geodata.smoothing import smoothed_rates
from geodata.store import Store
from layers.base import AreaRow, Named, rates_allowed
from layers.measures import RateLayer

MIN_AREAS = 10
"""With fewer areas the spread between them is not known well enough to smooth by it."""

SUFFIX = "_smoothed"
"""Follows the key of the layer that is smoothed."""


@dataclass(frozen=True)
class SmoothedRateLayer(RateLayer):
    """A `RateLayer` whose rates are smoothed over all areas of the scheme; counts and bases stay as they are."""

    def schemes(self, store: Store) -> tuple[str, ...]:
        """Return the schemes with enough areas, on a population that allows rates by them."""
        names, periods = store.areas.names, super().periods(store)
        day = periods[-1].last_day if periods else None
        residents = store.residents(self.ages, day)
        return tuple(
            key
            for key in super().schemes(store)
            if len(names[key]) >= MIN_AREAS and rates_allowed(store, self.info.dataset, key, residents)
        )

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the periods of the layer as counted; none where no scheme can be smoothed."""
        return super().periods(store) if self.schemes(store) else ()

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the rows of the areas asked for, smoothed over all of the scheme; the county as it is counted."""
        rows = super().rows(store, scheme, areas, period)
        everywhere = super().rows(store, scheme, list(store.areas.names[scheme].items()), period)
        if len(everywhere) < MIN_AREAS:
            return rows
        one = self.estimate(1, 1.0)
        per = one.value if one else 1.0
        found = smoothed_rates(
            [row.count or 0 for row in everywhere], [row.denominator or 0.0 for row in everywhere], per
        )
        by_code = {row.code: estimate for row, estimate in zip(everywhere, found, strict=True)}
        return tuple(_with(row, by_code.get(row.code)) for row in rows)


def _with(row: AreaRow, found: Estimate | None) -> AreaRow:
    if found is None or row.value is None:
        return row
    return replace(row, value=found.value, lower=found.lower, upper=found.upper)
