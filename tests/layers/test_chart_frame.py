"""Axes, margins and text of charts."""

from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.chart_frame import folded, frame, label, lines_of, name_axis, number_axis, plain_text, ticks


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (0, [0, 1]),
        (-3, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (6, [0, 2, 4, 6]),
        (93, [0, 20, 40, 60, 80, 100]),
        (100, [0, 20, 40, 60, 80, 100]),
        (101, [0, 50, 100, 150]),
        (5704, [0, 2000, 4000, 6000]),
    ],
)
def test_counts_have_round_whole_numbers_that_reach_the_highest(top, expected):
    assert ticks(top) == expected


def test_rates_may_have_fractions():
    assert ticks(0.4, whole=False) == [0, 0.1, 0.2, 0.3, 0.4]
    assert ticks(1.34, whole=False) == [0, 0.5, 1, 1.5]
    assert ticks(0, whole=False) == [0, 0.2, 0.4, 0.6, 0.8, 1]


@given(st.floats(0, 1e7, allow_nan=False), st.booleans(), st.integers(2, 8))
def test_numbers_of_an_axis_are_few_even_and_reach_the_top(top, whole, most):
    found = ticks(top, whole=whole, most=most)
    assert found[0] == 0
    assert found[-1] >= top * (1 - 1e-6)
    assert 2 <= len(found) <= most + 1
    steps = [later - earlier for earlier, later in pairwise(found)]
    assert all(step > 0 and step == pytest.approx(steps[0]) for step in steps)
    assert not whole or all(one == int(one) for one in found)


def test_an_axis_of_numbers_begins_at_0_and_writes_them_as_everywhere():
    axis = number_axis("Residents & others", [0, 2000, 4000], 5000)
    assert axis["range"] == [0, 5000]
    assert axis["ticktext"] == ["0", "2,000", "4,000"]
    assert axis["title"]["text"] == "Residents &amp; others"
    assert axis["fixedrange"]
    assert number_axis("x", [0, 0.5, 1.0], suffix="%")["ticktext"] == ["0.0%", "0.5%", "1.0%"]
    assert number_axis("x", [0, 0.1, 0.2])["range"] == [0, 0.2]
    assert number_axis("x", [0, 0.05, 0.1])["ticktext"] == ["0.00", "0.05", "0.10"]


def test_text_is_never_markup():
    assert plain_text("<b>A</b> & B") == "&lt;b&gt;A&lt;/b&gt; &amp; B"
    assert folded("Chiltern & South Bucks", 16) == "Chiltern &amp; South<br>Bucks"
    assert folded("", 5) == ""
    assert lines_of(folded("Chiltern & South Bucks", 16)) == 2
    assert lines_of("one") == 1


def test_no_frame_lets_a_finger_or_a_mouse_move_it():
    layout = frame(200, (10, 20, 30, 40), xaxis=number_axis("x", [0, 1]), yaxis=name_axis([0], ["a"], (0, 1)))
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]
    assert layout["margin"] == {"l": 10, "r": 20, "t": 30, "b": 40, "pad": 0}
    assert not layout["showlegend"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    go.Figure({"data": [], "layout": layout | {"annotations": [label("a", x=0, y=0)]}})
