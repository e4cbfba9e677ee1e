"""The whole report: on the demonstration council against the papers, and on the edges."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from geodata.errors import UsageError
from geodata.printed import PRINTED
from geodata.profile import PROFILES
from layers.cme.report import NOT_ON_THE_RECORDS, cme_report, differences
from layers.format import round_half_up
from layers.report import Figure, show

FACTS = PROFILES / "buckinghamshire" / PRINTED
"""The transcribed papers. Read anew here, so that a slip of the reader cannot hide."""


def rows(name):
    with (Path(FACTS) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(cell):
    return round_half_up(cell.value, 1) if isinstance(cell, Figure) else cell


@pytest.fixture(scope="module")
def demo_report(demo_store):
    return cme_report(demo_store, "2021/22")


def test_the_annual_table_is_that_of_the_papers(demo_report):
    printed = next(row for row in rows("cme_annual") if row["academic_year"] == "2021/22")
    found = {row["key"]: written(row["recomputed"]) for row in demo_report.table("annual").rows}
    assert found == {key: Decimal(printed[key]) for key in found}


def test_the_closures_are_those_of_the_papers(demo_report):
    found = {row["code"]: row for row in demo_report.table("closures").rows if row["code"]}
    for row in rows("cme_closures"):
        here = found[row["code"]]
        assert (here["n"], here["month_n"]) == (int(row["n_2021_22"]), int(row["july_2022"]))
        assert written(here["mean_weeks"]) == Decimal(row["mean_weeks_2021_22"])
        assert (here["reason"], here["group"]) == (row["label"], row["group"])


def test_what_has_no_printed_row_is_a_row(demo_report):
    row = demo_report.table("closures").row("No printed row")
    assert (row["n"], row["n_printed"], row["month_n"]) == (4, 4, 1)


def test_subtotals_and_rows_add_to_the_total(demo_report):
    table = demo_report.table("closures")
    parts = [table.row(name)["n"] for name in ("School placement: all", "Other: all", "No printed row")]
    assert parts == [216, 322, 4]
    assert sum(parts) == table.row("Total")["n"] == 542


def test_the_open_ones_are_those_of_the_papers(demo_report):
    months = {row["months"]: row["open"] for row in demo_report.table("open_by_months").rows}
    for row in rows("cme_open_by_months"):
        assert months[row["months_since_start"]] == int(row["open_involvements_31_jul_2022"])
    stock = {row["date"]: row for row in demo_report.table("open_stock").rows}
    for row in rows("cme_open_stock"):
        assert stock[row["date"]]["printed"] == int(row["open_involvements"])
        assert stock[row["date"]]["open"] in (int(row["open_involvements"]), None)
    # The extract begins a month after the first of them.
    assert [day for day, row in stock.items() if row["open"] is None] == ["2021-07-31"]


def test_nothing_differs_from_the_print(demo_report):
    assert differences(demo_report) == []
    marks = [row["mark"] for table in demo_report.tables for row in table.rows if row.get("mark")]
    assert marks.count("same") == len(marks) > 35


def test_every_table_by_attribute_adds_to_the_year(demo_report):
    for key in ("by_year_group", "by_social_care", "by_sen_status"):
        table = demo_report.table(key)
        total = table.row("Total")
        assert [total[column] for column in ("open", "new", "all")] == [67, 547, 609]
        for column in ("open", "new", "all"):
            assert sum(row[column] for row in table.rows) == 2 * total[column]
    for key in ("phase_by_sen_status", "phase_by_social_care", "sen_status_by_social_care"):
        table = demo_report.table(key)
        for row in table.rows:
            assert sum(row[column.key] for column in table.columns[1:-1]) == row["total"]
        assert table.row("Total")["total"] == 67


def test_localities_add_to_the_year(demo_report):
    for key, total in (("cme_open", 67), ("cme_new", 547), ("cme_long_open", 22), ("cme_closed_soon", 359)):
        table = demo_report.table(f"{key}_by_locality")
        assert table.row("Total")["count"] == total
        county = table.row("Buckinghamshire")["count"]
        assert sum(row["count"] for row in table.rows) - county == 2 * total
    assert written(demo_report.table("cme_closed_soon_by_locality").row("Total")["value"]) == Decimal("66.2")


def test_durations_count_every_case(demo_report):
    table = demo_report.table("duration")
    whole = table.row("All cases")
    assert (whole["cases"], whole["closed"], written(whole["mean_weeks"])) == (609, 542, Decimal("5.9"))
    for column in ("cases", "closed"):
        assert sum(row[column] for row in table.rows) == 2 * whole[column]
    assert whole["median_weeks"].value < whole["mean_weeks"].value
    shares = [whole[f"open_{weeks}"].value for weeks in (4, 13, 26, 52)]
    assert shares == sorted(shares, reverse=True)
    for weeks in (4, 13, 26, 52):
        assert whole[f"open_{weeks}_lower"].value < whole[f"open_{weeks}"].value < whole[f"open_{weeks}_upper"].value


def test_synthetic_travels_with_it(demo_report):
    assert demo_report.basis == ("synthetic",)


def test_a_year_that_is_only_printed_is_shown_as_printed(demo_store):
    report = cme_report(demo_store, "2020/21")
    assert report.notes[0] == NOT_ON_THE_RECORDS
    assert any("61 open" in note and "62" in note and "58" in note for note in report.notes)
    row = report.table("annual").row("Involvements")
    assert (row["recomputed"], row["printed"], row["mark"]) == (None, 589, "")
    closures = report.table("closures")
    assert closures.row("Bucks school")["n_printed"] == 84
    assert (closures.row("No printed row")["n_printed"], closures.row("Total")["n_printed"]) == (52, 528)
    assert report.table("open_stock").row("31 July 2021")["printed"] == 58
    assert [table.key for table in report.tables] == ["annual", "open_stock", "open_by_months", "closures"]


def test_an_unknown_year_is_refused_with_the_valid_ones(demo_store):
    with pytest.raises(UsageError, match="Valid: 2020/21, 2021/22"):
        cme_report(demo_store, "1999/00")


def one(**more):
    return {"child_id": "a", "start_date": "2021-10-01", "end_date": "", "atom": "unknown", "closure_code": ""} | more


def test_a_file_with_one_open_case_reads_well(store_of, council):
    report = cme_report(store_of([one(atom=council.wycombe)]))
    assert report.table("annual").row("Involvements")["recomputed"] == 1
    assert report.table("annual").sentence.startswith("1 involvement for 1 child: 0 open at the start, 1 new, 0 closed")
    assert show(report.table("annual").row("Mean weeks of those closed")["recomputed"]) == ""
    assert report.table("closures").sentence == "No involvement closed in this year."
    assert report.table("cme_open_by_locality").row("Aylesbury")["count"] == 0
    assert report.table("cme_open_by_locality").row("Wycombe")["count"] == 1
    assert "no median" in report.table("duration").sentence
    assert report.table("duration").row("Aylesbury")["cases"] == 0
    assert "not recorded for any" in report.table("by_year_group").sentence


def test_a_file_with_one_closed_case_reads_well(store_of, council):
    report = cme_report(store_of([one(end_date="2021-10-15", closure_code="IND", atom=council.chiltern)]))
    assert report.table("closures").row("Independent placement")["n"] == 1
    assert written(report.table("closures").row("Independent placement")["mean_weeks"]) == Decimal("2.0")
    assert report.table("open_by_months").sentence == "No involvement was open."
    assert report.table("duration").sentence == (
        "Half of all cases close within 2.0 weeks; the mean of those that closed is 2.0 weeks."
    )
    # Beside the papers' 609 a file with one case differs, and is marked.
    assert report.table("annual").row("Involvements")["mark"] == "differs"


def test_an_extract_that_begins_late_has_a_report_and_says_what_the_map_lacks(store_of, council):
    made = store_of([one(atom=council.wycombe)], covers=(date(2021, 9, 6), date(2022, 7, 31)))
    report = cme_report(made)
    assert "only from 6 September 2021" in report.notes[0]
    assert report.table("cme_open_by_locality").row("Wycombe")["count"] == 1
    assert "no figures for 2021/22" in report.table("cme_new_by_locality").notes[0]


def test_beside_part_of_a_year_stands_no_printed_figure_of_all_of_it(store_of, council):
    report = cme_report(store_of([one(atom=council.wycombe)], covers=(date(2022, 3, 10), date(2022, 3, 10))))
    assert report.when == "2021/22 from 10 March 2022 so far, to 10 March 2022"
    assert report.table("annual").sentence.startswith(
        "1 involvement for 1 child: 1 open at the start, 0 new, 0 closed, 1"
    )
    assert not [row for table in report.tables for row in table.rows if row.get("mark")]
    assert [row["on"] for row in report.table("open_stock").rows] == ["9 March 2022", "10 March 2022"]


def test_a_year_without_a_case_reads_well(store_of):
    made = store_of([one(start_date="2023-10-01")], covers=(date(2022, 8, 31), date(2023, 12, 31)))
    report = cme_report(made, "2022/23")
    assert report.table("annual").sentence == "No involvement was open in this year."
    assert report.table("duration").sentence == "No case was open in this year."
    assert report.table("by_sen_status").sentence == "No involvement was open."
    stock = report.table("open_stock").rows
    assert (stock[0]["open"], stock[0]["printed"]) == (None, 67)  # what the papers say of the day before all of it
    assert {row["open"] for row in stock[1:]} == {0}


def test_two_years_of_records_are_compared(store_of):
    rows = [
        one(start_date="2022-10-01"),
        one(child_id="b", start_date="2023-10-01"),
        one(child_id="c", start_date="2023-11-01"),
    ]
    report = cme_report(store_of(rows, covers=(date(2022, 8, 31), date(2024, 7, 31))))
    assert (report.period, report.when) == ("2023/24", "2023/24")
    row = report.table("annual").row("New involvements")
    assert (row["recomputed"], row["earlier"], show(row["change"])) == (2, 1, "+1")
    stock = {row["date"]: row for row in report.table("open_stock").rows}
    assert (stock["2023-11-30"]["open"], stock["2023-11-30"]["year_ago"]) == (3, 1)


def test_a_code_that_the_profile_lacks_is_still_counted(store_of):
    """An older part may hold a code that has left the profile since."""
    report = cme_report(store_of([one(end_date="2021-10-15", closure_code="OLD")]))
    table = report.table("closures")
    assert table.row("Total")["n"] == 1
    counted = sum(row["n"] for row in table.rows if row["reason"] not in table.strong)
    assert counted == 1


def test_a_share_in_a_sentence_is_that_of_its_table(store_of):
    """1 of 16 is 6.25%: the tables round halves up."""
    made = [one(child_id=f"k{n}", end_date="2021-10-15", closure_code="NCO", year_group=3) for n in range(15)]
    report = cme_report(store_of([*made, one(end_date="2021-10-20", closure_code="IND")]))
    assert report.table("closures").sentence == "1 of 16 closures (6.3%) ended as: school placement."


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (["N"], "The one that was open: No special educational need."),
        (["N", "N"], "All 2 that were open: No special educational need."),
        (["N", "K", None], "Of the 3 open, 1 each (33.3%): No special educational need and SEN support. "
                           "It is not recorded for 1."),
        (["E", "E", "N"], "Of the 3 open, most are: EHC plan, 2 (66.7%)."),
        ([None], "SEN status is not recorded for any of the involvements open then: 1."),
    ],
)  # fmt: skip
def test_who_most_are_in_words(store_of, codes, sentence):
    report = cme_report(store_of([one(child_id=f"k{n}", sen_status=code) for n, code in enumerate(codes)]))
    assert report.table("by_sen_status").sentence == sentence


def test_cases_of_which_none_was_followed_from_its_start_have_no_duration(store_of):
    closed = [one(child_id=f"k{n}", end_date="2021-11-09", closure_code="IND") for n in range(3)]
    report = cme_report(store_of(closed, covers=(date(2021, 11, 9), date(2021, 11, 9))))
    assert report.table("duration").sentence == (
        "No case was followed from its first day, so nothing can be said of how long one usually lasts."
    )


def test_cases_that_close_on_the_day_they_begin_say_so(store_of):
    report = cme_report(store_of([one(end_date="2021-10-01", closure_code="IND")]))
    assert report.table("duration").sentence == (
        "Half of all cases close on the day they begin; the mean of those that closed is 0.0 weeks."
    )


def test_why_nothing_is_standardised(store_of, council):
    def why(row):
        return cme_report(store_of([row])).table("standardised").notes

    assert why(one(start_date="2021-01-01")) == ("No new cases.",)
    assert why(one(born="2012-01-01")) == ("None of the new cases has a known address in the county.",)
    assert why(one(atom=council.wycombe, born="2019-01-01")) == (
        "None of the new cases of the county is known to be of a child aged 5 to 15.",
    )
    assert why(one(atom=council.wycombe)) == (
        "No month of birth is recorded for the new cases, so ages cannot be compared.",
    )


def test_a_profile_without_printed_figures_has_a_report(store_of, monkeypatch, tmp_path):
    monkeypatch.setattr("layers.cme.years.PROFILES", tmp_path)
    report = cme_report(store_of([one(end_date="2021-10-15", closure_code="IND")]))
    assert (report.notes, differences(report)) == ((), [])
    assert not [row for table in report.tables for row in table.rows if row.get("mark") or row.get("printed")]
    assert "printed" not in report.about
    with pytest.raises(UsageError, match=r"No committee year '2020/21' here. Valid: 2021/22\."):
        cme_report(store_of([one()]), "2020/21")
