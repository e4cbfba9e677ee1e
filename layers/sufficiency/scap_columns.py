"""The columns of the School Capacity return, from the dated tables of a council's profile."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geodata.errors import ProfileError, UsageError
from layers.sufficiency.core import PROVISIONS

FOLDER = "scap"
"""Folder of a profile with one table for each year of the return, such as ``2025.csv``."""

TO_CHECK = "headings assumed from the published description, check against the guide before sending"

FORECAST = (
    "return_year", "time_period", "time_identifier", "old_la_code", "new_la_code", "la_name", "phase", "year_group",
    "kind", "number",
)  # fmt: skip
"""What can fill a column of the forecast."""

CAPACITY = (
    "return_year", "old_la_code", "new_la_code", "la_name", "urn", "setting", "kind", "status", "opens",
    "primary_capacity", "secondary_capacity", "capacity",
)  # fmt: skip
"""What can fill a column of the capacity."""

FILLS = {"forecast": FORECAST, "capacity": CAPACITY}

_YEARS = re.compile(r"^(?P<first>-?\d+) to (?P<last>-?\d+) for (?P<ahead>\d+) years$")


@dataclass(frozen=True)
class ScapColumn:
    """A column of the return.

    Attributes
    ----------
    heading : str
        As the file has it.
    fills : str
        What stands in it, one of `FILLS`.
    status : str
        "published" where the heading is that of a published data set, else "assumed".
    """

    heading: str
    fills: str
    status: str


@dataclass(frozen=True)
class ScapPhase:
    """A phase of the forecast: its title, its national curriculum years, and how many school years ahead it goes."""

    title: str
    first: int
    last: int
    ahead: int
    status: str

    @property
    def year_groups(self) -> range:
        """National curriculum years."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class ScapColumns:
    """The table of one year.

    Attributes
    ----------
    year : int
        Year of the first return that it holds for.
    phases : tuple of ScapPhase
        In order.
    kinds : mapping of str to str
        Title -> code of the provision counted as specialist.
    forecast, capacity : tuple of ScapColumn
        In order.
    notes : tuple of str
        What is assumed, and what must be checked.
    """

    year: int
    phases: tuple[ScapPhase, ...]
    kinds: dict[str, str]
    forecast: tuple[ScapColumn, ...]
    capacity: tuple[ScapColumn, ...]
    notes: tuple[str, ...]

    def heading(self, fills: str) -> str:
        """Return the heading of the forecast's column that holds something; `KeyError` when there is none."""
        return {column.fills: column.heading for column in self.forecast}[fills]


def table_years(directory: Path) -> tuple[int, ...]:
    """Return the years that a profile has a table for, oldest first."""
    return tuple(sorted(int(path.stem) for path in (directory / FOLDER).glob("*.csv") if path.stem.isdigit()))


def scap_columns(directory: Path, year: int) -> ScapColumns:
    """Return the columns of the return of a year: those of its own table, or of the newest one before it.

    Parameters
    ----------
    directory : pathlib.Path
        The folder of the council's profile.
    year : int
        Of the return.

    Raises
    ------
    UsageError
        For a year before the oldest table, with those there are.
    ProfileError
        For a table that cannot be read.
    """
    years = table_years(directory)
    fitting = [one for one in years if one <= year]
    if not fitting:
        said = f"Valid: {years[0]} and later (tables: {', '.join(map(str, years))})." if years else (
            f"The profile has none; add one to its folder {FOLDER}/."
        )  # fmt: skip
        raise UsageError(f"No table of columns for the School Capacity return of {year}. {said}")
    return read_columns(directory / FOLDER / f"{fitting[-1]}.csv")


@cache
def read_columns(path: Path) -> ScapColumns:
    """Read one table: columns order, section, column, fills, status and source.

    Raises
    ------
    ProfileError
        Naming the row, for an unknown section or filling, or years that cannot be read.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sections: dict[str, list[dict[str, str]]] = {key: [] for key in ("about", "years", "kinds", *FILLS)}
    for row in rows:
        if row["section"] not in sections:
            raise ProfileError(f"{path.name}: no section '{row['section']}'. Valid: {', '.join(sections)}.")
        sections[row["section"]].append(row)
    for section in sections.values():
        section.sort(key=lambda row: int(row["order"]))
    return ScapColumns(
        year=int(path.stem),
        phases=tuple(_phase(row, path) for row in sections["years"]),
        kinds={row["column"]: _kind(row, path) for row in sections["kinds"]},
        forecast=tuple(_column(row, path) for row in sections["forecast"]),
        capacity=tuple(_column(row, path) for row in sections["capacity"]),
        notes=(*(_said(row["source"]) for row in sections["about"]), *_assumed(sections)),
    )


def _phase(row: dict[str, str], path: Path) -> ScapPhase:
    found = _YEARS.match(row["fills"])
    if found is None:
        raise ProfileError(f"{path.name}: '{row['fills']}' for {row['column']}; write it as '0 to 6 for 5 years'.")
    return ScapPhase(row["column"], int(found["first"]), int(found["last"]), int(found["ahead"]), row["status"])


def _kind(row: dict[str, str], path: Path) -> str:
    if row["fills"] not in PROVISIONS:
        raise ProfileError(f"{path.name}: no provision '{row['fills']}'. Valid: {', '.join(PROVISIONS)}.")
    return row["fills"]


def _column(row: dict[str, str], path: Path) -> ScapColumn:
    if row["fills"] not in (valid := FILLS[row["section"]]):
        raise ProfileError(f"{path.name}: nothing called '{row['fills']}' fills a column. Valid: {', '.join(valid)}.")
    return ScapColumn(row["column"], row["fills"], row["status"])


def _assumed(sections: dict[str, list[dict[str, str]]]) -> tuple[str, ...]:
    """Return what of the table is not published: coverage with its reason, headings in one line each section."""
    said = [
        f"{row['column']} ({row['fills']}): assumed, {row['source']}."
        for key in ("years", "kinds")
        for row in sections[key]
        if row["status"] == "assumed"
    ]
    for key in FILLS:
        if found := [row["column"] for row in sections[key] if row["status"] == "assumed"]:
            said.append(f"Headings of the {key} that are assumed: {', '.join(found)}.")
    return tuple(said)


def _said(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
