"""An earlier School Capacity return read from a file: its forecasts, and which of its rows cannot be used."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.delimiter import find_delimiter
from geodata.errors import InputError, UsageError
from geodata.file_kind import file_kind, require_table
from geodata.quotes import long_cells
from geodata.text_file import examine
from layers.sufficiency.scap_columns import ScapColumns
from layers.sufficiency.scap_forecast import RECEPTION, TOTAL
from layers.sufficiency.series import WITHHELD, year_of

NUMBER = "number"
NEEDED = ("time_period", "phase", NUMBER)
"""What a return must have; the other columns default to the whole."""

SPELT: Mapping[str, tuple[str, ...]] = {
    "time_period": ("time_period", "school_year", "academic_year"),
    "phase": ("education_phase", "phase", "school_phase"),
    "year_group": ("year_group", "ncy", "national_curriculum_year"),
    "kind": ("provision_type", "provision", "kind"),
    "return_year": ("return_year", "scap_year", "year_of_return"),
    NUMBER: ("pupil_forecast", "forecast", "number", "pupils"),
    "new_la_code": ("new_la_code",),
    "section": ("section",),
}
"""Headings that are understood beside those of the dated table; the published number's begins with "pupil_forecast"."""

Line = dict[str, str]


@dataclass(frozen=True)
class PastForecast:
    """One number of an earlier return.

    Attributes
    ----------
    line : int
        Of the file.
    return_year : int
        When it was made.
    january : int
        Year of the January census within the school year that it is for.
    phase : str
        Title as the dated table has it, or `TOTAL`.
    year_group : int or None
        National curriculum year; None for all of the phase.
    kind : str
        Code of the provision; empty for all kinds.
    number : float
        Pupils forecast.
    """

    line: int
    return_year: int
    january: int
    phase: str
    year_group: int | None
    kind: str
    number: float

    @property
    def horizon(self) -> int:
        """Years ahead: a return's first school year is 1."""
        return self.january - self.return_year


def past_forecasts(
    path: Path, columns: ScapColumns, code: str, return_year: int | None = None
) -> tuple[tuple[PastForecast, ...], tuple[tuple[int, str], ...]]:
    """Read an earlier return, or the published file of all authorities.

    Parameters
    ----------
    path : pathlib.Path
        CSV with the columns of the dated table, or those of the published data set.
    columns : ScapColumns
        Its headings, phases and kinds are understood.
    code : str
        Of the authority; rows of others are passed over.
    return_year : int, optional
        For a file whose rows do not say when they were made.

    Returns
    -------
    tuple of PastForecast, tuple of (int, str)
        The forecasts, and the lines that cannot be used with the reason.

    Raises
    ------
    UsageError
        If there is no such file, or it does not say when it was made and `return_year` does not either.
    InputError
        If it is no CSV, lacks a column, or holds no row of this authority.
    """
    lines = list(_lines(path, columns))
    ours = [
        (number, row)
        for number, row in lines
        if row.get("new_la_code", code) == code and row.get("section", "forecast") == "forecast"
    ]
    if not ours:
        raise InputError(f"'{path.name}' has no row of a forecast for the authority {code}.")
    if return_year is None and not any(row.get("return_year") for _, row in ours):
        raise UsageError(f"'{path.name}' does not say of which year it is. Say so with --return-year.")
    found: list[PastForecast] = []
    odd: list[tuple[int, str]] = []
    given: dict[tuple[object, ...], int] = {}
    for number, row in ours:
        read = _read(number, row, columns, return_year)
        if isinstance(read, str):
            odd.append((number, read))
            continue
        key = (read.return_year, read.january, read.phase, read.year_group, read.kind)
        if (first := given.setdefault(key, number)) != number:
            odd.append((number, f"Line {first} has given this number already; that one counts."))
        else:
            found.append(read)
    return tuple(found), tuple(odd)


def _lines(path: Path, columns: ScapColumns) -> Iterator[tuple[int, Line]]:
    try:
        if not path.is_file():
            raise UsageError(f"There is no file '{path.name}' in that folder.")
        if file_kind(path) != "csv":
            raise InputError(f"'{path.name}' is no CSV file. Save its table as 'CSV UTF-8 (comma delimited)'.")
        encoding = examine(path).encoding
        require_table(path, encoding)
        headings = find_delimiter(path, encoding)
        places = _places(headings.cells, columns, path.name)
        with path.open(encoding=encoding, newline="") as file, long_cells():
            for number, record in enumerate(csv.reader(file, delimiter=headings.delimiter), start=1):
                if number > headings.row and any(cell.strip() for cell in record):
                    cells = [cell.strip() for cell in record] + [""] * len(headings.cells)
                    yield number, {key: cells[place] for key, place in places.items()}
    except OSError as error:
        raise InputError(f"'{path.name}' cannot be read: {error.strerror}.") from error


def _places(cells: Sequence[str], columns: ScapColumns, name: str) -> dict[str, int]:
    told = ["_".join(cell.casefold().split()) for cell in cells]
    spelt = {key: list(words) for key, words in SPELT.items()}
    for column in columns.forecast:
        spelt.setdefault(column.fills, []).insert(0, column.heading.casefold())
    found = {}
    for key, words in spelt.items():
        if at := [told.index(word) for word in words if word in told]:
            found[key] = at[0]
    if NUMBER not in found and (at := [place for place, word in enumerate(told) if word.startswith("pupil_forecast")]):
        found[NUMBER] = at[0]
    if lacking := [columns.heading(key) for key in NEEDED if key not in found]:
        raise InputError(f"'{name}' lacks the column {_listed(lacking)}. It has: {', '.join(cells)}.")
    return found


def _listed(words: Iterable[str]) -> str:
    return " and ".join(f"'{word}'" for word in words)


def _read(line: int, row: Line, columns: ScapColumns, return_year: int | None) -> PastForecast | str:  # noqa: PLR0911
    """Return the forecast of one line, or why there is none."""
    january = year_of(row["time_period"])
    if january is None:
        return f"'{row['time_period']}' is no school year."
    made = row.get("return_year") or str(return_year or "")
    if not made.isdigit():
        return f"'{made}' is no year of a return."
    phases = {title.casefold(): title for title in (*(phase.title for phase in columns.phases), TOTAL)}
    if (phase := phases.get(row["phase"].casefold())) is None:
        return f"No phase '{row['phase']}'. Known: {', '.join(phases.values())}."
    kind = _kind(row.get("kind", ""), columns)
    if kind is None:
        return f"No kind of provision '{row['kind']}'. Known: {', '.join(columns.kinds)}."
    group = row.get("year_group", "")
    ncy = None if _whole(group) else _ncy(group)
    if ncy is None and not _whole(group):
        return f"'{group}' is no year group."
    text = row[NUMBER].replace(",", "")
    if text.casefold() in WITHHELD:
        return f"No number is given ('{row[NUMBER]}')."
    try:
        number = float(text)
    except ValueError:
        return f"'{row[NUMBER]}' is no number."
    if not 0 <= number < float("inf"):
        return f"A forecast of {row[NUMBER]} pupils."
    return PastForecast(line, int(made), january, phase, ncy, kind, number)


def _whole(text: str) -> bool:
    return text.casefold() in ("", TOTAL.casefold(), "all")


def _ncy(text: str) -> int | None:
    """Return the curriculum year of "R", "7", "Year 7" or "Reception"."""
    word = text.casefold().removeprefix("year").strip()
    if word in (RECEPTION.casefold(), "reception"):
        return 0
    return int(word) if word.isdigit() else None


def _kind(text: str, columns: ScapColumns) -> str | None:
    if _whole(text):
        return ""
    titles = {title.casefold(): code for title, code in columns.kinds.items()}
    codes = {code: code for code in columns.kinds.values()}
    return (titles | codes).get(text.casefold())
