"""Sharing schools among the posts there are."""

from collections import Counter
from datetime import date
from itertools import combinations
from types import MappingProxyType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layers.link_workers import assignment
from layers.link_workers.areas import split
from layers.link_workers.assignment import TIME_OVER, Effort, assign_schools, assigned
from layers.link_workers.blocks import blocks_of
from layers.link_workers.core import Rules, Work
from layers.link_workers.evaluation import parts_of, plan_of
from layers.link_workers.pairs import Pair

QUICK = Effort(gap=0.0, seconds=10.0)


def hours_kept(ground, plan):
    load = Counter()
    for cluster in plan.clusters:
        load[cluster.post] += cluster.load_hours
    return all(load[post.post] <= post.capacity_hours + 1e-9 for post in ground.posts)


@st.composite
def cases(draw):
    """Schools, posts and rules, of which some cannot be kept."""
    schools = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([1.0, 2.0, 3.5]),
                                      st.integers(0, 3), st.sampled_from("aab")), min_size=2, max_size=5))  # fmt: skip
    posts = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([3.0, 5.5, 9.0]),
                                    st.sampled_from("aab"), st.booleans()), min_size=1, max_size=3))  # fmt: skip
    urns = list(range(1, len(schools) + 1))
    pairs = [frozenset(pair) for pair in combinations(urns, 2)]
    together = frozenset(draw(st.lists(st.sampled_from(pairs), max_size=1)))
    apart = frozenset(draw(st.lists(st.sampled_from(pairs), max_size=1))) - together
    locks = {draw(st.sampled_from(urns)): f"LW-{draw(st.integers(1, len(posts)))}"} if draw(st.booleans()) else {}
    barred = {at: draw(st.sets(st.sampled_from(urns), max_size=1)) for at in range(len(posts))}
    held = {urn: draw(st.integers(-1, len(posts) - 1)) for urn in urns}
    return schools, posts, (together, apart, locks), barred, held


def ground_of(case, make, keep=False):
    make_school, make_post, make_ground = make
    schools, posts, (together, apart, locks), barred, held = case
    return make_ground(
        [make_school(urn, x, y, load=load, families=families, area=area)
         for urn, (x, y, load, families, area) in enumerate(schools, 1)],
        [make_post(at + 1, x, y, hours=hours, area=area, absent=absent, barred=barred[at],
                   held=[urn for urn, who in held.items() if who == at])
         for at, (x, y, hours, area, absent) in enumerate(posts)],
        Rules(1, 3, together=together, apart=apart, locks=MappingProxyType(locks), keep=keep),
        (Pair(frozenset({1, 2}), "", 3.0),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def make(make_school, make_post, make_ground):
    """The three makers together."""
    return make_school, make_post, make_ground


@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_every_school_once_every_hard_rule_kept_and_as_few_left_over_as_there_can_be(case, make, every_plan):
    ground = ground_of(case, make)
    plan = assigned(ground, QUICK)
    given_out = [urn for cluster in plan.clusters for urn in cluster.schools]
    assert sorted([*given_out, *(urn for urn, _ in plan.left_over)]) == [one.urn for one in ground.schools]
    assert hours_kept(ground, plan)
    assert len(plan_of(ground, plan.worker_of()).notes) == 1  # no rule is broken
    assert (plan.status == "infeasible") == bool(plan.left_over)
    assert all(why for _, why in plan.left_over)
    assert plan.cost == pytest.approx(sum(plan.parts.values()))
    together = {one for pair in ground.rules.together for one in pair}

    def locked_left(one):
        # With a school that is locked, those that must be with it count as locked.
        left = {school.urn for school in ground.schools} - set(one.worker_of())
        locked = set(ground.rules.locks) | (together if together & set(ground.rules.locks) else set())
        return len(left & locked)

    for left in range(len(plan.left_over) + 1):
        # One of two that must stay together cannot be placed alone.
        others = [one for one in every_plan(ground, left) if len(together & set(one.worker_of())) != 1]
        # What is locked is the last to be left over; no plan leaves fewer of that over, or as many and fewer in all.
        assert all(locked_left(one) >= locked_left(plan) + (left < len(plan.left_over)) for one in others)


@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_nothing_left_over_fits_as_the_plan_stands(case, make):
    ground = ground_of(case, make)
    plan = assigned(ground, QUICK)
    blocks, workers = blocks_of(ground), plan.worker_of()
    room = {post.post: post.capacity_hours for post in ground.posts}
    for urn, post in workers.items():
        room[post] -= ground.load[ground.school_at[urn]]
    for number, block in enumerate(blocks.schools):
        if ground.schools[block[0]].urn in workers:
            continue
        for at, post in enumerate(ground.posts):
            mine = {ground.school_at[urn] for urn, who in workers.items() if who == post.post}
            apart = any(mine & set(blocks.schools[one]) for pair in blocks.apart if number in pair for one in pair)
            assert not blocks.allowed[number, at] or apart or room[post.post] < blocks.load[number] - 1e-9


@settings(max_examples=25, deadline=None)
@given(case=cases())
def test_no_sharing_side_by_side_is_better_where_one_locality_is_enough(case, make, every_plan):
    schools, posts, *rest = case
    case = ([(*one[:4], "a") for one in schools], [(*one[:3], "a", False) for one in posts], *rest)
    ground = ground_of(case, make)
    plan = assigned(ground, QUICK)
    assume(not plan.left_over)
    every = list(every_plan(ground))
    hanging = [one.cost for one in every if all(cluster.connected for cluster in one.clusters)]
    assert plan.cost <= min(hanging, default=plan.cost) + 1e-6
    assert plan.cost >= min(one.cost for one in every) - 1e-6
    assert plan.gap == pytest.approx(0, abs=1e-6)
    assert plan.status == "optimal"


@settings(max_examples=25, deadline=None)
@given(case=cases())
def test_in_year_runs_change_only_what_an_absence_forces(case, make):
    ground = ground_of(case, make, keep=True)
    plan = assigned(ground, QUICK)
    workers = plan.worker_of()
    over = {post.post for post in ground.posts if sum(
        ground.load[ground.school_at[urn]] for urn in post.held) > post.capacity_hours}  # fmt: skip
    for post in ground.posts:
        for urn in post.held:
            if not post.absent and ground.rules.locks.get(urn, post.post) == post.post:
                assert workers[urn] == post.post
            elif urn in workers and post.absent:
                (cluster,) = [one for one in plan.clusters if urn in one.schools]
                assert cluster.cover_for == post.post
                assert workers[urn] not in over
    loads = Counter({post: ground.load[[ground.school_at[urn] for urn, who in workers.items() if who == post]].sum()
                     for post in set(workers.values())})  # fmt: skip
    assert all(loads[post.post] <= post.capacity_hours + 1e-9 for post in ground.posts if post.post not in over)


@settings(max_examples=20, deadline=None)
@given(case=cases())
def test_never_worse_than_the_first_sharing(case, make):
    ground = ground_of(case, make)
    shared = split(ground, blocks_of(ground), 5.0)
    blocks = blocks_of(ground)
    first = {
        ground.schools[at].urn: ground.posts[post].post
        for part in shared.parts
        for number, post in zip(part.blocks, part.first, strict=True)
        for at in blocks.schools[number]
    }
    assert assigned(ground, QUICK).cost <= sum(parts_of(ground, first).values()) + 1e-6


def test_a_hard_range_holds_for_each_worker(make_school, make_post, make_ground):
    schools = [make_school(urn, urn) for urn in range(1, 8)]
    posts = [make_post(1, 0, hours=99), make_post(2, 1, hours=99), make_post(3, 60, hours=99)]
    plan = assigned(make_ground(schools, posts, Rules(2, 3, hard=True)), QUICK)
    assert sorted(len(cluster.schools) for cluster in plan.clusters) == [2, 2, 3]
    assert plan.status == "optimal"
    plan = assigned(make_ground(schools, posts, Rules(3, 4, hard=True)), QUICK)
    assert plan.status == "infeasible"
    assert "The range cannot be kept: 3 workers with at least 3 need 9 schools; there are 7." in plan.notes


def test_an_average_out_of_the_range_and_lent_schools_are_said(make_school, make_post):
    schools = (make_school(1, 0), make_school(2, 0.5), make_school(3, 9, area="b"))
    work = Work(date(2025, 1, 16), schools, (make_post(1, 0),), MappingProxyType({"a": "A", "b": "B"}))
    plan = assign_schools(work, Rules(4, 5), effort=QUICK)
    assert "1 school with a post of another locality: School 3 (3)." in plan.notes
    assert "On average a worker has 3.0 schools; the range is 4 to 5." in plan.notes
    assert plan.notes[0] == "Ways: estimated: straight line x detour."


def test_without_schools_or_posts_nothing_breaks(make_school, make_post, make_ground):
    assert assigned(make_ground([], [make_post(1, 0)])).clusters == ()
    plan = assigned(make_ground([make_school(1, 0)], [make_post(1, 0, vacant=True)]))
    assert plan.left_over == ((1, "no post is present on the day of the plan."),)


def test_hours_that_cannot_carry_the_load(make_school, make_post, make_ground):
    # Twelve hours a locality, sixteen needed: the largest are left over, nothing is lent, and what is locked stays.
    schools = [
        make_school(10 * at + n, 9 * at + n / 10, load=load, area=area)
        for at, area in enumerate("ab")
        for n, load in enumerate((5, 3, 2, 2, 2, 1, 1), 1)
    ]
    posts = [make_post(n, 9 * (n > 2), hours=6, area="b" if n > 2 else "a") for n in (1, 2, 3, 4)]
    plan = assigned(make_ground(schools, posts, Rules(locks={1: "LW-2"})), QUICK)
    workers = plan.worker_of()
    assert workers[1] == "LW-2"
    assert [urn for urn, _ in plan.left_over] == [2, 11]  # the largest that is not locked
    assert hours_kept(make_ground(schools, posts), plan)
    plan = assigned(make_ground(schools, posts), QUICK)
    assert [urn for urn, _ in plan.left_over] == [1, 11]
    assert not [note for note in plan.notes if "another locality" in note]


def test_a_search_that_ended_with_its_time_says_so(make_school, make_post, make_ground, monkeypatch):
    ground = make_ground([make_school(1, 0)], [make_post(1, 0)])
    assert assigned(ground, QUICK).status == "optimal"
    assert TIME_OVER not in assigned(ground, QUICK).notes
    monkeypatch.setattr(assignment, "EXACT", -1.0)
    assert TIME_OVER in assigned(ground, Effort(gap=-1.0, seconds=1.0)).notes
