import numpy as np
import pytest

from geodata.errors import InputError, UsageError
from geodata.profile import PROFILES
from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS, History
from layers.sufficiency.scap import as_return_csv, scap_of
from layers.sufficiency.scap_columns import scap_columns
from layers.sufficiency.scap_file import past_forecasts
from layers.sufficiency.scap_scores import level_of, scores_of

COLUMNS = scap_columns(PROFILES / "buckinghamshire", 2025)
CODE = "E06000060"


def history(*counts):
    """Return a history of Januaries 2024 and 2025 from (year, area, NCY, provision, plans)."""
    stock = np.zeros((2, 3, len(NCYS), len(NEEDS), len(PROVISIONS)), dtype=np.int16)
    for year, area, ncy, provision, plans in counts:
        stock[year - 2024, ("here", "unknown", "outside").index(area), NCYS.index(ncy), 0,
              PROVISIONS.index(provision)] += plans  # fmt: skip
    none = np.zeros((1, *stock.shape[1:]), dtype=np.int16)
    return History(("here", "unknown", "outside"), (2024, 2025), stock, none, none, none, ("synthetic",), ("Kept.",))


COUNTED = history(
    (2024, "here", 3, "special", 80), (2024, "unknown", 4, "base", 20), (2024, "outside", 3, "special", 99),
    (2024, "here", 3, "mainstream", 500), (2025, "here", 3, "special", 100), (2024, "here", 8, "special", 50),
)  # fmt: skip


def file_of(
    tmp_path, *lines, heading="return_year,time_period,education_phase,year_group,provision_type,pupil_forecast"
):
    path = tmp_path / "return.csv"
    path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    return path


def scored(tmp_path, *lines, **how):
    found, odd = past_forecasts(file_of(tmp_path, *lines), COLUMNS, CODE, **how)
    return scores_of(found, odd, COUNTED, COLUMNS, "Buckinghamshire", {})


def test_by_hand(tmp_path):
    report = scored(
        tmp_path,
        "2023,202324,Primary,Total,Total,110",  # 80 + 20 came: +10 %
        "2023,202324,Secondary,Total,Total,45",  # 50 came: -10 %
        "2023,202425,Primary,Total,Total,80",  # 100 came: -20 %
        "2023,202324,Primary,3,Special school,88",  # 80 came: +10 %
        "2023,202324,Primary,Year 4,Total,30",  # 20 came: +50 %
        "2023,202324,Total,Total,Total,150",  # 150 came
    )
    scores = {(row["key"], row["horizon"]): row for row in report.table("scores").rows}
    assert {key: (row["n"], row["mape"].value, row["bias"].value) for key, row in scores.items()} == {
        ("whole", 1): (1, 0, 0),
        ("phase", 1): (2, pytest.approx(10), pytest.approx(0)),
        ("phase", 2): (1, pytest.approx(20), pytest.approx(-20)),
        ("year_group", 1): (1, pytest.approx(50), pytest.approx(50)),
        ("part", 1): (1, pytest.approx(10), pytest.approx(10)),
    }
    assert report.table("not_compared").rows == ()
    assert report.basis == ("synthetic",)


def test_rows_that_cannot_be_compared_say_why(tmp_path):
    report = scored(
        tmp_path,
        "2023,202324,Primary,Total,Total,110",
        "2023,202627,Primary,Total,Total,110",
        "2023,202223,Primary,Total,Total,110",
        "2021,202223,Primary,Total,Total,110",
        "2023,then,Primary,Total,Total,110",
        "2023,202324,Nursery,Total,Total,110",
        "2023,202324,Primary,Total,Total,z",
        "2023,202324,Primary,Total,Total,-1",
        "2023,202324,Primary,Total,Total,many",
        "2023,202324,Primary,9,Total,1",
        "2023,202324,Primary,Total,Sauna,1",
        "2023,202324,Primary,x,Total,1",
        "soon,202324,Primary,Total,Total,1",
        "2023,202324,Secondary,10,Total,5",
        "2023,202324,primary,,all,99",
    )
    reasons = {row["line"]: row["reason"] for row in report.table("not_compared").rows}
    assert "has not been counted yet; the records reach to January 2025" in reasons["3"]
    assert "is not ahead of the return of 2023" in reasons["4"]
    assert "The records begin with January 2024" in reasons["5"]
    assert reasons["6"] == "'then' is no school year."
    assert reasons["7"] == "No phase 'Nursery'. Known: Primary, Secondary, Post-16, Total."
    assert reasons["8"] == "No number is given ('z')."
    assert reasons["9"] == "A forecast of -1 pupils."
    assert reasons["10"] == "'many' is no number."
    assert reasons["11"] == "Year 9 is not in Primary."
    assert "No kind of provision 'Sauna'" in reasons["12"]
    assert reasons["13"] == "'x' is no year group."
    assert reasons["14"] == "'soon' is no year of a return."
    assert reasons["16"] == "Line 2 has given this number already; that one counts."
    # Nobody came: shown, without a percentage.
    assert report.table("rows").rows[-1]["error"] is None
    assert len(report.table("rows").rows) == 2


def test_the_published_file_of_all_authorities(tmp_path):
    heading = "time_period,geographic_level,new_la_code,la_name,education_phase,pupil_forecast_and_202425_actuals"
    path = file_of(
        tmp_path, "202324,National,,England,Primary,9", "202324,Local authority,E1,Else,Primary,9",
        f"202324,Local authority,{CODE},Buckinghamshire,Primary,110", heading=heading,
    )  # fmt: skip
    found, odd = past_forecasts(path, COLUMNS, CODE, 2023)
    assert [(one.line, one.number, level_of(one), one.horizon) for one in found] == [(4, 110, "phase", 1)]
    assert odd == ()


def test_what_was_written_is_read(tmp_path, make_demand):
    demand = make_demand({("aylesbury", 3, "ASD", "special"): 10, ("wycombe", 8, "MLD", "base"): 7})
    council = {"la_name": "Buckinghamshire", "new_la_code": CODE, "old_la_code": "825"}
    path = tmp_path / "own.csv"
    path.write_text(as_return_csv(scap_of(demand, None, COLUMNS, 2025, council, {})), encoding="utf-8", newline="")
    found, odd = past_forecasts(path, COLUMNS, CODE)
    assert odd == ()
    assert {one.return_year for one in found} == {2025}
    assert [one.number for one in found if level_of(one) == "phase"][:5] == [20, 30, 40, 50, 60]


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(UsageError, match="There is no file"):
        past_forecasts(tmp_path / "none.csv", COLUMNS, CODE)
    with pytest.raises(InputError, match="lacks the column 'pupil_forecast'"):
        past_forecasts(file_of(tmp_path, "202324,Primary", heading="time_period,education_phase"), COLUMNS, CODE)
    undated = file_of(tmp_path, "202324,Primary,5", heading="time_period,education_phase,pupil_forecast")
    with pytest.raises(UsageError, match="Say so with --return-year"):
        past_forecasts(undated, COLUMNS, CODE)
    others = file_of(tmp_path, "E1,202324,Primary,5", heading="new_la_code,time_period,education_phase,pupil_forecast")
    with pytest.raises(InputError, match="no row of a forecast for the authority"):
        past_forecasts(others, COLUMNS, CODE, 2023)
