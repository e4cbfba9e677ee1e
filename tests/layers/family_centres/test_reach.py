"""Reach by hand on four small areas, and its laws on many."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.travel import Points, Travel
from layers.family_centres.catchment import catchment
from layers.family_centres.core import SCHOOL_AGE, YOUNG, Centre, Ground, Group
from layers.family_centres.reach import (
    COUNTY,
    decay_of,
    is_far,
    mean_scores,
    nearest_minutes,
    opening_days,
    points_of,
    reach,
    reach_of,
    travel_words,
)
from layers.family_centres.settings import ReachSettings


def ground(children, areas=("n", "n", "s", "s"), key=SCHOOL_AGE):
    count = len(areas)
    nowhere = Points(tuple(f"a{place}" for place in range(count)), np.zeros(count), np.zeros(count))
    group = Group(key, "Children aged 5 to 17", np.array(children, dtype=float), "", "undated")
    return Ground(
        date(2024, 9, 1), nowhere.keys, areas, (("n", "North"), ("s", "South")), nowhere, (group,), (None,) * count, "",
        (), (),
    )  # fmt: skip


def ways(minutes, measured=None):
    table = np.array(minutes, dtype=float)
    flags = np.zeros(table.shape, dtype=bool) if measured is None else np.array(measured)
    return Travel(table, table, flags, "bus", "estimated")


def centre(key, kind="centre", days=(), easting=1.0):
    return Centre(key, key, kind, days, easting, easting, None, None, "n")


def test_by_hand():
    # The nearest of two centres: 10 (on the limit), 25, 31 and none.
    found = ways([[10, 40], [35, 25], [31, 90], [np.inf, np.inf]])
    rows = reach(ground([100, 50, 30, 20]), found)
    assert [(row.area, row.children, row.within) for row in rows] == [
        ("n", 150, (100, 100, 150)),
        ("s", 50, (0, 0, 0)),
        (COUNTY, 200, (100, 100, 150)),
    ]
    assert rows[-1].shares == (50, 50, 75)
    assert nearest_minutes(found).tolist() == [10, 25, 31, np.inf]
    assert is_far(found).tolist() == [False, False, True, True]


def test_without_centres_everyone_is_far_and_without_children_there_is_no_share():
    found = ways(np.empty((4, 0)))
    assert is_far(found).all()
    assert [row.shares for row in reach(ground([0, 0, 0, 5]), found)] == [(None,) * 3, (0, 0, 0), (0, 0, 0)]


@given(st.data())
def test_localities_add_up_to_the_county_and_a_longer_journey_reaches_no_fewer(data):
    count = data.draw(st.integers(1, 15))
    children = data.draw(st.lists(st.floats(0, 1e4), min_size=count, max_size=count))
    areas = tuple(data.draw(st.lists(st.sampled_from("ns"), min_size=count, max_size=count)))
    minutes = [data.draw(st.lists(st.floats(0, 60), min_size=3, max_size=3)) for _ in range(count)]
    *parts, county = reach(ground(children, areas), ways(minutes))
    assert county.children == pytest.approx(sum(children))
    assert sum(row.children for row in parts) == pytest.approx(county.children)
    for limit in range(3):
        assert sum(row.within[limit] for row in parts) == pytest.approx(county.within[limit])
    for row in (*parts, county):
        assert [*row.within, row.children + 1e-6] == sorted([*row.within, row.children + 1e-6])


def test_mean_scores_weigh_each_child_alike():
    here, found = ground([100, 50, 30, 0]), ways([[5], [5], [np.inf], [5]])
    shared = catchment(here.groups[0].children, np.array([3.0]), found.minutes, decay_of(ReachSettings()))
    scores = mean_scores(here, here.groups[0], shared)
    assert scores == pytest.approx({"n": 1000 * 3 / 150, "s": 0.0, COUNTY: 1000 * 3 / 180})
    assert mean_scores(ground([1, 1, 0, 0]), ground([1, 1, 0, 0]).groups[0], shared)["s"] is None


def test_days_that_are_not_stated_are_assumed():
    places = [centre("a", days=("mon", "tue")), centre("b")]
    assert opening_days(places, ReachSettings(days_if_unstated=3)).tolist() == [2, 3]


def test_places_are_called_as_an_imported_matrix_calls_them():
    places = [centre("IFC-1", "centre_plus"), centre("B-1", "building"), centre("E01", "area_of_search", easting=None)]
    found = points_of(places)
    assert found.keys == ("centre:IFC-1", "building:B-1", "E01")
    assert np.isnan(found.easting).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("minutes", "measured", "words"),
    [
        ([[5, 9]], [[False, False]], ("estimated travel",)),
        ([[5, 9]], [[True, False]], ("partly estimated travel",)),
        ([[5, 9]], [[True, True]], ()),
        ([[5, np.inf]], [[True, False]], ()),
    ],
)
def test_journeys_say_whether_they_are_estimated(minutes, measured, words):
    assert travel_words(ways(minutes, measured)) == words


def test_a_gaussian_decay_can_be_chosen():
    assert decay_of(ReachSettings(decay="gaussian"))(np.array([30.0])).tolist() == [0]


def test_the_demonstration_adds_up_and_shares_its_days(demo_store):
    found = reach_of(demo_store, "bus")
    assert len(found.rows) == 4 * len(found.ground.groups)
    for group in found.ground.groups:
        *parts, county = [row for row in found.rows if row.group == group.key]
        assert (
            sum(row.children for row in parts) == pytest.approx(county.children) == pytest.approx(group.children.sum())
        )
        shared = found.catchments[group.key]
        assert float(group.children @ shared.scores) == pytest.approx(shared.reachable, abs=1e-9)
    assert found.travel.minutes.shape == (319, len(found.ground.centres))
    walk = {(row.area, row.group): row.within for row in reach_of(demo_store, "walk").rows}
    for row in found.rows:  # by bus means on foot where that is no slower
        assert all(bus >= foot - 1e-9 for bus, foot in zip(row.within, walk[row.area, row.group], strict=True))
    assert YOUNG in {group.key for group in found.ground.groups} or len(found.ground.groups) == 1
