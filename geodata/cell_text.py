"""What a cell's text may be besides a value: characters that nobody sees, and marks for a value that cannot be known.

Characters that nobody sees are taken out, so that two texts that look the same are the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphens, zero-width characters, marks of direction and of byte order, as a class of characters."""

SPACES = "\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Spaces that are not the plain one: the non-breaking space of web pages and Word, and its like."""

MERGED, UNCOMPUTED, BROKEN = "#MERGED!", "#FORMULA!", "#BROKEN!"
"""Stand in cells that look blank and may not be: a marker of a protected address, or an end date, must not be taken for
a blank. No kind of column reads them, so that the row is set aside; as a postcode they are malformed."""

UNREADABLE: Mapping[str, str] = MappingProxyType({
    MERGED: "a merged cell, of which only the first holds the value; unmerge it and write the value into each row",
    UNCOMPUTED: "a formula whose value was never stored; open the file in Excel and save it",
    BROKEN: "holds zero bytes, so its value is lost; export the file again",
    **dict.fromkeys(
        ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        "an error of Excel; correct the formula",
    ),
})  # fmt: skip
"""Text of a cell -> why it is no value, as a clause for the list of rows set aside."""

_INVISIBLE, _SPACES = re.compile(f"[{INVISIBLE}]"), re.compile(f"[{SPACES}]")


def clean(text: str) -> str:
    r"""Return a text without characters that nobody sees, every space a plain one, and none at its ends.

    Examples
    --------
    >>> clean("\u200bHP20\u00a01UA ")
    'HP20 1UA'
    """
    if text.isascii():
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def clean_column(column: Any) -> Any:
    """Return an Arrow column of text without characters that nobody sees; ends are left as they are."""
    import pyarrow.compute as pc  # noqa: PLC0415 - only where a file is read

    if pc.all(pc.string_is_ascii(column), min_count=0).as_py():  # most columns: no work on each cell
        return column
    seen = pc.replace_substring_regex(column, pattern=f"[{INVISIBLE}]", replacement="")
    return pc.replace_substring_regex(seen, pattern=f"[{SPACES}]", replacement=" ")


def one_line(cells: Sequence[str]) -> tuple[str, ...]:
    """Return headings cleaned, each on one line."""
    return tuple(" ".join(clean(cell).split()) for cell in cells)
