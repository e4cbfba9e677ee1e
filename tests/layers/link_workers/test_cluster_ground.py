"""What clusters are judged by."""

from datetime import date

import numpy as np
import pytest

from layers.link_workers.cluster_ground import cluster_grounds, has_place
from layers.link_workers.core import Rules, School, Work
from layers.link_workers.pairs import Pair
from layers.link_workers.settings import ClusterSettings, RangeSettings


def school(urn, area, km, load=2.0):
    return School(urn, f"School {urn}", "primary", "", area, km * 1000.0, 0.0, 0.0, 0.0, load)


SCHOOLS = (
    school(4, "b", 0, 5.0),
    school(1, "a", 1),
    school(3, "a", 3, 4.0),
    school(2, "a", 30),
    school(9, "a", np.nan),
)
WORK = Work(date(2026, 1, 1), SCHOOLS, (), {"b": "Bee", "a": "Ay"})
SETTINGS = ClusterSettings()


def test_each_locality_by_number():
    bee, ay = cluster_grounds(WORK, Rules(3, 5), [], SETTINGS)
    assert (bee.area, bee.name, ay.area) == ("b", "Bee", "a")
    assert [one.urn for one in ay.schools] == [1, 2, 3]
    assert ay.load_hours.tolist() == [2, 2, 4]
    assert ay.fair_hours == pytest.approx(8 / 3 * 4)
    # A straight line of 2 km is 2.6 km by road, estimated.
    assert ay.ways_km[0, 2] == pytest.approx(2.6)
    assert ay.beside.tolist() == [[0, 2], [1, 2]]


def test_ways_that_are_given_keep_their_schools():
    ways = np.arange(25.0).reshape(5, 5)
    ay = cluster_grounds(WORK, Rules(), [], SETTINGS, ways)[1]
    assert ay.ways_km.tolist() == [[6, 8, 7], [16, 18, 17], [11, 13, 12]]


def test_groups_and_pairs_stand_where_their_schools_do():
    rules = Rules(together=frozenset({frozenset({1, 4})}), apart=frozenset({frozenset({2, 3}), frozenset({3, 9})}))
    wish = Pair(frozenset({2, 3}), "one site", 7.0)
    (ay,) = (one for one in cluster_grounds(WORK, rules, [wish], SETTINGS) if one.area == "a")
    # The group goes where most of it is, here to the first by code; a school without a place has no part in it.
    assert [one.urn for one in ay.schools] == [1, 2, 3, 4]
    assert ay.groups == (frozenset({0, 3}),)
    assert ay.apart == (frozenset({1, 2}),)
    assert np.argwhere(ay.wishes).tolist() == [[1, 2], [2, 1]]
    assert ay.wishes[1, 2] == 7


def test_the_limit_of_neighbours_is_that_of_the_settings():
    near = tuple(
        School(urn, "", "primary", "", "a", east, north, 0.0, 0.0, 1.0)
        for urn, (east, north) in enumerate([(0.0, 0.0), (1000.0, 0.0), (900.0, 9000.0)])
    )
    work = Work(date(2026, 1, 1), near, (), {"a": "Ay"})
    for km, edges in ((20.0, 3), (5.0, 2)):
        settings = ClusterSettings(range=RangeSettings(neighbour_km=km))
        assert len(cluster_grounds(work, Rules(), [], settings)[0].beside) == edges


def test_a_school_without_coordinates_has_no_place():
    assert [has_place(one) for one in SCHOOLS] == [True, True, True, True, False]
