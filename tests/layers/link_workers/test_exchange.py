"""Two posts at a time share what they have in the best way."""

import time

import numpy as np
import pytest

from layers.link_workers.areas import Part
from layers.link_workers.blocks import blocks_of
from layers.link_workers.core import Rules
from layers.link_workers.evaluation import parts_of
from layers.link_workers.exchange import exchanged


def after(ground, first):
    blocks = blocks_of(ground)
    part = Part("a", np.arange(len(blocks.schools)), np.arange(len(ground.posts)), first)
    return exchanged(ground, blocks, part, time.perf_counter() + 5).first


def cost(ground, first):
    return sum(
        parts_of(ground, {one.urn: f"LW-{post + 1}" for one, post in zip(ground.schools, first, strict=True)}).values()
    )


def test_two_posts_find_the_best_of_all(make_school, make_post, make_ground, every_plan):
    schools = [make_school(1, 0), make_school(2, 1, load=3), make_school(3, 5), make_school(4, 6)]
    ground = make_ground(schools, [make_post(1, 0, hours=6), make_post(2, 6, hours=5)], Rules(1, 3))
    assert cost(ground, after(ground, (1, 0, 0, 1))) == pytest.approx(min(one.cost for one in every_plan(ground)))


def test_hard_rules_are_kept(make_school, make_post, make_ground):
    rules = Rules(2, 3, hard=True, together=frozenset({frozenset({1, 4})}), apart=frozenset({frozenset({2, 3})}))
    schools = [make_school(urn, urn) for urn in (1, 2, 3, 4)]
    ground = make_ground(schools, [make_post(1, 0, hours=6, barred=[3]), make_post(2, 90, hours=6)], rules)
    # The blocks are {1, 4}, {2} and {3}; 3 cannot go to the near post, and 2 not to 3.
    assert after(ground, (1, 0, 1)) == (1, 0, 1)
    ground = make_ground(schools, [make_post(1, 0, hours=8), make_post(2, 90, hours=8)], Rules(2, 4, hard=True))
    assert sorted(after(ground, (0, 0, 1, 1))) == [0, 0, 1, 1]


def test_only_sets_that_are_known(make_school, make_post, make_ground):
    ground = make_ground([make_school(1, 0), make_school(2, 9)], [make_post(1, 0), make_post(2, 9)], Rules(1, 2))
    blocks = blocks_of(ground)
    part = Part("a", np.arange(2), np.arange(2), (1, 0))

    def first(*known):
        return exchanged(ground, blocks, part, time.perf_counter() + 5, {frozenset(one) for one in known}).first

    assert first({0}, {1}) == (0, 1)
    assert first({0, 1}) == (1, 0)  # one worker with both costs more
    assert first() == (1, 0)
