"""Any allocation as a plan."""

import pytest

from layers.link_workers.assignment import Effort, assigned
from layers.link_workers.core import Rules
from layers.link_workers.evaluation import plan_of


@pytest.fixture
def ground(make_school, make_post, make_ground):
    """Four schools, two posts."""
    schools = [make_school(1, 0, load=1), make_school(2, 1, families=3), make_school(3, 5), make_school(4, 6)]
    return make_ground(schools, [make_post(1, 0, held=[1, 4]), make_post(2, 6, hours=4, held=[2])], Rules(1, 3))


def test_a_solved_plan_worked_out_again_has_its_own_figures(ground):
    plan = assigned(ground, Effort(0.0, 10.0))
    again = plan_of(ground, plan.worker_of())
    assert again.clusters == plan.clusters
    assert again.parts == pytest.approx(plan.parts)
    assert again.cost == pytest.approx(plan.cost)
    assert (again.gap, again.status) == (None, "time_limit")


def test_todays_allocation_may_break_rules_and_leave_schools_over(ground):
    plan = plan_of(ground, {1: "LW-1", 2: "LW-2", 3: "LW-2", 4: "LW-2"})
    assert plan.status == "infeasible"
    assert plan.notes[1] == "LW-2 is over its hours by 2.0 hours a week: 6.0 hours of load, 4.0 hours for schools."
    first, second = plan.clusters
    assert (first.post, first.load_hours, first.km, first.handed_over) == ("LW-1", 1, 0, 0)
    assert (second.schools, second.connected) == ((2, 3, 4), True)
    assert second.km == pytest.approx(2 * 1.3 * (5 + 1))
    assert plan_of(ground, {1: "LW-1"}).left_over == ((2, "has no worker"), (3, "has no worker"), (4, "has no worker"))


def test_cover_is_a_cluster_of_its_own_and_families_count_where_they_go(ground):
    plan = plan_of(ground, {1: "LW-1", 2: "LW-1", 3: "LW-1", 4: "LW-1"}, {2: "LW-2"})
    assert [(one.cover_for, one.schools, one.handed_over) for one in plan.clusters] == [
        ("", (1, 3, 4), 0), ("LW-2", (2,), 3)
    ]  # fmt: skip
    assert not plan.clusters[0].connected


def test_a_post_that_there_is_none_of(ground):
    with pytest.raises(KeyError):
        plan_of(ground, {1: "LW-9"})
