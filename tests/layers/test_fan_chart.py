"""The fan chart: bands around the median, places in steps, from 0."""

from layers.fan_chart import FanPoint, Marker, fan

POINTS = [FanPoint(2025, 100, 100, 100, 100, 100), FanPoint(2026, 110, 100, 120, 95, 126)]


def named(spec, name):
    (found,) = [trace for trace in spec["data"] if trace.get("name") == name]
    return found


def test_bands_median_and_axis():
    spec = fan(POINTS, "Plans")
    assert named(spec, "80% band")["y"] == [100, 120]
    assert named(spec, "95% band")["y"] == [100, 126]
    assert named(spec, "forecast, median")["hovertext"] == [
        "January 2025: 100 counted", "January 2026: 110, 80% band 100 to 120"
    ]  # fmt: skip
    low, high = spec["layout"]["yaxis"]["range"]
    assert (low, high >= 126) == (0, True)
    assert spec["layout"]["xaxis"]["range"] == [2024.5, 2026.5]


def test_places_step_halfway_and_what_was_counted_stands_before():
    spec = fan(POINTS, "Plans", counted=[(2023, 90), (2024, 95)], places=[(2025, 80), (2026, 140)])
    line = named(spec, "working places")
    assert line["line"]["shape"] == "hvh"
    assert line["line"]["dash"] == "dash"
    assert named(spec, "counted")["x"] == [2023, 2024]
    assert spec["layout"]["xaxis"]["range"][0] == 2022.5
    assert spec["layout"]["yaxis"]["range"][1] >= 140


def test_a_marker_is_named_and_within_the_chart():
    spec = fan(POINTS, "Plans", mark=Marker(2026, 400, "council <b>"))
    assert named(spec, "council &lt;b&gt;")["y"] == [400]
    assert spec["layout"]["yaxis"]["range"][1] >= 400
    assert "shapes" not in spec["layout"]
    assert fan(POINTS, "Plans", mark=2026)["layout"]["shapes"][0]["x0"] == 2026


def test_many_years_leave_room_on_a_phone():
    points = [FanPoint(year, 1, 1, 1, 1, 1) for year in range(2025, 2036)]
    assert fan(points, "Plans")["layout"]["xaxis"]["tickvals"] == [2025, 2027, 2029, 2031, 2033, 2035]
