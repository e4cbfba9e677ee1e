"""What others have published exactly, from a CSV file, for the attacker: authority totals of SEN2, committee tables.

A row is a count. Columns: ``counts`` (what is counted, as the bundle's tables say it), ``value``, perhaps ``source``,
and one for each dimension; an empty place is a count that is not broken down by that dimension.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.disclosure.published import Figure, Published, Table
from geodata.errors import InputError, UsageError

COUNTS, VALUE, SOURCE = "counts", "value", "source"


@dataclass(frozen=True)
class KnownFile:
    """What a file says.

    Attributes
    ----------
    published : tuple of Published
        By source.
    notes : tuple of str
        What of it bears on nothing in the release.
    """

    published: tuple[Published, ...]
    notes: tuple[str, ...]


def read_known(path: Path, release: Published) -> KnownFile:
    """Return what a file says, in the codes of a release.

    Parameters
    ----------
    path : pathlib.Path
        UTF-8 CSV.
    release : Published
        What is to be attacked with it.

    Raises
    ------
    UsageError
        If there is no such file.
    InputError
        Naming the row or the column that cannot be read, with the valid columns.
    """
    rows, dimensions = _rows(path, release)
    tables: dict[str, dict[tuple[str, tuple[str, ...]], list[Figure]]] = {}
    used = {table.counts for table in release.tables}
    codes = _codes(release)
    others, unknown = set(), set()
    for number, row in enumerate(rows, start=2):
        if row[COUNTS] not in used:
            others.add(row[COUNTS])
            continue
        own = tuple(name for name in dimensions if row[name])
        unknown |= {row[name] for name in own if row[name] not in codes[name]}
        figure = Figure(tuple(row[name] for name in own), _count(row[VALUE], path, number))
        group = tables.setdefault(row.get(SOURCE, "") or path.stem, {}).setdefault((row[COUNTS], own), [])
        if figure.at in {one.at for one in group}:
            raise InputError(f"Row {number} of {path.name} says again what an earlier row says.")
        group.append(figure)
    notes = []
    if others:
        notes.append(f"{path.name} also counts what the release does not: {', '.join(sorted(others))}.")
    if unknown:
        notes.append(f"{path.name} has codes that the release does not use: {', '.join(sorted(unknown))}.")
    return KnownFile(tuple(_published(source, own, release) for source, own in sorted(tables.items())), tuple(notes))


def _rows(path: Path, release: Published) -> tuple[list[dict[str, str]], list[str]]:
    if not path.is_file():
        raise UsageError(f"There is no file '{path}'.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            lines = [[cell.strip() for cell in line] for line in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path.name} is no UTF-8 CSV file: {error}.") from error
    heading = lines[0] if lines else []
    valid = sorted({name for table in release.tables for name in table.dimensions})
    wrong = [name for name in heading if name not in (COUNTS, VALUE, SOURCE, *valid)]
    if wrong or COUNTS not in heading or VALUE not in heading or len(set(heading)) < len(heading):
        raise InputError(
            f"{path.name} needs the columns {COUNTS} and {VALUE}, and may have {', '.join((SOURCE, *valid))}, each "
            f"once; it has {', '.join(heading) or 'none'}."
        )
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(line):
            continue
        if len(line) != len(heading):
            raise InputError(f"Row {number} of {path.name} has {len(line)} cells; the heading has {len(heading)}.")
        rows.append(dict(zip(heading, line, strict=True)))
    return rows, [name for name in heading if name in valid]


def _count(text: str, path: Path, number: int) -> float:
    digits = text.replace(",", "")
    if not digits.isascii() or not digits.isdigit():
        raise InputError(f"Row {number} of {path.name}: '{text}' is no count; give whole numbers of 0 or more.")
    return float(digits)


def _codes(release: Published) -> dict[str, set[str]]:
    found = {dimension: set(codes) | set().union(*codes.values()) for dimension, codes in release.codes.items()}
    for table in release.tables:
        for place, name in enumerate(table.dimensions):
            found.setdefault(name, set()).update(figure.at[place] for figure in table.figures)
    return found


def _published(source: str, tables: dict[tuple[str, tuple[str, ...]], list[Figure]], release: Published) -> Published:
    made = tuple(
        Table(_title(source, counts, own), counts, own, tuple(figures))
        for (counts, own), figures in sorted(tables.items())
    )
    # A snapshot of its own: figures of another day that do not fit are taken as revised, not as an error.
    return Published(source, made, release.codes, snapshot=f"of {source}", labels=release.labels)


def _title(source: str, counts: str, dimensions: Sequence[str]) -> str:
    return f"{source} ({counts} by {', '.join(dimensions)})" if dimensions else f"{source} ({counts})"
