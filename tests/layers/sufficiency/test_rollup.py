"""Cells on few plans, and the words for a cell."""

import pytest

from layers.sufficiency.grouping import ALL
from layers.sufficiency.rollup import COUNTY, WORDS, RolledUp, roll_up, status_of

PLANS = {("a", "semh"): 19, ("a", ALL): 20, (COUNTY, "semh"): 60, (COUNTY, ALL): 200, ("b", "semh"): 20,
         ("a", "sensory"): 2, (COUNTY, "sensory"): 12, ("b", ALL): 5}  # fmt: skip


@pytest.mark.parametrize(
    ("area", "group", "expected"),
    [
        ("b", "semh", RolledUp("b", "semh")),
        ("a", "semh", RolledUp(COUNTY, "semh", "Rests on 19 plans, fewer than 20: see the county.")),
        ("a", "sensory", RolledUp(COUNTY, ALL, "Rests on 2 plans, fewer than 20: see the county for all needs.")),
        (COUNTY, "sensory", RolledUp(COUNTY, ALL, "Rests on 12 plans, fewer than 20: see the county for all needs.")),
        ("a", ALL, RolledUp("a", ALL)),
        ("b", ALL, RolledUp(COUNTY, ALL, "Rests on 5 plans, fewer than 20: see the county.")),
    ],
)
def test_where_a_cell_is_shown_from(area, group, expected):
    assert roll_up(PLANS, area, group, 20) == expected


def test_the_county_for_all_needs_rolls_up_no_further():
    assert roll_up({(COUNTY, ALL): 3}, COUNTY, ALL, 20) == RolledUp(COUNTY, ALL)


@pytest.mark.parametrize(
    ("chance", "gap", "gap_at_settings", "expected"),
    [
        (0.8, 3, 3, "short"), (0.79, 3, 3, "likely_short"), (0.5, 0.5, 0, "likely_short"), (0.49, 0, 0, "balanced"),
        (0.09, 0, -1, "spare"), (0.1, 0, -9, "balanced"), (0.0, 0, -0.9, "balanced"),
        (None, 0.5, 0.5, "short"), (None, 0.4, 0.4, "balanced"), (None, 0, -1, "spare"),
    ],
)  # fmt: skip
def test_status(chance, gap, gap_at_settings, expected):
    assert status_of(chance, gap, gap_at_settings) == expected
    assert expected in WORDS
