"""Placing postcodes: the lookup decides, a point only where the lookup cannot know."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata.pack.postcode_sources import normalise
from geodata.pack.postcodes import make_postcodes

COUNTY, OTHER = "E06000060", "E06000042"


@pytest.fixture
def placed():
    # Two atoms of 1 km side by side, then a neighbour's LSOA.
    shapes = [shapely.box(x, 0, x + 1_000, 1_000) for x in (0, 1_000, 2_000)]
    lsoas = gpd.GeoDataFrame({"code": ["A", "B", "N"]}, geometry=shapes, crs="EPSG:27700")
    onspd = pd.DataFrame(
        [
            ("AA1 1AA", COUNTY, 100.0, 500.0),  # official, live
            ("AA1 1AB", COUNTY, 1_100.0, 500.0),  # official says A, the point B
            ("AA1 1AC", COUNTY, 200.0, 500.0),  # ended
            ("AA1 1AD", COUNTY, 1_900.0, 500.0),  # ended in A, live again in B
            ("AA1 1AE", COUNTY, 1_100.0, 500.0),  # ended in A, live again about there
            ("AA1 1AF", COUNTY, 2_010.0, 500.0),  # new, in the county by authority
            ("AA1 1AG", OTHER, 1_990.0, 500.0),  # new, outside by authority
            ("AA1 1AH", OTHER, 9_000.0, 500.0),  # new, too far
            ("AA1 1AJ", COUNTY, None, None),  # new, without a point
        ],
        columns=["postcode", "authority", "easting", "northing"],
    )
    lookup = pd.DataFrame(
        {
            "postcode": [f"AA1 1A{letter}" for letter in "ABCDE"],
            "lsoa": "A",
            "ended": [False, False, True, True, True],
        }
    )
    live = pd.DataFrame({"postcode": ["AA1 1AA", "AA1 1AD", "AA1 1AE"]})
    frame = make_postcodes(lookup, onspd, live, lsoas, lsoas[:2])
    return frame.set_index(frame["postcode"].str[-1])


def test_those_within_reach_are_kept(placed):
    assert list(placed.index) == list("ABCDEFG")


def test_official_lsoa_stands_against_the_point(placed):
    assert placed.loc[["A", "B", "C", "E"], "lsoa"].tolist() == ["A", "A", "A", "A"]
    assert not placed.loc[["A", "B", "C", "E"], "by_point"].any()


def test_moved_and_new_postcodes_go_by_point_on_their_side_of_the_line(placed):
    assert placed.loc[["D", "F", "G"], "lsoa"].tolist() == ["B", "B", "N"]
    assert placed.loc[["D", "F", "G"], "by_point"].all()


def test_live_is_not_ended_or_live_again(placed):
    assert placed["live"].to_dict() == dict.fromkeys("ABDEFG", True) | {"C": False}


def test_normalise_sets_one_blank():
    assert normalise(pd.Series(["HP201UY", "hp1  1aa"])).tolist() == ["HP20 1UY", "HP1 1AA"]
