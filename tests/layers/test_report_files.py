import csv
import io
import json

import pytest

from layers.report import Figure, plain, show
from layers.report_files import as_csv, as_json, as_text


@pytest.mark.parametrize(
    ("cell", "shown", "raw"),
    [
        (None, "", None),
        ("text", "text", "text"),
        (1200, "1,200", 1200),
        (Figure(5.949), "5.9", 5.949),
        (Figure(-2.25, 1, "%", signed=True), "\u22122.3%", -2.25),
        (Figure(2.0, 0, signed=True), "+2", 2.0),
    ],
)
def test_cells(cell, shown, raw):
    assert (show(cell), plain(cell)) == (shown, raw)


def test_rows_and_tables_are_found_by_name(small_report):
    assert small_report.table("closures").row("Total")["n"] == 1200
    assert [column.key for column in small_report.tables[0].shown_columns] == ["reason", "n", "weeks"]
    with pytest.raises(KeyError):
        small_report.table("other")


def test_json_has_every_column_of_every_row(small_report):
    found = as_json(small_report)
    assert json.loads(json.dumps(found)) == found
    assert (found["period"], found["basis"], found["audience"], found["notes"]) == (
        "2021/22",
        ["synthetic"],
        "officer",
        ["Doubt."],
    )
    assert found["tables"][0]["rows"][1] == {"reason": "Total", "n": 1200, "weeks": None, "low": None}


def test_csv_has_a_line_a_cell_and_what_must_travel_with_it(small_report):
    lines = list(csv.DictReader(io.StringIO(as_csv(small_report))))
    assert [(line["row"], line["column"], line["value"]) for line in lines] == [
        ("'=Placed", "n", "1200"),
        ("'=Placed", "weeks", "5.949"),
        ("'=Placed", "low", "-2.25"),
        ("Total", "n", "1200"),
    ]
    assert {(line["basis"], line["audience"], line["snapshot"]) for line in lines} == {("synthetic", "officer", "s1")}


def test_text_is_aligned_and_leaves_out_empty_columns_and_hidden_ones(small_report):
    lines = as_text(small_report)
    assert lines[0] == "Children missing education, 2021/22 so far: Council [synthetic]"
    assert "* Doubt." in lines
    assert lines[lines.index("1,200 closed.") + 1 :][:3] == [
        "Reason   Closed  Mean weeks",
        "=Placed   1,200         5.9",
        "Total     1,200",
    ]
    assert "  (no figures)" in lines
