"""Counts by other areas turned into counts by the atoms of the workspace: once, and saying what was estimated."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pandas as pd

from geodata.areas import CORRESPONDENCE, Areas
from geodata.errors import InputError
from geodata.profile import Profile

ESTIMATED, SPREAD = "estimated_on", "spread_from"
"""Keys of `Part.about`: the schemes by which residents are estimated, and the areas they were spread from."""

ENOUGH = 0.5
"""The part of a scheme's codes that a file must hold to be taken for one by that scheme."""


@dataclass(frozen=True)
class Way:
    """How the areas of a file become atoms.

    Attributes
    ----------
    codes : tuple of str
        The areas that the file must hold.
    shares : pandas.DataFrame or None
        code, atom, share: an area's count times share is the atom's; None where the areas are the atoms.
    about : dict of str to str
        What a part remembers of it; see `geodata.store`.
    notes : tuple of str
        What a person should know.
    """

    codes: tuple[str, ...]
    shares: pd.DataFrame | None = None
    about: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def to_atoms(profile: Profile, areas: Areas, found: Iterable[str]) -> Way:
    """Return how the areas with the codes found become the atoms of the workspace.

    Parameters
    ----------
    profile, areas
        The council with the areas in force.
    found : iterable of str
        Area codes of a file; others than the council's may be among them.

    Returns
    -------
    Way
        Straight where they are atoms; by the correspondence of two censuses; or equally over the atoms of a coarser
        area.

    Raises
    ------
    InputError
        If they are none of these, with what is known.
    """
    held = set(found)
    other = from_pack(profile, areas)
    atoms = [Way(areas.atoms), *([other] if other else [])]
    coarse = [scheme.key for scheme in profile.schemes if scheme.key != profile.atom_scheme and not scheme.exact]

    def share(way: Way) -> float:
        return len(held & set(way.codes)) / len(way.codes)

    # Unchanged atoms have one code in both censuses: the vintage that has more of the file's codes is the file's. A
    # row for the whole county beside atoms makes no file by county, so the finest areas that it has decide.
    best = max(atoms, key=share)
    if share(best) >= ENOUGH:
        return best
    fits = [way for key in coarse if share(way := _spread_from(areas, key)) >= ENOUGH]
    if fits:
        return max(fits, key=lambda way: len(held & set(way.codes)))
    if share(best):
        return best
    raise InputError(_unknown(profile, held))


def _unknown(profile: Profile, held: Collection[str]) -> str:
    some = ", ".join(sorted(held)[:3]) or "none"
    return (
        f"The file's area codes ({some} ...) are not those of {profile.name}'s areas. Known: "
        f"{profile.atom_scheme.upper()}s of {profile.atom_vintage} and the area schemes on the map. For areas of "
        "another census import their outlines as area_scheme first."
    )


def from_pack(profile: Profile, areas: Areas) -> Way | None:
    """Return how the atoms of the council's pack become those in force; None where these are the pack's."""
    pairs = _pairs(profile)
    if pairs is None:
        return None
    table = pairs.rename(columns={"old": "code", "new": "atom"})
    cut = table[table["share"] < 1]
    notes = (
        f"The file is by the areas of another census. {cut['code'].nunique()} of them were cut: their residents were "
        "shared out over the pieces, and say 'estimated' where that matters.",
    )
    about = {ESTIMATED: " ".join(_schemes_cut(areas, cut))} if len(cut) else {}
    return Way(tuple(sorted(table["code"].unique())), table, about, notes if len(cut) else ())


def to_pack(profile: Profile, areas: Areas) -> Way | None:
    """Return how the atoms in force become those of the council's pack; None where these are the pack's.

    Parameters
    ----------
    profile : Profile
        With the atoms to leave.
    areas : Areas
        Those to go to, which may be yet others: then pieces that are shared out count as estimated in every scheme.
    """
    pairs = _pairs(profile)
    if pairs is None:
        return None
    table = pairs.rename(columns={"new": "code", "old": "atom"})
    table["share"] = table["share"] / table.groupby("code")["share"].transform("sum")
    cut = table[table["share"] < 1]
    if cut.empty:
        return Way(tuple(sorted(table["code"].unique())), table)
    known = set(cut["atom"]) <= set(areas.atoms)
    schemes = _schemes_cut(areas, cut) if known else list(areas.of_atom)
    return Way(tuple(sorted(table["code"].unique())), table, {ESTIMATED: " ".join(schemes)})


def _pairs(profile: Profile) -> pd.DataFrame | None:
    file = profile.directory / CORRESPONDENCE
    if not file.is_file():
        return None
    with file.open(encoding="utf-8", newline="") as text:
        rows = [(row["old"], row["new"], float(row["share"])) for row in csv.DictReader(text)]
    return pd.DataFrame(rows, columns=["old", "new", "share"])


def _schemes_cut(areas: Areas, cut: pd.DataFrame) -> list[str]:
    """Return the schemes that put the pieces of one old atom into different areas."""
    pieces = cut.groupby("code")["atom"].agg(list)
    return [
        scheme
        for scheme, of_atom in areas.of_atom.items()
        if scheme not in areas.shares and any(len({of_atom[atom] for atom in atoms}) > 1 for atoms in pieces)
    ]


def _spread_from(areas: Areas, scheme: str) -> Way:
    belongs = pd.Series(dict(areas.of_atom[scheme]), name="code").rename_axis("atom").reset_index()
    belongs["share"] = 1.0 / belongs.groupby("code")["atom"].transform("size")
    note = (
        f"The file is by {scheme}: within each, residents were shared out equally over the small areas, which is right "
        f"for a {scheme} and what is made of whole ones, and a model below.",
    )
    return Way(tuple(areas.names[scheme]), belongs, {SPREAD: scheme}, note)


def spread(whole: pd.DataFrame, way: Way) -> pd.DataFrame:
    """Return residents by atom and age.

    Parameters
    ----------
    whole : pandas.DataFrame
        atom (an area code of the way), age, persons.
    way : Way
        From `to_atoms`.

    Returns
    -------
    pandas.DataFrame
        atom, age, persons; the sum over all is the same.
    """
    if way.shares is None:
        return whole
    table = whole.rename(columns={"atom": "code"}).merge(way.shares, on="code", how="inner")
    table["persons"] = table["persons"] * table["share"]
    summed = table.groupby(["atom", "age"], as_index=False)["persons"].sum()
    return summed.astype({"age": "int8", "persons": "float64"}).sort_values(["atom", "age"], ignore_index=True)
