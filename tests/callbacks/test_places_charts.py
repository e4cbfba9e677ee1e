"""The charts: words for those who do not see them, and what is odd about planned schemes."""

import json
from dataclasses import replace
from datetime import date

from callbacks.places_charts import cell_chart, county_chart, pipeline_view, scheme_name
from callbacks.places_facts import CellKey

KEY = CellKey("aylesbury", "secondary", "semh", "special")


def test_the_fan_of_a_cell_says_what_it_shows(hand_made):
    chart = cell_chart(hand_made(), KEY, 2026)
    assert "52 in January 2026 (80% band 45 to 60)" in chart["sentence"]
    assert chart["sentence"].endswith("Working places in January 2026: 30.")
    assert chart["short"] == ""


def test_the_county_stands_beside_what_the_council_expects(hand_made):
    chart = county_chart(hand_made())
    assert "In January 2027 the model says 202,700 (182,430 to 222,970)" in chart["sentence"]
    names = [trace.get("name") for trace in json.loads(chart["spec"])["data"]]
    assert "council: more than 200,000" in names
    assert "counted" in names


def test_planned_schemes_and_those_that_are_late(hand_made, scheme):
    late = replace(scheme, setting="B school", late=True, slipped="2026-03-01")
    view = pipeline_view(hand_made(schemes=(scheme, late)), date(2026, 11, 21))
    assert view["sentence"] == (
        "40 places in 2 schemes open after January 2025. 1 scheme was due to open by now; the list of places shows no "
        "pupils there yet."
    )
    assert view["rows"][1]["state"] == "due by now, no pupils on the list yet, slipped to 2026-03-01"
    assert view["rows"][0]["by_year"] == ["5", "10"]
    assert view["chart"]["height"] > 0


def test_nothing_planned_is_said(hand_made):
    view = pipeline_view(hand_made(), date(2026, 11, 21))
    assert view["chart"] is None
    assert view["sentence"].startswith("No place opens after January 2025")


def test_many_schemes_are_in_the_table_alone(hand_made, scheme):
    many = tuple(replace(scheme, setting=f"School {number}") for number in range(20))
    assert pipeline_view(hand_made(schemes=many), date(2025, 1, 1))["more"] == 6


def test_a_scheme_is_named_by_setting_phase_and_need(scheme):
    assert scheme_name(scheme) == "A school, secondary, Social, emotional and mental health"
