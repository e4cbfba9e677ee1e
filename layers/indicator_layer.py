"""Layers of published figures: a count as a share of its base, by the areas of the file and larger ones."""

from __future__ import annotations

from dataclasses import dataclass

from geodata import rates
from geodata.periods import Period
from geodata.store import Store
from layers.base import NO_BASE, NOT_AVAILABLE, AreaRow, BaseLayer, Named, scheme_keys
from layers.basis import parts_basis, scheme_basis
from layers.indicators import INDICATORS, Figure, by_scheme, nests, read_indicator


@dataclass(frozen=True)
class IndicatorLayer(BaseLayer):
    """A published count as a share of a published base, by area.

    Attributes
    ----------
    indicator : str
        Its name in the dataset `INDICATORS`; value is the count, denominator the base.
    """

    indicator: str

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the periods that were published."""
        return read_indicator(store, self.indicator).periods

    def schemes(self, store: Store) -> tuple[str, ...]:
        """Return the schemes that were published in some period, and those made of whole areas of one."""
        found = {fine for published in read_indicator(store, self.indicator).figures.values() for fine in published}
        return tuple(key for key in scheme_keys(store) if any(nests(store.areas, fine, key) for fine in found))

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the count, the base and the share of each area."""
        figures = by_scheme(store.areas, read_indicator(store, self.indicator).figures[period.key], scheme)

        def row(code: str, name: str) -> AreaRow:
            if code not in store.areas.names[scheme]:
                return AreaRow(code, name, None, None, None, None, None, NO_BASE, period.dates, "")
            figure = figures.get(code, Figure(None, None))
            if figure.count is None or figure.base is None:
                return AreaRow(code, name, None, None, None, None, None, figure.flag, period.dates, "")
            found = rates.proportion(figure.count, figure.base)
            flag = NO_BASE if figure.base == 0 else NOT_AVAILABLE
            return AreaRow.of((code, name), figure.count, figure.base, found, flag, (period.dates, period.dates))

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:
        """Return "illustrative" or "synthetic" where the figures of the period are, then the scheme's caveat."""
        ids = read_indicator(store, self.indicator).parts[period.key]
        used = (part for part in store.snapshot.parts(INDICATORS) if part.id in ids)
        return (*parts_basis(used), *scheme_basis(store, scheme))
