"""The indices of deprivation: the decile of each small area, and how many of an area's are among the most deprived.

Ranks, deciles and scores are never summed or averaged, and editions never stand in one trend: each is a variant with
one period of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.contracts.deprivation import DOMAINS
from geodata.manifest import Part
from geodata.periods import Period
from geodata.store import Store
from layers.base import NO_BASE, NOT_AVAILABLE, NOT_SUMMED, AreaRow, BaseLayer, Named, scheme_keys
from layers.basis import parts_basis, scheme_basis
from layers.kept import per_store

DATASET = "deprivation"
EDITIONS = ("2025", "2019")
"""Editions that have variants, the newest first."""

MOST_DEPRIVED = 3
"""Deciles 1 to 3: the most deprived three tenths of England."""


@dataclass(frozen=True)
class Deciles:
    """The deciles of one domain of one edition.

    Attributes
    ----------
    of : mapping of str to int
        Atom -> 1 (the most deprived tenth of England) to 10.
    cut : frozenset of str
        Atoms that carry the decile of the older area they were cut from.
    """

    of: Mapping[str, int]
    cut: frozenset[str]


def codes(domains: tuple[str, ...]) -> dict[str, str]:
    """Return the codes of variants and their words: "2025-income" is "Income (2025)"."""
    return {f"{edition}-{domain}": f"{DOMAINS[domain][0]} ({edition})" for edition in EDITIONS for domain in domains}


def edition_part(store: Store, edition: str) -> Part | None:
    """Return the newest part that holds an edition, or None."""
    found = [part for part in store.snapshot.parts(DATASET) if part.about.get("edition", part.slot) == edition]
    return found[-1] if found else None


def _parents(store: Store) -> dict[str, set[str]]:
    """Return atom -> the areas of the older census in which it lies; empty where the atoms are the pack's."""
    found: dict[str, set[str]] = {}
    for old, atoms in store.areas.older.items():
        for atom in atoms:
            found.setdefault(atom, set()).add(old)
    return found


@per_store
def read_deciles(store: Store, edition: str, domain: str) -> Deciles:
    """Return the deciles of every atom that has one.

    An atom without a row takes the decile of the older area it was cut from, where it lies in one only: two deciles
    make none.
    """
    part = edition_part(store, edition)
    rows = [row for row in store.rows_of(DATASET) if part and row["part"] == part.id]
    found = ((row["atom"], row.get(f"{domain}_decile")) for row in rows)
    listed = {atom: int(decile) for atom, decile in found if decile is not None and 1 <= decile <= 10}
    of = {atom: listed[atom] for atom in store.areas.atoms if atom in listed}
    parents = _parents(store)
    cut = {}
    for atom in store.areas.atoms:
        lone = next(iter(parents[atom])) if len(parents.get(atom, ())) == 1 else ""
        if atom not in of and lone in listed:
            cut[atom] = listed[lone]
    return Deciles(of | cut, frozenset(cut))


@dataclass(frozen=True)
class DecileLayer(BaseLayer):
    """The decile of each small area; shown by the small areas only.

    Attributes
    ----------
    edition, domain : str
        Which index.
    """

    edition: str
    domain: str

    def schemes(self, store: Store) -> tuple[str, ...]:
        """Return the scheme of the small areas."""
        return (store.profile.atom_scheme,)

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the edition, where it is loaded and has the domain."""
        return edition_period(store, self.edition, self.domain)

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the decile of each small area; there is none of anything larger."""
        deciles = read_deciles(store, self.edition, self.domain)
        atoms = store.areas.names[scheme] if scheme == store.profile.atom_scheme else {}

        def row(code: str, name: str) -> AreaRow:
            decile = deciles.of.get(code) if code in atoms else None
            flag = "" if decile is not None else NOT_AVAILABLE if code in atoms else NOT_SUMMED
            value = None if decile is None else float(decile)
            return AreaRow(code, name, None, None, value, None, None, flag, period.dates, "")

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:  # noqa: ARG002
        """Return how many small areas carry the figure of another one."""
        return deprivation_basis(store, self.edition, self.domain)


@dataclass(frozen=True)
class DeprivedLayer(BaseLayer):
    """The share of an area's small areas that are in the most deprived three tenths of England.

    Every small area is counted, so the share has no interval.

    Attributes
    ----------
    edition, domain : str
        Which index.
    """

    edition: str
    domain: str

    def schemes(self, store: Store) -> tuple[str, ...]:
        """Return the schemes that are made of several whole small areas."""
        left_out = (store.profile.atom_scheme, *store.profile.exact_schemes)
        return tuple(key for key in scheme_keys(store) if key not in left_out)

    def periods(self, store: Store) -> tuple[Period, ...]:
        """Return the edition, where it is loaded and has the domain."""
        return edition_period(store, self.edition, self.domain)

    def rows(self, store: Store, scheme: str, areas: Named, period: Period) -> tuple[AreaRow, ...]:
        """Return the small areas among the most deprived, those with a figure, and the share."""
        deciles = read_deciles(store, self.edition, self.domain)
        inside: dict[str, list[int]] = {code: [] for code in store.areas.names[scheme]}
        for atom, decile in deciles.of.items():
            inside[store.areas.of_atom[scheme][atom]].append(decile)

        def row(code: str, name: str) -> AreaRow:
            if code not in inside:
                return AreaRow(code, name, 0, 0.0, None, None, None, NO_BASE, period.dates, period.dates)
            base, count = len(inside[code]), sum(decile <= MOST_DEPRIVED for decile in inside[code])
            if not base:
                return AreaRow(code, name, None, None, None, None, None, NOT_AVAILABLE, period.dates, "")
            share = count / base * 100
            return AreaRow(code, name, count, float(base), share, None, None, "", period.dates, period.dates)

        return tuple(row(code, name) for code, name in areas)

    def basis(self, store: Store, scheme: str, period: Period) -> tuple[str, ...]:  # noqa: ARG002
        """Return how many small areas carry the figure of another one or none, then the scheme's caveat."""
        return (*deprivation_basis(store, self.edition, self.domain), *scheme_basis(store, scheme))


def edition_period(store: Store, edition: str, domain: str) -> tuple[Period, ...]:
    """Return the one period of an edition; empty where it is not loaded or lacks the domain."""
    if not read_deciles(store, edition, domain).of:
        return ()
    return (Period(edition, f"{edition} edition", None, None),)


def deprivation_basis(store: Store, edition: str, domain: str) -> tuple[str, ...]:
    """Return what is not simply the official figure of an atom: taken from another area, or not there."""
    part, deciles = edition_part(store, edition), read_deciles(store, edition, domain)
    atoms, many = len(store.areas.atoms), store.profile.scheme(store.profile.atom_scheme).many
    said = [f"{len(deciles.cut)} of {atoms} {many} carry the figure of the area they were cut from"]
    said = said if deciles.cut else []
    if lacking := atoms - len(deciles.of):
        said.append(f"{lacking} of {atoms} {many} without a figure")
    return (*parts_basis([part] if part else []), *said)
