"""The best sharing of one locality."""

import pytest

from layers.link_workers.areas import split
from layers.link_workers.blocks import blocks_of
from layers.link_workers.core import Rules
from layers.link_workers.part_solution import Limits, solve_part


def solved(ground, seconds=20.0):
    blocks = blocks_of(ground)
    (part,) = split(ground, blocks, 10.0).parts
    return solve_part(ground, blocks, part, Limits(0.0, lambda: 0.0, seconds))


def test_it_is_the_best_of_all_where_all_lie_side_by_side(make_school, make_post, make_ground, every_plan):
    schools = [make_school(1, 0), make_school(2, 4), make_school(3, 0, 4, load=3), make_school(4, 1, 1)]
    ground = make_ground(schools, [make_post(1, 0, hours=5), make_post(2, 4, 4, hours=6)], Rules(least=1, most=3))
    found = solved(ground)
    assert found.cost == pytest.approx(min(plan.cost for plan in every_plan(ground)))
    assert found.bound == pytest.approx(found.cost)


def test_a_post_may_stay_without_a_school_unless_the_range_is_hard(make_school, make_post, make_ground):
    schools = [make_school(1, 0), make_school(2, 0.5)]
    posts = [make_post(1, 0), make_post(2, 60)]
    assert set(solved(make_ground(schools, posts, Rules(1, 2))).worker_of.values()) == {"LW-1"}
    assert set(solved(make_ground(schools, posts, Rules(1, 2, hard=True))).worker_of.values()) == {"LW-1", "LW-2"}


def test_nothing_to_share_costs_what_the_posts_cost(make_school, make_post, make_ground):
    ground = make_ground([make_school(1, 0, load=50)], [make_post(1, 0)], Rules(least=2))
    found = solved(ground)
    assert found.worker_of == {}
    assert found.cost == found.bound > 0
