"""What an import says, in the words of the page: the command line's options are its controls there."""

from __future__ import annotations

import re
from datetime import date

from geodata.periods import words

CONTROLS = {
    "covers-from": "Complete from",
    "covers-to": "Complete to",
    "date": "Counts at",
    "edition": "Edition",
    "scheme": "Which areas",
    "title": "Name of the areas",
    "vintage": "Codes of the year",
    "valid-from": "In force from",
    "valid-to": "In force until",
    "sheet": "Sheet",
    "code-field": "Property with the code",
    "code": "Property with the code",
    "name-field": "Property with the name",
    "name": "Property with the name",
    "crs": "Coordinate system",
    "synthetic": "What kind of figures",
    "illustrative": "What kind of figures",
    "beside-synthetic": "Beside the demonstration",
}
"""Option of ``locality-atlas import`` -> what the page calls it."""

_VALUE = r"(?: (?:[A-Z]{3,}:?\d*|\d[\d-]*|[a-z]+_[a-z_]+|ward)\b)?"
_WHOLE = (
    (
        r" ?(?:Say which|Name the right one) with --map(?: FILE)?(?:,? such as)?:? ?\{[^}]*\}",
        " Choose it in Columns",
    ),
    (r", or leave it out there: \{[^}]*\}", ", or none"),
    (r"Correct it with --map", "Choose another in Columns"),
    (r"can be named with --map FILE", "can be chosen in Columns"),
    (r"(?:or say which is which )?with --map(?: FILE)?", "in Columns"),
    (r"Correct the mapping", "Choose again in Columns"),
    (r"The mapping gives", "In Columns you chose"),
    (r"use another with --workspace, or say --beside-synthetic", "use another, or tick 'Beside the demonstration'"),
    (r"choose another folder with --workspace", "use another workspace"),
    (r"Run 'locality-atlas prepare'", "Import the areas again"),
)
_PATTERNS = [(re.compile(pattern), words) for pattern, words in _WHOLE]
for _option, _label in CONTROLS.items():
    _PATTERNS += [
        (re.compile(rf",? (?:such as|as in|with) --{_option}\b{_VALUE}"), f" under '{_label}'"),
        (re.compile(rf"\b([Ss])ay --{_option}\b{_VALUE}"), rf"\1ay it under '{_label}'"),
        (re.compile(rf"'?--{_option}\b{_VALUE}'?"), f"'{_label}'"),
    ]


_DAY = re.compile(r"(?<![\w.-])\d{4}-\d{2}-\d{2}(?![\w-]|\.\w)")


def _in_words(found: re.Match[str]) -> str:
    try:
        return words(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def page_words(text: str) -> str:
    """Return a message of an import with the page's controls for the command line's options, and dates in words.

    Examples
    --------
    >>> page_words("'Ref' was taken for child_id, which it resembles. Correct it with --map if it is not.")
    "'Ref' was taken for child_id, which it resembles. Choose another in Columns if it is not."
    >>> page_words("'p.csv' does not say which day it counts at. Give it, such as --date 2020-06-30.")
    "'p.csv' does not say which day it counts at. Give it under 'Counts at'."
    """
    for pattern, control in _PATTERNS:
        text = pattern.sub(control, text)
    return _DAY.sub(_in_words, text.strip())
