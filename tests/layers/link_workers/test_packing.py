"""A sharing by rules of thumb."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.link_workers.blocks import blocks_of
from layers.link_workers.core import Rules
from layers.link_workers.packing import Among, may_choose, packed, settled


def among_of(ground, blocks):
    areas = tuple(ground.schools[block[0]].area for block in blocks.schools)
    return Among(np.arange(len(blocks.schools)), np.flatnonzero(ground.present), areas, ground.homes)


def shared(ground, start=None):
    blocks = blocks_of(ground)
    return packed(ground, blocks, among_of(ground, blocks), start)


def test_the_largest_is_left_over_and_the_fullest_post_filled(make_school, make_post, make_ground):
    schools = [make_school(1, 0, load=6), *(make_school(urn, 9, load=2 if urn < 4 else 1) for urn in range(2, 8))]
    assert shared(make_ground(schools, [make_post(1, 0, hours=8)])) == dict.fromkeys(range(1, 7), 0)
    schools = [make_school(1, 0, load=3), make_school(2, 0, load=2)]
    assert shared(make_ground(schools, [make_post(1, 0, hours=5), make_post(2, 0, hours=3)])) == {0: 1, 1: 0}


def test_what_is_locked_goes_first_however_large(make_school, make_post, make_ground):
    schools = [make_school(1, 0, load=6), *(make_school(urn, 0, load=1) for urn in range(2, 8))]
    ground = make_ground(schools, [make_post(1, 0, hours=7)], Rules(locks={1: "LW-1"}))
    found = shared(ground)
    assert found[0] == 0
    assert len(found) == 2


def test_two_posts_share_anew_so_that_one_has_room(make_school, make_post, make_ground):
    schools = [make_school(urn, 0, load=load) for urn, load in enumerate((2, 3, 3, 4), 1)]
    ground = make_ground(schools, [make_post(1, 0, hours=6), make_post(2, 0, hours=6)])
    assert sorted(shared(ground, {0: 0, 1: 0, 2: 1})) == [0, 1, 2, 3]


def test_at_home_first_then_the_nearest_away(make_school, make_post, make_ground):
    posts = [make_post(1, 90), make_post(2, 0, area="b"), make_post(3, 1, area="b")]
    assert shared(make_ground([make_school(1, 1)], posts)) == {0: 0}
    assert shared(make_ground([make_school(1, 1)], posts[1:])) == {0: 1}


def test_a_small_school_is_lent_in_the_place_of_a_large_one(make_school, make_post, make_ground):
    schools = [make_school(1, 0, load=1), make_school(2, 0, load=4), make_school(3, 0, load=4, area="b")]
    ground = make_ground(schools, [make_post(1, 0, hours=4), make_post(2, 0, hours=5, area="b")])
    assert shared(ground, {0: 0, 2: 1}) == {0: 1, 1: 0, 2: 1}


def test_what_fits_is_given_out_and_what_is_lent_comes_home(make_school, make_post, make_ground):
    schools = [make_school(1, 0), make_school(2, 1), make_school(3, 1, area="b")]
    ground = make_ground(schools, [make_post(1, 0), make_post(2, 9, area="b")])
    blocks = blocks_of(ground)
    assert settled(ground, blocks, among_of(ground, blocks), {0: 1}) == {0: 0, 1: 0, 2: 1}
    hard = make_ground(schools, ground.posts, Rules(1, 1, hard=True))
    assert settled(hard, blocks, among_of(hard, blocks), {0: 1}) == {0: 1, 1: 0}


def test_a_choice_within_every_hard_rule(make_school, make_post, make_ground):
    rules = Rules(1, 2, hard=True, apart=frozenset({frozenset({1, 2})}))
    ground = make_ground([make_school(urn, 0) for urn in (1, 2, 3)], [make_post(1, 0, hours=4, barred=[])], rules)
    ways = np.array([[1, 1, 0], [1, 0, 1], [0, 0, 0], [1, 1, 1]], dtype=bool)
    assert may_choose(ground, blocks_of(ground), 0, [0, 1, 2], (ways, 2)).tolist() == [False, True, False, False]


@settings(max_examples=60, deadline=None)
@given(
    loads=st.lists(st.tuples(st.sampled_from([0.7, 1.0, 2.3, 4.1]), st.sampled_from("ab")), min_size=1, max_size=14),
    hours=st.lists(st.tuples(st.sampled_from([2.0, 5.0, 7.7]), st.sampled_from("ab")), min_size=1, max_size=4),
    locked=st.integers(0, 3),
)
def test_within_the_hours_and_nothing_left_over_fits(loads, hours, locked, make_school, make_post, make_ground):
    locks = {urn: f"LW-{1 + urn % len(hours)}" for urn in range(1, 1 + min(locked, len(loads)))}
    ground = make_ground(
        [make_school(urn, urn, load=load, area=area) for urn, (load, area) in enumerate(loads, 1)],
        [make_post(at, at, hours=amount, area=area) for at, (amount, area) in enumerate(hours, 1)],
        Rules(locks=locks),
    )
    blocks = blocks_of(ground)
    among = among_of(ground, blocks)
    found = settled(ground, blocks, among, packed(ground, blocks, among))
    room = ground.capacity.copy()
    for number, post in found.items():
        assert blocks.allowed[number, post]
        room[post] -= blocks.load[number]
    assert (room >= -1e-9).all()
    for number in set(range(len(loads))) - set(found):
        assert not (blocks.allowed[number] & (room >= blocks.load[number])).any()
        if number + 1 in locks:  # only others that are locked there take its place
            post = ground.post_at[locks[number + 1]]
            mine = [one for one, who in found.items() if who == post and one + 1 in locks]
            assert ground.capacity[post] - blocks.load[mine].sum() == pytest.approx(0, abs=blocks.load[number])
