"""The two groups of children as arrays, and the deprivation of the small areas they live in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from geodata.store import Store
from layers.basis import parts_basis, population_basis
from layers.deprivation import EDITIONS, edition_part, read_deciles
from layers.family_centres.children import YOUNG_AGES, Counted, lacking_words, published_low_income, school_age, young
from layers.family_centres.core import SCHOOL_AGE, YOUNG, Group

TITLES: Mapping[str, str] = {
    YOUNG: "Children aged 0 to 4 in low-income families",
    SCHOOL_AGE: "Children aged 5 to 17",
}
WITHOUT_LOW_INCOME = (
    "Children aged 0 to 4 in low-income families are not counted: neither low_income is loaded, nor deprivation with "
    "scores of income deprivation affecting children (IDACI)."
)

WITHOUT_INDEX = "No index of multiple deprivation is loaded"


def groups_of(store: Store, day: date) -> tuple[Group, ...]:
    """Return the groups that can be counted; `YOUNG` is absent where no low income is loaded.

    Parameters
    ----------
    store : Store
        With, at best, the dataset low_income; else deprivation with IDACI scores.
    day : datetime.date
        The population nearest to it serves.
    """
    found = {YOUNG: young(store, day), SCHOOL_AGE: school_age(store, day)}
    return tuple(_group(store, key, counted) for key, counted in found.items() if counted)


def _group(store: Store, key: str, counted: Counted) -> Group:
    children = np.array([counted.children.get(atom, 0.0) for atom in store.areas.atoms])
    return Group(key, TITLES[key], children, "; ".join(counted.basis), counted.dates)


def fifths_of(store: Store) -> tuple[tuple[int | None, ...], str]:
    """Return the fifth of deprivation of each atom, 1 the most deprived, and what they rest on in words.

    Two tenths of the index of multiple deprivation make a fifth. Where no edition is loaded, fifths of the council's
    own small areas by the share of children aged 0 to 4 in low-income families stand in; where that is not known
    either, all are None. The words say which.
    """
    atoms = store.areas.atoms
    for edition in EDITIONS:
        if deciles := read_deciles(store, edition, "imd").of:
            fifths = tuple((deciles[atom] + 1) // 2 if atom in deciles else None for atom in atoms)
            lacking = sum(fifth is None for fifth in fifths)
            part = edition_part(store, edition)
            said = [f"Index of multiple deprivation, {edition} edition", *(parts_basis([part]) if part else ())]
            said += [f"{lacking} of {len(atoms)} small areas without a fifth"] if lacking else []
            return fifths, "; ".join(said)
    return _own_fifths(store)


def _own_fifths(store: Store) -> tuple[tuple[int | None, ...], str]:
    """Return fifths of the council's small areas, as many in each, 1 with the largest share in low income."""
    atoms, poor = store.areas.atoms, published_low_income(store)
    if poor is None:
        return (None,) * len(atoms), WITHOUT_INDEX
    persons = store.residents(YOUNG_AGES, None)
    of = persons.persons[store.profile.atom_scheme]
    shares = {atom: count / of[atom] for atom, count in poor.children.items() if of.get(atom)}
    order = sorted(shares, key=lambda atom: (-shares[atom], atom))
    place = {atom: 1 + 5 * rank // len(order) for rank, atom in enumerate(order)}
    basis = [word for word in poor.basis if word != lacking_words(store, poor.children)]
    basis += population_basis(persons, store.profile.atom_scheme)
    without = sum(atom not in place for atom in atoms)
    basis += [f"{without} of {len(atoms)} small areas without a fifth"] if without else []
    said = "in their place fifths of this council's own small areas by the share of children aged 0 to 4 in low income"
    return tuple(place.get(atom) for atom in atoms), f"{WITHOUT_INDEX}; {said}: {', '.join(dict.fromkeys(basis))}"
