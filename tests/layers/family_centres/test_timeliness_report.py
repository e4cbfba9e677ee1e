"""The report on a few families that can be counted by hand, and on the demonstration."""

import json
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from layers.family_centres.timeliness_report import NOTES, TOTAL, timeliness_report
from layers.report import plain
from layers.report_files import as_csv, as_json, as_text
from layers.report_workbook import as_workbook

COVERS = {"basis": "synthetic", "covers_from": date(2022, 1, 1), "covers_to": date(2024, 12, 31)}
COLUMNS = ["child_id", "family_id", "atom", "referral_received", "decision_made", "first_contact", "start_date",
           "end_date", "outcome"]  # fmt: skip
MOMENTS, DATES = ("referral_received", "decision_made", "first_contact"), ("start_date", "end_date")
GOOD, SOME = "achieved", "partly"
KEYS = ["decision", "decision_limit", "contact", "support", "again_6", "again_12", "outcome"]


@pytest.fixture
def rows(council):
    a1, a2, wycombe = *council.aylesbury, council.wycombe
    return [
        # Two children of one family: decided after 4 hours, contacted after 26, support on day 5; back after 5 months.
        ("a", "f", a1, "2023-06-01 09:00", "2023-06-01 13:00", "2023-06-02 15:00", "2023-06-06", "2023-07-31", GOOD),
        ("b", "f", a1, "2023-06-01 09:00", "2023-06-01 13:00", "2023-06-02 15:00", "2023-06-06", "2023-07-31", GOOD),
        ("a", "f", a1, "2023-12-20 09:00", "2023-12-24 09:00", "2023-12-24 10:00", "2023-12-31", "2024-02-01", SOME),
        # Days alone: the decision of the next day cannot be told; support 8 days after it.
        ("c", "g", a2, "2024-03-01", "2024-03-02", None, "2024-03-10", "2024-05-01", GOOD),
        ("d", "h", wycombe, "2024-04-01 10:00", "2024-04-02 10:00", "2024-04-02 11:00", "2024-04-03", None, None),
        ("e", "i", wycombe, None, None, None, "2024-05-01", "2024-06-01", None),
        ("w", None, "withheld", "2024-04-01 10:00", "2024-04-01 11:00", "2024-04-01 12:00", "2024-04-02", None, None),
        ("o", "j", "outside", "2024-12-31 10:00", "2024-12-31 11:00", "2024-12-31 12:00", "2024-12-31", None, None),
        # The day after the span.
        ("z", "k", a1, "2025-01-01 10:00", "2025-01-01 11:00", None, "2025-01-01", None, None),
    ]  # fmt: skip


@pytest.fixture
def report_of(store_of):
    def make(rows, year=None, **facts):
        frame = pd.DataFrame(rows, columns=COLUMNS)
        for column in MOMENTS:
            moments = pd.to_datetime(frame[column], format="ISO8601").astype("datetime64[s]")
            frame[column] = moments.astype(pd.ArrowDtype(pa.timestamp("s")))
        for column in DATES:
            frame[column] = pd.to_datetime(frame[column]).astype(pd.ArrowDtype(pa.date32()))
        return timeliness_report(store_of(("early_help_cases", frame, COVERS | facts)), year)

    return make


def counts(table, name):
    row = table.row(name)
    return tuple(row[key] for key in ("met", "base", "untold", "unstated"))


def test_every_measure_as_counted_by_hand(report_of, rows):
    report = report_of(rows)
    assert [table.key for table in report.tables] == KEYS
    assert (report.period, report.basis) == ("2024-01-01/2024-12-31", ("synthetic",))
    # Referred in 2024: g (Aylesbury), h and i (Wycombe), w (withheld), j (outside).
    decision = report.table("decision")
    assert counts(decision, "Aylesbury") == (0, 0, 1, 0)
    assert counts(decision, "Wycombe") == (1, 1, 0, 1)
    assert counts(decision, "Address unknown or withheld") == (1, 1, 0, 0)
    assert counts(decision, "Outside the county") == (1, 1, 0, 0)
    assert counts(decision, "Buckinghamshire") == (1, 1, 1, 1)
    assert counts(decision, TOTAL) == (3, 3, 1, 1)
    assert counts(report.table("decision_limit"), "Buckinghamshire") == (2, 2, 0, 1)
    assert counts(report.table("contact"), "Buckinghamshire") == (1, 1, 0, 2)
    assert counts(report.table("support"), "Buckinghamshire") == (1, 2, 0, 1)
    # Ended in 2024: f (partly), g (achieved), i (not stated).
    assert counts(report.table("outcome"), "Aylesbury") == (1, 2, 0, 0)
    assert counts(report.table("outcome"), "Wycombe") == (0, 0, 0, 1)
    # Ended from July 2023 to June 2024, followed for six months: f twice (back once), g, i.
    assert counts(report.table("again_6"), "Aylesbury") == (1, 3, 0, 0)
    assert counts(report.table("again_6"), "Wycombe") == (0, 1, 0, 0)
    # Ended in 2023, followed for twelve: f once.
    assert counts(report.table("again_12"), TOTAL) == (1, 1, 0, 0)
    assert "1 January 2023 to 31 December 2023" in report.table("again_12").sentence


def test_another_year_and_its_own_ends(report_of, rows):
    report = report_of(rows, "2023/24")
    assert (report.about["year"], report.period) == ("2023/24", "2023-04-01/2024-03-31")
    # f twice and g; the second decision on f took four days.
    assert counts(report.table("decision"), "Aylesbury") == (1, 2, 1, 0)
    assert counts(report.table("decision_limit"), "Aylesbury") == (2, 3, 0, 0)
    assert counts(report.table("contact"), "Aylesbury") == (1, 2, 0, 1)
    assert counts(report.table("support"), "Aylesbury") == (1, 3, 0, 0)
    assert "1 April 2023 to 31 March 2024" in report.table("again_6").sentence  # followed for six months throughout
    assert "1 January 2023 to 31 December 2023" in report.table("again_12").sentence


def test_a_protected_address_is_only_ever_unknown(report_of, rows):
    without = report_of([row for row in rows if row[0] != "w"])
    with_it = report_of(rows)
    for key in KEYS:
        for name in ("Aylesbury", "Wycombe", "Chiltern & South Bucks", "Outside the county", "Buckinghamshire"):
            assert with_it.table(key).row(name) == without.table(key).row(name)
    assert with_it.table("decision").row("Address unknown or withheld")["families"] == 1


def test_rows_add_up_in_every_table(demo_store):
    for report in (timeliness_report(demo_store), timeliness_report(demo_store, "2022/23")):
        for table in report.tables:
            *parts, county, total = table.rows
            for key in ("met", "base", "untold", "unstated", "families"):
                assert sum(row[key] for row in parts) == total[key]
                assert sum(row[key] for row in parts[:3]) == county[key]
            for row in table.rows:
                assert row["base"] + row["untold"] + row["unstated"] == row["families"]
                if row["share"] is not None:
                    assert plain(row["lower"]) <= plain(row["share"]) <= plain(row["upper"])
                    assert plain(row["share"]) == pytest.approx(100 * row["met"] / row["base"])


def test_the_demonstration_is_synthetic_in_every_form(demo_store):
    report = timeliness_report(demo_store)
    assert report.basis == ("synthetic",)
    assert report.notes[-len(NOTES) - 1 : -1] == NOTES
    assert any("look quicker than they are" in note for note in report.notes)
    assert json.loads(json.dumps(as_json(report), allow_nan=False))["audience"] == "officer"
    assert as_csv(report).count("\r\n") > 200
    assert as_text(report)[0].endswith("[synthetic]")
    assert as_workbook(report)[:2] == b"PK"
    assert all("DEMO-" not in line for line in as_text(report))


def test_records_without_any_moment_say_so(subjects_store):
    report = timeliness_report(subjects_store)
    table = report.table("decision")
    assert counts(table, TOTAL)[:3] == (0, 0, 0)
    assert table.sentence.startswith("It is not stated for any of")
    assert report.table("again_12").sentence.startswith("There are no families whose help ended")
    assert any("are not 12 whole months" in note for note in report.notes)
