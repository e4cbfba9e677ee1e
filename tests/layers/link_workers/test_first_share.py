"""A first sharing by travel."""

from dataclasses import replace

import numpy as np

from layers.link_workers.blocks import blocks_of
from layers.link_workers.core import Rules
from layers.link_workers.first_share import first_share, near_share
from layers.link_workers.packing import Among


def among_of(ground, blocks):
    areas = tuple(ground.schools[block[0]].area for block in blocks.schools)
    return Among(np.arange(len(blocks.schools)), np.flatnonzero(ground.present), areas, ground.homes)


def shared(ground):
    blocks = blocks_of(ground)
    among = among_of(ground, blocks)
    found = first_share(ground, blocks, among, 10.0)
    post_of = {at: post for at, post in enumerate(found.post_of) if post >= 0}
    near = near_share(ground, blocks, among, 10.0, post_of)
    assert near.post_of.count(-1) == found.post_of.count(-1)
    assert sum(near.short.values()) == sum(found.short.values())
    return replace(near, proven=found.proven)


def test_the_least_travel_within_the_hours(make_school, make_post, make_ground):
    schools = [make_school(1, 0), make_school(2, 1), make_school(3, 2)]
    found = shared(make_ground(schools, [make_post(1, 0, hours=4), make_post(2, 9, hours=4)]))
    assert found.post_of == (0, 0, 1)
    assert found.proven


def test_exactly_full_is_not_over(make_school, make_post, make_ground):
    schools = [make_school(urn, urn, load=load) for urn, load in enumerate((0.1, 0.2, 0.3, 0.7), 1)]
    assert -1 not in shared(make_ground(schools, [make_post(1, 0, hours=0.6), make_post(2, 0, hours=0.7)])).post_of


def test_as_few_as_possible_are_left_over(make_school, make_post, make_ground):
    # Eight hours: the four of one hour and two of two fit; the near one of six would take their place.
    schools = [make_school(1, 0, load=6), *(make_school(urn, 9, load=2 if urn < 4 else 1) for urn in range(2, 8))]
    found = shared(make_ground(schools, [make_post(1, 0, hours=8)]))
    assert found.post_of == (-1, 0, 0, 0, 0, 0, 0)
    assert found.proven


def test_a_hard_range_is_kept_or_what_is_missing_is_said(make_school, make_post, make_ground):
    schools = [make_school(urn, urn) for urn in range(1, 6)]
    posts = [make_post(1, 0, hours=99), make_post(2, 50, hours=99)]
    found = shared(make_ground(schools, posts, Rules(least=2, most=4, hard=True)))
    assert sorted((found.post_of.count(0), found.post_of.count(1))) == [2, 3]
    assert found.short == {}
    found = shared(make_ground(schools, posts, Rules(least=3, most=4, hard=True)))
    assert sum(found.short.values()) == 1


def test_apart_is_kept(make_school, make_post, make_ground):
    rules = Rules(apart=frozenset({frozenset({1, 2})}))
    found = shared(make_ground([make_school(1, 0), make_school(2, 0)], [make_post(1, 0), make_post(2, 90)], rules))
    assert sorted(found.post_of) == [0, 1]


def test_without_posts_all_is_left_over(make_school, make_ground):
    assert shared(make_ground([make_school(1, 0)], [])).post_of == (-1,)


def test_what_is_locked_is_the_last_to_be_left_over(make_school, make_post, make_ground):
    schools = [make_school(1, 0, load=6), *(make_school(urn, 0, load=1) for urn in range(2, 8))]
    found = shared(make_ground(schools, [make_post(1, 0, hours=7)], Rules(locks={1: "LW-1"})))
    assert found.post_of[0] == 0
    assert found.post_of.count(-1) == 5
    assert found.proven


def test_as_few_as_possible_are_lent_whatever_the_way(make_school, make_post, make_ground):
    schools = [make_school(1, 50), make_school(2, 51)]
    posts = [None, make_post(2, 50, hours=9, area="b")]
    for hours, lent in ((4, 0), (2, 1)):
        ground = make_ground(schools, [make_post(1, 0, hours=hours), posts[1]])
        blocks = blocks_of(ground)
        assert first_share(ground, blocks, among_of(ground, blocks), 10.0).post_of.count(1) == lent
