"""The committed table of involvements, counted again by hand against the papers' figures."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from geodata.demo.cme_check import check
from geodata.demo.cme_printed import read_printed

TABLE = Path(__file__).parents[3] / "geodata" / "demo" / "cme_2021_22.csv"
SEPTEMBER, JUNE_END = date(2021, 9, 1), date(2022, 6, 30)
JULY, JULY_END = date(2022, 7, 1), date(2022, 7, 31)

PRINTED_CLOSURES = {
    "BUSC": (114, "8.8", 2),
    "IND": (11, "1.9", 0),
    "OLAB": (63, "6.3", 0),
    "OLAN": (4, "1.5", 3),
    "SB": (24, "4.9", 1),
    "NCA": (4, "6.6", 4),
    "NCE": (40, "14.4", 2),
    "NCO": (75, "1.9", 4),
    "OLCM": (143, "4.8", 1),
    "OLEA": (9, "3.0", 0),
    "OTAG": (1, "5.0", 0),
    "OVER": (49, "3.0", 3),
    "SLA": (1, "12.1", 0),
}
"""Code: closures in the year, mean weeks, closures in July 2022."""

PRINTED_OPEN_BY_MONTHS: dict[int | str, int] = {
    **{0: 13, 1: 10, 2: 14, 3: 1, 4: 1, 5: 2, 6: 1, 7: 0, 8: 1, 9: 1, 10: 1, 11: 0},
    "12-23": 9,
    "24+": 13,
}


class Case(NamedTuple):
    number: int
    child: int
    start: date
    end: date | None
    code: str

    @property
    def days(self) -> int:
        assert self.end is not None
        return (self.end - self.start).days

    def is_open(self, day: date) -> bool:
        return self.start <= day and (self.end is None or self.end > day)

    def opened(self, first: date, last: date) -> bool:
        return first <= self.start <= last

    def closed(self, first: date, last: date) -> bool:
        return self.end is not None and first <= self.end <= last


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Case(
                int(row["involvement"]),
                int(row["child"]),
                date.fromisoformat(row["start_date"]),
                date.fromisoformat(row["end_date"]) if row["end_date"] else None,
                row["closure_code"],
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def closures(cases: list[Case]) -> list[Case]:
    return [case for case in cases if case.closed(SEPTEMBER, JULY_END)]


def mean_weeks(cases: list[Case]) -> Decimal:
    exact = Decimal(sum(case.days for case in cases)) / (7 * len(cases))
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_stocks(cases: list[Case]) -> None:
    days = (date(2021, 8, 31), JUNE_END, JULY_END)
    assert [sum(case.is_open(day) for case in cases) for day in days] == [62, 60, 67]


def test_flows_of_the_year(cases: list[Case], closures: list[Case]) -> None:
    assert len(cases) == 609
    assert sum(case.opened(SEPTEMBER, JULY_END) for case in cases) == 547
    assert len(closures) == 542
    assert sum(case.start < SEPTEMBER for case in cases) == 62
    assert sum(case.start < SEPTEMBER for case in closures) == 40


def test_flows_of_july(cases: list[Case]) -> None:
    opened = {case.number for case in cases if case.opened(JULY, JULY_END)}
    closed = {case.number for case in cases if case.closed(JULY, JULY_END)}
    assert (len(opened), len(closed), len(opened & closed)) == (28, 21, 15)


def test_durations(closures: list[Case]) -> None:
    assert sum(case.days <= 14 for case in closures) == 260
    assert sum(case.days <= 28 for case in closures) == 359
    assert mean_weeks(closures) == Decimal("5.9")


def test_closures_by_reason(closures: list[Case]) -> None:
    reached = {}
    for code in {case.code for case in closures} - {"NPR"}:
        rows = [case for case in closures if case.code == code]
        in_july = sum(case.closed(JULY, JULY_END) for case in rows)
        reached[code] = (len(rows), str(mean_weeks(rows)), in_july)
    assert reached == PRINTED_CLOSURES


def test_closures_with_no_printed_row(closures: list[Case]) -> None:
    unlisted = [case for case in closures if case.code == "NPR"]
    assert len(unlisted) == 4
    assert sum(case.closed(JULY, JULY_END) for case in unlisted) == 1


def test_open_by_completed_months(cases: list[Case]) -> None:
    reached: Counter[int | str] = Counter()
    for case in cases:
        if case.is_open(JULY_END):
            months = 0
            while anniversary(case.start, months + 1) <= JULY_END:
                months += 1
            reached[months if months < 12 else "12-23" if months < 24 else "24+"] += 1
    assert {band: reached[band] for band in PRINTED_OPEN_BY_MONTHS} == PRINTED_OPEN_BY_MONTHS
    assert reached.total() == 67


def anniversary(start: date, months: int) -> date:
    """The day `months` later; a day the month lacks rolls into the next month."""
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1) + timedelta(days=start.day - 1)


def test_a_childs_involvements_follow_one_another(cases: list[Case]) -> None:
    by_child = defaultdict(list)
    for case in cases:
        by_child[case.child].append(case)
    assert set(by_child) == set(range(1, 579))
    for own in by_child.values():
        own.sort(key=lambda case: case.start)
        for earlier, later in pairwise(own):
            assert earlier.end is not None
            assert later.start >= earlier.end + timedelta(weeks=3)


def test_rows_are_well_formed(cases: list[Case]) -> None:
    assert [case.number for case in cases] == list(range(1, 610))
    for case in cases:
        assert case.start.weekday() < 5
        assert case.start <= JULY_END
        assert bool(case.code) == (case.end is not None)
        if case.end is not None:
            assert case.end.weekday() < 5
            assert case.start <= case.end
            assert SEPTEMBER <= case.end <= JULY_END


def test_it_looks_like_a_real_file(cases: list[Case], closures: list[Case]) -> None:
    days = Counter(case.days for case in closures)
    assert days[0] <= 5
    assert all(5 <= days[count] <= 40 for count in range(1, 15))
    assert max(count for length, count in days.items() if length > 28) <= 8
    assert len({length for length in days if length > 28}) > 80
    every_day = (SEPTEMBER + timedelta(days=n) for n in range(334))
    stock = [sum(case.is_open(day) for case in cases) for day in every_day]
    assert min(stock) >= 45
    assert max(stock) <= 110


def test_check_accepts_the_committed_table() -> None:
    lines = check(pd.read_csv(TABLE), read_printed())
    assert len(lines) > 60
    assert all(line.startswith("ok: ") for line in lines)


@pytest.mark.parametrize(
    ("column", "value", "noticed"),
    [
        ("end_date", None, "closed in the year"),
        ("end_date", "2022-07-30", "dates at weekends"),
        ("end_date", "2018-12-28", "ends before starts"),
        ("start_date", "2021-09-04", "open on 31 August 2021"),
        ("closure_code", "SLA", "SLA closed"),
        ("child", 2, "children"),
        ("involvement", 2, "distinct involvement numbers"),
    ],
)
def test_check_notices_one_wrong_cell(column: str, value: object, noticed: str) -> None:
    table = pd.read_csv(TABLE)
    once = ~table["child"].duplicated(keep=False)
    row = table.index[table["end_date"].notna() & once & (table["involvement"] != 2)][0]
    table[column] = table[column].astype(object)
    table.loc[row, column] = value
    failed = [line for line in check(table, read_printed()) if line.startswith("FAIL: ")]
    assert any(line.startswith(f"FAIL: {noticed}: target ") for line in failed)


def test_check_notices_a_child_with_two_at_once() -> None:
    table = pd.read_csv(TABLE)
    still_open = table.index[table["end_date"].isna()][:2]
    table.loc[still_open, "child"] = table.loc[still_open[0], "child"]
    failed = [line for line in check(table, read_printed()) if line.startswith("FAIL: ")]
    assert any("repeats not after the earlier closure: target 0, reached 1" in line for line in failed)
