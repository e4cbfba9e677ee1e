"""Homes to come."""

from datetime import date

import pytest

from layers.registry import find_layer
from layers.table import area_table

HOMES = find_layer("housing").amount


def test_homes_that_are_not_there_yet_are_summed_over_all_years(subjects_store):
    table = area_table(subjects_store, find_layer("housing"), "locality")
    assert [(row.code, row.count) for row in table.rows] == [
        ("aylesbury", 180), ("chiltern-south-bucks", 0), ("wycombe", 7), ("unknown", 200), ("outside", 0),
    ]  # fmt: skip
    assert (table.total, table.county.value) == (387, 187.0)


@pytest.mark.parametrize(
    ("status", "year", "expected"),
    [
        ("completed", 2030, 0),
        ("under_construction", 2020, 9),
        ("allocated", 2040, 9),
        (None, 2023, 0),
        (None, 2024, 9),
    ],
)
def test_the_status_decides_and_without_one_the_year(status, year, expected):
    assert HOMES({"status": status, "year": year, "dwellings": 9}, date(2024, 9, 1)) == expected
