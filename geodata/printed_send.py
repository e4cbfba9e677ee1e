"""What a council's papers print about EHC plans: totals that recomputed ones stand beside, and statements on places.

Light on purpose (the csv module): the serving process reads it. A profile without printed files has none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geodata.errors import ProfileError
from geodata.printed import PRINTED

TOTALS, STATEMENTS = "ehcp_totals.csv", "sufficiency_statements.csv"

_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
_LIST = re.compile(r"\s*;\s*")


@dataclass(frozen=True)
class PrintedTotal:
    """A printed number of EHC plans.

    Attributes
    ----------
    month : str
        Such as "2025-01".
    plans : int
        Plans maintained.
    kind : str
        "actual ..." or "council expectation ...", as the file has it.
    source : str
        The paper.
    """

    month: str
    plans: int
    kind: str
    source: str

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self.month[:4])

    @property
    def is_actual(self) -> bool:
        """Whether it was counted."""
        return self.kind.startswith("actual")

    @property
    def is_january(self) -> bool:
        """Whether it can stand beside a January census."""
        return self.month.endswith("-01")


@dataclass(frozen=True)
class PrintedStatement:
    """What the council has said about places, in its words for need and provision.

    Attributes
    ----------
    point : str
        Its number in the paper: "i" to "vi".
    phases, needs, localities : tuple of str
        Those it names; empty where it names none.
    provision : str
        The kind of provision it is about.
    words : str
        What it says of it.
    """

    point: str
    phases: tuple[str, ...]
    provision: str
    needs: tuple[str, ...]
    localities: tuple[str, ...]
    words: str


@cache
def printed_totals(directory: Path) -> tuple[PrintedTotal, ...]:
    """Read the printed totals of a council, oldest first.

    Parameters
    ----------
    directory : pathlib.Path
        The folder of the council's profile.

    Raises
    ------
    ProfileError
        For a date that is no month, or a total that is no whole number.
    """
    return tuple(sorted((_total(row) for row in _rows(directory / PRINTED / TOTALS)), key=lambda one: one.month))


def _total(row: dict[str, str]) -> PrintedTotal:
    month, plans = row["date"], row["ehc_plans_maintained"]
    if not _MONTH.match(month) or not plans.isdigit():
        raise ProfileError(
            f"{TOTALS}: '{month}' with '{plans}' plans; give a month such as 2025-01 and a whole number."
        )
    return PrintedTotal(month, int(plans), row["kind"], row["source"])


@cache
def printed_statements(directory: Path) -> tuple[PrintedStatement, ...]:
    """Read the council's statements on the sufficiency of places, in its order."""
    return tuple(
        PrintedStatement(
            row["point"],
            _list(row["phase"]),
            row["provision"].strip(),
            _list(row["needs"]),
            _list(row["localities"]),
            row["statement"].strip(),
        )
        for row in _rows(directory / PRINTED / STATEMENTS)
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(one for one in _LIST.split(text.strip()) if one)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
