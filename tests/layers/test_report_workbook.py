import io

import openpyxl

from layers.report_workbook import as_workbook


def test_a_workbook_has_a_sheet_for_each_table_and_runs_no_formula(small_report):
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(small_report)))
    assert book.sheetnames == ["About", "closures", "none"]
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert (about["Figures"], about["Audience"], about["Note"]) == ("synthetic", "officer", "Doubt.")
    sheet = book["closures"]
    assert sheet["A1"].value == "Closures, 2021/22 so far (synthetic)"
    assert [cell.value for cell in sheet[4]] == ["'=Placed", 1200, 5.949, -2.25]
    assert [cell.number_format for cell in sheet[4]][1:3] == ["#,##0", "#,##0.0"]
    assert sheet["A5"].font.bold
