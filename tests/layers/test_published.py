"""Published figures: which rows are the council's, its region's and England's."""

import pandas as pd
import pytest

from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.published import published_table
from layers.published_files import published_files

COLUMNS = ("indicator", "area", "area_code", "level", "period", "breakdown", "value", "denominator", "symbol")
ROWS = (
    ("plans", "Buckinghamshire", "E10000002", "Local authority", "201819", "All: All", 4054, None, ""),
    ("plans", "Buckinghamshire", "E06000060", "Local authority", "201920", "All: All", 4595, None, ""),
    ("plans", "South East", "E12000008", "Regional", "201920", "All: All", 60860, None, ""),
    ("plans", "England", "E92000001", "National", "201920", "All: All", None, None, "x"),
    ("plans", "Kent", "E10000016", "Local authority", "201920", "All: All", 1, None, ""),
    ("plans", "Buckinghamshire", "E06000060", "Local authority", "201920", "Age: 5", 40, None, ""),
    ("share", None, "E06000060", "", "2024", None, 30, 90, ""),
)


def with_figures(own_path, council, *files, names=()):
    workspace = Workspace(own_path)
    for name, rows, facts in files:
        frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
        frame[["value", "denominator"]] = frame[["value", "denominator"]].astype("float64")
        council.add_part(workspace, "indicator_values", frame, slot=name, **facts)
    if names:
        frame = pd.DataFrame(list(names), columns=["indicator", "title"])
        council.add_part(workspace, "indicator_names", frame, slot="names")
    return Store(workspace.current())


@pytest.fixture
def store(own_path, council):
    return with_figures(own_path, council, ("a", ROWS, {}), names=[("PLANS", "Plans maintained")])


def test_both_codes_of_the_council_make_one_line(store):
    table = published_table(store)
    assert (table.indicator, table.title, table.breakdown) == ("plans", "Plans maintained", "All")
    assert dict(table.periods) == {"2018/19": "2018/19", "2019/20": "2019/20"}
    assert [(line.area, line.level) for line in table.lines] == [
        ("Buckinghamshire", "council"), ("South East", "region"), ("England", "country"),
    ]  # fmt: skip
    council = table.lines[0].cells
    assert [(cell.value, cell.code) for cell in council.values()] == [(4595, "E06000060"), (4054, "E10000002")]
    assert table.lines[2].cells["2019/20"].symbol == "x"
    assert table.notes == ()


def test_indicator_and_breakdown_are_chosen_by_name_in_any_case(store):
    assert published_table(store, indicator="PLANS", breakdown="age: 5").lines[0].cells["2019/20"].value == 40
    cell = published_table(store, indicator="share").lines[0].cells["2024"]
    assert (cell.value, cell.base) == (30, 90)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"file": "x"}, r"No file of published figures 'x' here\. Valid: 'indicator_values\.csv'"),
        ({"indicator": "x"}, r"No indicator 'x' here\. Valid: 'plans', 'share'"),
        ({"breakdown": "x"}, r"No breakdown 'x' here\. Valid: 'All', 'Age: 5'"),
    ],
)
def test_a_name_that_is_not_there_lists_those_that_are(store, asked, says):
    with pytest.raises(UsageError, match=says):
        published_table(store, **asked)


def test_without_figures_the_remedy_is_named(small_store):
    assert published_files(small_store) == ()
    with pytest.raises(UsageError, match="locality-atlas import indicator_values FILE"):
        published_table(small_store)


def test_figures_that_contradict_each_other_are_told_and_todays_code_counts(own_path, council):
    rows = [("plans", "Buckinghamshire", code, "", "2020", None, value, None, "") for code, value in
            (("E10000002", 1), ("E06000060", 2))]  # fmt: skip
    table = published_table(with_figures(own_path, council, ("a", rows, {})))
    assert table.lines[0].cells["2020"].value == 2
    assert table.notes == ("Published twice with other figures, shown is the first: Buckinghamshire 2020.",)


def test_a_file_without_the_council_says_so(own_path, council):
    rows = [("plans", "England", "E92000001", "", "2020", None, 5, None, "")]
    table = published_table(with_figures(own_path, council, ("a", rows, {"basis": "illustrative"})))
    assert table.notes == ("The file has no figure of Buckinghamshire here.",)
    assert table.basis == ("illustrative",)


def test_totals_by_year_are_a_file_of_one_indicator(own_path, council):
    frame = pd.DataFrame({"area": ["Buckinghamshire", "Kent"], "area_code": [None, None], "period": ["2019", "2019"],
                          "value": [4054.0, 1.0], "symbol": ["", ""]})  # fmt: skip
    council.add_part(Workspace(own_path), "ehcp_series", frame, slot="s")
    table = published_table(Store(Workspace(own_path).current()))
    assert (table.file.key, table.title, table.breakdown) == ("ehcp_series.csv", "EHC plans maintained", "")
    assert [line.area for line in table.lines] == ["Buckinghamshire"]
