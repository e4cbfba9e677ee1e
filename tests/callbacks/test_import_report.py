"""What the page shows of a first look and of a report, from plain dictionaries."""

import pytest

from callbacks.import_report import listed_rows, match_rows, percent, preview_view, report_view

REPORT = {
    "dataset": "cme_involvements",
    "source_name": "cases.csv",
    "sha256": "ab" * 32,
    "part_id": "20261121T090249008820Z-c1d460e7",
    "snapshot_id": "20261121T090250000000Z-c1d460e7",
    "basis": "real",
    "rows_read": 10,
    "accepted": 7,
    "quarantined": 3,
    "reasons": [
        {"column": "start_date", "reason": "a day that does not exist", "rows": 2},
        {"column": "", "reason": "not of the date that --date asks for", "rows": 1},
    ],
    "mapping": {"child_id": "Ref", "start_date": "Opened"},
    "guessed": ["start_date"],
    "missing": ["postcode"],
    "dropped_names": ["Pupil name"],
    "dropped_other": ["Colour"],
    "geocoding": {"in_county": 5, "outside": 1, "blank": 1, "malformed": 0, "not_found": 0, "withheld": 0, "ended": 2,
                  "by_point": 0},
    "covers_from": "2021-09-01",
    "covers_to": "2022-07-31",
    "coverage_stated": False,
    "reference_date": None,
    "match_rates": {"aylesbury": {"matched": 3, "unmatched": 1}, "wycombe": {"matched": 0, "unmatched": 0},
                    "unknown": {"matched": 0, "unmatched": 1}},
    "changes": {"new": 2, "gone": 1, "altered": 0, "alike": 5},
    "about": {},
    "sheet": "",
    "warnings": ["If that is wrong, import it again with --covers-from and --covers-to."],
}  # fmt: skip
NAMES = {"aylesbury": "Aylesbury", "wycombe": "Wycombe"}
QUARANTINE = (
    "\ufeffrow,column,value,reason\r\n3,start_date,3*/**/****,a day that does not exist\r\n"
    "5,,,not of the date that --date asks for\r\n"
)


def test_a_report_adds_up_and_speaks_the_pages_words():
    shown = report_view(REPORT, NAMES)
    assert shown["accepted"] + shown["set_aside"] == shown["rows_read"]
    assert shown["accepted_percent"] == "70%"
    assert [one["column"] for one in shown["reasons"]] == ["Start of the involvement", "the whole row"]
    assert shown["reasons"][1]["reason"] == "not of the date that 'Counts at' asks for"
    assert shown["warnings"] == ["If that is wrong, import it again under 'Complete from' and 'Complete to'."]
    assert ["Complete", "from 1 September 2021 to 31 July 2022 (taken from the dates in the file; please check)"] in [
        list(fact) for fact in shown["facts"]
    ]
    assert shown["columns"] == [
        {"title": "Child's identifier", "heading": "Ref", "guessed": False},
        {"title": "Start of the involvement", "heading": "Opened", "guessed": True},
    ]
    assert shown["lacks"] == ["Home postcode"]
    assert shown["took_in"]


def test_the_match_rate_is_told_by_area_with_any_row():
    shown = report_view(REPORT, NAMES)
    assert [(one["name"], one["percent"]) for one in shown["match"]] == [
        ("Aylesbury", "75%"),
        ("Address unknown or withheld", "0%"),
    ]
    assert shown["match_percent"] == "60%"  # 3 of 5
    assert sum(one["rows"] for one in shown["postcodes"][:3]) == REPORT["accepted"]
    assert shown["postcodes"][-1]["words"].startswith("of those in the county, ended")


def test_changes_are_told_in_words_or_why_there_are_none():
    assert [(one["words"], one["rows"]) for one in report_view(REPORT, NAMES)["changes"]] == [
        ("new", 2), ("gone", 1), ("altered", 0), ("unchanged", 5),
    ]  # fmt: skip
    first = report_view(REPORT | {"changes": {}}, NAMES)
    assert (first["changes"], first["compared"]) == ([], "There is no earlier file that this one takes the place of.")
    areas = report_view(REPORT | {"changes": None, "dataset": "area_scheme"}, NAMES)
    assert areas["compared"] == "The rows of this dataset are not compared with those before."


def test_listed_rows_are_listed_with_a_link_where_there_are_any(tmp_path):
    file = tmp_path / "aside.csv"
    assert report_view(REPORT, NAMES, file)["quarantine"] == ""
    file.write_text(QUARANTINE, encoding="utf-8", newline="")
    shown = report_view(REPORT, NAMES, file)
    assert shown["quarantine"] == f"data/quarantine/{REPORT['part_id']}.csv"
    assert shown["rows"] == [
        {
            "row": "3",
            "column": "Start of the involvement",
            "value": "3*/**/****",
            "reason": "a day that does not exist",
        },
        {"row": "5", "column": "", "value": "", "reason": "not of the date that 'Counts at' asks for"},
    ]


FLAGGED = {
    "flagged": [{"column": "end_date", "reason": "open for 5 years or more; was its closing forgotten?", "rows": 2}],
    "flagged_rows": 2,
}


def test_rows_to_look_at_are_told_by_reason_and_linked_where_they_are_listed(tmp_path):
    aside = tmp_path / f"{REPORT['part_id']}.csv"
    shown = report_view(REPORT | FLAGGED, NAMES, aside)
    assert shown["flagged"] == [
        {
            "column": "End of the involvement",
            "reason": "open for 5 years or more; was its closing forgotten?",
            "rows": 2,
        }
    ]
    assert (shown["flagged_rows"], shown["flagged_list"], shown["flagged_first"]) == (2, "", [])
    assert shown["accepted"] + shown["set_aside"] == shown["rows_read"]
    listed = tmp_path / f"{REPORT['part_id']}.flagged.csv"
    listed.write_text("\ufeffrow,column,value,reason\r\n7,end_date,,open for 5 years\r\n", encoding="utf-8", newline="")
    shown = report_view(REPORT | FLAGGED, NAMES, aside)
    assert shown["flagged_list"] == f"data/flagged/{REPORT['part_id']}.csv"
    assert shown["flagged_first"] == [
        {"row": "7", "column": "End of the involvement", "value": "", "reason": "open for 5 years"}
    ]


def test_a_report_of_an_earlier_version_has_nothing_to_look_at():
    shown = report_view(REPORT, NAMES)
    assert (shown["flagged"], shown["flagged_rows"], shown["flagged_list"], shown["flagged_first"]) == ([], 0, "", [])


def test_only_the_first_rows_are_listed(tmp_path):
    file = tmp_path / "aside.csv"
    lines = "".join(f"{n},start_date,x,bad\r\n" for n in range(500))
    file.write_text(f"row,column,value,reason\r\n{lines}", encoding="utf-8", newline="")
    assert len(listed_rows("cme_involvements", file)) == 50


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 2, "50%"), (2, 3, "66.7%"), (3, 3, "100%"), (0, 3, "0%"), (0, 0, ""), (99_999, 100_000, "99.9+%"),
     (1, 100_000, "under 0.1%")],
)  # fmt: skip
def test_a_share_is_never_whole_where_one_lacks_nor_nothing_where_there_is_one(part, whole, shown):
    assert percent(part, whole) == shown


def test_a_match_without_rates_is_empty():
    assert match_rows(None, {}) == []


PREVIEW = {
    "name": "cases.csv", "kind": "csv", "dataset": "cme_involvements", "fits": ("cme_involvements",), "nearly": (),
    "headings": ("Ref", "Opened", "Pupil name"), "mapping": {"child_id": "Ref", "start_date": "Opened"}, "fixed": {},
    "guessed": ("start_date",), "lacking": (), "remembered": False, "names": ("Pupil name",),
    "rows": (("1", "x", "J*"),),
    "rows_in_all": 1, "sheet": "", "sheets": (), "modules": (), "notes": ("Correct it with --map if it is not.",),
}  # fmt: skip


def test_a_first_look_lists_every_column_of_the_dataset():
    shown = preview_view(PREVIEW)
    columns = {column["key"]: column for column in shown["columns"]}
    assert len(columns) == 12
    assert columns["child_id"] == {
        "key": "child_id", "title": "Child's identifier", "required": True, "heading": "Ref", "fixed": "",
        "guessed": False, "description": columns["child_id"]["description"],
    }  # fmt: skip
    assert columns["start_date"]["guessed"]
    assert columns["postcode"]["heading"] == ""
    assert shown["notes"] == ["Choose another in Columns if it is not."]


@pytest.mark.parametrize("changed", [{"dataset": ""}, {"headings": ()}])
def test_without_dataset_or_headings_there_is_nothing_to_choose(changed):
    assert preview_view(PREVIEW | changed)["columns"] == []
