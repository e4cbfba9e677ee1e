"""Tables of the report as the page takes them."""

from callbacks.cme_tables import localities_view, table_view
from layers.cme.report import cme_report
from layers.report import Column, Figure, Table

TABLE = Table(
    "t",
    "A table",
    (Column("name", "Name", numeric=False), Column("code", "Code", hidden=True), Column("n", "Number"),
     Column("empty", "Nothing"), Column("mark", "Printed", numeric=False)),
    ({"name": "a", "code": "x", "n": 1234, "mark": "same"},
     {"name": "b", "n": Figure(2.5, 1, "%"), "mark": "differs: n"},
     {"name": "Total", "n": None, "mark": ""}),
    "A sentence.",
    ("A note.",),
    frozenset({"Total"}),
)  # fmt: skip


def test_cells_are_written_and_what_is_hidden_or_empty_is_left_out():
    found = table_view(TABLE)
    assert found["columns"] == [["Name", False], ["Number", True], ["Printed", False]]
    assert [[cell["text"] for cell in row["cells"]] for row in found["rows"]] == [
        ["1,234", "same"], ["2.5%", "differs: n"], ["", ""],
    ]  # fmt: skip
    assert (found["sentence"], found["notes"]) == ("A sentence.", ["A note."])


def test_marks_and_totals_are_told_apart_by_more_than_colour():
    rows = table_view(TABLE)["rows"]
    assert [row["cells"][1]["mark"] for row in rows] == ["same", "differs", ""]
    assert [row["cells"][0]["mark"] for row in rows] == ["", "", ""]
    assert [row["strong"] for row in rows] == [False, False, True]


def test_every_table_of_the_report_has_rows_of_one_length(small_store):
    for table in cme_report(small_store, "").tables:
        found = table_view(table)
        assert {len(row["cells"]) for row in found["rows"]} <= {len(found["columns"]) - 1}


def test_localities_stand_side_by_side_with_their_intervals(small_store):
    found = localities_view(cme_report(small_store, ""))
    rows = {row["name"]: row["cells"] for row in found["rows"]}
    assert list(rows) == ["Aylesbury", "Chiltern & South Bucks", "Wycombe", "Address unknown or withheld",
                          "Outside the county", "Buckinghamshire", "Total"]  # fmt: skip
    assert [column[0] for column in found["columns"]][1:3] == ["Open", "Open, per 1,000 aged 5\u201315"]
    aylesbury = rows["Aylesbury"]
    assert [(cell["text"], cell["interval"]) for cell in aylesbury[:2]] == [("2", ""), ("0.2", "0.0 to 0.6")]
    # Of 8 open one for 12 months; three of the six closed within four weeks.
    assert [rows["Total"][place]["text"] for place in (0, 4, 5)] == ["8", "12.5%", "50.0%"]


def test_a_printed_year_has_no_localities(small_store):
    assert localities_view(cme_report(small_store, "2020/21")) is None


def test_of_several_intervals_each_stands_beneath_its_figure(small_store):
    found = table_view(cme_report(small_store, "").table("duration"))
    assert not [title for title, _ in found["columns"] if "interval" in title]
    cells = found["rows"][0]["cells"]
    assert [bool(cell.get("interval")) for cell in cells] == [False, False, False, *[True] * (len(cells) - 3)]
    assert found["notes"][0] == "Beneath a figure: its 95% interval."
    one = table_view(cme_report(small_store, "").table("cme_open_by_locality"))
    assert "95% interval" in [title for title, _ in one["columns"]]
