"""Curves in steps, and the funnel."""

from itertools import combinations, pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.chart_curves import NAME_PX, FunnelPoint, Limits, Steps, _spread, funnel, steps

ALL = Steps("All cases", [0, 4, 52], [100, 40, 3], ["a", "b", "c"], ([100, 35, 1], [100, 45, 6]), strong=True)
AREA = Steps("Chiltern & South Bucks", [0, 2, 52], [100, 50, 4], ["<a>", "b", "c"])
CURVES = [Limits(100, 2, 14, 0, 20), Limits(1000, 5, 9, 4, 11)]


def test_shares_fall_in_steps_between_0_and_100():
    spec = steps([ALL, AREA], ("Weeks", "Still open"), [0, 26, 52])
    go.Figure(spec)
    lines = [trace for trace in spec["data"] if "name" in trace]
    assert [line["name"] for line in lines] == ["All cases", "Chiltern &amp; South Bucks"]
    assert {line["line"]["shape"] for line in lines} == {"hv"}
    assert lines[1]["hovertext"][0] == "&lt;a&gt;"
    assert spec["layout"]["yaxis"]["range"] == [0, 100]
    assert spec["layout"]["xaxis"]["range"] == [0, 52]


def test_only_a_curve_with_limits_has_a_band():
    spec = steps([ALL, AREA], ("Weeks", "Still open"), [0, 52])
    lower, upper = (trace for trace in spec["data"] if "name" not in trace)
    assert (lower["y"], upper["y"]) == ([100, 35, 1], [100, 45, 6])
    assert upper["fill"] == "tonexty"


def test_curves_are_named_at_their_ends_and_told_apart_without_colours():
    curves = [ALL, *(AREA._replace(name=f"Area {number}") for number in range(5))]
    spec = steps(curves, ("Weeks", "Still open"), [0, 52])
    go.Figure(spec)
    assert [note["text"] for note in spec["layout"]["annotations"]] == [curve.name for curve in curves]
    dashes = [trace["line"]["dash"] for trace in spec["data"] if "name" in trace]
    assert len(set(dashes)) == len(dashes) == 6


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 3)), min_size=1, max_size=6))
def test_names_at_the_ends_never_touch_and_stay_beside_the_plot(ends):
    height = 316
    shares, lines = [share for share, _ in ends], [count for _, count in ends]
    shifts = _spread(shares, lines, height)
    boxes = sorted(
        ((1 - share) * height + shift, count * NAME_PX / 2)
        for share, count, shift in zip(shares, lines, shifts, strict=True)
    )
    for (middle, half), (next_middle, next_half) in pairwise(boxes):
        assert next_middle - middle >= half + next_half - 1e-6
    assert all(middle - half >= -1e-6 for middle, half in boxes)


def test_a_name_with_room_stays_where_its_curve_ends():
    assert _spread([0.9, 0.5], [1, 1], 300) == [0, 0]


def point(name, base, value, position):
    return FunnelPoint(name, base, value, position, f"{name} in words")


def test_a_funnel_names_the_areas_outside_and_marks_them_by_shape():
    points = [
        point("Inside", 300, 7, "within"),
        point("High", 500, 12, "above 95 %"),
        point("Very <high>", 900, 15, "above 99.8 %"),
        point("Low", 950, 1, "below 99.8 %"),
    ]
    spec = funnel(points, 7.0, CURVES, ("Residents", "Rate"))
    go.Figure(spec)
    traces = {trace["name"]: trace for trace in spec["data"] if trace.get("showlegend", True)}
    assert traces["areas within"]["x"] == [300]
    assert traces["outside 95%"]["marker"]["symbol"] == "diamond"
    assert traces["outside 99.8%"]["x"] == [900, 950]
    assert traces["all together"]["y"] == [7.0, 7.0]
    assert [note["text"] for note in spec["layout"]["annotations"]] == ["Very &lt;high&gt;", "Low", "High"]
    limits = [trace["y"] for trace in spec["data"] if trace["name"].endswith("limits")]
    assert limits == [[2, 5], [14, 9], [0, 4], [20, 11]]


def test_every_area_lies_within_the_axes():
    spec = funnel([point("a", 2000, 40, "above 99.8 %")], 7.0, CURVES, ("Residents", "Rate"))
    assert spec["layout"]["xaxis"]["range"][1] >= 2000
    assert spec["layout"]["yaxis"]["range"][1] >= 40


@given(st.lists(st.tuples(st.integers(1, 1000), st.floats(0, 30)), min_size=2, max_size=12))
def test_names_of_a_funnel_never_touch_each_other(places):
    points = [point(f"Ward {at}", base, value, "above 95 %") for at, (base, value) in enumerate(places)]
    spec = funnel(points, 7.0, CURVES, ("Residents", "Rate"))
    go.Figure(spec)
    (begin, right), top = spec["layout"]["xaxis"]["range"], spec["layout"]["yaxis"]["range"][1]
    for px, notes in ((270, spec["layout"]["annotations"]), (560, spec["layout"]["meta"]["names"])):
        check_names(notes, lambda base, px=px: (base - begin) / (right - begin) * px, top)


def check_names(notes, across, top):
    boxes = []
    for note in notes:
        width = 7 * len(note["text"])
        start = across(note["x"]) + note["xshift"] - width * {"left": 0, "center": 0.5, "right": 1}[note["xanchor"]]
        middle = (1 - note["y"] / top) * 278 - note["yshift"]
        boxes.append((start, start + width, middle))
    for one, other in combinations(boxes, 2):
        assert one[1] <= other[0] + 1e-6 or other[1] <= one[0] + 1e-6 or abs(one[2] - other[2]) >= NAME_PX - 1e-6


@pytest.mark.parametrize(("smallest", "largest", "first"), [(1128, 2676, 1000), (300, 950, 0), (5, 60, 0), (0, 0, 0)])
def test_the_axis_of_sizes_begins_near_the_smallest_where_that_is_far_from_0(smallest, largest, first):
    points = [point("a", smallest, 5, "within"), point("b", largest, 9, "within")]
    curves = [Limits(smallest, 2, 14, 0, 20), Limits(largest, 5, 9, 4, 11)]
    axis = funnel(points, 7.0, curves, ("Residents", "Rate"))["layout"]["xaxis"]
    assert axis["range"][0] == first
    assert axis["tickvals"][0] == first
    assert axis["range"][1] >= largest


def test_a_wide_plot_names_at_least_as_many_areas():
    points = [point(f"Ward number {at}", 1000 + 20 * at, 20 - at, "above 95 %") for at in range(9)]
    layout = funnel(points, 7.0, CURVES, ("Residents", "Rate"))["layout"]
    assert len(layout["meta"]["names"]) >= len(layout["annotations"]) > 0
