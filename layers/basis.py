"""The words that must stand beside figures: what is not real, what is only estimated, what is approximate."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.manifest import Part
from geodata.store import Residents, Store

MODELLED_POPULATION = "modelled population"
"""Residents that were shared out equally: areas are not put in order on them."""


def parts_basis(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return "synthetic", "modelled" or "illustrative" where parts are, each once; nothing for real ones."""
    return tuple(dict.fromkeys(part.basis for part in parts if part.basis != "real"))


def records_basis(store: Store, *datasets: str) -> tuple[str, ...]:
    """Return what kind of records datasets hold, where they are not real."""
    return parts_basis(part for dataset in datasets for part in store.snapshot.parts(dataset))


def population_basis(residents: Residents, scheme: str) -> tuple[str, ...]:
    """Return "modelled population", "estimated population" ... where a base is not simply counted."""
    found = residents.basis_in(scheme)
    return (f"{found} population",) if found != "real" else ()


def scheme_basis(store: Store, scheme: str) -> tuple[str, ...]:
    """Return what must be said of the areas themselves: "approximate areas", "indicative areas" or nothing."""
    caveat = store.profile.scheme(scheme).caveat
    return (f"{caveat} areas",) if caveat else ()
