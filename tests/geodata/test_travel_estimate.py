"""Journeys by hand, and the laws that every estimate keeps."""

from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.profile import load_profile
from geodata.travel_estimate import Settlements, estimate, in_town, settlements, straight_m
from geodata.travel_settings import Pace, Roads, TravelSettings, Way, travel_settings

WALK = Way(Pace(1.0, 6.0, 0.0), Pace(1.5, 3.0, 0.0), 1.0, 5.0, "assumed")
BUS = Way(Pace(1.0, 12.0, 10.0), Pace(1.5, 20.0, 30.0), 1.0, 30.0, "assumed")
CAR = Way(Pace(1.2, 20.0, 0.0), Pace(1.4, 30.0, 0.0), 2.0, 60.0, "assumed")
PLAIN = TravelSettings(
    1.0, 50.0, MappingProxyType({"walk": WALK, "bus": BUS, "car": CAR}), Roads(5.0, 20.0, 1.0, {}, "assumed"), ()
)
REAL = travel_settings(load_profile())

METRES = st.floats(0, 200_000)
KINDS = st.booleans()
SETTINGS = st.sampled_from([PLAIN, REAL])
MODE = st.sampled_from(["walk", "bus", "car"])


def one(mode, metres, here, there, settings=PLAIN):
    km, minutes = estimate(mode, np.array([[metres]]), np.array([here]), np.array([there]), settings)
    return float(km[0, 0]), float(minutes[0, 0])


def test_a_long_way_by_car_by_hand():
    # 10 km straight from town to village: 10 x (1.2 + 1.4) / 2 = 13 km; 2 km at 20 km/h are 6 minutes, 2 km at
    # 30 km/h are 4, and 9 km at 60 km/h are 9.
    assert one("car", 10_000, True, False) == pytest.approx((13, 19))


def test_a_short_way_is_half_at_the_pace_of_each_end():
    # 1 km x 1.2 within town: 0.6 km twice at 20 km/h.
    assert one("car", 1_000, True, True) == pytest.approx((1.2, 3.6))
    # 1 km x 1.3: 0.65 km at 20 km/h and 0.65 km at 30 km/h.
    assert one("car", 1_000, True, False) == pytest.approx((1.3, 0.65 * 3 + 0.65 * 2))


def test_the_rarer_bus_decides_the_wait():
    # 10 km x 1.25 = 12.5 km: 1 km at 12 km/h, 1 km at 20 km/h, 10.5 km at 30 km/h, and 30 minutes of waiting.
    assert one("bus", 10_000, True, False) == pytest.approx((12.5, 30 + 5 + 3 + 21))


def test_nobody_waits_for_a_bus_that_is_no_quicker():
    # 1 km on foot in town: 10 minutes; by bus 10 minutes of waiting and 5 on the way.
    assert one("bus", 1_000, True, True) == one("walk", 1_000, True, True) == pytest.approx((1, 10))


@given(MODE, METRES, METRES, KINDS, KINDS, SETTINGS)
def test_farther_is_never_quicker_nor_shorter(mode, first, second, here, there, settings):
    near, far = sorted((first, second))
    short, long = one(mode, near, here, there, settings), one(mode, far, here, there, settings)
    assert short[0] <= long[0] + 1e-9
    assert short[1] <= long[1] + 1e-9


@given(MODE, METRES, KINDS, KINDS, SETTINGS)
def test_there_and_back_are_the_same_and_never_negative(mode, metres, here, there, settings):
    km, minutes = one(mode, metres, here, there, settings)
    assert (km, minutes) == one(mode, metres, there, here, settings)
    assert km >= metres / 1000 - 1e-9
    assert minutes >= 0


@given(MODE, KINDS, KINDS, SETTINGS)
def test_nothing_takes_no_time(mode, here, there, settings):
    assert one(mode, 0.0, here, there, settings) == (0, 0)


@given(METRES, KINDS, KINDS, SETTINGS)
def test_a_bus_is_never_slower_than_walking(metres, here, there, settings):
    assert one("bus", metres, here, there, settings)[1] <= one("walk", metres, here, there, settings)[1]


@given(MODE, st.lists(st.tuples(METRES, METRES), min_size=1, max_size=4))
def test_many_at_once_are_as_one_by_one(mode, places):
    points = np.array(places)
    straight = straight_m(points, points)
    town = np.arange(len(places)) % 2 == 0
    km, minutes = estimate(mode, straight, town, town, REAL)
    assert np.array_equal(minutes, minutes.T)
    for row in range(len(places)):
        for column in range(len(places)):
            alone = one(mode, straight[row, column], town[row], town[column], REAL)
            assert (km[row, column], minutes[row, column]) == alone


def test_unknown_places_are_infinitely_far():
    points = np.array([[0.0, 0.0], [np.nan, 0.0], [0.0, np.inf], [3000.0, 4000.0]])
    straight = straight_m(points, points)
    assert straight[0, 3] == 5000
    assert np.isnan(straight[1]).all()
    assert np.isnan(straight[:, 2]).all()
    km, minutes = estimate("car", straight, np.zeros(4, bool), np.zeros(4, bool), PLAIN)
    assert np.isinf(km[1]).all()
    assert np.isinf(minutes[:, 1]).all()
    assert np.isfinite(minutes[0, 3])


def test_density_counts_live_postcodes_around_the_middle(tmp_path):
    rows = [
        ("A", 1000, 0, True), ("A", 3000, 0, True), ("A", 90_000, 0, False),  # the middle is at 2000, 0
        ("B", 50_000, 0, False), ("B", 50_200, 0, False),  # none is live: the ended ones serve
        ("C", None, None, True), (None, 2000, 1000, True), (None, 2000, 1001, True),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["lsoa", "easting", "northing", "live"])
    frame.astype({"easting": "Int32", "northing": "Int32"}).to_parquet(tmp_path / "postcodes.parquet")
    found = settlements(tmp_path / "postcodes.parquet", ("B", "A", "C", "D"), 1.0)
    assert found.points[:2].tolist() == [[50_100, 0], [2000, 0]]
    assert np.isnan(found.points[2:]).all()
    # On the edge of the circle still counts, a metre beyond it does not.
    assert found.per_km2 == pytest.approx([0, 3 / np.pi, 0, 0])
    assert not found.points.flags.writeable


def test_a_place_is_town_where_the_nearest_small_area_is_dense():
    found = Settlements(np.array([[0.0, 0.0], [1000.0, 0.0], [np.nan, np.nan]]), np.array([50.0, 49.9, 99.0]))
    east, north = np.array([499.0, 501.0, np.nan, -1e6]), np.zeros(4)
    assert in_town(found, east, north, 50.0).tolist() == [True, False, False, True]
    nowhere = Settlements(np.full((1, 2), np.nan), np.array([99.0]))
    assert not in_town(nowhere, east, north, 50.0).any()
    assert in_town(found, east[:0], north[:0], 50.0).shape == (0,)
