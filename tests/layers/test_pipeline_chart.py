"""The timeline of planned places."""

from datetime import date
from itertools import pairwise

import pytest

from layers.pipeline_chart import LATE, OPENS, SLIPS, Scheme, moment, timeline

DAY = date(2026, 9, 1)
ON_TIME = Scheme("A school", DAY, DAY, [(2027, 5.0), (2028, 10.0), (2029, 20.0)])
SLIPPED = Scheme("B school", DAY, date(2027, 9, 1), [(2028, 20.0)])
OVERDUE = Scheme("C <school>", date(2025, 9, 1), date(2025, 9, 1), [(2026, 20.0)], late=True)


def test_mid_january_stands_at_its_year():
    assert moment(date(2027, 1, 15)) == 2027
    assert moment(DAY) == pytest.approx(2026 + 229 / 365.25)


def test_bars_meet_end_to_end_and_end_with_the_axis():
    spec = timeline([ON_TIME], (2025, 2031))
    bars = [trace for trace in spec["data"] if trace["type"] == "bar"]
    assert [trace["text"] for trace in bars] == [["5"], ["10"], ["20"]]
    assert bars[0]["base"] == [moment(DAY)]
    for one, following in pairwise(bars):
        assert one["base"][0] + one["x"][0] == pytest.approx(following["base"][0])
    assert bars[-1]["base"][0] + bars[-1]["x"][0] == pytest.approx(2031.5)


def test_each_kind_of_opening_has_a_sign_of_its_own():
    spec = timeline([ON_TIME, SLIPPED, OVERDUE], (2025, 2031), date(2026, 11, 21))
    signs = {trace["name"]: trace for trace in spec["data"] if trace["type"] == "scatter"}
    assert set(signs) == {OPENS, SLIPS, LATE}
    assert len({trace["marker"]["symbol"] for trace in signs.values()}) == 3
    assert signs[SLIPS]["x"] == [moment(DAY)]
    assert len(spec["layout"]["shapes"]) == 1
    assert "C &lt;school&gt;" in [note["text"] for note in spec["layout"]["annotations"]]


def test_a_scheme_without_places_yet_has_a_sign_and_no_bar():
    spec = timeline([ON_TIME._replace(steps=[])], (2025, 2031))
    assert [trace["type"] for trace in spec["data"]] == ["scatter"]
