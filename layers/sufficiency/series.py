"""A series of totals by area and year: read from a CSV file, checked, and what was odd about it in plain sentences."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from geodata.delimiter import find_delimiter
from geodata.errors import InputError, UsageError
from geodata.file_kind import file_kind, require_table
from geodata.quotes import long_cells
from geodata.text_file import examine

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "area": ("area", "area_name", "local_authority", "la_name", "authority", "locality", "la"),
    "year": ("year", "time_period", "calendar_year", "period"),
    "count": ("count", "ehcplans", "ehc_plans", "plans", "number", "total", "value"),
}
"""Spellings of each column, the first that a file has counts; letter case, spaces and hyphens do not matter."""

WITHHELD = frozenset({"", "x", "z", "c", "u", "low", "-", ".", "..", ":", "n/a", "na", "null", "none", "nan"})
"""Words and signs that stand for a number that is not given."""

MOST = 1e9
"""No count of people in an area of one country is larger."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
DOUBLING = 2.0
SMALLEST_DOUBLED = 10
"""A jump is named when its larger count is at least this: 1 to 2 is chance."""

NAMED = 5
"""How many areas or lines a sentence lists; the rest are counted."""

_WHOLE_YEAR = re.compile(r"(\d{4})(?:\.0+)?")
_DAY = re.compile(r"(\d{4})-(?:0[1-9]|1[0-2])(?:-\d{2})?(?:[ T].*)?|\d{1,2}/\d{1,2}/(\d{4})")
_SCHOOL_YEAR = re.compile(r"(\d{4})[/\-–]?(\d{2}|\d{4})")
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[, '\u2019]\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")


@dataclass(frozen=True)
class Series:
    """Totals by area and year.

    Attributes
    ----------
    counts : mapping of str to mapping of int to float
        Area -> year -> count, none negative; areas and years in order.
    notes : tuple of str
        Sentences on what was set aside, read in a certain way, or looks odd.
    """

    counts: Mapping[str, Mapping[int, float]]
    notes: tuple[str, ...]


def read_series(path: Path) -> Series:
    """Read a CSV file with a column each for area, year and count; other columns are passed over.

    A school year (``202425``, ``2024/25``) stands for the year in which it ends, as the January census of the SEN2
    return does. Rows that cannot be used are set aside and told; rows that contradict each other too.

    Parameters
    ----------
    path : pathlib.Path
        CSV with any of the delimiters and encodings that imports take.

    Raises
    ------
    UsageError
        If there is no such file.
    InputError
        If it is empty, no CSV, lacks a column, or has no row that can be used.
    """
    faults: dict[str, list[int]] = defaultdict(list)
    said: list[str] = []
    found: dict[str, dict[int, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for line, area, year, count in _rows(path, said):
        when, number = year_of(year), _number(count)
        fault = _fault(area, when, number)
        if fault or when is None or isinstance(number, str):
            faults[fault].append(line)
            continue
        if not number.is_integer():
            faults["a count that is no whole number (it is used as it stands)"].append(line)
        key = area.casefold()
        names.setdefault(key, area)
        found[key][when].append((number, line))
    said += [f"{_lines(lines)}: {fault}." for fault, lines in faults.items()]
    counts = {}
    for key, years in found.items():
        single = {year: cells[0][0] for year, cells in sorted(years.items()) if _agree(cells)}
        if single:
            counts[names[key]] = single
    said += _repeats(found, names)
    if not counts:
        raise InputError(
            f"'{path.name}' has no row that can be used. {' '.join(said)} Each row needs an area, a year such as 2024 "
            "and a count of 0 or more.".replace("  ", " ")
        )
    ordered = {area: counts[area] for area in sorted(counts)}
    return Series(ordered, (*said, *remarks(ordered)))


def year_of(text: str) -> int | None:
    """Return the year that a cell names; None where it names none.

    A plain year, a day (``2024-01-18``, ``18/01/2024``), or a school year (``202425``, ``2024/25``, ``2024-25``,
    ``2024/2025``), which is the year of its end.
    """
    year: int | None = None
    if whole := _WHOLE_YEAR.fullmatch(text):
        year = int(whole[1])
    elif (span := _SCHOOL_YEAR.fullmatch(text)) and (int(span[1]) + 1) % 10 ** len(span[2]) == int(span[2]):
        year = int(span[1]) + 1
    elif day := _DAY.fullmatch(text):
        year = int(day[1] or day[2])
    return year if year and FIRST_YEAR <= year <= LAST_YEAR else None


def remarks(counts: Mapping[str, Mapping[int, float]]) -> tuple[str, ...]:
    """Return what a person should know of the series before trusting a forecast: gaps, zeros, jumps, lone years."""
    gaps, zeros, jumps, lone = [], [], [], []
    for area, years in counts.items():
        known = sorted(years)
        if missing := [year for year in range(known[0], known[-1] + 1) if year not in years]:
            gaps.append(f"{area} ({_years(missing)})")
        if none := [year for year in known if years[year] == 0]:
            zeros.append(f"{area} ({_years(none)})")
        if len(known) == 1:
            lone.append(f"{area} ({known[0]})")
        for before, after in pairwise(known):
            low, high = sorted((years[before], years[after]))
            if high >= SMALLEST_DOUBLED and low > 0 and high >= low * DOUBLING ** (after - before):
                word = "doubled or more" if years[after] > years[before] else "halved or worse"
                jumps.append(f"{area} {word} from {before} to {after} ({years[before]:,.0f} to {years[after]:,.0f})")
    told = (
        (gaps, "Years are missing inside a series: {}. Growth over a gap is spread evenly over its years."),
        (zeros, "A count of 0: {}. No growth can be taken from or to it, and no percentage error of it."),
        (jumps, "A jump: {}. Check it; what lies far outside the spread of all areas is cut off there."),
        (lone, "Only one year is known: {}. There is no growth of its own to learn from."),
    )
    return tuple(sentence.format(_listed(items)) for items, sentence in told if items)


def _rows(path: Path, said: list[str]) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, area, year and count of each row that is not blank, as text."""
    try:
        if not path.is_file():
            raise UsageError(f"There is no file '{path.name}' in that folder.")
        if file_kind(path) != "csv":
            raise InputError(f"'{path.name}' is no CSV file. Save its table as 'CSV UTF-8 (comma delimited)'.")
        encoding = examine(path).encoding
        require_table(path, encoding)
        headings = find_delimiter(path, encoding)
        said += headings.notes
        places = _places(headings.cells, path.name)
        with path.open(encoding=encoding, newline="") as file, long_cells():
            reader = csv.reader(file, delimiter=headings.delimiter)
            for number, record in enumerate(reader, start=1):
                if number <= headings.row or not any(cell.strip() for cell in record):
                    continue
                cells = [" ".join(cell.replace("\0", "").split()) for cell in record]
                cells += [""] * (len(headings.cells) - len(cells))
                if len(cells) > len(headings.cells) and any(cells[len(headings.cells) :]):
                    yield reader.line_num, cells[places[0]], "", ""  # cells have moved: none can be told for sure
                else:
                    yield reader.line_num, *(cells[place] for place in places)  # type: ignore[misc]
    except PermissionError:
        raise InputError(f"'{path.name}' may not be opened. Close it in Excel or any other program.") from None
    except csv.Error:
        raise InputError(f"'{path.name}' cannot be read as CSV to its end. Export it again.") from None


def _places(cells: Sequence[str], name: str) -> list[int]:
    plain = [re.sub(r"[\s\-]+", "_", cell.strip().casefold()) for cell in cells]
    places, missing = [], []
    for column, spellings in HEADINGS.items():
        place = next((plain.index(spelling) for spelling in spellings if spelling in plain), None)
        if place is None:
            missing.append(f"{column} (or {', '.join(spellings[1:])})")
        else:
            places.append(place)
    if missing:
        raise InputError(
            f"'{name}' has no column {' and no column '.join(missing)}. Its columns are: "
            f"{_listed([cell for cell in cells if cell])}. Name one column each area, year and count."
        )
    return places


def _number(text: str) -> float | str:
    """Return the number, or why there is none."""
    if text.casefold() in WITHHELD:
        return "no count is given (blank, or a sign for a number withheld or not available)"
    plain = text.replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain):
        return "the count is no number"
    number = float(re.sub(r"[, '\u2019]", "", plain))
    if number < 0:
        return "the count is negative"
    if not math.isfinite(number) or number > MOST:
        return "the count is too large to be one of people"
    return number


def _fault(area: str, year: int | None, number: float | str) -> str:
    if not area:
        return "no area is named, so the row is set aside"
    if year is None:
        return "no year can be read (such as 2024, 202425 or 2024/25), or the row has cells too many; set aside"
    return f"{number}, so the row is set aside" if isinstance(number, str) else ""


def _agree(cells: Sequence[tuple[float, int]]) -> bool:
    return len({number for number, _ in cells}) == 1


def _repeats(found: Mapping[str, Mapping[int, Sequence[tuple[float, int]]]], names: Mapping[str, str]) -> list[str]:
    same: list[str] = []
    apart: list[str] = []
    for key, years in sorted(found.items()):
        for year, cells in sorted(years.items()):
            if len(cells) > 1:
                where = f"{names[key]} {year} (lines {', '.join(str(line) for _, line in cells[:NAMED])})"
                (same if _agree(cells) else apart).append(where)
    said = []
    if same:
        said.append(f"The same count stands twice or more: {_listed(same)}. It is used once.")
    if apart:
        said.append(
            f"Different counts stand for one area and year: {_listed(apart)}. Which is right cannot be told, so none "
            "is used. Keep one row for each area and year, without breakdowns."
        )
    return said


def _lines(lines: Sequence[int]) -> str:
    return f"Line {lines[0]}" if len(lines) == 1 else f"Lines {_listed([str(line) for line in lines])}"


def _years(years: Sequence[int]) -> str:
    return _listed([str(year) for year in years])


def _listed(items: Sequence[str]) -> str:
    more = len(items) - NAMED
    return ", ".join(items[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
