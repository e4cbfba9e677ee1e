"""Homes for people who do not exist: real live postcodes, drawn at random.

Only postcodes leave this module, so that a demonstration file is geocoded by the same path as a real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.profile import Profile

Texts = npt.NDArray[np.str_]
Integers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

INSIDE, OUTSIDE, UNKNOWN, PROTECTED = "inside", "outside", "unknown", "protected"

NOT_POSTCODES = ("", "", "", "NOT KNOWN", "NFA", "HP19", "ZZ99 3VZ")
"""What stands in the column where no address is known: most often nothing; ZZ99 3VZ is no fixed abode."""

AREA_SPREAD = 0.18
"""Standard deviation of an atom's log rate around its community board's. Assumed."""

AREA_RANGE = (0.65, 1.4)
"""No atom's rate is further from its board's than this."""

TYPED_JOINED, TYPED_LOWER = 0.05, 0.03
"""Shares of postcodes typed without their space, and in small letters, as in real files. Assumed."""


@dataclass(frozen=True)
class Places:
    """Where the demonstration's people can live.

    Attributes
    ----------
    atoms, boards : numpy.ndarray of str
        Every atom with a live postcode, and its community board's code.
    inside : numpy.ndarray of str
        Live postcodes of the county, those of one atom together, in the order of `atoms`.
    first : numpy.ndarray of int
        Where each atom's postcodes begin in `inside`; one longer than `atoms`.
    outside : numpy.ndarray of str
        Live postcodes in the fringe of the pack, all in neighbouring authorities.
    """

    atoms: Texts
    boards: Texts
    inside: Texts
    first: Integers
    outside: Texts


def load_places(profile: Profile) -> Places:
    """Read the live postcodes of a council's pack.

    Parameters
    ----------
    profile : Profile
        Its directory holds ``postcodes.parquet`` and ``lookup.csv``.

    Returns
    -------
    Places
        The same for the same pack.
    """
    lookup = pd.read_csv(profile.directory / "lookup.csv", dtype=str, usecols=["atom", "community_board"])
    board_of = lookup.set_index("atom")["community_board"]
    postcodes = pd.read_parquet(profile.directory / "postcodes.parquet", columns=["postcode", "lsoa", "live"])
    live = postcodes[postcodes["live"]].astype({"lsoa": str}).sort_values(["lsoa", "postcode"])
    is_inside = live["lsoa"].isin(board_of.index)
    inside = live[is_inside]
    atoms, counts = np.unique(inside["lsoa"].to_numpy(dtype=str), return_counts=True)
    return Places(
        atoms=atoms,
        boards=board_of[atoms].to_numpy(dtype=str),
        inside=inside["postcode"].to_numpy(dtype=str),
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        outside=live.loc[~is_inside, "postcode"].to_numpy(dtype=str),
    )


def atom_weights(places: Places, by_board: Mapping[str, float], rng: np.random.Generator) -> Weights:
    """Return how likely each atom is as a home: its board's relative rate, varied a little at random.

    Parameters
    ----------
    places : Places
        The atoms, of about equal population.
    by_board : mapping of str to float
        Community board's code -> relative rate; 1 where it is not named.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    numpy.ndarray of float
        On ``places.atoms``, adding up to 1.
    """
    of_board = np.array([by_board.get(board, 1.0) for board in places.boards.tolist()])
    varied = of_board * np.clip(np.exp(rng.normal(0.0, AREA_SPREAD, of_board.size)), *AREA_RANGE)
    weights: Weights = varied / varied.sum()
    return weights


def draw_inside(places: Places, weights: Weights, size: int, rng: np.random.Generator) -> Texts:
    """Draw postcodes of the county: first an atom by weight, then any of its postcodes.

    Parameters
    ----------
    places : Places
        The postcodes.
    weights : numpy.ndarray of float
        One per atom, adding up to 1.
    size : int
        How many.
    rng : numpy.random.Generator
        Seeded by the caller.
    """
    atom = rng.choice(places.atoms.size, size=size, p=weights)
    width = np.diff(places.first)[atom]
    drawn: Texts = places.inside[places.first[atom] + np.floor(rng.random(size) * width).astype(np.int64)]
    return drawn


def draw_homes(places: Places, weights: Weights, kinds: Texts, rng: np.random.Generator) -> pd.DataFrame:
    """Draw a home of the given kind for each person.

    Parameters
    ----------
    places : Places
        The postcodes.
    weights : numpy.ndarray of float
        One per atom, adding up to 1.
    kinds : numpy.ndarray of str
        `INSIDE`, `OUTSIDE`, `UNKNOWN` or `PROTECTED` (inside, and marked so), one a person.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        One row a person: postcode, protected ("Yes" or blank), home (the kind).
    """
    postcode = _as_typed(draw_inside(places, weights, kinds.size, rng), rng).astype(object)
    postcode[kinds == OUTSIDE] = rng.choice(places.outside, size=int((kinds == OUTSIDE).sum()))
    postcode[kinds == UNKNOWN] = rng.choice(NOT_POSTCODES, size=int((kinds == UNKNOWN).sum()))
    protected = np.where(kinds == PROTECTED, "Yes", "")
    return pd.DataFrame({"postcode": postcode, "protected": protected, "home": kinds}).astype(str)


def shuffle_kinds(size: int, rng: np.random.Generator, *, outside: int, unknown: int, protected: int) -> Texts:
    """Return kinds of homes in random order: so many of each named one, and `INSIDE` for the rest.

    Parameters
    ----------
    size : int
        How many in all.
    rng : numpy.random.Generator
        Seeded by the caller.
    outside, unknown, protected : int
        How many of each.
    """
    kinds = np.full(size, INSIDE, dtype="<U9")
    kinds[: outside + unknown + protected] = [OUTSIDE] * outside + [UNKNOWN] * unknown + [PROTECTED] * protected
    return rng.permutation(kinds)


def _as_typed(postcodes: Texts, rng: np.random.Generator) -> Texts:
    chance = rng.random(postcodes.size)
    joined = np.char.replace(postcodes, " ", "")
    typed = np.where(chance < TYPED_JOINED, joined, postcodes)
    lower: Texts = np.where(chance > 1 - TYPED_LOWER, np.char.lower(postcodes), typed)
    return lower
