"""One school moved by hand."""

import pytest

from geodata.errors import UsageError
from layers.link_workers.assignment import Effort, assigned
from layers.link_workers.core import Rules
from layers.link_workers.evaluation import plan_of
from layers.link_workers.moved import BY_HAND, move_school, refusals


@pytest.fixture
def ground(make_school, make_post, make_ground):
    """Three schools, two posts and a vacant one."""
    schools = [make_school(1, 0), make_school(2, 1, families=2), make_school(3, 5)]
    posts = [
        make_post(1, 0, hours=4, held=[1, 2]),
        make_post(2, 5, hours=4, barred=[1]),
        make_post(3, 5, vacant=True, held=[3]),
    ]
    return make_ground(schools, posts, Rules(1, 3))


def test_a_move_changes_load_ways_and_handovers(ground):
    before = plan_of(ground, {1: "LW-1", 2: "LW-1", 3: "LW-2"})
    after = move_school(ground, before, 2, "LW-2")
    assert [(one.post, one.schools, one.load_hours, one.handed_over) for one in after.clusters] == [
        ("LW-1", (1,), 2, 0), ("LW-2", (2, 3), 4, 2)
    ]  # fmt: skip
    assert after.clusters[1].km == pytest.approx(2 * 1.3 * 4)
    assert after.notes == (BY_HAND,)
    assert refusals(ground, before, 2, "LW-2") == ()


def test_there_and_back_is_the_plan_again(ground):
    plan = assigned(ground, Effort(0.0, 10.0))
    back = move_school(ground, move_school(ground, plan, 2, "LW-3"), 2, plan.worker_of()[2])
    assert back.clusters == plan.clusters
    assert back.cost == pytest.approx(plan.cost)


def test_what_a_move_would_break_is_said_but_not_what_is_broken_already(ground):
    plan = plan_of(ground, {1: "LW-1", 2: "LW-1", 3: "LW-1"})
    assert refusals(ground, plan, 2, "LW-1") == ()
    assert refusals(ground, plan, 3, "LW-2") == ()
    assert refusals(ground, plan, 1, "LW-2") == ("LW-2 must not take School 1 (1).",)
    assert refusals(ground, plan, 3, "LW-3") == ("LW-3 is vacant, but has 1 school.",)
    assert move_school(ground, plan, 1, "LW-2").status == "infeasible"


def test_a_school_may_lose_its_worker_or_get_its_first(ground):
    plan = plan_of(ground, {1: "LW-1", 2: "LW-1"})
    assert move_school(ground, plan, 3, "LW-2").left_over == ()
    assert [urn for urn, _ in move_school(ground, plan, 1, "").left_over] == [1, 3]


def test_cover_stays_cover_until_the_school_goes_home(ground):
    plan = plan_of(ground, {1: "LW-1", 2: "LW-1", 3: "LW-1"}, {3: "LW-3"})
    assert move_school(ground, plan, 3, "LW-2").clusters[-1].cover_for == "LW-3"
    assert move_school(ground, plan, 3, "LW-3").clusters[-1].cover_for == ""


def test_what_there_is_none_of(ground):
    plan = plan_of(ground, {})
    with pytest.raises(UsageError, match="No school 9"):
        move_school(ground, plan, 9, "LW-1")
    with pytest.raises(UsageError, match="No post 'LW-9'"):
        refusals(ground, plan, 1, "LW-9")
