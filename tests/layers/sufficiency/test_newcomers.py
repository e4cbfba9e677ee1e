"""Homes over the usual, and what nothing explains."""

import numpy as np
import pandas as pd
import pytest

from layers.sufficiency.core import census_areas
from layers.sufficiency.newcomers import homes, joined, not_explained, plans_of_homes

AREAS = census_areas(("aylesbury", "chiltern-south-bucks", "wycombe"))


@pytest.fixture
def listed(store_of):
    def make(*rows):
        frame = pd.DataFrame(rows, columns=["site_id", "dwellings", "year", "status", "atom"])
        return store_of(("housing", frame, {"basis": "illustrative"}))

    return make


def test_only_homes_over_those_of_a_usual_year_count(listed, council):
    here, there = council.aylesbury[0], council.wycombe
    store = listed(
        ("a", 100, 2023, "completed", here),
        ("a", 300, 2024, "completed", here),  # 200 a year in Aylesbury
        ("b", 500, 2025, "permission", here),  # 300 over
        ("b", 50, 2026, None, here),  # 150 under
        ("c", 450, 2027, "allocated", here),  # 250 over, less the 150
        ("d", 40, 2022, "under_construction", there),  # late: comes in the first year
        ("e", 60, 2025, "completed", there),  # has its pupils in the base year
        ("f", 70, 2040, "permission", there),  # after the years of the forecast
        ("g", 900, 2026, "windfall", "unknown"),
    )
    found = homes(store, AREAS, 2025, 3)
    assert found.extra[:, 0].tolist() == [300, 0, 100]
    assert found.extra[:, 2].tolist() == [40, 0, 0]
    assert found.extra[:, [1, 3, 4]].sum() == 0
    assert found.basis == ("illustrative housing",)
    assert "900 homes expected without a site" in found.notes[0]
    assert "Of 1,040 homes to come by January 2028, 440 are more than the 200 a year" in found.notes[1]


def test_without_past_completions_nothing_is_more_than_usual(listed, council):
    found = homes(listed(("a", 100, 2026, "permission", council.wycombe)), AREAS, 2025, 3)
    assert found.extra.sum() == 0
    assert "none of the 100 homes to come" in found.notes[0]


def test_without_a_list_nothing_is_added(small_store):
    found = homes(small_store, AREAS, 2025, 3)
    assert found.extra.shape == (3, 5)
    assert found.extra.sum() == 0
    assert "No list of housing" in found.notes[0]


def test_plans_are_homes_times_pupils_times_prevalence():
    assert plans_of_homes(np.array([[100.0, 50.0]]), 0.4, np.array([0.05, 0.1])).tolist() == [[2.0, 2.0]]


def test_what_published_totals_leave_unexplained():
    values = not_explained(np.array([100.0, 120.0, 150.0]), np.array([25.0, 30.0]), np.array([10.0, 5.0]))
    assert values.tolist() == [5.0, 5.0]
    assert joined(values).mean == 5


def test_no_years_and_unseen_leavers_are_no_newcomers():
    assert joined(np.zeros(0)).mean == 0
    assert joined(np.array([-4.0, -6.0])).mean == 0
