"""Postcode -> atom, with a report of how well it went.

A postcode of the reference pack lies in an atom of the county or in the fringe around it; any other is looked up in
the national directory only to tell "outside the county" from "no such postcode". All of that is done once for each
distinct postcode; the rows are only counted, and given their answers at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.areas import OUTSIDE, UNKNOWN, WITHHELD
from geodata.directory import known_postcodes
from geodata.postcode_index import NOWHERE, as_arrow
from geodata.postcode_table import PostcodeTable, load_postcodes

__all__ = [
    "MATCHED", "NO_FIXED_ABODE", "OUTCOMES", "DistinctPostcodes", "Geocoded", "MatchReport", "PostcodeTable", "compact",
    "geocode", "load_postcodes",
]  # fmt: skip

WELL_FORMED = r"^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$"
"""A postcode without its space."""

NO_FIXED_ABODE = "ZZ99"
"""The directory's pseudo postcodes: they stand for no place."""

OUTCOMES = ("in_county", "outside", "blank", "malformed", "not_found", "withheld")
"""What becomes of a row; each row has one of them."""

MATCHED = ("in_county", "outside")
"""Those whose postcode exists."""


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
class DistinctPostcodes:
    """What may stand in a row: the postcodes of the pack, then other texts of the file, then the withheld ones as one.

    Attributes
    ----------
    postcode : pyarrow.Array of str
        Normalised; missing where blank, malformed or withheld.
    place : numpy.ndarray of int
        Position in the table's `PostcodeTable.places`.
    outcome : numpy.ndarray of int
        Position in `OUTCOMES`.
    rows : numpy.ndarray of int
        How many rows have it, often 0.
    """

    postcode: pa.Array
    place: np.ndarray
    outcome: np.ndarray
    rows: np.ndarray


@dataclass(frozen=True)
class Geocoded:
    """The rows of a file with their atoms.

    Attributes
    ----------
    atom : pandas.Series of str
        An atom's code, "outside", "unknown" or "withheld".
    report : MatchReport
        The counts.
    distinct : DistinctPostcodes
        The same counts by postcode, for `geodata.match_rate`.
    codes : numpy.ndarray of int
        For each row, the position of its postcode in `distinct`.
    """

    atom: pd.Series
    report: MatchReport
    distinct: DistinctPostcodes
    codes: np.ndarray

    @cached_property
    def postcode(self) -> pd.Series:
        """The postcodes of the rows, normalised ("HP20 1UA"), written out when first asked for.

        Missing where blank, malformed or withheld, so that nothing else typed into the column is kept.
        """
        return _column(self.distinct.postcode, self.codes, self.atom.index)


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
    texts = pc.fill_null(as_arrow(postcodes), "")
    codes, others = _find(table, texts, hidden)
    codes[hidden] = len(table.postcode) + len(others)
    rows = np.bincount(codes, minlength=len(table.postcode) + len(others) + 1)
    distinct = _distinct(table, others, rows, lookup)
    return Geocoded(
        atom=_column(as_arrow(table.places), distinct.place[codes], postcodes.index),
        report=_report(distinct, table),
        distinct=distinct,
        codes=codes,
    )


def _column(values: pa.Array, positions: np.ndarray, index: pd.Index) -> pd.Series:
    return values.take(pa.array(positions)).to_pandas().set_axis(index)


def _find(table: PostcodeTable, texts: pa.Array, hidden: np.ndarray) -> tuple[np.ndarray, pd.Series]:
    """Return the position of each text in the table or, counted on from its end, in the other compact texts returned.

    Each way is slower than the one before, and has fewer texts left to find.
    """
    codes = table.index.find(texts, hidden)
    rest = np.flatnonzero((codes == NOWHERE) & ~hidden)
    bare = pc.replace_substring(texts.take(pa.array(rest)), " ", "")
    codes[rest] = table.index.find(bare)
    lost = codes[rest] == NOWHERE
    typed = bare.filter(pa.array(lost)).dictionary_encode()
    plain = compact(typed.dictionary.to_pandas())
    found = table.index.find(as_arrow(plain))
    new, others = pd.factorize(plain[found == NOWHERE])
    found[found == NOWHERE] = len(table.postcode) + new
    codes[rest[lost]] = found[typed.indices]
    return codes, pd.Series(others, dtype="str")


def _distinct(
    table: PostcodeTable, plain: pd.Series, rows: np.ndarray, lookup: Callable[[Iterable[str]], set[str]]
) -> DistinctPostcodes:
    """Say what becomes of every postcode of the table, and of other compact texts."""
    blank = (plain == "").to_numpy(dtype=bool)
    well = plain.str.match(WELL_FORMED).to_numpy(dtype=bool)
    no_abode = plain.str.startswith(NO_FIXED_ABODE).to_numpy(dtype=bool)
    exist = lookup(plain[well & ~no_abode].tolist())
    far = np.array([text in exist for text in plain.tolist()], dtype=bool)

    inside = table.place < table.places.index(OUTSIDE)
    number = {name: place for place, name in enumerate(OUTCOMES)}
    cases = ((far, "outside"), (blank, "blank"), (well, "not_found"), (~well, "malformed"))
    named = np.select([case for case, _ in cases], [number[name] for _, name in cases])
    in_table = np.where(inside, number["in_county"], number["outside"])
    elsewhere = np.where(far, table.places.index(OUTSIDE), table.places.index(UNKNOWN))
    spaced = (plain.str[:-3] + " " + plain.str[-3:]).where(well)
    return DistinctPostcodes(
        postcode=pa.concat_arrays([table.postcode, as_arrow(spaced), as_arrow([None])]),
        place=np.concatenate([table.place, elsewhere, [table.places.index(WITHHELD)]]).astype(np.int32),
        outcome=np.concatenate([in_table, named, [number["withheld"]]]),
        rows=rows,
    )


def _report(distinct: DistinctPostcodes, table: PostcodeTable) -> MatchReport:
    inside = table.place < table.places.index(OUTSIDE)
    rows = distinct.rows[: len(inside)]
    return MatchReport(
        **{name: int(distinct.rows[distinct.outcome == number].sum()) for number, name in enumerate(OUTCOMES)},
        by_point=int(rows[inside & table.by_point].sum()),
        ended=int(rows[inside & ~table.live].sum()),
    )
