import csv
import io
import json

import openpyxl
import pytest

from dashapp.cli import main


@pytest.fixture
def asked(demo_workspace, capsys):
    def ask(*words):
        status = main(["cme-report", "--workspace", str(demo_workspace), *words])
        return status, capsys.readouterr()

    return ask


def test_the_text_ends_with_whether_all_agrees(asked):
    status, said = asked("--year", "2021/22")
    assert status == 0
    assert said.out.splitlines()[0] == "Children missing education, 2021/22: Buckinghamshire Council [synthetic]"
    assert said.out.splitlines()[-1] == "Every recomputed figure that is printed agrees with the print."


def test_without_a_year_the_newest_counted_one(asked):
    assert "2021/22" in asked()[1].out.splitlines()[0]


def test_json(asked):
    found = json.loads(asked("--year", "2021/22", "--format", "json")[1].out)
    tables = {table["key"]: table for table in found["tables"]}
    annual = {row["key"]: row for row in tables["annual"]["rows"]}
    assert annual["total_involvements"] | {"figure": ""} == {
        "figure": "", "key": "total_involvements", "recomputed": 609, "printed": 609, "mark": "same", "earlier": 589,
        "change": 20,
    }  # fmt: skip
    assert abs(annual["mean_weeks_closed"]["recomputed"] - 5.9) <= 0.05
    assert found["basis"] == ["synthetic"]


def test_csv(asked):
    lines = list(csv.DictReader(io.StringIO(asked("--format", "csv")[1].out)))
    found = {(line["table"], line["row"], line["column"]): line["value"] for line in lines}
    assert found["closures", "No printed row", "n"] == "4"
    assert {line["basis"] for line in lines} == {"synthetic"}


def test_a_workbook_goes_to_a_file(asked, tmp_path):
    status, said = asked("--format", "xlsx", "--out", str(tmp_path / "report.xlsx"))
    assert (status, said.out) == (0, "")
    assert "closures" in openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames


def test_a_csv_goes_to_a_file(asked, tmp_path):
    asked("--format", "csv", "--out", str(tmp_path / "report.csv"))
    assert (tmp_path / "report.csv").read_bytes().startswith(b"\xef\xbb\xbftable,row,")


def test_a_printed_year(asked):
    out = asked("--year", "2020/21")[1].out
    assert "every figure is shown as printed" in out
    assert "61 open" in out
    assert out.splitlines()[-1] == "No recomputed figure could be held against a printed one."


def test_an_unknown_year_is_wrong_use(asked):
    status, said = asked("--year", "21/22")
    assert status == 2
    assert "Valid: 2020/21, 2021/22" in said.err


def test_what_differs_is_named(small_path, capsys):
    main(["cme-report", "--workspace", str(small_path)])
    assert "Differs from the print: The year 2021/22: Involvements;" in capsys.readouterr().out
