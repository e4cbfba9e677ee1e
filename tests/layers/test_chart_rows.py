"""Bars in rows: where names stand, and that every bar has its text."""

from itertools import pairwise

import plotly.graph_objects as go
from hypothesis import given
from hypothesis import strategies as st

from layers.chart_rows import BESIDE, ROW_PX, bars
from layers.charts import Bar, Panel

LONG = "School in another authority, not a resident of this county at all"


def bar(name, value=None, printed=None, text="5"):
    return Bar(name, value, printed, text, f"{name}: {value}")


def test_short_names_stand_beside_their_bars():
    spec = bars([Panel("", [bar("Reception", 3), bar("Year 1", 0)])], "Open")
    go.Figure(spec)
    upright = spec["layout"]["yaxis"]
    assert upright["ticktext"] == ["Reception", "Year 1"]
    assert upright["tickvals"] == [ROW_PX / 2, ROW_PX * 1.5]
    assert spec["layout"]["annotations"] == []
    assert spec["layout"]["margin"]["l"] > 60


def test_names_stand_above_where_one_is_long_and_fold_where_a_phone_has_no_room():
    spec = bars([Panel("", [bar("Short", 3), bar(LONG, 1)])], "Open")
    go.Figure(spec)
    assert spec["layout"]["yaxis"]["ticktext"] == []
    assert [note["text"] for note in spec["layout"]["annotations"]] == ["Short", LONG[:46] + "<br>" + LONG[47:]]
    assert spec["layout"]["margin"]["l"] < 20


def test_panels_have_titles_and_share_the_axis():
    spec = bars([Panel("All <b>", [bar("a", 3)]), Panel("Others", [bar("b", 40)])], "Open")
    go.Figure(spec)
    assert [note["text"] for note in spec["layout"]["annotations"]] == ["<b>All &lt;b&gt;</b>", "<b>Others</b>"]
    drawn = spec["data"][0]
    assert drawn["x"] == [3, 40]
    assert drawn["orientation"] == "h"
    assert drawn["y"][1] - drawn["y"][0] > ROW_PX


def test_a_row_is_as_many_pixels_as_it_says():
    spec = bars([Panel("", [bar("a", 1), bar("b", 2)])], "Open")
    layout = spec["layout"]
    inside = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    assert layout["yaxis"]["range"] == [inside, 0]


def test_the_axis_leaves_room_for_the_text_at_the_longest_bar():
    short, long = (
        bars([Panel("", [bar("a", 100, None, text)])], "Open")["layout"]["xaxis"]["range"][1]
        for text in ("100", "100 · 12.3 weeks")
    )
    assert long > short > 100


def test_nobody_anywhere_has_an_axis_to_1_or_more_and_texts():
    spec = bars([Panel("", [bar("a", 0, None, "0")])], "Open")
    go.Figure(spec)
    assert spec["layout"]["xaxis"]["tickvals"] == [0, 1]
    assert spec["data"][-1]["text"] == ["0"]


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=70)
BARS = st.lists(st.builds(bar, NAMES, st.integers(0, 900), st.none() | st.integers(0, 900)), min_size=1, max_size=6)


@given(st.lists(st.builds(Panel, st.sampled_from(["", "Title"]), BARS), min_size=1, max_size=4))
def test_rows_never_overlap_and_all_lie_within(panels):
    spec = bars(panels, "Open")
    go.Figure(spec)
    texts = spec["data"][-1]
    assert len(texts["text"]) == sum(len(panel.bars) for panel in panels)
    assert all(later - earlier >= ROW_PX for earlier, later in pairwise(texts["y"]))
    assert texts["y"][0] > 0
    assert texts["y"][-1] < spec["layout"]["yaxis"]["range"][0]
    beside = all(len(one.name) <= BESIDE for panel in panels for one in panel.bars)
    assert bool(spec["layout"]["yaxis"]["ticktext"]) == beside
