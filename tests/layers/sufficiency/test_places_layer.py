"""Specialist places beside plans."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.rates import poisson_limits
from layers.base import NO_BASE
from layers.registry import find_layer
from layers.sufficiency.places_layer import per_plans, places_of
from layers.table import area_table

KEY = "specialist_places"


def rows(table):
    return {row.code: (row.count, row.denominator) for row in table.rows}


@pytest.mark.parametrize(
    ("commissioned", "capacity", "expected"), [(10, 20, 10), (0, 20, 0), (None, 20, 20), (None, None, 0)]
)
def test_capacity_stands_in_only_where_places_are_blank(commissioned, capacity, expected):
    assert places_of({"commissioned_places": commissioned, "capacity": capacity}) == expected


def test_places_per_100_plans_with_the_limits_of_the_plans():
    # 100 plans: Byar 81.36 to 121.63; 50 places per 100 plans are 41.1 to 61.5.
    found = per_plans(50, 100)
    assert found.value == 50
    assert (found.lower, found.upper) == pytest.approx((50 / 121.6275 * 100, 50 / 81.3626 * 100), abs=1e-3)
    assert per_plans(5, 0) is None


@given(places=st.integers(0, 5000), plans=st.integers(1, 10_000))
def test_the_figure_lies_within_its_limits(places, plans):
    found = per_plans(places, plans)
    assert 0 <= found.lower <= found.value <= found.upper
    fewest, most = poisson_limits(plans)
    assert found.lower * most == pytest.approx(found.upper * fewest)


def test_only_places_of_the_state_that_are_open_are_counted(subjects_store):
    layer = find_layer(KEY)
    assert rows(area_table(subjects_store, layer, "locality", "2022-01-20")) == {
        "aylesbury": (100, 4), "chiltern-south-bucks": (0, 1), "wycombe": (20, 1), "unknown": (9, None),
        "outside": (0, None),
    }  # fmt: skip
    # A year before: the new base is not there yet, the old one is; Chiltern & South Bucks has no plan any more.
    table = area_table(subjects_store, layer, "locality", "2021-01-21")
    assert rows(table) == {
        "aylesbury": (100, 3), "chiltern-south-bucks": (5, 0), "wycombe": (12, 1), "unknown": (9, None),
        "outside": (0, None),
    }  # fmt: skip
    assert (table.row("chiltern-south-bucks").value, table.row("chiltern-south-bucks").flag) == (None, NO_BASE)
    assert (table.total, table.county.count) == (126, 117)


def test_what_stands_in_for_places_is_said(subjects_store):
    assert area_table(subjects_store, find_layer(KEY), "ward").basis == (
        "illustrative", "synthetic", "capacity for places in 1 of 5 rows", "1 of 5 rows without places",
        "approximate areas",
    )  # fmt: skip


def undated(subjects):
    return subjects.provision([("Special", "special", 10, None, None, None, subjects.a1)])


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (None, ["2022-01-20"]),
        (date(2021, 3, 1), ["2021-07-31", "2022-01-20"]),
        (date(2021, 7, 31), ["2021-07-31", "2022-01-20"]),
        (date(2024, 9, 1), ["2022-01-20"]),
    ],
)
def test_a_place_without_a_first_day_is_not_put_into_the_past(store_of, subjects, listed, expected):
    store = store_of(("provision", undated(subjects), {"reference_date": listed}))
    assert [period.key for period in find_layer(KEY).periods(store)] == expected
    said = area_table(store, find_layer(KEY), "locality").basis[1]
    day = store.part("provision").imported_at.date() if listed is None else listed
    assert said == f"places as listed on {day.day} {day:%B %Y}"


def test_a_closed_place_without_a_first_day_still_closes(store_of, subjects):
    row = ("Special", "special", 10, None, None, date(2021, 12, 31), subjects.a1)
    store = store_of(("provision", subjects.provision([row]), {}))
    assert area_table(store, find_layer(KEY), "locality").total == 0
