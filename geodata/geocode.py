"""Postcode -> atom, with a report of how well it went.

A postcode of the reference pack lies in an atom of the county or in the fringe around it; any other is looked up in
the national directory only to tell "outside the county" from "no such postcode".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.areas import OUTSIDE, UNKNOWN, WITHHELD
from geodata.directory import known_postcodes

WELL_FORMED = r"^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$"
"""A postcode without its space."""

NO_FIXED_ABODE = "ZZ99"
"""The directory's pseudo postcodes: they stand for no place."""


@dataclass(frozen=True)
class MatchReport:
    """Rows by outcome of the postcode match.

    Attributes
    ----------
    in_county, outside, blank, malformed, not_found, withheld : int
        Rows; these six add up to all rows.
    by_point : int
        Of `in_county`: found by the point in the outline, because the postcode is newer than the official lookup.
    ended : int
        Of `in_county`: postcodes that Royal Mail has ended.
    """

    in_county: int = 0
    outside: int = 0
    blank: int = 0
    malformed: int = 0
    not_found: int = 0
    withheld: int = 0
    by_point: int = 0
    ended: int = 0

    def to_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


@dataclass(frozen=True)
class Geocoded:
    """The rows of a file with their atoms.

    Attributes
    ----------
    atom : pandas.Series of str
        An atom's code, "outside", "unknown" or "withheld".
    postcode : pandas.Series of str
        Normalised ("HP20 1UA"); missing where blank, malformed or withheld, so that nothing else typed into the
        column is kept.
    report : MatchReport
        The counts.
    """

    atom: pd.Series
    postcode: pd.Series
    report: MatchReport


@dataclass(frozen=True)
class PostcodeTable:
    """The pack's postcodes, ready for looking up.

    Attributes
    ----------
    compact : pandas.Index of str
        Postcodes without space, each once.
    atom : numpy.ndarray of object
        An atom's code, or "outside" for the fringe.
    live, by_point : numpy.ndarray of bool
        As in the pack.
    """

    compact: pd.Index
    atom: np.ndarray
    live: np.ndarray
    by_point: np.ndarray


def load_postcodes(file: Path, atoms: Collection[str]) -> PostcodeTable:
    """Read the pack's ``postcodes.parquet``.

    Parameters
    ----------
    file : pathlib.Path
        Columns postcode, lsoa, live, by_point.
    atoms : collection of str
        The county's atoms; a postcode of any other area is "outside".
    """
    table = pd.read_parquet(file, columns=["postcode", "lsoa", "live", "by_point"])
    area = table["lsoa"].astype("object")
    return PostcodeTable(
        compact=pd.Index(compact(table["postcode"])),
        atom=area.where(area.isin(set(atoms)), OUTSIDE).to_numpy(),
        live=table["live"].to_numpy(dtype=bool),
        by_point=table["by_point"].to_numpy(dtype=bool),
    )


def compact(text: pd.Series) -> pd.Series:
    """Return texts in capitals without anything but letters and digits."""
    return text.astype("str").str.upper().str.replace(r"[^0-9A-Z]+", "", regex=True)


def geocode(
    postcodes: pd.Series,
    protected: pd.Series,
    table: PostcodeTable,
    lookup: Callable[[Iterable[str]], set[str]] = known_postcodes,
) -> Geocoded:
    """Find the atom of each row.

    Parameters
    ----------
    postcodes : pandas.Series of str
        As typed.
    protected : pandas.Series of bool
        Rows whose address must stay secret; they are withheld before anything is looked up.
    table : PostcodeTable
        Of the council's pack.
    lookup : callable
        Takes compact postcodes, returns those that exist somewhere in the country.

    Returns
    -------
    Geocoded
        In the order of `postcodes`.
    """
    hidden = protected.to_numpy(dtype=bool)
    codes, distinct = pd.factorize(postcodes.mask(protected, "").fillna(""))
    plain = compact(pd.Series(distinct, dtype="str"))
    blank = (plain == "").to_numpy(dtype=bool)
    well = plain.str.match(WELL_FORMED).to_numpy(dtype=bool)
    place = table.compact.get_indexer(plain)
    known = place >= 0
    far = lookup(plain[well & ~known & ~plain.str.startswith(NO_FIXED_ABODE).to_numpy(dtype=bool)])
    elsewhere = plain.isin(far).to_numpy(dtype=bool)

    atom = np.where(known, table.atom[place], np.where(elsewhere, OUTSIDE, UNKNOWN)).astype(object)
    inside = known & (atom != OUTSIDE)
    outcomes = {
        "in_county": inside,
        "outside": atom == OUTSIDE,
        "blank": blank,
        "malformed": ~well & ~blank,
        "not_found": well & ~known & ~elsewhere,
        "by_point": inside & table.by_point[place],
        "ended": inside & ~table.live[place],
    }
    rows = np.bincount(codes[~hidden], minlength=len(distinct))
    counts = {outcome: int(rows[is_so].sum()) for outcome, is_so in outcomes.items()}
    spaced = (plain.str[:-3] + " " + plain.str[-3:]).where(well)
    atoms = pd.Series(atom, dtype="str").take(codes).mask(hidden, WITHHELD)
    return Geocoded(
        atom=atoms.set_axis(postcodes.index),
        postcode=spaced.take(codes).mask(hidden).set_axis(postcodes.index),
        report=MatchReport(**counts, withheld=int(hidden.sum())),
    )
