"""Residents aged 0 to 17."""

from dataclasses import dataclass

from geodata.areas import EXTRA_AREAS
from geodata.periods import UNDATED, Period, stock
from geodata.store import Store
from layers.base import NOT_APPLICABLE, NOT_AVAILABLE, AreaRow, BaseLayer, LayerInfo, Named
from layers.basis import scheme_basis
from layers.format import round_half_up

AGES = (0, 17)


@dataclass(frozen=True)
class PopulationLayer(BaseLayer):
    """Residents of an age band, by the estimates that are loaded."""

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the dates of the estimates loaded, oldest first."""
        return tuple(stock(day) if day else UNDATED for day in store.population_dates())

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the residents of each area; nobody is counted outside the county."""
        residents = store.residents(AGES, period.start)

        def row(code: str, name: str) -> AreaRow:
            if code in EXTRA_AREAS:
                return AreaRow(code, name, 0, None, None, None, None, NOT_APPLICABLE, period.dates, "")
            persons = residents.persons[scheme].get(code)
            if persons is None:
                return AreaRow(code, name, None, None, None, None, None, NOT_AVAILABLE, period.dates, "")
            return AreaRow(code, name, int(round_half_up(persons)), None, persons, None, None, "", period.dates, "")

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:
        """Return "modelled" where the estimate is shared out from the county, then the scheme's caveat."""
        residents = store.residents(AGES, period.start)
        found = residents.basis_in(scheme)
        word = (found,) if found != "real" else ()
        return (*word, *scheme_basis(store, scheme))


LAYER = PopulationLayer(
    LayerInfo(
        key="child_population",
        subject="Population",
        title="Children who live here",
        plain="Residents aged 0 to 17",
        unit="residents aged 0 to 17",
        short_unit="aged 0\u201317",
        counted=("resident aged 0 to 17", "residents aged 0 to 17"),
        source="Population estimates",
        dataset="population",
        decimals=0,
        is_stock=True,
        order=50,
        method="The estimates that are loaded, summed over the small areas.",
    )
)
