"""Totals, shares and changes of plans, counted by hand."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.link_workers.compare import (
    Share,
    Totals,
    held_today,
    is_over,
    range_words,
    shares,
    totals,
    twice_held,
    who_changes,
)
from layers.link_workers.core import Cluster, Plan, Rules
from layers.link_workers.evaluation import plan_of


@pytest.fixture
def ground(make_school, make_post, make_ground):
    """Four schools in a row, 1 km apart; LW-1 has two and is over its hours, LW-3 is absent, school 4 has nobody."""
    schools = [make_school(1, 0, load=4, families=2), make_school(2, 1, load=4), make_school(3, 2, load=1, families=5),
               make_school(4, 3, load=2, families=1)]  # fmt: skip
    posts = [make_post(1, 0, hours=7, held=(1, 2)), make_post(2, 0, hours=5),
             make_post(3, None, held=(3,), absent=True)]  # fmt: skip
    return make_ground(schools, posts, Rules(1, 2))


def test_todays_sharing_in_a_few_numbers(ground):
    found = totals(ground.work, plan_of(ground, held_today(ground.work)), ground.rules)
    # LW-1 goes to school 2 and back: 2 x 1.3 km. LW-2 is there and has no school; LW-3 is not there.
    assert found == Totals(schools=4, without=1, with_absent=1, workers=2, outside=1, over=1, average=1.0,
                           km=pytest.approx(2.6), load_hours=8.0, families=0, changed=0)  # fmt: skip


def test_nobody_drives_for_an_absent_or_a_vacant_post(ground):
    first, second, third = ground.work.posts
    posts = (first, replace(second, vacant=True), replace(third, easting=480_000.0, northing=200_000.0))
    clusters = tuple(Cluster(f"LW-{at}", "a", (at,), 20.0, 10.0 * at) for at in (1, 2, 3))
    plan = Plan(clusters, ((4, ""),), "optimal", 0.0, 0.0, MappingProxyType({}), 0.0)
    found = totals(replace(ground.work, posts=posts), plan, ground.rules)
    assert (found.km, found.load_hours, found.over, found.with_absent) == (10.0, 20.0, 1, 2)
    assert [one.km for one in shares(ground.work, plan)] == [10.0, 20.0, 30.0]


def test_a_range_in_words():
    assert (range_words(3, 5), range_words(4, 4)) == ("3 to 5", "exactly 4")


def test_a_plan_counts_the_families_of_schools_that_lose_their_worker(ground):
    plan = plan_of(ground, {1: "LW-1", 3: "LW-2", 4: "LW-2"})
    found = totals(ground.work, plan, ground.rules)
    # School 2 has nobody any more (no family), school 3 another worker (5 families); nobody had school 4.
    assert (found.without, found.with_absent, found.outside, found.over) == (1, 0, 0, 0)
    assert (found.families, found.changed) == (5, 2)


def test_changes_name_both_workers_and_nobody(ground):
    changes = who_changes(ground.work, {1: "LW-1", 2: "LW-1"}, {1: "LW-2", 2: "LW-1", 4: "LW-2"})
    assert [(one.urn, one.before, one.after, one.families) for one in changes] == [
        (1, "LW-1", "LW-2", 2), (4, "", "LW-2", 1),
    ]  # fmt: skip


def test_a_school_of_two_posts_is_with_the_one_that_is_there(ground):
    posts = ground.work.posts
    both = replace(ground.work, posts=(replace(posts[2], post="LW-0", held=frozenset({1, 99})), *posts[:2]))
    assert held_today(both) == {1: "LW-1", 2: "LW-1"}
    assert twice_held(both) == (1,)


def test_shares_hold_every_post_and_put_cover_to_its_own_schools(ground):
    clusters = (Cluster("LW-1", "a", (1,), 4.0, 0.0), Cluster("LW-1", "a", (3,), 1.0, 5.2, 5, False, "LW-3"))
    plan = Plan(clusters, (), "optimal", 0.0, 0.0, MappingProxyType({}), 0.0)
    first, second, third = shares(ground.work, plan)
    assert first == Share("LW-1", (1, 3), 5.0, 5.2, 5, ("LW-3",), False)
    assert (second, third) == (Share("LW-2"), Share("LW-3"))


def test_without_posts_the_clusters_are_the_workers(ground):
    work = replace(ground.work, posts=())
    plan = Plan((Cluster("1", "a", (1, 2, 3), 9.0, 3.9),), ((4, "too far"),), "optimal", 0.0, 3.9, {}, 0.0)
    found = totals(work, plan, Rules(3, 5))
    assert (found.workers, found.without, found.outside, found.average, found.changed) == (1, 1, 0, 3.0, 0)


@pytest.mark.parametrize(("load", "over"), [(7.0, False), (7.0 + 1e-9, False), (7.01, True), (0.1 + 0.2, False)])
def test_what_adding_decimals_leaves_behind_is_not_over(ground, load, over):
    assert is_over(Share("LW-1", load_hours=load), ground.work.posts[0]) is over


@given(st.lists(st.sampled_from(["LW-1", "LW-2", ""]), min_size=4, max_size=4),
       st.lists(st.sampled_from(["LW-1", "LW-2", ""]), min_size=4, max_size=4))  # fmt: skip
def test_changes_lead_from_one_plan_to_the_other_and_back(ground_of_four, before, after):
    one, other = ({urn: post for urn, post in enumerate(posts, 1) if post} for posts in (before, after))
    there, back = who_changes(ground_of_four, one, other), who_changes(ground_of_four, other, one)
    assert {(c.urn, c.before, c.after) for c in there} == {(c.urn, c.after, c.before) for c in back}
    reached = {**{urn: one.get(urn, "") for urn in range(1, 5)}, **{c.urn: c.after for c in there}}
    assert {urn: post for urn, post in reached.items() if post} == other


@pytest.fixture(scope="module")
def ground_of_four(make_school, make_ground):
    return make_ground([make_school(urn, urn) for urn in range(1, 5)], []).work
