"""What the tables of one committee year are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from geodata.printed import PrintedCme
from geodata.profile import ClosureReason
from layers.cme.involvements import Involvement
from layers.cme.measures import Durations, YearFigures, year_figures
from layers.cme.years import ReportYear, year_days
from layers.report import Figure

TOTAL = "Total"
"""Name of the row that all others add to."""


@dataclass(frozen=True)
class Facts:
    """What the tables of one year are made from.

    Attributes
    ----------
    year : ReportYear
        Which.
    cases : tuple of Involvement
        Those open at the start of the year or started in it; none where the records do not speak of it.
    before : tuple of Involvement
        The same of the year before.
    earlier : ReportYear or None
        The year before, where there is one.
    printed : PrintedCme
        The printed figures.
    reasons : tuple of ClosureReason
        The closing codes of the council, in their printed order.
    """

    year: ReportYear
    cases: tuple[Involvement, ...]
    before: tuple[Involvement, ...]
    earlier: ReportYear | None
    printed: PrintedCme
    reasons: tuple[ClosureReason, ...]

    @property
    def last_day(self) -> date:
        """The last day of the year, or the newest of one that still runs."""
        return self.year.period.last_day or year_days(self.year.key)[1]

    @property
    def comparable(self) -> bool:
        """Whether neither the year nor the one before it is a part of a year, so that they can be compared."""
        return not (self.year.period.partial or (self.earlier and self.earlier.period.partial))

    @property
    def earlier_words(self) -> str:
        """What the year before is called at the head of its column; empty where there is none."""
        if self.earlier is None:
            return ""
        return self.earlier.period.label if self.earlier.counted else f"{self.earlier.key} (as printed)"

    @cached_property
    def figures(self) -> YearFigures | None:
        """Return the recomputed totals; None where only printed ones are there."""
        return year_figures(self.cases, self.year.period) if self.year.counted else None

    @cached_property
    def earlier_figures(self) -> YearFigures | None:
        """Return those of the year before, recomputed."""
        return year_figures(self.before, self.earlier.period) if self.earlier and self.earlier.counted else None


def percent_of(part: int, whole: int) -> Figure | None:
    """Return a share in per cent; None of nothing."""
    return Figure(100 * part / whole, 1, "%") if whole else None


def mean_weeks(found: Durations) -> Figure | None:
    """Return mean weeks; None where nothing closed."""
    return None if found.mean_weeks is None else Figure(found.mean_weeks, 1)
