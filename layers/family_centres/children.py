"""The children whose reach is measured, by small area: plain numbers, which the serving process may ask for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from geodata.manifest import Part
from geodata.store import Residents, Store
from layers.basis import parts_basis, population_basis
from layers.deprivation import DATASET as DEPRIVATION
from layers.deprivation import EDITIONS, edition_part
from layers.kept import per_store

LOW_INCOME = "low_income"
SCHOOL_AGES, YOUNG_AGES = (5, 17), (0, 4)
YOUNG_COLUMN = "ages_0_4"
FROM_IDACI = "estimated from IDACI"


@dataclass(frozen=True)
class Counted:
    """Children of one kind by small area.

    Attributes
    ----------
    children : mapping of str to float
        Atom -> children; an atom that is not in it has no figure.
    basis : tuple of str
        Words that must stand by them.
    dates : str
        Of what day, in ISO form, or "undated".
    residents : Residents or None
        What they are made of, where that is a population.
    """

    children: Mapping[str, float]
    basis: tuple[str, ...]
    dates: str
    residents: Residents | None = None


def school_age(store: Store, day: date | None) -> Counted:
    """Return the residents aged 5 to 17 of the population nearest to a day."""
    found = store.residents(SCHOOL_AGES, day)
    scheme = store.profile.atom_scheme
    return Counted(found.persons[scheme], population_basis(found, scheme), found.dates, found)


def young(store: Store, day: date | None) -> Counted | None:
    """Return the children aged 0 to 4 in low-income families, as published or estimated; None where neither is there.

    Where low_income is not loaded, they are estimated as residents aged 0 to 4 times the share of children in
    income-deprived families (IDACI score), which is known of ages 0 to 15 together.
    """
    return published_low_income(store) or _from_idaci(store, day)


def published_low_income(store: Store) -> Counted | None:
    """Return the children aged 0 to 4 in low-income families as published; None where they are not loaded."""
    part = store.part(LOW_INCOME)
    if part is None:
        return None
    atoms = set(store.areas.atoms)
    rows = [row for row in store.rows_of(LOW_INCOME) if row["part"] == part.id and row["atom"] in atoms]
    known = {str(row["atom"]): float(row[YOUNG_COLUMN]) for row in rows if is_number(row.get(YOUNG_COLUMN))}
    if not known:
        return None
    day = part.reference_date.isoformat() if part.reference_date else "undated"
    return Counted(known, (*parts_basis([part]), *_lacking(store, known)), day)


def _from_idaci(store: Store, day: date | None) -> Counted | None:
    edition, scores = idaci_scores(store)
    part = edition_part(store, edition)
    if part is None or not scores:
        return None
    found = store.residents(YOUNG_AGES, day)
    persons = found.persons[store.profile.atom_scheme]
    children = {atom: score * persons.get(atom, 0.0) for atom, score in scores.items()}
    words = (f"{FROM_IDACI} {edition}", *parts_basis([part]), *population_basis(found, store.profile.atom_scheme))
    return Counted(children, (*words, *_lacking(store, scores)), found.dates, found)


@per_store
def idaci_scores(store: Store) -> tuple[str, Mapping[str, float]]:
    """Return the newest edition with scores of income deprivation affecting children, and atom -> score, 0 to 1.

    An atom without a row takes the score of the older area it was cut from, where it lies in one only.
    """
    parents: dict[str, list[str]] = {}
    for old, atoms in store.areas.older.items():
        for atom in atoms:
            parents.setdefault(atom, []).append(old)
    for edition in EDITIONS:
        part = edition_part(store, edition)
        listed = _scores(store, part) if part else {}
        found = {}
        for atom in store.areas.atoms:
            above = parents.get(atom, [])
            source = atom if atom in listed or len(above) != 1 else above[0]
            if source in listed:
                found[atom] = listed[source]
        if found:
            return edition, found
    return "", {}


def _scores(store: Store, part: Part) -> dict[str, float]:
    rows = (row for row in store.rows_of(DEPRIVATION) if row["part"] == part.id)
    pairs = ((str(row["atom"]), row.get("idaci_score")) for row in rows)
    return {atom: float(score) for atom, score in pairs if is_number(score) and 0 <= score <= 1}


def is_number(value: object) -> TypeGuard[float]:
    """Return whether a cell holds a finite number."""
    return isinstance(value, int | float) and math.isfinite(value)


def lacking_words(store: Store, known: Mapping[str, float]) -> str:
    """Return how many small areas have no figure, which count as none; "" where all have one."""
    atoms = store.areas.atoms
    lacking = sum(atom not in known for atom in atoms)
    return f"{lacking} of {len(atoms)} small areas without a figure, counted as none" if lacking else ""


def _lacking(store: Store, known: Mapping[str, float]) -> tuple[str, ...]:
    said = lacking_words(store, known)
    return (said,) if said else ()
