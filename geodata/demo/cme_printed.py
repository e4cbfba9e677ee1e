"""What the committee papers print about children missing education in 2021/22."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from pathlib import Path

PRINTED_DIR = Path(__file__).parents[1] / "profiles" / "buckinghamshire" / "printed"
"""Figures transcribed from the committee papers; each file names its source."""

YEAR_START = date(2021, 9, 1)
JULY_START = date(2022, 7, 1)
YEAR_END = date(2022, 7, 31)
"""Last day of the papers' year, itself inside the year."""

NO_PRINTED_ROW = "NPR"
"""Code of the closures that are in the printed total but in none of the printed rows."""

JULY_CLOSED = 21
"""Printed as July 2022's total (Children Missing Education report, 3 Nov 2022); rows add to 20."""

AUGUST_OPEN = 62
"""Open on 31 August 2021 (same report); equal to all involvements less the new ones."""


def round_half_up(numerator: int, denominator: int) -> Decimal:
    """Return a quotient to one decimal, halves up, without passing through a float.

    Parameters
    ----------
    numerator, denominator : int
        Any whole numbers, the second above zero.

    Returns
    -------
    decimal.Decimal
        One decimal place, as the papers print.
    """
    return (Decimal(numerator) / denominator).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def bounds_rounding_to(printed: Decimal, scale: int) -> tuple[int, int]:
    """Return the least and greatest whole number that, divided by `scale`, prints as `printed`.

    Parameters
    ----------
    printed : decimal.Decimal
        A figure with one decimal, halves rounded up.
    scale : int
        What the whole number is divided by, such as 7 days x closures for mean weeks.

    Returns
    -------
    tuple of int
        Both ends included.
    """
    half = Decimal("0.05")
    low = ((printed - half) * scale).to_integral_value(ROUND_CEILING)
    high = ((printed + half) * scale).to_integral_value(ROUND_CEILING) - 1
    return int(low), int(high)


@dataclass(frozen=True)
class Reason:
    """One printed row of closures.

    Attributes
    ----------
    code : str
        As printed, such as ``"BUSC"``.
    closed : int
        Closures in 2021/22.
    closed_july : int
        Those of July 2022.
    mean_weeks : decimal.Decimal
        Mean duration in weeks, one decimal.
    """

    code: str
    closed: int
    closed_july: int
    mean_weeks: Decimal


@dataclass(frozen=True)
class Printed:
    """Every printed figure of 2021/22, counts unless said otherwise.

    Attributes
    ----------
    involvements, children, new, closed : int
        Totals of the year.
    mean_weeks, pct_within_2_weeks, pct_within_4_weeks : decimal.Decimal
        Of the closed, one decimal.
    reasons : tuple of Reason
        The printed rows, which add to fewer than `closed`.
    open_by_months : dict of str to int
        Open on 31 July 2022 by completed months since start: ``"0"`` to ``"11"``, ``"12-23"``,
        ``"24+"``.
    open_june : int
        Open on 30 June 2022.
    """

    involvements: int
    children: int
    new: int
    closed: int
    mean_weeks: Decimal
    pct_within_2_weeks: Decimal
    pct_within_4_weeks: Decimal
    reasons: tuple[Reason, ...]
    open_by_months: dict[str, int]
    open_june: int

    @property
    def open_july(self) -> int:
        """Open on 31 July 2022."""
        return sum(self.open_by_months.values())

    @property
    def opened_july(self) -> int:
        """Opened in July 2022: what the two stocks and July's closures leave."""
        return self.open_july - self.open_june + JULY_CLOSED

    @property
    def july_both(self) -> int:
        """Opened and closed in July 2022: opened then, less those still under a month old."""
        return self.opened_july - self.open_by_months["0"]

    @property
    def carried_closed(self) -> int:
        """Open on 31 August 2021 and closed in the year: carried in, less those still open."""
        return AUGUST_OPEN - sum(self.open_by_months[row] for row in ("11", "12-23", "24+"))

    @property
    def unlisted(self) -> int:
        """Closures with no printed row."""
        return self.closed - sum(reason.closed for reason in self.reasons)

    @property
    def unlisted_july(self) -> int:
        """Those of July 2022."""
        return JULY_CLOSED - sum(reason.closed_july for reason in self.reasons)

    def within(self, weeks: int) -> int:
        """Return the only count of closures within 2 or 4 weeks that prints as the percentage.

        Parameters
        ----------
        weeks : {2, 4}
            Which of the two printed percentages.

        Returns
        -------
        int
            Closures of at most `weeks` x 7 days.
        """
        percent = self.pct_within_2_weeks if weeks == 2 else self.pct_within_4_weeks
        low, high = (end / Decimal(100) for end in bounds_rounding_to(percent, self.closed))
        return int(((low + high) / 2).to_integral_value(ROUND_HALF_UP))


def read_printed(folder: Path = PRINTED_DIR) -> Printed:
    """Read the printed figures of 2021/22 from their committed copy.

    Parameters
    ----------
    folder : pathlib.Path
        Holds ``cme_annual.csv``, ``cme_closures.csv``, ``cme_open_by_months.csv`` and
        ``cme_open_stock.csv``.

    Returns
    -------
    Printed
        The figures, as printed.
    """
    annual = next(row for row in _rows(folder / "cme_annual.csv") if row["academic_year"] == "2021/22")
    stock = {row["date"]: int(row["open_involvements"]) for row in _rows(folder / "cme_open_stock.csv")}
    return Printed(
        involvements=int(annual["total_involvements"]),
        children=int(annual["total_children"]),
        new=int(annual["new_involvements"]),
        closed=int(annual["closed_involvements"]),
        mean_weeks=Decimal(annual["mean_weeks_closed"]),
        pct_within_2_weeks=Decimal(annual["pct_closed_within_2_weeks"]),
        pct_within_4_weeks=Decimal(annual["pct_closed_within_4_weeks"]),
        reasons=tuple(
            Reason(
                row["code"],
                int(row["n_2021_22"]),
                int(row["july_2022"]),
                Decimal(row["mean_weeks_2021_22"]),
            )
            for row in _rows(folder / "cme_closures.csv")
        ),
        open_by_months={
            row["months_since_start"]: int(row["open_involvements_31_jul_2022"])
            for row in _rows(folder / "cme_open_by_months.csv")
        },
        open_june=stock["2022-06-30"],
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
