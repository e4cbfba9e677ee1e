"""Which datasets a file fits, by its headings alone: quick, for a first look."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from functools import cache

from geodata.contracts import CONTRACTS, Column, Contract
from geodata.errors import ContractError
from geodata.lookup_headings import lookup_columns
from geodata.mapping import CLOSE_ENOUGH
from geodata.names import normalise
from geodata.reading import Layout
from geodata.residents import find_wide
from geodata.source_file import WIDE_KEEPS, is_wide

NEARLY = 3
"""Columns of a dataset that a file must have for it to be likely, when not all needed ones are there."""

SMALL_AREAS = "lsoa"


def fitting(layout: Layout) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the datasets that fit a file, the best first.

    Returns
    -------
    fits : tuple of str
        Those whose needed columns are all among the headings, the one that uses most of them first.
    nearly : tuple of str
        Others of which at least `NEARLY` columns are there.
    """
    plain = frozenset(normalise(heading) for heading in layout.headings if heading)
    fits, nearly = [], []
    for place, wanted in enumerate(CONTRACTS.values()):
        score, found = _score(wanted, layout.headings, plain)
        if score:
            fits.append((score, -place, wanted.key))
        elif found >= NEARLY:
            nearly.append((found, -place, wanted.key))
    fits_first, nearly_first = ([key for _, _, key in sorted(found, reverse=True)] for found in (fits, nearly))
    return tuple(fits_first), tuple(nearly_first)


def _score(wanted: Contract, headings: Sequence[str], plain: frozenset[str]) -> tuple[float, int]:
    """Return how well a dataset fits, 0 where a needed column lacks, and how many of its columns there are."""
    if wanted.shape == "lookup":
        return (2.5 if {"atom", "area"} <= lookup_columns(headings, SMALL_AREAS).keys() else 0), 0
    wide = _wide(wanted, headings) if wanted.shape == "population" else None
    wanted = wide or wanted
    unfolded = is_wide(wanted, headings, {})
    columns = [column for column in wanted.columns if not unfolded or column.key in WIDE_KEEPS]
    found = [column for column in columns if _names(column) & plain]
    lacking = [column for column in columns if column.required and column not in found]
    if any(not _near(column, plain) for column in lacking):
        return 0, 0 if unfolded else len(found)
    count: float = len(found) + len(lacking)
    if wide:
        return 100, len(found)
    if count < 2 or unfolded:
        return float(count > 1), len(found)
    # Where two have as many, the one that is there whole.
    count += 0.5 * (len(found) == len(columns))
    # Of a file with many figures, taking all of them is likelier meant than taking the one that this dataset is of.
    return (0.5 if wanted.shape == "figures" and 3 * count <= len(plain) else count), len(found)


def _names(column: Column) -> frozenset[str]:
    return _plain(column.key, column.title, *column.aliases)


@cache
def _plain(*names: str) -> frozenset[str]:
    return frozenset(map(normalise, names))


def _near(column: Column, plain: Collection[str]) -> bool:
    """Return whether a heading nearly spells a name of a column."""
    return any(get_close_matches(name, plain, 1, CLOSE_ENOUGH) for name in _names(column) if len(name) > 3)


def _wide(wanted: Contract, headings: Sequence[str]) -> Contract | None:
    try:
        wide = find_wide(wanted, headings)
    except ContractError:  # the same age twice: said when it is chosen
        return None
    return wide.contract if wide else None
