"""Area schemes over atoms: which area each atom belongs to, and what the areas are called.

Light on purpose (the csv module, no data frames): the serving process reads it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import ProfileError
from geodata.profile import Profile

UNKNOWN = "unknown"
"""No usable address: blank, malformed or not found."""

OUTSIDE = "outside"
"""A valid postcode outside the county."""

WITHHELD = "withheld"
"""A protected address, never geocoded. In tables it stands with `UNKNOWN`."""

EXTRA_AREAS: Mapping[str, str] = {UNKNOWN: "Address unknown or withheld", OUTSIDE: "Outside the county"}
"""The rows that make every table add up, in the order they are shown."""


@dataclass(frozen=True)
class Areas:
    """The areas of every scheme and the atoms they are made of.

    Attributes
    ----------
    atoms : tuple of str
        Atom codes, sorted.
    of_atom : mapping of str to mapping of str to str
        Scheme key -> atom code -> area code; every scheme covers every atom.
    names : mapping of str to mapping of str to str
        Scheme key -> area code -> name, sorted by name within a scheme.
    shares : mapping of str to sequence of (str, str, float)
        For schemes whose outlines cut atoms: (atom, area, part of the atom's area there); each atom's add up to 1.
        `of_atom` then has the area with the largest part, which for a small area may be nowhere.
    older : mapping of str to frozenset of str
        Small areas of an earlier census -> the atoms they became; empty where the atoms are the pack's own.
    """

    atoms: tuple[str, ...]
    of_atom: Mapping[str, Mapping[str, str]]
    names: Mapping[str, Mapping[str, str]]
    shares: Mapping[str, Sequence[tuple[str, str, float]]] = field(default_factory=dict)
    older: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def codes(self, scheme: str) -> tuple[str, ...]:
        """Return the area codes of `scheme`, in the order in which they are listed everywhere."""
        return tuple(self.names[scheme])

    def long(self) -> list[tuple[str, str, str, float]]:
        """Return (scheme, atom, area, share) for every scheme: how residents of atoms are those of areas."""
        return [
            row
            for scheme, of_atom in self.of_atom.items()
            for row in (
                [(scheme, *share) for share in self.shares[scheme]]
                if scheme in self.shares
                else [(scheme, atom, area, 1.0) for atom, area in of_atom.items()]
            )
        ]

    def of_records(self) -> list[tuple[str, str, str]]:
        """Return (scheme, place, area) for every scheme: how the places of records are areas.

        The place is the atom, or, where outlines cut atoms, the area itself: it was found by the record's postcode.
        The extra rows are places of their own. A protected address (`WITHHELD`) is counted in the row `UNKNOWN`: a row
        of its own would say how many families are in hiding.
        """
        rows = []
        for scheme, of_atom in self.of_atom.items():
            cut = scheme in self.shares
            rows += [(scheme, code, code) for code in self.names[scheme]] if cut else []
            rows += [] if cut else [(scheme, atom, area) for atom, area in of_atom.items()]
            rows += [(scheme, UNKNOWN, UNKNOWN), (scheme, WITHHELD, UNKNOWN), (scheme, OUTSIDE, OUTSIDE)]
        return rows

    def nest_in(self, fine: str, coarse: str) -> bool:
        """Return whether every area of `coarse` is made of whole areas of `fine`."""
        if fine in self.shares or coarse in self.shares:
            return fine == coarse
        pairs = {(self.of_atom[fine][atom], self.of_atom[coarse][atom]) for atom in self.atoms}
        return len(pairs) == len({area for area, _ in pairs})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_areas(profile: Profile) -> Areas:
    """Read the areas of a council from its pack.

    Parameters
    ----------
    profile : Profile
        Its directory holds ``lookup.csv`` (one row an atom, one column a scheme) and ``areas.csv`` (scheme, code,
        name).

    Returns
    -------
    Areas
        For each scheme of the profile.

    Raises
    ------
    ProfileError
        If a scheme leaves an atom out, or an area has no name.
    """
    lookup = sorted(_rows(profile.directory / "lookup.csv"), key=lambda row: row["atom"])
    names: dict[str, dict[str, str]] = {scheme.key: {} for scheme in profile.schemes}
    for row in sorted(_rows(profile.directory / "areas.csv"), key=lambda row: row["name"]):
        if row["scheme"] in names:
            names[row["scheme"]][row["code"]] = row["name"]
    of_atom: dict[str, dict[str, str]] = {}
    for key, named in names.items():
        column = "atom" if key == profile.atom_scheme else key
        of_atom[key] = {row["atom"]: row.get(column, "") for row in lookup}
        used = set(of_atom[key].values())
        # Where outlines cut atoms, a small area may have the largest part of none.
        if lost := used - set(named) if key in profile.exact_schemes else used ^ set(named):
            codes = ", ".join(code or "(blank)" for code in sorted(lost)[:5])
            raise ProfileError(f"Scheme '{key}' and its names disagree on: {codes}.")
    shares = {scheme: _shares(profile.directory / f"shares_{scheme}.csv") for scheme in profile.exact_schemes}
    return Areas(tuple(row["atom"] for row in lookup), of_atom, names, shares, _older(profile.directory))


CORRESPONDENCE = "correspondence.csv"
"""In a geography: old, new, share, status; the share is the part of the old atom that the new one takes."""


def _older(directory: Path) -> dict[str, frozenset[str]]:
    if not (directory / CORRESPONDENCE).is_file():
        return {}
    found: dict[str, set[str]] = {}
    for row in _rows(directory / CORRESPONDENCE):
        found.setdefault(row["old"], set()).add(row["new"])
    return {old: frozenset(new) for old, new in found.items()}


def _shares(path: Path) -> list[tuple[str, str, float]]:
    return [(row["atom"], row["area"], float(row["share"])) for row in _rows(path)]
