"""The map of those who are far from help. The catalog imports it, so what needs NumPy is imported when it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from geodata.areas import EXTRA_AREAS
from geodata.periods import Period
from geodata.store import Residents, Store
from layers.base import MODELLED_BASE, NO_BASE, AreaRow, BaseLayer, Named
from layers.basis import population_basis, records_basis, scheme_basis
from layers.family_centres.children import Counted, is_number, school_age, young
from layers.kept import per_store
from layers.sites import list_period, open_places
from layers.sufficiency.whole_numbers import rounded, shared_out

if TYPE_CHECKING:
    from geodata.travel import Mode

CENTRES = "family_centres"

Sums = Mapping[str, Mapping[str, tuple[float, float]]]
"""Scheme -> area -> children far from a centre, and all children."""


@dataclass(frozen=True)
class FarLayer(BaseLayer):
    """The share of children who have no open family centre within 30 minutes.

    Every child is counted, from where the residents of its small area live, so the share has no interval.

    Attributes
    ----------
    mode : Mode
        How they travel.
    in_low_income : bool
        Whether those aged 0 to 4 in low-income families are meant, and not those aged 5 to 17.
    """

    mode: Mode
    in_low_income: bool

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the day of the list of centres, where one of them has a place and the children can be counted."""
        periods = list_period(store, CENTRES)
        if not periods or not any(is_number(row.get("easting")) for row in open_places(store, CENTRES)[1]):
            return ()
        return periods if self._children(store, periods[0]) else ()

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the children who are far, all children, and the share of each area."""
        counted = self._children(store, period)
        sums = far_sums(store, self.mode, self.in_low_income)[scheme]
        allowed = counted is not None and share_allowed(store, scheme, counted.residents)
        dates = (period.dates, counted.dates if counted else "")
        whole = whole_parts({area: far for area, (far, _) in sums.items()})

        def row(code: str, name: str) -> AreaRow:
            if code in EXTRA_AREAS:
                return AreaRow(code, name, 0, 0.0, None, None, None, NO_BASE, *dates)
            if not allowed:  # the count too would be that of a population shared out equally
                return AreaRow(code, name, None, None, None, None, None, MODELLED_BASE, period.dates, "")
            far, children = sums.get(code, (0.0, 0.0))
            share = 100 * far / children if children else None
            flag = NO_BASE if share is None else ""
            # A sum of parts differs from a whole number in its last digits alone.
            return AreaRow(code, name, whole.get(code, 0), round(children, 6), share, None, None, flag, *dates)

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:
        """Return what kind of list, children and travel these are, then the scheme's caveat."""
        counted = self._children(store, period)
        said = [*records_basis(store, CENTRES), *(counted.basis if counted else ())]
        said += population_basis(counted.residents, scheme) if counted and counted.residents else ()
        return tuple(dict.fromkeys((*said, *travel_basis(store, self.mode), *scheme_basis(store, scheme))))

    def _children(self, store: Store, period: Period) -> Counted | None:
        day = period.start or open_places(store, CENTRES)[0]
        return young(store, day) if self.in_low_income else school_age(store, day)


def share_allowed(store: Store, scheme: str, residents: Residents | None) -> bool:
    """Return whether shares over these residents may be shown by this scheme.

    Who is far depends on the small areas, so it is their population that counts. Over real people a modelled one
    misleads where areas are small, so shares start at the schemes that the profile names (see `layers.base`).
    """
    if residents is None or residents.basis_in(store.profile.atom_scheme) != "modelled":
        return True
    return store.all_people_synthetic() or scheme in store.profile.modelled_rates_from


def travel_basis(store: Store, mode: Mode) -> tuple[str, ...]:
    """Return whether journeys to the centres are estimated, all or in part."""
    from layers.family_centres.reach import reach_of, travel_words  # noqa: PLC0415 - NumPy: the start needs none

    return travel_words(reach_of(store, mode).travel)


@per_store
def far_sums(store: Store, mode: Mode, in_low_income: bool) -> Sums:
    """Return the children who are far and all children, by every scheme.

    Where outlines cut small areas their children are shared by area, as residents are.
    """
    from layers.family_centres.core import SCHOOL_AGE, YOUNG  # noqa: PLC0415 - NumPy, as above
    from layers.family_centres.reach import is_far, reach_of  # noqa: PLC0415

    found = reach_of(store, mode)
    groups = {group.key: group for group in found.ground.groups}
    group = groups[YOUNG if in_low_income else SCHOOL_AGE]
    far = dict(zip(found.ground.atoms, is_far(found.travel).tolist(), strict=True))
    children = dict(zip(found.ground.atoms, group.children.tolist(), strict=True))
    sums: dict[str, dict[str, tuple[float, float]]] = {scheme.key: {} for scheme in store.profile.schemes}
    for scheme, atom, area, share in store.areas.long():
        here = children[atom] * share
        before = sums[scheme].get(area, (0.0, 0.0))
        sums[scheme][area] = (before[0] + here * far[atom], before[1] + here)
    return MappingProxyType(sums)


def whole_parts(parts: Mapping[str, float]) -> dict[str, int]:
    """Return whole children by area that add up to the whole of all of them, so that every scheme has one total."""
    # Sums in another order differ in their last digits, which must not decide how a half is rounded.
    total = rounded(round(sum(parts.values()), 6))
    return dict(zip(parts, shared_out(total, list(parts.values())), strict=True))
