"""What a council's papers print about children missing education: the figures that recomputed ones are held against.

Light on purpose (the csv module): the serving process reads it. A profile without printed figures has none to compare.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

PRINTED = "printed"
"""Folder of a profile with the transcribed files; each names its source."""

_YEAR = re.compile(r"^(?P<figure>n|mean_weeks)_(?P<first>\d{4})_(?P<last>\d{2})$")
_MONTH = re.compile(r"^(?P<month>[a-z]+)_(?P<year>\d{4})$")
_DAY = re.compile(r"_(?P<day>\d{1,2}_[a-z]{3}_\d{4})$")


@dataclass(frozen=True)
class PrintedYear:
    """The printed totals of one committee year; None where a figure is not printed.

    Attributes
    ----------
    involvements, children, new, closed : int or None
        Counts.
    mean_weeks : float or None
        Mean duration of the closed ones, in weeks, to one decimal.
    within_2_weeks, within_4_weeks : float or None
        Per cent of the closed ones, to one decimal.
    source : str
        The paper and its paragraph.
    """

    involvements: int | None
    children: int | None
    new: int | None
    closed: int | None
    mean_weeks: float | None
    within_2_weeks: float | None
    within_4_weeks: float | None
    source: str


@dataclass(frozen=True)
class PrintedClosures:
    """The printed rows of closures of one committee year or one month.

    Attributes
    ----------
    counts : mapping of str to int
        Closing code -> closures; a code whose cell is blank is left out.
    mean_weeks : mapping of str to float
        Closing code -> mean duration in weeks.
    total : int or None
        The printed total, which may be more than the rows add to.
    """

    counts: Mapping[str, int]
    mean_weeks: Mapping[str, float]
    total: int | None = None

    @property
    def no_printed_row(self) -> int | None:
        """Closures of the printed total that stand in no printed row; None without a total."""
        return None if self.total is None else self.total - sum(self.counts.values())


@dataclass(frozen=True)
class PrintedCme:
    """Everything printed about children missing education.

    Attributes
    ----------
    years : mapping of str to PrintedYear
        By key such as "2021/22".
    closures : mapping of str to PrintedClosures
        By key of a year ("2021/22") or a month ("2022-07").
    open_by_months : mapping of datetime.date to mapping of str to int
        Day -> completed months since the start ("0" to "11", "12-23", "24+") -> open involvements.
    stock : mapping of datetime.date to int
        Day -> open involvements.
    shares : mapping of datetime.date to mapping of (str, str) to float
        Day -> (attribute, code) -> per cent of the open ones.
    """

    years: Mapping[str, PrintedYear] = field(default_factory=dict)
    closures: Mapping[str, PrintedClosures] = field(default_factory=dict)
    open_by_months: Mapping[date, Mapping[str, int]] = field(default_factory=dict)
    stock: Mapping[date, int] = field(default_factory=dict)
    shares: Mapping[date, Mapping[tuple[str, str], float]] = field(default_factory=dict)


@cache
def printed_cme(directory: Path) -> PrintedCme:
    """Read the printed figures of a council.

    Parameters
    ----------
    directory : pathlib.Path
        The folder of the council's profile; its folder `PRINTED` may hold ``cme_annual.csv``, ``cme_closures.csv``,
        ``cme_month_totals.csv``, ``cme_open_by_months.csv``, ``cme_open_stock.csv`` and ``cme_open_shares.csv``.

    Returns
    -------
    PrintedCme
        As printed; read once per process.
    """
    folder = directory / PRINTED
    years = {row["academic_year"]: _year(row) for row in _rows(folder / "cme_annual.csv")}
    totals = {key: year.closed for key, year in years.items()}
    totals |= {row["month"]: _whole(row["closed"]) for row in _rows(folder / "cme_month_totals.csv")}
    shares: dict[date, dict[tuple[str, str], float]] = {}
    for row in _rows(folder / "cme_open_shares.csv"):
        day = date.fromisoformat(row["date"])
        shares.setdefault(day, {})[row["attribute"], row["code"]] = float(row["percent"])
    return PrintedCme(
        years=years,
        closures=_closures(folder / "cme_closures.csv", totals),
        open_by_months=_open_by_months(folder / "cme_open_by_months.csv"),
        stock={
            date.fromisoformat(row["date"]): int(row["open_involvements"])
            for row in _rows(folder / "cme_open_stock.csv")
        },
        shares=shares,
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


def _year(row: Mapping[str, str]) -> PrintedYear:
    return PrintedYear(
        involvements=_whole(row["total_involvements"]),
        children=_whole(row["total_children"]),
        new=_whole(row["new_involvements"]),
        closed=_whole(row["closed_involvements"]),
        mean_weeks=_number(row["mean_weeks_closed"]),
        within_2_weeks=_number(row["pct_closed_within_2_weeks"]),
        within_4_weeks=_number(row["pct_closed_within_4_weeks"]),
        source=row["source"],
    )


def _closures(path: Path, totals: Mapping[str, int | None]) -> dict[str, PrintedClosures]:
    """Return the table of closures by period: column ``n_2021_22`` is of "2021/22", ``july_2022`` of "2022-07"."""
    counts: dict[str, dict[str, int]] = {}
    weeks: dict[str, dict[str, float]] = {}
    for row in _rows(path):
        for heading, cell in row.items():
            year, month = _YEAR.match(heading), _MONTH.match(heading)
            if not cell or not (year or month):
                continue
            if year and year["figure"] == "mean_weeks":
                weeks.setdefault(f"{year['first']}/{year['last']}", {})[row["code"]] = float(cell)
                continue
            key = f"{year['first']}/{year['last']}" if year else f"{datetime.strptime(heading, '%B_%Y'):%Y-%m}"  # noqa: DTZ007 - a month has no zone
            counts.setdefault(key, {})[row["code"]] = int(cell)
    return {key: PrintedClosures(found, weeks.get(key, {}), totals.get(key)) for key, found in counts.items()}


def _open_by_months(path: Path) -> dict[date, dict[str, int]]:
    found: dict[date, dict[str, int]] = {}
    for row in _rows(path):
        for heading, cell in row.items():
            if cell and (day := _DAY.search(heading)):
                on = datetime.strptime(day["day"], "%d_%b_%Y").date()  # noqa: DTZ007 - a day has no zone
                found.setdefault(on, {})[row["months_since_start"]] = int(cell)
    return found
