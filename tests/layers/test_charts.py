"""Charts of counts by time: what is drawn, checked by Plotly itself."""

from datetime import date

import plotly.graph_objects as go
from hypothesis import given
from hypothesis import strategies as st

from layers.charts import RING, Bar, Panel, Stock, columns, stock_line

COUNTS = st.none() | st.integers(0, 5000)


def stock(month, found=None, printed=None, year_ago=None):
    return Stock(date(2022, month, 28), found, printed, year_ago, f"{month}: {found} & {printed}")


def bar(name, value=None, printed=None, text="text"):
    return Bar(name, value, printed, text, f"{name} in words")


def named(spec):
    """Return name -> trace, of those with a name."""
    return {trace["name"]: trace for trace in spec["data"] if "name" in trace}


def test_a_stock_is_a_line_from_0_with_its_end_named_and_rings_where_it_is_printed():
    spec = stock_line([stock(1, None, 58), stock(2, 62), stock(3, 70, 69)], "Open cases")
    go.Figure(spec)
    traces = named(spec)
    assert traces["from the records"]["x"] == ["2022-02-28", "2022-03-28"]
    assert traces["from the records"]["y"] == [62, 70]
    assert traces["printed"]["y"] == [58, 69]
    assert traces["printed"]["marker"] == RING
    assert traces["printed"]["mode"] == "markers"
    assert spec["layout"]["yaxis"]["range"] == [0, 80]
    assert spec["layout"]["yaxis"]["title"]["text"] == "Open cases"
    assert [note["text"] for note in spec["layout"]["annotations"]] == ["<b>70</b>"]
    assert spec["layout"]["annotations"][0]["x"] == "2022-03-28"
    assert traces["from the records"]["hovertext"] == ["2: 62 &amp; None", "3: 70 &amp; 69"]
    assert spec["layout"]["showlegend"]


def test_the_year_before_is_another_dash_of_the_same_axis():
    spec = stock_line([stock(1, 5, None, 9), stock(2, 6, None, 8)], "Open")
    go.Figure(spec)
    before = named(spec)["a year earlier"]
    assert before["y"] == [9, 8]
    assert before["line"]["dash"] == "dot"
    assert spec["layout"]["yaxis"]["range"][1] >= 9


def test_a_year_with_one_printed_figure_names_it():
    spec = stock_line([stock(7, None, 58)], "Open")
    go.Figure(spec)
    assert [note["text"] for note in spec["layout"]["annotations"]] == ["<b>58</b>"]
    first, last = spec["layout"]["xaxis"]["range"]
    assert first < "2022-07-28" < last


def test_a_stock_of_nobody_has_an_axis_to_1():
    assert stock_line([stock(1, 0), stock(2, 0)], "Open")["layout"]["yaxis"]["range"] == [0, 1]


def test_the_last_month_is_always_named_and_never_more_than_7():
    spec = stock_line([stock(month, month) for month in range(1, 13)], "Open")
    assert spec["layout"]["xaxis"]["ticktext"] == [
        f"{one}<br>2022" for one in ("Feb", "Apr", "Jun", "Aug", "Oct", "Dec")
    ]


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=12))
def test_every_figure_of_a_stock_is_within_its_axis(counts):
    points = [stock(month, *three) for month, three in enumerate(counts, start=1)]
    spec = stock_line(points, "Open")
    go.Figure(spec)
    drawn = [value for trace in spec["data"] for value in trace["y"]]
    assert sorted(drawn) == sorted(value for three in counts for value in three if value is not None)
    assert all(0 <= value <= spec["layout"]["yaxis"]["range"][1] for value in drawn)


def test_columns_stand_in_panels_with_one_scale():
    spec = columns(
        [Panel("New", [bar("Sep 2021", 82), bar("Oct", 7)]), Panel("Closed", [bar("Sep 2021", 3), bar("Oct", 0)])],
        ("Month", "Cases"),
    )
    go.Figure(spec)
    layout = spec["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]
    assert layout["yaxis"]["domain"][0] > layout["yaxis2"]["domain"][1]
    assert layout["xaxis"]["anchor"] == "y2"
    assert layout["xaxis"]["ticktext"] == ["Sep<br>2021", "Oct"]
    bars = [trace for trace in spec["data"] if trace["type"] == "bar"]
    assert [trace["y"] for trace in bars] == [[82, 7], [3, 0]]
    assert bars[0]["marker"]["color"] != bars[1]["marker"]["color"]
    assert [note["text"] for note in layout["annotations"]] == ["<b>New</b>", "<b>Closed</b>"]
    assert not layout["showlegend"]


def test_columns_can_have_places_of_their_own():
    spec = columns([Panel("", [bar("11", 2), bar("12-23", 9)])], ("Months", "Open"), [(0.0, 0.8), (2.0, 1.6)])
    go.Figure(spec)
    (drawn,) = (trace for trace in spec["data"] if trace["type"] == "bar")
    assert drawn["x"] == [0.0, 2.0]
    assert drawn["width"] == [0.8, 1.6]
    low, high = spec["layout"]["xaxis"]["range"]
    assert low < -0.4
    assert high > 2.8


def test_a_printed_figure_is_a_ring_beside_another_and_an_outline_without_one():
    spec = columns([Panel("", [bar("a", 5, 6), bar("b", None, 7), bar("c", 1), bar("d")])], ("x", "y"))
    go.Figure(spec)
    solid, outline, rings, texts = spec["data"]
    assert (solid["x"], solid["y"]) == ([0.0, 2.0], [5, 1])
    assert (outline["x"], outline["y"], outline["name"]) == ([1.0], [7], "printed")
    assert outline["marker"]["color"] == "rgba(0,0,0,0)"
    assert (rings["x"], rings["y"], rings["marker"]) == ([0.0], [6], RING)
    assert (texts["x"], texts["y"]) == ([0.0, 1.0, 2.0], [6, 7, 1])
    assert spec["layout"]["showlegend"]


def test_two_lines_over_the_highest_column_have_room():
    one, two = (
        columns([Panel("", [bar("a", 100, 90, text)])], ("x", "y"))["layout"]["yaxis"]["range"][1]
        for text in ("100", "100\n(90)")
    )
    assert two > one > 100


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=14))
def test_any_columns_are_ones_that_plotly_takes_with_an_axis_that_holds_them(counts):
    spec = columns([Panel("", [bar(str(at), *two) for at, two in enumerate(counts)])], ("x", "y"))
    go.Figure(spec)
    top = spec["layout"]["yaxis"]["range"][1]
    assert top >= 1
    assert all(value <= top for trace in spec["data"] for value in trace["y"])
