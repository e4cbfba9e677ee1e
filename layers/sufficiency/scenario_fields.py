"""Reading the values of a scenario's options, each with an error that says what is wrong, where, and the remedy."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

from geodata.contracts.ehc_plans import NEED_CODES, PROVISION_CODES
from geodata.contracts.provision import ANY_NEED
from geodata.errors import UsageError
from geodata.person_names import names_a_person
from geodata.school_years import PHASES
from layers.sufficiency.scenario_options import PlacesByPhase
from layers.sufficiency.settings import check_ramp

Reader = Callable[[Any, str], Any]
"""From a value as JSON gives it, and the words for where it stands, to the value that an option holds."""

SHORT, LONG = 80, 400
"""Characters of a name and of a note."""

MOST_PLACES = 2000
YEARS = (2000, 2100)
LATEST_MONTHS = 120
MOST_SHARES = 10
GRID = 1_300_000.0
"""Metres: nothing of Great Britain lies further north or east."""

_POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$")


def refuse(where: str, what: str) -> NoReturn:
    """Raise `UsageError` for one value."""
    raise UsageError(f"{where}: {what}")


def plain_text(longest: int) -> Reader:
    """Return a reader of text without control characters that names no person."""

    def read(value: Any, where: str) -> str:
        if not isinstance(value, str):
            refuse(where, "give a text.")
        text = " ".join(unicodedata.normalize("NFC", value).split())
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in text):
            refuse(where, "it holds control characters; type it anew.")
        if len(text) > longest:
            refuse(where, f"{len(text)} characters; give at most {longest}.")
        if names_a_person(text):
            refuse(where, "it looks like a person's name, which is never kept; name the place or the scheme in full.")
        return text

    return read


def filled(reader: Reader) -> Reader:
    """Return a reader that refuses nothing at all."""

    def read(value: Any, where: str) -> Any:
        return reader(value, where) or refuse(where, "it is blank; give one.")

    return read


def one_of(codes: Sequence[str]) -> Reader:
    """Return a reader of one of some codes."""

    def read(value: Any, where: str) -> str:
        if value not in codes:
            refuse(where, f"'{str(value)[:SHORT]}' is not known. Valid: {', '.join(codes)}.")
        return str(value)

    return read


def whole(least: int, most: int) -> Reader:
    """Return a reader of whole numbers within limits."""

    def read(value: Any, where: str) -> int:
        number = _number(value, where)
        if number != int(number):
            refuse(where, f"{number:g} is not a whole number.")
        return int(_within(number, (least, most), where))

    return read


def number(least: float, most: float) -> Reader:
    """Return a reader of numbers within limits."""

    def read(value: Any, where: str) -> float:
        return _within(_number(value, where), (least, most), where)

    return read


def share(value: Any, where: str) -> float:
    """Read a share from 0 to 1."""
    found = _number(value, where)
    if not 0 <= found <= 1:
        percent = f" For {found:g}% write {found / 100:g}." if 1 < found <= 100 else ""
        refuse(where, f"{found:g} is no share: give one from 0 to 1.{percent}")
    return found


def shares(value: Any, where: str) -> tuple[float, ...]:
    """Read a ramp: shares from 0 to 1 that do not fall."""
    if not isinstance(value, list | tuple) or len(value) > MOST_SHARES:
        refuse(where, f"give a list of up to {MOST_SHARES} shares, such as 0.25, 0.5, 0.75, 1.")
    found = tuple(_number(one, where) for one in value)
    try:
        check_ramp(found)
    except ValueError as error:
        refuse(where, str(error))
    return found


def day(value: Any, where: str) -> date:
    """Read a date in ISO form."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, date):
        refuse(where, f"'{str(value)[:SHORT]}' is no date; write it as 2028-09-01.")
    if not YEARS[0] <= found.year <= YEARS[1]:
        refuse(where, f"the year {found.year} makes no sense; give one from {YEARS[0]} to {YEARS[1]}.")
    return found


def flag(value: Any, where: str) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        refuse(where, "give true or false.")
    return value


def postcode(value: Any, where: str) -> str:
    """Read a postcode, or nothing."""
    text = " ".join(str(value).upper().split())
    if text and not _POSTCODE.match(text):
        refuse(where, f"'{text[:SHORT]}' is no postcode; write it as HP20 1UA, or give the area.")
    return f"{text[:-3].strip()} {text[-3:]}" if text else ""


def area_code(value: Any, where: str) -> str:
    """Read the code of an area, or nothing; whether there is such an area is asked where the areas are known."""
    if not isinstance(value, str) or len(value) > SHORT or not value.isprintable():
        refuse(where, "give the code of an area, as the map has it.")
    return value


def places_by_phase(value: Any, where: str) -> PlacesByPhase:
    """Read places by phase: at least one phase, whole numbers above 0."""
    if not isinstance(value, Mapping) or not value:
        refuse(where, 'give places by phase, such as {"primary": 40, "secondary": 60}.')
    if unknown := sorted(str(key)[:SHORT] for key in value if key not in PHASES):
        refuse(where, f"no phase '{unknown[0]}'. Valid: {', '.join(PHASES)}.")
    count = whole(1, MOST_PLACES)
    return tuple((phase, count(value[phase], f"{where}, {phase}")) for phase in PHASES if phase in value)


def percent_by_provision(value: Any, where: str) -> tuple[tuple[str, float], ...]:
    """Read percents a year by provision."""
    if not isinstance(value, Mapping) or not value:
        refuse(where, 'give percents a year by provision, such as {"independent": 4}.')
    if unknown := sorted(str(key)[:SHORT] for key in value if key not in PROVISION_CODES):
        refuse(where, f"no provision '{unknown[0]}'. Valid: {', '.join(PROVISION_CODES)}.")
    percent = number(-50, 50)
    return tuple((key, percent(value[key], f"{where}, {key}")) for key in PROVISION_CODES if key in value)


_YEAR = whole(*YEARS)
_NEED = one_of((*NEED_CODES, *ANY_NEED))
_METRES = number(0, GRID)

READERS: Mapping[str, Mapping[str, Reader]] = {
    "new_school": {
        "name": filled(plain_text(SHORT)), "places": places_by_phase, "opens": day, "need": _NEED, "area": area_code,
        "postcode": postcode, "easting": _METRES, "northing": _METRES, "provision": one_of(("special",)),
    },
    "new_base": {"setting_urn": whole(100000, 999999), "places": places_by_phase, "opens": day, "need": _NEED},
    "independent_avoided": {
        "places": whole(1, MOST_PLACES), "from_year": _YEAR, "into": one_of(("special", "base")), "area": area_code,
    },
    "diversion": {"share": share, "from_year": _YEAR},
    "retention": {"share": share, "from_year": _YEAR},
    "price_inflation": {"percent": percent_by_provision},
    "reform": {"share": share, "from_year": _YEAR},
    "slippage": {"months": whole(0, LATEST_MONTHS)},
    "over_number": {"on": flag},
    "ramp": {"shares": shares},
}  # fmt: skip
"""Kind of option -> key -> how it is read."""


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        refuse(where, f"'{str(value)[:SHORT]}' is no number.")
    return float(value)


def _within(found: float, limits: tuple[float, float], where: str) -> float:
    least, most = limits
    if not least <= found <= most:
        refuse(where, f"{found:g} is out of range: give {least:g} to {most:g}.")
    return found
