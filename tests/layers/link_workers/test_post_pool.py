"""The clusters that may be chosen."""

from itertools import combinations

import numpy as np

from layers.link_workers.areas import split
from layers.link_workers.blocks import blocks_of
from layers.link_workers.core import Rules
from layers.link_workers.cover import kept_of
from layers.link_workers.pool import pool_of
from layers.link_workers.post_pool import around, joined, members_of, pool_for


def clusters(ground):
    blocks = blocks_of(ground, kept_of(ground) if ground.rules.keep else {})
    pool, schools = pool_for(ground, blocks, split(ground, blocks, 10.0).parts[0])
    return [tuple(ground.schools[schools[at]].urn for at in pool[number]) for number in range(len(pool))]


def test_all_sets_side_by_side_and_every_choice_of_todays(make_school, make_post, make_ground):
    schools = [make_school(urn, urn) for urn in range(1, 10)]
    found = clusters(make_ground(schools, [make_post(1, 0, hours=99, held=[1, 4, 9])]))
    assert len(found) == len(set(found))
    runs = {tuple(range(low, high + 1)) for low in range(1, 10) for high in range(low, 10) if high - low < 6}
    today = {one for size in (1, 2, 3) for one in combinations((1, 4, 9), size)}
    more = {tuple(sorted({1, 4, 9, other})) for other in range(1, 10)}
    assert runs | today | more <= set(found)
    assert tuple(range(1, 10)) in found  # the first sharing


def test_what_hours_pairs_and_the_range_exclude_is_left_out(make_school, make_post, make_ground):
    schools = [make_school(urn, urn) for urn in range(1, 7)]
    rules = Rules(1, 3, hard=True, together=frozenset({frozenset({1, 2})}), apart=frozenset({frozenset({3, 4})}))
    found = clusters(make_ground(schools, [make_post(1, 0, hours=6), make_post(2, 0, hours=6)], rules))
    assert max(map(len, found)) == 3
    assert all((1 in one) == (2 in one) and not {3, 4} <= set(one) for one in found)


def test_in_year_runs_have_every_choice_of_the_few(make_school, make_post, make_ground):
    schools = [make_school(urn, urn) for urn in range(1, 7)]
    posts = [make_post(1, 0, hours=99, held=[1, 2]), make_post(2, 0, held=[3, 5, 6], vacant=True)]
    found = clusters(make_ground(schools, posts, Rules(keep=True)))
    assert set(found) == {one for size in range(1, 5) for one in combinations((3, 4, 5, 6), size)}


def test_around_a_cluster():
    near = np.abs(np.arange(4.0)[:, None] - np.arange(4.0))
    assert set(around((0, 1), near, reach=1)) == {(1,), (0,), (1, 2), (0, 2), (0, 1, 2)}
    assert list(around((), near)) == []


def test_joining_and_members():
    pool = joined(pool_of(3, [(0,), (1, 2)]), [(0, 2)])
    assert members_of(pool).tolist() == [[True, False, False], [False, True, True], [True, False, True]]
