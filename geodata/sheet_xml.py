"""What openpyxl does not tell when it streams a sheet: merged cells, formulas without a value, Excel's errors.

One pass over the sheet's XML, as bytes; nothing is kept but places. Format: ECMA-376 part 1, 18.3.1.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import InputError

CHUNK_BYTES = 1 << 20
SOME_LISTED = 5

_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])([^<>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^<>]*)?>([^<]+)<")
_TYPE = re.compile(rb"\st=[\"'](\w+)[\"']")
_PLACE = re.compile(rb"\sr=[\"']([A-Z]{1,3})(\d+)[\"']")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*ref=[\"']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)[\"']")
_MARKS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b't="e"', b"t='e'")
_NOT_AVAILABLE = b"#N/A"


@dataclass(frozen=True)
class Merge:
    """A range of merged cells; rows from 1, columns from 0; the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first, last = place(self.first_row, self.first_column), place(self.last_row, self.last_column)
        return f"{first}:{last}"


@dataclass(frozen=True)
class SheetFacts:
    """Cells of a sheet that look blank or filled and are not.

    Attributes
    ----------
    merges : tuple of Merge
        From the top: only the first cell of each holds a value.
    uncomputed : mapping of int to frozenset of int
        Column (from 0) -> rows (from 1) of formulas whose value was never stored.
    errors : tuple of (int, int)
        Rows and columns of Excel's error values; ``#N/A``, which stands for a blank, is not among them.
    """

    merges: tuple[Merge, ...] = ()
    uncomputed: Mapping[int, frozenset[int]] = field(default_factory=dict)
    errors: tuple[tuple[int, int], ...] = ()


def column_number(letters: bytes) -> int:
    """Return the position of a column, A being 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def place(row: int, column: int) -> str:
    """Return a cell's name, such as ``C7`` for row 7 and column 2."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """Return the letters over a column in a spreadsheet, A for 0."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def listed(places: Sequence[object]) -> str:
    """Return the first few of some places, and how many more there are."""
    more = f" and {len(places) - SOME_LISTED:,} more" if len(places) > SOME_LISTED else ""
    return ", ".join(str(one) for one in places[:SOME_LISTED]) + more


def examine_sheet(path: Path, member: str) -> SheetFacts:
    """Return what one pass over a sheet's XML tells.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.
    member : str
        The sheet's name inside the archive.

    Raises
    ------
    InputError
        If formulas without a value stand in cells that do not say where they are.
    """
    merges: list[Merge] = []
    errors: list[tuple[int, int]] = []
    uncomputed: dict[int, set[int]] = {}
    for piece in _pieces(path, member):
        if b"mergeCell" in piece:
            merges += [
                Merge(int(r1), column_number(c1), int(r2), column_number(c2))
                for c1, r1, c2, r2 in _MERGE.findall(piece)
            ]
        if not any(mark in piece for mark in _MARKS):
            continue  # most pieces of most sheets
        for attributes, inner in _CELL.findall(piece):
            if not (fault := _fault(attributes, inner)):
                continue
            where = _PLACE.search(attributes)
            if where is None:
                raise InputError(
                    f"'{path.name}' has formulas without a stored value, or errors, in cells that do not say where "
                    "they are. Open it in Excel, save it, and import it again."
                )
            row, column = int(where[2]), column_number(where[1])
            if fault == "error":
                errors.append((row, column))
            else:
                uncomputed.setdefault(column, set()).add(row)
    merges.sort(key=lambda merge: (merge.first_row, merge.first_column))
    return SheetFacts(tuple(merges), {column: frozenset(rows) for column, rows in uncomputed.items()}, tuple(errors))


def _fault(attributes: bytes, inner: bytes) -> str:
    kind, value = _TYPE.search(attributes), _VALUE.search(inner)
    if kind and kind[1] == b"e":
        return "error" if value and value[1] != _NOT_AVAILABLE else ""
    # A formula of the type "str" without a value was computed: its value is an empty text.
    lacks = value is None and not (kind and kind[1] == b"str") and _FORMULA.search(inner)
    return "uncomputed" if lacks else ""


def _pieces(path: Path, member: str) -> Iterator[bytes]:
    """Yield the XML in pieces that cut no cell and no merged range."""
    rest = b""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as file:
            while chunk := file.read(CHUNK_BYTES):
                rest += chunk
                end = rest.rfind(b"</row>")
                end = rest.rfind(b":row>") if end < 0 else end
                if b"mergeCell" in rest[end + 1 :]:  # below the last row, where any tag may begin a piece
                    end = rest.rfind(b"<")
                if end > 0:
                    yield rest[:end]
                    rest = rest[end:]
        yield rest
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, zlib.error, RuntimeError):
        raise InputError(f"A sheet of '{path.name}' breaks off or is damaged. Copy or download it again.") from None
