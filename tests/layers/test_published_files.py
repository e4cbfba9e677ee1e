"""Which rows of published figures are the council's, its region's and England's."""

import pytest

from layers.published_files import council_codes, level_of, plain_breakdown


def test_the_council_stands_under_its_codes_of_all_times(profile):
    assert council_codes("buckinghamshire") == ("E06000060", "E10000002")
    for row in (
        {"area_code": "E10000002"},
        {"area_code": None, "area": " buckinghamshire "},
        {"area_code": "e06000060"},
    ):
        assert level_of(row, profile) == "council"


@pytest.mark.parametrize(
    ("row", "level"),
    [
        ({"area_code": "E12000008"}, "region"),
        ({"area": "South East", "level": "Regional"}, "region"),
        ({"area": "England"}, "country"),
        ({"area_code": "E92000001", "level": "National"}, "country"),
        ({"area": "Kent", "area_code": "E10000016"}, ""),
        ({"area_code": "E01017627"}, ""),
        ({}, ""),
    ],
)
def test_regions_and_england_are_known_and_no_other_area(profile, row, level):
    assert level_of(row, profile) == level


@pytest.mark.parametrize(
    ("said", "plain"),
    [("All plans: All plans", "All plans"), ("Age: 5", "Age: 5"), ("", ""), ("Total", "Total"), (" : x", "x")],
)
def test_a_breakdown_says_nothing_twice(said, plain):
    assert plain_breakdown(said) == plain
