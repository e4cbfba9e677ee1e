"""Metres and degrees are never taken for each other."""

import geopandas as gpd
import pytest
from shapely import Point

from geodata.crs import BNG, WGS84, require_crs
from geodata.errors import AtlasError, MissingCrsError


def frame(crs):
    return gpd.GeoDataFrame(geometry=[Point(480_000, 200_000)], crs=crs)


def test_a_frame_in_the_right_system_is_returned_itself():
    found = frame(BNG)
    assert require_crs(found, BNG) is found


def test_a_frame_without_a_system_is_refused_with_the_one_needed():
    with pytest.raises(MissingCrsError, match="name no coordinate reference system; EPSG:27700 is needed"):
        require_crs(frame(None), BNG)


@pytest.mark.parametrize(("has", "needs"), [(BNG, WGS84), (WGS84, BNG)])
def test_a_frame_in_another_system_is_refused_with_both_and_the_remedy(has, needs):
    with pytest.raises(MissingCrsError, match=rf"are in {has}; {needs} is needed\. Use \.to_crs\('{needs}'\)"):
        require_crs(frame(has), needs)


def test_the_refusal_is_also_a_value_error():
    assert issubclass(MissingCrsError, ValueError)
    assert issubclass(MissingCrsError, AtlasError)


def test_the_county_lies_where_the_two_systems_say():
    # Aylesbury: E 482 km, N 214 km; about 0.8 degrees west, 51.8 north.
    point = gpd.GeoDataFrame(geometry=[Point(482_000, 213_800)], crs=BNG).to_crs(WGS84).geometry[0]
    assert (point.x, point.y) == pytest.approx((-0.81, 51.82), abs=0.01)
