"""Blocks of schools and the posts that may have them."""

from layers.link_workers.blocks import blocks_of
from layers.link_workers.core import Rules


def test_chains_of_pairs_are_one_block(make_school, make_post, make_ground):
    rules = Rules(together=frozenset({frozenset({1, 2}), frozenset({2, 4}), frozenset({3, 9})}))
    blocks = blocks_of(make_ground([make_school(urn, urn) for urn in (1, 2, 3, 4)], [make_post(1, 0)], rules))
    assert blocks.schools == ((0, 1, 3), (2,))
    assert blocks.load.tolist() == [6, 2]


def test_bars_locks_hours_and_absence_stop_a_post(make_school, make_post, make_ground):
    schools = [make_school(1, 0), make_school(2, 1, load=9), make_school(3, 2)]
    posts = [make_post(1, 0, barred=[1]), make_post(2, 0, hours=8), make_post(3, 0, absent=True)]
    blocks = blocks_of(make_ground(schools, posts, Rules(locks={3: "LW-1"})))
    assert blocks.allowed.tolist() == [[False, True, False], [True, False, False], [True, False, False]]


def test_schools_that_stay_take_hours_and_bind_their_pairs(make_school, make_post, make_ground):
    schools = [make_school(urn, urn) for urn in (1, 2, 3, 4)]
    rules = Rules(together=frozenset({frozenset({1, 3})}), apart=frozenset({frozenset({2, 4})}))
    ground = make_ground(schools, [make_post(1, 0, hours=5), make_post(2, 0, hours=5)], rules)
    blocks = blocks_of(ground, {1: "LW-1", 2: "LW-2"})
    assert blocks.schools == ((2,), (3,))
    assert blocks.spare.tolist() == [3, 3]
    assert blocks.allowed.tolist() == [[True, False], [True, False]]


def test_what_must_be_apart_is_a_pair_of_blocks_or_stops_its_own(make_school, make_post, make_ground):
    schools = [make_school(urn, urn) for urn in (1, 2, 3)]
    rules = Rules(together=frozenset({frozenset({1, 2})}), apart=frozenset({frozenset({2, 3}), frozenset({1, 2})}))
    blocks = blocks_of(make_ground(schools, [make_post(1, 0)], rules))
    assert blocks.apart == frozenset({(0, 1)})
    assert blocks.allowed.tolist() == [[False], [True]]
