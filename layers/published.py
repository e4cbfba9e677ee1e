"""Published figures of the council beside its region and England: one indicator over the periods of one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from geodata.errors import UsageError
from geodata.profile import Profile
from geodata.store import Row, Store
from layers.basis import parts_basis
from layers.indicators import INDICATORS, read_period
from layers.published_files import SERIES, PublishedFile, council_codes, level_of, published_files

ORDER = ("council", "region", "country")


@dataclass(frozen=True)
class Cell:
    """What was published of one area in one period.

    Attributes
    ----------
    value, base : float or None
        The figure, and what it is out of where the file says.
    symbol : str
        What stands in place of a number, as in the file: "z", "x", "c", "low".
    code : str
        The area's code in that period.
    """

    value: float | None
    base: float | None = None
    symbol: str = ""
    code: str = ""


@dataclass(frozen=True)
class Line:
    """The figures of one area over the periods.

    Attributes
    ----------
    area, level : str
        Its name, and "council", "region" or "country".
    cells : mapping of str to Cell
        Period key -> figure.
    """

    area: str
    level: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class PublishedTable:
    """One indicator, by area and period.

    Attributes
    ----------
    file : PublishedFile
        Where it stands.
    indicator, title, breakdown : str
        What is shown.
    periods : mapping of str to str
        Period key -> label, oldest first.
    lines : tuple of Line
        The council, then regions, then England; those that the file has.
    notes : tuple of str
        What a person should know.
    basis : tuple of str
        "synthetic", "modelled" or "illustrative"; nothing for real figures.
    """

    file: PublishedFile
    indicator: str
    title: str
    breakdown: str
    periods: Mapping[str, str]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    basis: tuple[str, ...]


def _chosen(what: str, asked: str, valid: Sequence[str]) -> str:
    if not asked and valid:
        return valid[0]
    for one in valid:
        if one.casefold() == asked.casefold():
            return one
    listed = ", ".join(f"'{one}'" for one in valid[:12]) + (f" and {len(valid) - 12} more" if len(valid) > 12 else "")
    raise UsageError(f"No {what} '{asked}' here. Valid: {listed}.")


def published_table(store: Store, file: str = "", indicator: str = "", breakdown: str = "") -> PublishedTable:
    """Return one indicator of one file, by area and period.

    Parameters
    ----------
    store : Store
        The snapshot's figures.
    file, indicator, breakdown : str, optional
        Which; the first by default.

    Raises
    ------
    UsageError
        If there is none of that name; the message lists those there are.
    """
    files = {one.key: one for one in published_files(store)}
    if not files:
        raise UsageError(
            f"No published figures of {store.profile.name} are loaded. Import some with 'locality-atlas import "
            f"{INDICATORS} FILE' or '{SERIES} FILE'."
        )
    found = files[_chosen("file of published figures", file, list(files))]
    one = _chosen("indicator", indicator, list(found.indicators))
    split = _chosen("breakdown", breakdown, found.breakdowns[one])
    rows = found.rows[one, split]
    periods = {period.key: period.label for period in (read_period(str(row["period"])) for row in rows)}
    lines, notes = _lines(store.profile, rows)
    basis = parts_basis([found.part])
    return PublishedTable(found, one, found.indicators[one], split, dict(sorted(periods.items())), lines, notes, basis)


def _lines(profile: Profile, rows: Sequence[Row]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the council, the regions by name and England; of two codes of the council today's counts."""
    codes = council_codes(profile.key)
    areas: dict[tuple[str, str], dict[str, Cell]] = {}
    twice: set[str] = set()

    def age_of_code(row: Row) -> int:
        code = str(row.get("area_code") or "")
        return codes.index(code) if code in codes else len(codes)

    for row in sorted(rows, key=age_of_code):
        level = level_of(row, profile)
        name = {"council": profile.name, "country": "England"}.get(level) or str(row.get("area") or row["area_code"])
        cells = areas.setdefault((level, name), {})
        period, cell = read_period(str(row["period"])), _cell(row)
        known = cells.setdefault(period.key, cell)
        if (known.value, known.symbol) != (cell.value, cell.symbol):
            twice.add(f"{name} {period.label}")
    ordered = sorted(areas, key=lambda one: (ORDER.index(one[0]), one[1]))
    notes = []
    if twice:
        notes.append(f"Published twice with other figures, shown is the first: {', '.join(sorted(twice))}.")
    if "council" not in {level for level, _ in ordered}:
        notes.append(f"The file has no figure of {profile.name} here.")
    return tuple(Line(name, level, areas[level, name]) for level, name in ordered), tuple(notes)


def _cell(row: Row) -> Cell:
    value, base = (row.get(key) for key in ("value", "denominator"))
    return Cell(_number(value), _number(base), str(row.get("symbol") or ""), str(row.get("area_code") or ""))


def _number(value: float | None) -> float | None:
    return None if value is None or isnan(value) else float(value)
