"""A matrix that was imported: what it has of a question, and which of its places nobody knows."""

import numpy as np
import pandas as pd
import pytest

from geodata.travel_matrix import MatrixReport, matrix_report, measured, site_key

COLUMNS = ["from", "to", "mode", "minutes", "km"]
ROWS = [
    ("a", "b", "car", 10.0, 5.0),
    ("b", "a", "car", 12.0, None),
    ("b", "c", "car", 7.0, 3.0),
    ("a", "b", "walk", 60.0, 5.0),
]


@pytest.fixture
def matrix(store_of):
    def make(rows=ROWS, columns=COLUMNS, **facts):
        return store_of(("travel_times", pd.DataFrame(rows, columns=columns), facts))

    return make


def test_without_a_matrix_there_is_nothing(small_store):
    assert measured(small_store, "car", ["a"], ["b"]) is None
    assert matrix_report(small_store) is None


def test_pairs_are_found_both_ways_and_the_way_back_stands_in(matrix):
    found = measured(matrix(), "car", ["a", "b", "c", ""], ["a", "b", "c"])
    nan = np.nan
    assert np.array_equal(found.minutes, [[nan, 10, nan], [12, nan, 7], [nan, 7, nan], [nan] * 3], equal_nan=True)
    assert np.array_equal(found.km, [[nan, 5, nan], [nan, nan, 3], [nan, 3, nan], [nan] * 3], equal_nan=True)
    assert found.turned.nonzero() == (np.array([2]), np.array([1]))
    assert found.source == "travel_times.csv"


def test_a_place_that_is_asked_for_twice_is_found_twice(matrix):
    assert measured(matrix(), "walk", ["a", "a"], ["b", "x", "b"]).minutes[:, [0, 2]].tolist() == [[60, 60]] * 2


def test_another_mode_has_nothing(matrix):
    found = measured(matrix(), "bus", ["a"], ["b"])
    assert np.isnan(found.minutes).all()
    assert not found.turned.any()


def test_how_times_were_found_and_what_they_are_is_said(matrix):
    rows = [(*ROWS[0], "road network, speeds: assumed"), (*ROWS[3], None)]
    store = matrix(rows, [*COLUMNS, "method"], basis="synthetic")
    assert measured(store, "car", ["a"], ["b"]).source == "travel_times.csv (road network, speeds: assumed; synthetic)"
    assert measured(store, "walk", ["a"], ["b"]).source == "travel_times.csv (synthetic)"


def test_columns_that_may_lack(matrix):
    found = measured(matrix([row[:4] for row in ROWS], COLUMNS[:4]), "car", ["a"], ["b"])
    assert (found.minutes.tolist(), np.isnan(found.km).all()) == ([[10]], True)


def test_unknown_places_are_counted_and_named(council, subjects, store_of):
    home = council.aylesbury[0]
    rows = [(home, "centre:Oak", "car", 5.0, 1.0), (home, "centre:Gone", "walk", 5.0, 1.0), ("x", "y", "car", 1.0, 1.0)]
    rows += [(f"u{number:02}", home, "walk", 1.0, 1.0) for number in range(20)]
    store = store_of(
        ("family_centres", subjects.centres(), {}), ("travel_times", pd.DataFrame(rows, columns=COLUMNS), {})
    )
    named = ("centre:Gone", *(f"u{number:02}" for number in range(9)))
    assert matrix_report(store) == MatrixReport("travel_times.csv", {"walk": 21, "car": 2}, 22, 23, named)


def test_what_places_are_called():
    assert site_key("schools", {"urn": 110195}) == "urn:110195"
    assert site_key("family_centres", {"centre_id": "IFC-01", "name": "Oak"}) == "centre:IFC-01"
    assert site_key("family_centres", {"centre_id": None, "name": "Oak"}) == "centre:Oak"
    assert site_key("buildings", {"building_id": "B-01"}) == "building:B-01"
    assert site_key("link_workers", {"post": "LW-01"}) == "post:LW-01"
    assert site_key("schools", {"urn": None}) == ""
