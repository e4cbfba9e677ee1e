"""The year beside the year before, and the stock beside that of a year earlier, where either is but a part."""

from datetime import date

import pytest

from layers.cme.printed_marks import comparable
from layers.cme.report import cme_report
from layers.cme.year_tables import PART_OF_A_YEAR, change
from layers.cme.years import printed_of, report_years
from layers.report import Figure, show


def one(child, start, end="", **more):
    closed = {"closure_code": "BUSC" if end else ""}
    return {"child_id": child, "start_date": start, "end_date": end, "atom": "unknown"} | closed | more


CASES = [
    one("a", "2021-10-01"),
    one("b", "2022-10-20", "2022-11-20"),
    one("c", "2023-10-02"),
]


@pytest.mark.parametrize(
    ("now", "then", "shown"),
    [
        (Figure(2.25), Figure(2.2), "+0.1"),  # written 2.3 and 2.2
        (Figure(56.25, 1, "%"), Figure(50.0, 1, "%"), "+6.3 points"),
        (Figure(2.24), Figure(2.16), "0.0"),
        (3, 5, "\u22122"),
        (3, None, ""),
    ],
)
def test_a_change_is_that_of_the_figures_as_they_are_written(now, then, shown):
    assert show(change(now, then)) == shown


def test_a_year_that_still_runs_is_not_held_against_a_whole_one(store_of):
    report = cme_report(store_of(CASES, covers=(date(2021, 8, 31), date(2023, 11, 10))))
    annual = report.table("annual")
    assert (report.when, annual.notes) == ("2023/24 so far, to 10 November 2023", (PART_OF_A_YEAR,))
    assert {row["change"] for row in annual.rows} == {None}
    assert annual.row("New involvements")["earlier"] == 1


def test_a_year_is_not_held_against_a_part_of_one(store_of):
    report = cme_report(store_of(CASES, covers=(date(2022, 1, 10), date(2023, 7, 31))))
    annual = report.table("annual")
    titles = [column.title for column in (*annual.columns, *report.table("closures").columns)]
    assert "2021/22 from 10 January 2022" in titles
    assert "Mean weeks 2021/22 from 10 January 2022" in titles
    assert {row["change"] for row in annual.rows} == {None}
    assert annual.notes == (PART_OF_A_YEAR,)


def test_the_stock_of_a_year_earlier_is_of_the_same_day(store_of):
    report = cme_report(store_of(CASES, covers=(date(2021, 8, 31), date(2023, 11, 10))))
    rows = {row["date"]: row["year_ago"] for row in report.table("open_stock").rows}
    # b was open on 10 November 2022, and no longer at the end of that month.
    assert rows == {"2023-08-31": 1, "2023-09-30": 1, "2023-10-31": 2, "2023-11-10": 2}


def test_the_end_of_february_stands_beside_the_end_of_february(store_of):
    cases = [one("a", "2024-02-29")]
    report = cme_report(store_of(cases, covers=(date(2023, 8, 31), date(2025, 7, 31))))
    rows = {row["date"]: row["year_ago"] for row in report.table("open_stock").rows}
    assert (rows["2025-01-31"], rows["2025-02-28"]) == (0, 1)


def test_the_most_at_a_months_end_is_of_a_months_end(store_of):
    report = cme_report(store_of(CASES, covers=(date(2021, 8, 31), date(2022, 10, 25))))
    assert report.table("open_stock").sentence == (
        "2 open on 25 October 2022, 1 on 31 August 2022; the most at a month's end were 1, on 30 September 2022."
    )
    report = cme_report(store_of(CASES, covers=(date(2022, 10, 25), date(2022, 10, 26))))
    assert report.table("open_stock").sentence == "2 open on 26 October 2022, 2 on 24 October 2022."


def test_printed_totals_stand_beside_whole_years_alone(store_of):
    whole, running, late = (
        {year.key: year for year in report_years(store_of(CASES, covers=covers))}["2021/22"]
        for covers in (
            (date(2021, 8, 31), date(2022, 7, 31)),
            (date(2021, 8, 31), date(2022, 7, 20)),
            (date(2022, 1, 10), date(2022, 7, 31)),
        )
    )
    printed = printed_of(store_of(CASES))
    assert comparable(printed, whole) is printed
    assert not comparable(printed, late).stock
    left = comparable(printed, running)
    assert (left.stock, left.shares) == (printed.stock, printed.shares)
    assert ("2021/22" in left.years, "2020/21" in left.years) == (False, True)
    assert not {"2021/22", "2022-07"} & set(left.closures)


def test_a_year_that_still_runs_differs_from_no_printed_total(store_of):
    report = cme_report(store_of(CASES[:1], covers=(date(2021, 8, 31), date(2022, 7, 20))), "2021/22")
    marked = {table.key for table in report.tables for row in table.rows if row.get("mark")}
    assert marked == {"open_stock"}  # that of 30 June 2022: a day is whole
    assert not [note for note in report.notes if "2022 add to" in note or "2021/22 add to" in note]
