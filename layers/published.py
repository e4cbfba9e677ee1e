"""Published figures of the council beside its region and England: one indicator over the periods of one file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import isnan

from geodata.errors import UsageError
from geodata.manifest import Part
from geodata.profile import PROFILES, Profile
from geodata.store import Row, Store
from layers.basis import parts_basis
from layers.indicators import INDICATORS, read_period
from layers.kept import per_store

SERIES = "ehcp_series"
NAMES = "indicator_names"
ENGLAND = "E92000001"
REGIONS = ("E12", "E13")
"""How the codes of regions begin; E13 are the halves of London."""

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
class PublishedFile:
    """One file of published figures, of the areas that are shown here.

    Attributes
    ----------
    key : str
        Its name; with its dataset where two have the same.
    part : Part
        Where it came from.
    indicators : mapping of str to str
        Short name -> in words, in the order of the file.
    breakdowns : mapping of str to tuple of str
        Indicator -> its breakdowns, in the order of the file; "" is none.
    rows : mapping of tuple to tuple of Row
        (indicator, breakdown) -> rows of the council, of regions and of England.
    """

    key: str
    part: Part
    indicators: Mapping[str, str]
    breakdowns: Mapping[str, tuple[str, ...]]
    rows: Mapping[tuple[str, str], tuple[Row, ...]] = field(repr=False)


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


@cache
def council_codes(key: str) -> tuple[str, ...]:
    """Return the codes of a council, today's first: figures from before a reorganisation stand under an earlier one."""
    council = tomllib.loads((PROFILES / key / "profile.toml").read_text(encoding="utf-8"))["council"]
    return (council["code"], *council.get("former_codes", ()))


def level_of(row: Row, profile: Profile) -> str:
    """Return "council", "region" or "country"; empty for any other area."""
    code, area = str(row.get("area_code") or "").upper(), str(row.get("area") or "").casefold().strip()
    if code in council_codes(profile.key) or area in (profile.name.casefold(), profile.title.casefold()):
        return "council"
    if code == ENGLAND or area == "england":
        return "country"
    told = str(row.get("level") or "").casefold()
    return "region" if code.startswith(REGIONS) or told in ("regional", "region") else ""


@per_store
def published_files(store: Store) -> tuple[PublishedFile, ...]:
    """Return the files that have figures of the council, a region or England, by name."""
    names = {row["indicator"].casefold(): row["title"] for row in store.rows_of(NAMES)}
    parts = [part for dataset in (INDICATORS, SERIES) for part in store.snapshot.parts(dataset)]
    found: dict[str, list[Row]] = {part.id: [] for part in parts}
    for dataset in (INDICATORS, SERIES):
        for row in store.rows_of(dataset):
            if level_of(row, store.profile):
                found[row["part"]].append(row)
    shown = [part for part in parts if found[part.id]]
    given = [part.source_name for part in shown]
    files = [_file(part, found[part.id], names, twice=given.count(part.source_name) > 1) for part in shown]
    return tuple(sorted(files, key=lambda file: file.key.casefold()))


def _file(part: Part, rows: Iterable[Row], names: Mapping[str, str], *, twice: bool) -> PublishedFile:
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        indicator = str(row.get("indicator") or part.dataset)
        breakdown = "" if part.dataset == SERIES else plain_breakdown(str(row.get("breakdown") or ""))
        grouped.setdefault((indicator, breakdown), []).append(row)
    own = {SERIES: "EHC plans maintained"}
    indicators = {one: names.get(one.casefold(), own.get(one, one)) for one, _ in grouped}
    return PublishedFile(
        f"{part.source_name} ({part.dataset})" if twice else part.source_name,
        part,
        indicators,
        {one: tuple(breakdown for key, breakdown in grouped if key == one) for one in indicators},
        {key: tuple(found) for key, found in grouped.items()},
    )


def plain_breakdown(text: str) -> str:
    """Return a breakdown without what it says twice: "All EHC plans: All EHC plans" is one."""
    words = [word.strip() for word in text.split(":")]
    return ": ".join(dict.fromkeys(word for word in words if word))


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
