"""The charts by area, against the tables and the curves that they are drawn from."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest

from geodata.periods import Period
from layers.cme.charts import MEASURES, funnel_chart, pace_chart, report_charts
from layers.cme.pace import pace
from layers.cme.place_tables import paces
from layers.cme.report import cme_report, facts_of
from layers.funnel import Funnel, FunnelPoint
from layers.registry import find_layer

YEAR = Period("2021/22", "2021/22", date(2021, 9, 1), date(2022, 8, 1))
AREAS = ["Aylesbury", "Chiltern & South Bucks", "Wycombe"]


@pytest.fixture(scope="module")
def report(demo_store):
    return cme_report(demo_store, "2021/22")


@pytest.fixture(scope="module")
def localities(report):
    return report_charts(report)["localities"]


def traces_of(chart, panel):
    tail = "" if panel == 0 else str(panel + 1)
    return [trace for trace in chart.spec["data"] if trace["xaxis"] == f"x{tail}"]


def test_the_localities_come_last_and_plotly_takes_them(report, localities):
    go.Figure(localities.spec)
    assert list(report_charts(report))[-1] == "localities"
    assert localities.table_key == "cme_open_by_locality"
    assert localities.spec["layout"]["meta"]["panels"] == 5


@pytest.mark.parametrize("panel", range(4))
def test_each_measure_is_that_of_its_table_with_its_limits(report, localities, panel):
    table = report.table(f"{MEASURES[panel]}_by_locality")
    rows = [table.row(name) for name in (*AREAS, "Buckinghamshire")]
    points = traces_of(localities, panel)[0]
    assert points["x"] == [row["value"].value for row in rows]
    lower = [value - size for value, size in zip(points["x"], points["error_x"]["arrayminus"], strict=True)]
    upper = [value + size for value, size in zip(points["x"], points["error_x"]["array"], strict=True)]
    assert lower == pytest.approx([row["lower"].value for row in rows])
    assert upper == pytest.approx([row["upper"].value for row in rows])
    line = localities.spec["layout"]["shapes"][panel]
    assert line["x0"] == rows[-1]["value"].value


def test_the_last_panel_is_the_medians_of_areas_and_of_all_cases(report, localities):
    table = report.table("duration")
    points = traces_of(localities, 4)[0]
    assert points["x"] == [table.row(name)["median_weeks"].value for name in (*AREAS, "All cases")]
    assert localities.spec["layout"]["yaxis5"]["ticktext"][-1] == "All cases"
    assert localities.spec["layout"]["yaxis4"]["ticktext"][-1] == "Buckinghamshire"


def test_figures_are_said_as_the_table_writes_them_and_areas_are_not_put_in_order(localities):
    assert localities.sentence.startswith(
        "Open cases, per 1,000 aged 5\u201315: Aylesbury 0.9, Chiltern & South Bucks 0.4, Wycombe 0.9, "
        "Buckinghamshire 0.8. New cases, "
    )
    hover = traces_of(localities, 2)[0]["hovertext"]
    assert hover[0] == (
        "Aylesbury: 37.0% of open cases, 95% interval 21.5% to 55.8%. "
        "Cases open for 12 months or more: 10. Open cases: 27."
    )


def test_a_year_with_printed_figures_only_has_no_localities(demo_store):
    assert "localities" not in report_charts(cme_report(demo_store, "2020/21"))


def test_an_area_without_a_figure_says_why(report):
    table = report.table("cme_open_by_locality")
    gone = {"value": None, "lower": None, "upper": None, "interval": "", "note": "not available"}
    rows = tuple({**row, **gone} if row["area"] == "Wycombe" else row for row in table.rows)
    tables = tuple(replace(one, rows=rows) if one is table else one for one in report.tables)
    chart = report_charts(replace(report, tables=tables))["localities"]
    go.Figure(chart.spec)
    missing = traces_of(chart, 0)[-1]
    assert missing["text"] == ["no figure"]
    assert missing["hovertext"] == ["Wycombe: not available. Open cases: 24. Residents: 27,489."]
    assert "Wycombe" not in chart.sentence.split(".")[1]


def test_measures_without_any_figure_are_left_out(report):
    kept = ("cme_new_by_locality", "open_stock")
    tables = tuple(one for one in report.tables if one.key in kept)
    chart = report_charts(replace(report, tables=tables))["localities"]
    assert chart.table_key == "cme_new_by_locality"
    assert chart.spec["layout"]["meta"]["panels"] == 1


def test_the_pace_is_the_curve_of_all_and_of_each_area(demo_store, report):
    found = paces(demo_store, facts_of(demo_store, "2021/22"))
    chart = pace_chart(found, report.table("duration").sentence)
    go.Figure(chart.spec)
    lines = {trace["name"]: trace for trace in chart.spec["data"] if "name" in trace}
    assert list(lines) == ["All cases", "Aylesbury", "Chiltern &amp; South Bucks", "Wycombe"]
    row, line = report.table("duration").row("All cases"), lines["All cases"]
    for weeks in (4, 13, 26, 52):
        here = [share for at, share in zip(line["x"], line["y"], strict=True) if at <= weeks + 1e-3]
        assert here[-1] == pytest.approx(row[f"open_{weeks}"].value, abs=1e-3)
    assert chart.table_key == "duration"


def test_a_curve_by_hand(make_case):
    # Two cases: one closes after 14 days, one after 28 days; half are left from week 2 on, none from week 4 on.
    cases = [make_case("a", "2021-10-01", "2021-10-15"), make_case("b", "2021-10-01", "2021-10-29")]
    chart = pace_chart([("", "All cases", pace(cases, YEAR))])
    (line,) = (trace for trace in chart.spec["data"] if "name" in trace)
    assert list(zip(line["x"], line["y"], strict=True)) == [
        (0.0, 100.0), (0.0, 100.0), (2.0, 50.0), (4.0, 0.0), (52.0, 0.0),
    ]  # fmt: skip
    assert line["hovertext"][2].startswith("All cases: 50.0% still open after 2.0 weeks (95% interval ")


def test_a_curve_ends_where_nobody_was_followed_for_longer(make_case):
    cases = [make_case("a", "2022-07-17"), make_case("b", "2022-07-10", "2022-07-17")]
    chart = pace_chart([("", "All cases", pace(cases, YEAR))])
    (line,) = (trace for trace in chart.spec["data"] if "name" in trace)
    assert line["x"][-1] == 2.0  # 17 to 31 July
    assert line["y"][-1] == 50.0


def test_nobody_followed_has_no_curve():
    assert pace_chart([("", "All cases", pace([], YEAR))]) is None


def test_a_funnel_has_the_words_of_its_layer():
    points = (
        FunnelPoint("a", "Ward A", 5, 1000.0, 5.0, "within"),
        FunnelPoint("b", "Ward <B>", 30, 1200.0, 25.0, "above 99.8 %"),
    )
    found = Funnel(points, 6.0, ((1000.0, 2.0, 11.0, 0.5, 15.0), (1200.0, 2.5, 10.5, 0.7, 14.0)), "One is far out.")
    chart = funnel_chart(found, find_layer("cme_open").info, "wards")
    go.Figure(chart.spec)
    assert (chart.key, chart.title, chart.sentence) == (
        "funnel_cme_open",
        "Open cases by size of wards",
        "One is far out.",
    )
    far = next(trace for trace in chart.spec["data"] if trace["name"] == "outside 99.8%")
    assert far["hovertext"] == ["Ward &lt;B&gt;: 25.0 per 1,000 aged 5\u201315, 30 of 1,200 residents; above 99.8%"]
