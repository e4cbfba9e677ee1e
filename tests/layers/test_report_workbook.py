import io

import openpyxl

from layers.report import Column, Figure, Report, Table
from layers.report_workbook import as_workbook

TABLE = Table(
    "closures",
    "Closures",
    (
        Column("reason", "Reason", numeric=False),
        Column("n", "Closed"),
        Column("weeks", "Mean weeks"),
        Column("low", "Low", hidden=True),
    ),
    (
        {"reason": "=Placed", "n": 1200, "weeks": Figure(5.949), "low": Figure(-2.25, 1, "%", signed=True)},
        {"reason": "Total", "n": 1200, "weeks": None},
    ),
    sentence="1,200 closed.",
    notes=("A note.",),
    strong=frozenset({"Total"}),
)
REPORT = Report(
    "cme", "Children missing education", "2021/22", "2021/22 so far", "Council",
    {"audience": "officer", "snapshot": "s1"}, ("synthetic",),
    (TABLE, Table("none", "Empty", (Column("a", "A"),), ())), ("Doubt.",),
)  # fmt: skip


def test_a_workbook_has_a_sheet_for_each_table_and_runs_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(REPORT)))
    assert book.sheetnames == ["About", "closures", "none"]
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert (about["Figures"], about["Audience"], about["Note"]) == ("synthetic", "officer", "Doubt.")
    sheet = book["closures"]
    assert sheet["A1"].value == "Closures, 2021/22 so far (synthetic)"
    assert [cell.value for cell in sheet[4]] == ["'=Placed", 1200, 5.949, -2.25]
    assert [cell.number_format for cell in sheet[4]][1:3] == ["#,##0", "#,##0.0"]
    assert sheet["A5"].font.bold
