"""The charts of all the children, against the tables that they are drawn from."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest

from layers.cme.children_charts import children_charts
from layers.cme.report import cme_report

CASE = {"child_id": "a", "atom": "E01017627", "start_date": "2022-02-01", "end_date": "", "closure_code": None,
        "year_group": 5, "sen_status": "K", "social_care": "N", "born": "2012-01-01"}  # fmt: skip


@pytest.fixture(scope="module")
def report(demo_store):
    return cme_report(demo_store, "2021/22")


@pytest.fixture(scope="module")
def charts(report):
    return children_charts(report)


def bars_of(chart):
    """Return the values of every bar of a chart."""
    return [trace for trace in chart.spec["data"] if trace["type"] == "bar"]


def all_texts(chart):
    return next(trace["text"] for trace in chart.spec["data"] if "text" in trace)


def test_every_chart_is_one_that_plotly_takes_and_names_its_table(report, charts):
    assert list(charts) == [
        "stock", "flows", "months", "closures", "year_groups", "crossing_phase_by_sen_status",
        "crossing_phase_by_social_care", "crossing_sen_status_by_social_care",
    ]  # fmt: skip
    for key, chart in charts.items():
        go.Figure(chart.spec)
        assert chart.key == key
        assert chart.title
        assert chart.sentence
        assert report.table(chart.table_key).rows


def test_the_stock_is_that_of_the_table(report, charts):
    rows = report.table("open_stock").rows
    traces = {trace["name"]: trace for trace in charts["stock"].spec["data"]}
    counted = [row for row in rows if row["open"] is not None]
    assert traces["from the records"]["y"] == [row["open"] for row in counted]
    assert traces["from the records"]["x"] == [row["date"] for row in counted]
    assert traces["printed"]["y"] == [58, 60, 67]
    assert traces["printed"]["x"] == ["2021-07-31", "2022-06-30", "2022-07-31"]
    assert charts["stock"].sentence == report.table("open_stock").sentence
    assert "30 June 2022: 60 (60 printed) open" in traces["printed"]["hovertext"]


def test_new_and_closed_are_those_of_the_table_and_have_no_stock_beside_them(report, charts):
    rows = [row for row in report.table("open_stock").rows if row["new"] is not None]
    new, closed = bars_of(charts["flows"])
    assert new["y"] == [row["new"] for row in rows]
    assert closed["y"] == [row["closed"] for row in rows]
    assert (sum(new["y"]), sum(closed["y"])) == (547, 542)
    assert charts["flows"].sentence == (
        "In all 547 new, the most in September 2021 (82); 542 closed, the most in September 2021 (68)."
    )
    assert new["hovertext"][0] == "September 2021: 82 new"


def test_the_bands_of_many_months_are_wider_and_set_apart(report, charts):
    (drawn,) = bars_of(charts["months"])
    rows = report.table("open_by_months").rows[:-1]
    assert drawn["y"] == [row["open"] for row in rows]
    assert drawn["x"][:12] == pytest.approx(range(12))
    assert drawn["width"] == [0.8] * 12 + [1.6] * 2
    gaps = [later - earlier for earlier, later in zip(drawn["x"][10:], drawn["x"][11:], strict=False)]
    assert gaps[0] == pytest.approx(1)
    assert gaps[1] > 1.9
    assert charts["months"].spec["layout"]["xaxis"]["ticktext"][-2:] == ["12\u201323", "24+"]
    assert drawn["hovertext"][1] == "1 completed month: 10 (10 printed) open"


def test_closures_stand_in_their_groups_with_their_mean_weeks(report, charts):
    (drawn,) = bars_of(charts["closures"])
    table = report.table("closures")
    assert drawn["x"] == [row["n"] for row in table.rows if row["reason"] not in table.strong]
    assert sum(drawn["x"]) == 542
    notes = [note["text"] for note in charts["closures"].spec["layout"]["annotations"]]
    assert "<b>School placement: 216 of 542, mean 7.1<br>weeks</b>" in notes
    assert "<b>Other: 322 of 542, mean 5.0 weeks</b>" in notes
    assert all_texts(charts["closures"])[0] == "114 \u00b7 8.8 weeks"
    assert drawn["hovertext"][0] == "Bucks school: 114 (114 printed) closed, mean 8.8 (8.8 printed) weeks"


def test_year_groups_are_those_open(report, charts):
    (drawn,) = bars_of(charts["year_groups"])
    assert drawn["x"] == [row["open"] for row in report.table("by_year_group").rows[:-1]]
    assert sum(drawn["x"]) == 67
    assert "Year 9: 13 open, 19.4% of the open" in drawn["hovertext"]


def test_a_crossing_has_a_panel_for_each_column_and_adds_to_all(charts):
    chart = charts["crossing_phase_by_sen_status"]
    (drawn,) = bars_of(chart)
    assert sum(drawn["x"]) == 67
    assert drawn["hovertext"][0] == "Primary, No special educational need: 24 open"
    titles = [note["text"] for note in chart.spec["layout"]["annotations"]]
    assert titles == ["<b>No special educational need: 55</b>", "<b>SEN support: 10</b>", "<b>EHC plan: 2</b>"]
    assert chart.note == "Nobody: Early years, Post-16."
    assert chart.sentence.endswith("Of 67: No special educational need 55, SEN support 10, EHC plan 2.")


def test_a_year_with_printed_figures_only_shows_these(demo_store):
    found = children_charts(cme_report(demo_store, "2020/21"))
    assert list(found) == ["stock", "closures"]
    for chart in found.values():
        go.Figure(chart.spec)
        assert {trace["name"] for trace in chart.spec["data"] if "name" in trace} == {"printed"}
    assert found["stock"].sentence == "Open involvements: 58 printed for 31 July 2021."
    assert found["closures"].sentence == "528 closures as printed."
    assert all_texts(found["closures"])[0] == "84 \u00b7 13.7 weeks"


def test_one_case_is_drawn_and_a_printed_figure_never_wears_its_number(store_of):
    found = children_charts(cme_report(store_of([CASE]), "2021/22"))
    for chart in found.values():
        go.Figure(chart.spec)
    # Open since 1 February: on 31 July 2022 five completed months, of which the papers print 2.
    assert all_texts(found["months"])[5] == "1<br>(2)"
    assert all_texts(found["months"])[0] == "0<br>(13)"
    assert found["months"].note.endswith("in brackets.")
    assert all_texts(found["closures"])[0] == "0 (114)"
    assert found["flows"].sentence == "In all 1 new, the most in February 2022 (1); 0 closed."


def test_no_case_at_all_leaves_crossings_out_and_has_axes_to_1(store_of):
    found = children_charts(cme_report(store_of([CASE | {"start_date": "2023-02-01"}]), "2021/22"))
    assert not any(key.startswith("crossing") for key in found)
    for chart in found.values():
        go.Figure(chart.spec)
    assert found["year_groups"].spec["layout"]["xaxis"]["tickvals"] == [0, 1]
    assert found["flows"].spec["layout"]["yaxis"]["tickvals"] == [0, 1]
    assert found["flows"].sentence == "In all 0 new; 0 closed."


def test_a_month_that_still_runs_says_how_far(store_of):
    store = store_of([CASE], covers=(date(2021, 8, 31), date(2022, 2, 10)))
    chart = children_charts(cme_report(store, "2021/22"))["flows"]
    assert bars_of(chart)[0]["hovertext"][-1] == "February 2022 (to 10 February 2022): 1 new"


def test_without_tables_there_are_no_charts(report):
    assert children_charts(replace(report, tables=())) == {}
    empty = tuple(replace(table, rows=()) for table in report.tables)
    assert children_charts(replace(report, tables=empty)) == {}
