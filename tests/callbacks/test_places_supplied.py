"""Settings and planned schemes, from rows of the supply."""

from datetime import date

import pytest

from callbacks.places_supplied import schemes_of, setting_points, settings_of
from layers.sufficiency.core import Places, Supply

YEARS = (2025, 2026)


def row(**parts):
    usual = {
        "setting": "A", "urn": 1, "area": "aylesbury", "easting": None, "northing": None, "provision": "special",
        "phase": "primary", "need": "ASD", "commissioned": 10, "capacity": 12, "pupils": 11, "by_year": (9.5, 9.5),
    }  # fmt: skip
    return Places(**(usual | parts))


def supply(*rows):
    return Supply(YEARS, rows, {}, {}, (), ())


def test_a_setting_adds_up_its_rows_and_keeps_three_numbers():
    planned = row(planned=True, opens=date(2025, 9, 1), by_year=(0.0, 2.5), pupils=None, capacity=None)
    rows = supply(row(), row(need="SLD", commissioned=None, pupils=None), planned, row(provision="mainstream"))
    (found,) = settings_of({1: (-0.8, 51.8)}, rows, 1)
    assert found.working == pytest.approx(21.5)
    # Places to come are not commissioned yet, so pupils of today are not held against them.
    assert (found.commissioned, found.capacity, found.pupils, found.over) == (10, 24, 11, 1)
    assert (found.longitude, found.latitude) == (-0.8, 51.8)


def test_places_that_never_open_in_the_forecast_are_left_out():
    assert settings_of({}, supply(row(by_year=(0.0, 0.0))), 0) == ()


def test_a_scheme_says_whether_it_slipped_and_whether_it_is_late():
    opens = date(2025, 9, 1)
    late = row(planned=True, opens=opens, pupils=None)
    future = row(planned=True, opens=date(2090, 9, 1), pupils=None)
    found = schemes_of(supply(row(), late, future), YEARS, 12)
    assert [(one.opens, one.slipped, one.late) for one in found] == [
        ("2024-09-01", "2025-09-01", True), ("2089-09-01", "2090-09-01", False)
    ]  # fmt: skip
    assert (
        schemes_of(supply(row(planned=True, opens=opens, from_scenario=True, pupils=None)), YEARS, 0)[0].late is False
    )


def test_points_come_from_schools_and_settings(demo_store):
    points = setting_points(demo_store)
    assert len(points) > 200
    assert all(50 < latitude < 53 for _, latitude in points.values() if latitude)
