"""``locality-atlas backtest``: figures for machines and people, bad files said plainly, no traceback."""

import json
import subprocess
import sys

import pytest

from dashapp.cli import REFUSED, WRONG_USE, main

ROWS = [f"{area},{year},{round(size * 1.09 ** (year - 2019))}" for area, size in (("A", 1000), ("B", 2100), ("C", 640))
        for year in range(2019, 2026)]  # fmt: skip


@pytest.fixture
def run(tmp_path, capsys):
    def backtest(rows, *arguments, heading="area,year,count"):
        path = tmp_path / "series.csv"
        path.write_text("\n".join([heading, *rows]) + "\n")
        status = main(["backtest", str(path), *arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return status, printed.out, printed.err

    return backtest


def test_json(run):
    status, out, err = run(ROWS, "--min-train", "3", "--format", "json")
    assert (status, err) == (0, "")
    shown = json.loads(out)
    assert list(shown) == ["horizons", "baselines", "rows"]
    assert shown["horizons"]["1"]["n"] == 12
    assert shown["horizons"]["1"]["mape"] < 0.2
    assert shown["baselines"]["last_value"]["1"]["mape"] > 8
    first = shown["rows"][0]
    assert (first["area"], first["origin"], first["horizon"], first["actual"]) == ("A", 2021, 1, 1295)
    assert first["lower_80"] < first["forecast"] < first["upper_80"]


def test_text_names_every_model_and_score(run):
    status, out, _ = run(ROWS)
    assert status == 0
    assert out.startswith("3 areas, forecast from 2021 to 2024;")
    assert all(word in out for word in ("pooled growth", "last value", "mean growth", "MAPE", "WAPE", "bias", "in 80%"))


def test_more_years_to_learn_from_make_fewer_forecasts(run):
    _, out, _ = run(ROWS, "--min-train", "5", "--format", "json")
    assert min(row["origin"] for row in json.loads(out)["rows"]) == 2023


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: rows[:2] + rows[3:], "missing inside a series: A (2021)"),
        (lambda rows: [*rows[:6], "A,2025,0", *rows[7:]], "A count of 0: A (2025)"),
        (lambda rows: [*rows[:6], "A,2025,5000", *rows[7:]], "A doubled or more from 2024 to 2025"),
        (lambda rows: [*rows, "B,2019,-4"], "Line 23: the count is negative"),
        (lambda rows: [*rows, "B,2030,many"], "Line 23: the count is no number"),
        (lambda rows: [*rows, "B,2019,7"], "Different counts stand for one area and year: B 2019 (lines 9, 23)"),
        (lambda rows: rows[:7], "its band rests on one area"),
    ],
)
def test_odd_input_is_answered_and_told(run, change, says):
    status, out, _ = run(change(ROWS), "--format", "json")
    assert status == 0
    assert says in " ".join(json.loads(out)["notes"])
    status, out, _ = run(change(ROWS))
    assert says in out


@pytest.mark.parametrize(
    ("rows", "heading", "says"),
    [
        ([], "area,year,count", "has headings but no rows"),
        (["A,2019,5"], "area,when,count", "no column year"),
        (["A,2019,-5", "A,2020,x"], "area,year,count", "has no row that can be used"),
        (["A,2019,5", "A,2020,6"], "area,year,count", "Nothing could be back-tested: a forecast needs 3 years"),
        (["A,2019,0", "A,2020,0", "A,2021,0", "A,2022,0"], "area,year,count", "Nothing could be back-tested"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_1_and_the_reason(run, rows, heading, says):
    status, out, err = run(rows, heading=heading)
    assert (status, out) == (REFUSED, "")
    assert says in err


def test_a_refusal_also_tells_what_was_set_aside(run):
    status, _, err = run(["A,2019,5", "A,2020,6", '"A,2021,7'])
    assert status == REFUSED
    assert "Line 4: no year can be read" in err


def test_an_empty_file_is_refused(tmp_path, capsys):
    (tmp_path / "empty.csv").write_bytes(b"")
    assert main(["backtest", str(tmp_path / "empty.csv")]) == REFUSED
    assert "is empty" in capsys.readouterr().err


@pytest.mark.parametrize("years", ["0", "-2"])
def test_wrong_years_to_learn_from_end_with_2(run, years):
    status, out, err = run(ROWS, "--min-train", years)
    assert (status, out) == (WRONG_USE, "")
    assert f"--min-train is {years}" in err


def test_a_file_that_is_not_there_ends_with_2(tmp_path, capsys):
    assert main(["backtest", str(tmp_path / "none.csv")]) == WRONG_USE
    assert "There is no file 'none.csv'" in capsys.readouterr().err


def test_years_to_learn_from_that_are_no_number_end_with_2(run):
    with pytest.raises(SystemExit) as stop:
        run(ROWS, "--min-train", "some")
    assert stop.value.code == WRONG_USE


def test_the_command_line_loads_no_numpy_for_its_sake():
    code = "import dashapp.commands.backtest, sys; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_text_keeps_large_errors_apart_and_counts_one_forecast(run):
    # 130, then 1: what was forecast for that year is many times what came.
    status, out, _ = run(["A,2016,100", "A,2017,110", "A,2018,120", "A,2019,130", "A,2020,1"])
    assert status == 0
    assert "2 years ahead, 1 forecast\n" in out
    (row,) = [line.split() for line in out.split("\n\n")[2].splitlines() if "last value" in line]
    assert row == ["last", "value", "11,900.0", "11,900.0", "11,900.0", "+11,900.0", "-"]
