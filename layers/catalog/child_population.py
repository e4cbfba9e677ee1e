"""Residents aged 0 to 17."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from geodata.areas import EXTRA_AREAS
from geodata.periods import UNDATED, Period, stock
from geodata.store import Store
from layers.base import NOT_APPLICABLE, NOT_AVAILABLE, AreaRow, BaseLayer, LayerInfo, Named
from layers.basis import scheme_basis
from layers.format import round_half_up

AGES = (0, 17)


def whole_persons(persons: Mapping[str, float]) -> dict[str, int]:
    """Return the residents of every area in whole persons that add up to the whole of all of them.

    Estimates that were shared out have parts of a person. Each rounded by itself, a few hundred areas would come to
    some persons more or fewer than the county has: so those with the largest parts are rounded up, as many as it takes.

    Parameters
    ----------
    persons : mapping of str to float
        Area code -> residents, of every area of a scheme.
    """
    found = {code: floor(number) for code, number in persons.items()}
    left = int(round_half_up(sum(persons.values()))) - sum(found.values())
    by_part = sorted(persons, key=lambda code: (found[code] - persons[code], code))
    return found | {code: found[code] + 1 for code in by_part[:left]}


@dataclass(frozen=True)
class PopulationLayer(BaseLayer):
    """Residents of an age band, by the estimates that are loaded."""

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the dates of the estimates loaded, oldest first."""
        return tuple(stock(day) if day else UNDATED for day in store.population_dates())

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the residents of each area in whole persons; nobody is counted outside the county."""
        residents = whole_persons(store.residents(AGES, period.start).persons[scheme])

        def row(code: str, name: str) -> AreaRow:
            if code in EXTRA_AREAS:
                return AreaRow(code, name, 0, None, None, None, None, NOT_APPLICABLE, period.dates, "")
            persons = residents.get(code)
            if persons is None:
                return AreaRow(code, name, None, None, None, None, None, NOT_AVAILABLE, period.dates, "")
            return AreaRow(code, name, persons, None, float(persons), None, None, "", period.dates, "")

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
        method="The estimates that are loaded, summed over the small areas. Parts of a person, where residents are "
        "shared out, are rounded so that the areas add up to the county.",
    )
)
