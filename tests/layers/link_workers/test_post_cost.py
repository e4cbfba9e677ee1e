"""The parts of the cost, by hand."""

import numpy as np
import pytest

from layers.link_workers.core import Rules
from layers.link_workers.pairs import Pair
from layers.link_workers.post_cost import PARTS, connected, part_costs, star_km, total_costs
from layers.link_workers.post_weights import PostWeights

WEIGHTS = PostWeights(compactness=0.5, not_connected=7, hour_off=2, family=3, change=1, outside=20)


@pytest.fixture
def ground(make_school, make_post, make_ground):
    """Four schools on a line, 1.3 km by road apart; the first post has two of them today."""
    schools = [make_school(1, 0, load=1), make_school(2, 1, load=2, families=2), make_school(3, 2, load=3),
               make_school(4, 3, load=4)]  # fmt: skip
    posts = [make_post(1, 0, hours=10, held=[1, 2]), make_post(2, None, hours=10, held=[3])]
    wishes = (Pair(frozenset({2, 3}), "", 4.0),)
    return make_ground(schools, posts, Rules(least=2, most=3), wishes, WEIGHTS)


def of(ground, post, *urns):
    columns = np.arange(4)
    members = np.array([[one.urn in urns for one in ground.schools]])
    parts = part_costs(ground, columns, members, np.array([post]))
    total = total_costs(ground, columns, members, np.array([post]))
    assert float(total[0, 0]) == pytest.approx(sum(float(parts[name][0, 0]) for name in PARTS))
    return {name: float(parts[name][0, 0]) for name in PARTS}


def test_a_cluster_side_by_side(ground):
    # From the base and back 2 x (1.3 + 2.6); from the middle school 1.3; half of 20 hours are used, so 5 is fair.
    assert of(ground, 0, 2, 3) == pytest.approx(
        {"travel": 7.8, "compactness": 0.65, "balance": 0, "handover": 1, "range": 0, "pairs": 0}
    )


def test_a_cluster_that_is_not(ground):
    # Not side by side; 5 hours; school 2 has two families and 4 nobody today; the wish is broken, half of it here.
    found = of(ground, 0, 2, 4)
    assert found["compactness"] == pytest.approx(0.5 * 2.6 + 7)
    assert found["handover"] == 0
    assert found["balance"] == pytest.approx(2)
    assert found["pairs"] == 2


def test_without_a_base_from_the_middle_school(ground):
    found = of(ground, 1, 1, 2, 3)
    assert found["travel"] == pytest.approx(2 * 2.6)
    assert found["handover"] == pytest.approx(1 + 1 + 3 * 2)


def test_a_post_without_a_school_is_below_the_range_and_its_hours(ground):
    assert of(ground, 0) == pytest.approx(
        {"travel": 0, "compactness": 0, "balance": 10, "handover": 0, "range": 40, "pairs": 0}
    )
    assert of(ground, 0, 1, 2, 3, 4)["range"] == 20


def test_a_part_of_the_columns_costs_the_same(ground):
    columns = np.array([1, 3])
    part = total_costs(ground, columns, np.array([[True, True]]), np.array([0, 1]))
    whole = total_costs(ground, np.arange(4), np.array([[False, True, False, True]]), np.array([0, 1]))
    assert part == pytest.approx(whole)


def test_connectedness_and_the_middle(ground):
    columns = np.arange(4)
    members = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 1], [0, 0, 0, 0]], dtype=bool)
    assert connected(ground, columns, members).tolist() == [True, False, True, True]
    assert star_km(ground, columns, members) == pytest.approx([1.3, 2.6, 1.3 + 1.3 + 2.6, 0])
