"""Area schemes over atoms: which area each atom belongs to, and what the areas are called.

Light on purpose (the csv module, no data frames): the serving process reads it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
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
    """

    atoms: tuple[str, ...]
    of_atom: Mapping[str, Mapping[str, str]]
    names: Mapping[str, Mapping[str, str]]

    def codes(self, scheme: str) -> tuple[str, ...]:
        """Return the area codes of `scheme`, in the order in which they are listed everywhere."""
        return tuple(self.names[scheme])

    def long(self) -> list[tuple[str, str, str]]:
        """Return (scheme, atom, area) for every scheme, the extra rows included as atoms of their own.

        A protected address (`WITHHELD`) is counted in the row `UNKNOWN`: a row of its own would say how many
        families are in hiding.
        """
        rows = [(scheme, atom, area) for scheme, of_atom in self.of_atom.items() for atom, area in of_atom.items()]
        for scheme in self.of_atom:
            rows += [(scheme, UNKNOWN, UNKNOWN), (scheme, WITHHELD, UNKNOWN), (scheme, OUTSIDE, OUTSIDE)]
        return rows


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
        if lost := set(of_atom[key].values()) ^ set(named):
            codes = ", ".join(code or "(blank)" for code in sorted(lost)[:5])
            raise ProfileError(f"Scheme '{key}' and its names disagree on: {codes}.")
    return Areas(tuple(row["atom"] for row in lookup), of_atom, names)
