"""The text of one column -> typed values, each distinct text read once.

Readers take distinct texts and return values and faults of the same length, so a million rows cost as much as their
distinct values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.cell_text import UNREADABLE
from geodata.contracts.base import SYMBOLS, Column
from geodata.dates import parse_days, parse_moments
from geodata.person_names import names_a_person

BLANKS = frozenset({"null", "n/a", "#n/a", "nan", "nat", "-", "--"})
"""Texts that stand for nothing, in lower case."""

UNKNOWNS = frozenset({"not known", "unknown", "not recorded", "n/k"})
"""The same for every column but those of `KEEP_UNKNOWN`."""

KEEP_UNKNOWN = ("flag", "text")
"""Where it is not known whether an address is protected, the row waits; "Unknown" is a group of published figures."""

YES = frozenset({
    "y", "yes", "true", "t", "1", "1.0", "x", "protected", "refuge", "witness protection", "confidential", "restricted",
    "sensitive", "withheld", "secure",
})  # fmt: skip
NO = frozenset({"n", "no", "false", "f", "0", "0.0", "none", "not protected", "unprotected", "open"})

NURSERY = {"n1": -2, "n2": -1, "n": -1, "nursery": -1, "r": 0, "rec": 0, "reception": 0, "yr": 0}
_YEAR_WORDS = r"^(?:national curriculum |nc ?)?(?:year|yr|y)?(?: ?group)? ?"

LONGEST_TEXT = 200
NAMES_A_PERSON = "looks like a person's name, which is never kept; give the name of the place or thing"
NOT_AN_ID = "not an identifier; it needs a digit and no spaces (is this column a name?)"
SHORTENED = r"^\d+(?:\.\d+)?[Ee]\+?\d+$"
SHORTENED_WORDS = "a long number that a spreadsheet shortened (1.2E+12); export the column as text"
DATE_SHAPED = r"^\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}$"


@dataclass(frozen=True)
class Parsed:
    """A column as typed values.

    Attributes
    ----------
    values : pandas.Series
        As long as the column.
    faults : dict of str to numpy.ndarray of int
        Reason -> positions of the rows it holds for.
    """

    values: pd.Series
    faults: dict[str, np.ndarray]


def parse_column(column: Column, text: pd.Series, *, excel_days: bool = False) -> Parsed:
    """Read the text of one column.

    Parameters
    ----------
    column : Column
        Says how.
    text : pandas.Series of str
        Index 0 to n - 1.
    excel_days : bool
        Whether day numbers may stand for dates (spreadsheets).

    Returns
    -------
    Parsed
        Blank and unreadable texts are missing values; a flag's blank is False. Codes that are not known stay as they
        are: the schema refuses them.
    """
    lost = _unreadable(text)
    if column.kind == "postcode":
        return Parsed(text, lost)  # read by the geocoder, which counts blank and malformed ones
    codes, distinct = pd.factorize(text)
    clean = pd.Series(distinct, dtype="str").str.strip()
    clean = clean.mask(clean.isin(list(UNREADABLE)), "")
    clean = clean.mask(clean.str.lower().isin(_blanks(column)), "")
    values, faults = _reader(column, excel_days)(clean)
    found = dict(lost)
    for reason in dict.fromkeys(faults[faults != ""]):
        found[str(reason)] = np.flatnonzero((faults == reason)[codes])
    return Parsed(values.take(codes).reset_index(drop=True), found)


def _blanks(column: Column) -> frozenset[str]:
    if column.kind == "flag":
        return BLANKS - {"#n/a"}  # a look-up that failed: whether the address is protected is not known
    return BLANKS if column.kind in KEEP_UNKNOWN else BLANKS | UNKNOWNS


def _unreadable(text: pd.Series) -> dict[str, np.ndarray]:
    """Return reason -> positions of the cells whose value cannot be known: merged cells, errors of Excel."""
    hits = text.isin(list(UNREADABLE)).to_numpy(dtype=bool)
    found: dict[str, list[int]] = {}
    for position in np.flatnonzero(hits):
        found.setdefault(UNREADABLE[text.iloc[position]], []).append(int(position))
    return {reason: np.array(positions) for reason, positions in found.items()}


WAITS = "; the row waits, because its address may be protected"

Read = tuple[pd.Series, np.ndarray]


def _reader(column: Column, excel_days: bool) -> Callable[[pd.Series], Read]:
    if column.kind in ("date", "month"):
        return lambda text: _days(text, months=column.kind == "month", excel_days=excel_days)
    if column.kind == "moment":
        return lambda text: _moments(text, excel_days=excel_days)
    if column.kind == "code":
        return lambda text: _codes(text, column)
    if column.kind == "codes":
        return lambda text: _several_codes(text, column)
    if column.kind == "flag":
        return lambda text: _flags(text, column)
    return {
        "identifier": _identifiers,
        "year_group": _year_groups,
        "urn": _urns,
        "area": _areas,
        "number": _numbers,
        "coordinate": _numbers,
        "whole": _whole,
        "value": _values,
        "text": _texts,
        "urns": _several_urns,
    }[column.kind]


def _faults(bad: pd.Series, reason: str) -> np.ndarray:
    return np.where(bad.to_numpy(dtype=bool), reason, "").astype(object)


def _days(text: pd.Series, *, months: bool, excel_days: bool) -> Read:
    days, faults = parse_days(text, months=months, excel_days=excel_days)
    return pd.Series(days.astype("datetime64[s]")), faults


def _moments(text: pd.Series, *, excel_days: bool) -> Read:
    moments, faults = parse_moments(text, excel_days=excel_days)
    return pd.Series(moments), faults


def _identifiers(text: pd.Series) -> Read:
    text = text.str.replace(r"^(\d+)\.0$", r"\1", regex=True)
    shaped = text.str.match(r"^[A-Za-z0-9][A-Za-z0-9_./\-]{0,63}$") & text.str.contains(r"\d")
    short = text.str.match(SHORTENED)
    bad = (text != "") & (~shaped | text.str.match(DATE_SHAPED)) & ~short
    faults = np.where(short.to_numpy(dtype=bool), SHORTENED_WORDS, _faults(bad, NOT_AN_ID)).astype(object)
    return text.mask(bad | short | (text == "")), faults


def _spellings(column: Column) -> dict[str, str]:
    """Return every way to write a code, in lower case -> the code."""
    titles = {title.lower(): code for code, title in column.codes.items()}
    return titles | dict(column.spellings) | {code.lower(): code for code in column.codes}


def _codes(text: pd.Series, column: Column) -> Read:
    folded = text.str.lower().str.replace(r"\s+", " ", regex=True)
    known = _spellings(column)
    return folded.map(known).astype("str").fillna(text.mask(text == "")), _faults(text.isna(), "")


def _flags(text: pd.Series, column: Column) -> Read:
    folded = text.str.lower()
    yes, no = folded.isin(YES), folded.isin(NO | {""})
    return yes, _faults(~(yes | no), f"neither yes nor no{WAITS if column.key == 'protected' else ''}")


def merge_flags(columns: Sequence[pd.Series]) -> pd.Series:
    """Return one column of flags that is yes where any of several is; what is neither yes nor no comes first.

    Examples
    --------
    >>> merge_flags([pd.Series(["N", "Y", "N"]), pd.Series(["refuge", "", "perhaps"])]).tolist()
    ['refuge', 'Y', 'perhaps']
    """
    merged = columns[0].astype("str")
    for column in columns[1:]:
        merged = merged.where(_urgency(merged) >= _urgency(column), column)
    return merged


def _urgency(text: pd.Series) -> pd.Series:
    folded = text.str.strip().str.lower()
    blank = (BLANKS - {"#n/a"}) | {""}
    return (~folded.isin(NO | blank)).astype("int8") + (~folded.isin(YES | NO | blank)).astype("int8")


def _year_groups(text: pd.Series) -> Read:
    folded = text.str.lower().str.replace(r"\s+", " ", regex=True).mask(lambda t: t == "x", "")
    bare = folded.where(folded.isin(NURSERY), folded.str.replace(_YEAR_WORDS, "", regex=True))
    number = pd.to_numeric(bare, errors="coerce").where(bare.str.match(r"^-?\d{1,2}(?:\.0)?$"))
    number = bare.map(NURSERY).astype("float64").fillna(number)
    bad = (folded != "") & number.isna()
    return number.astype("Int8"), _faults(bad, "not a national curriculum year, such as N2, R or 7")


def _urns(text: pd.Series) -> Read:
    good = text.str.match(r"^[1-9]\d{5}(?:\.0)?$")
    number = pd.to_numeric(text.where(good), errors="coerce")
    return number.astype("Int32"), _faults((text != "") & ~good, "not a school's six-digit number (URN)")


def _areas(text: pd.Series) -> Read:
    text = text.str.upper()
    good = text.str.match(r"^[A-Z]\d{8}$")
    return text.where(good), _faults((text != "") & ~good, "not an area code of nine characters")


def _numbers(text: pd.Series) -> Read:
    plain = text.where(~text.str.match(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$"), text.str.replace(",", ""))
    number = pd.to_numeric(plain, errors="coerce").astype("float64")
    number = number.where(np.isfinite(number))
    return number, _faults((text != "") & number.isna(), "not a number")


def _whole(text: pd.Series) -> Read:
    number, faults = _numbers(text)
    broken = number.notna() & (number % 1 != 0)
    faults[broken.to_numpy(dtype=bool)] = "not a whole number"
    return number.mask(broken).astype("Int64"), faults


def _values(text: pd.Series) -> Read:
    """Read numbers; a symbol of official statistics, or NA, is a missing value and no fault."""
    symbol = text.str.lower().isin([*SYMBOLS, "na", ":", "..", "."])
    return _numbers(text.mask(symbol, "").str.removesuffix("%"))


def _texts(text: pd.Series) -> Read:
    text = text.str.replace(r"\s+", " ", regex=True)
    long = (text.str.len() > LONGEST_TEXT).to_numpy(dtype=bool)
    person = np.array([names_a_person(value) for value in text], dtype=bool)
    faults = np.where(person, NAMES_A_PERSON, np.where(long, f"longer than {LONGEST_TEXT} characters", ""))
    return text.mask(long | person | (text == "").to_numpy(dtype=bool)), faults.astype(object)


_SEPARATORS = r"\s*[;,|/&+]\s*|\s+and\s+"


def _several_codes(text: pd.Series, column: Column) -> Read:
    known = _spellings(column)
    order = {code: place for place, code in enumerate(column.codes)}
    values, faults = [], []
    for cell in text:
        whole = known.get(cell.lower())
        parts = [whole] if whole else [known.get(part.lower(), "?") for part in re.split(_SEPARATORS, cell) if part]
        found = {code for part in parts for code in part.split(";")}
        faults.append("not a known code" if not found <= set(order) else "")
        values.append(";".join(sorted(found, key=lambda code: order[code])) if found and not faults[-1] else None)
    return pd.Series(values, dtype="str"), np.array(faults, dtype=object)


def _several_urns(text: pd.Series) -> Read:
    values, faults = [], []
    for cell in text:
        parts = [part.removesuffix(".0") for part in re.split(r"[\s;,|/]+", cell) if part]
        good = all(re.fullmatch(r"[1-9]\d{5}", part) for part in parts)
        faults.append("" if good else "not schools' six-digit numbers (URN), with ';' between them")
        values.append(";".join(sorted(set(parts))) if parts and good else None)
    return pd.Series(values, dtype="str"), np.array(faults, dtype=object)
