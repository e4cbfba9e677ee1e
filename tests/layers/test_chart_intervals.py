"""Areas side by side: points, whiskers, the line of all together."""

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.chart_intervals import Interval, IntervalPanel, intervals

ROWS = [
    Interval("A & B", 5.0, 3.0, 8.0, "A & B in words"),
    Interval("C", 2.0, 1.0, None, "C in words"),
    Interval("D", None, None, None, "D: not available"),
    Interval("All", 4.0, 3.5, 4.5, "All in words", "diamond"),
]


@pytest.fixture
def spec():
    return intervals([IntervalPanel("Open", "Per 1,000", ROWS, (4.0, "All 4.0"))])


def test_a_point_has_its_interval(spec):
    go.Figure(spec)
    points = spec["data"][0]
    assert points["x"] == [5.0, 2.0, 4.0]
    assert points["error_x"]["arrayminus"] == [2.0, 1.0, 0.5]
    assert points["error_x"]["array"][0] == 3.0
    assert points["error_x"]["array"][2] == 0.5
    assert points["marker"]["symbol"] == ["circle", "circle", "diamond"]
    assert points["hovertext"] == ["A &amp; B in words", "C in words", "All in words"]


def test_a_limit_beyond_what_is_known_goes_to_the_edge_with_an_arrow(spec):
    end = spec["layout"]["xaxis"]["range"][1]
    assert spec["data"][0]["error_x"]["array"][1] == end - 2.0
    assert spec["data"][1]["marker"]["symbol"] == "triangle-right"
    assert spec["data"][1]["x"] == [end]


def test_an_area_without_a_figure_says_so_and_has_no_point(spec):
    assert spec["data"][2]["text"] == ["no figure"]
    assert spec["data"][2]["hovertext"] == ["D: not available"]
    assert spec["data"][2]["y"] == [spec["layout"]["yaxis"]["tickvals"][2]]


def test_all_together_are_a_dashed_line_that_is_named(spec):
    (line,) = spec["layout"]["shapes"]
    assert line["x0"] == line["x1"] == 4.0
    assert line["line"]["dash"] == "dash"
    assert [note["text"] for note in spec["layout"]["annotations"]] == ["<b>Open</b>", "All 4.0"]


def test_each_measure_has_a_panel_with_an_axis_of_its_own():
    first = [Interval("A", 0.5, 0.25, 0.75, "a")]
    second = [Interval("A", 50.0, 25.0, 75.0, "a")]
    spec = intervals([IntervalPanel("One", "Rate", first), IntervalPanel("Two", "% of all", second, None, "%")])
    go.Figure(spec)
    layout = spec["layout"]
    assert layout["xaxis"]["ticktext"][-1] == "0.8"
    assert layout["xaxis2"]["ticktext"] == ["0%", "20%", "40%", "60%", "80%"]
    assert layout["xaxis2"]["anchor"] == "y2"
    assert layout["yaxis"]["domain"][0] > layout["yaxis2"]["domain"][1]
    assert {(trace["xaxis"], trace["yaxis"]) for trace in spec["data"]} == {("x", "y"), ("x2", "y2")}
    assert layout["shapes"] == []
    meta = layout["meta"]
    assert layout["height"] == meta["panels"] * meta["whole"] + layout["margin"]["t"] + layout["margin"]["b"]


@given(st.lists(st.tuples(*[st.floats(0, 100)] * 3).map(sorted), min_size=1, max_size=6))
def test_every_interval_lies_within_its_axis(limits):
    rows = [Interval(str(at), value, lower, upper, "") for at, (lower, value, upper) in enumerate(limits)]
    spec = intervals([IntervalPanel("", "", rows)])
    go.Figure(spec)
    assert spec["layout"]["xaxis"]["range"][1] >= max(upper for *_, upper in limits) * (1 - 1e-6)
    assert all(size >= 0 for size in spec["data"][0]["error_x"]["array"])
    assert all(size >= 0 for size in spec["data"][0]["error_x"]["arrayminus"])
