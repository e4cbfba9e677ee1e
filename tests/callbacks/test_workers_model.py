"""The desk over the model: ways, moves, wishes, and the demonstration council."""

from dataclasses import replace

import pytest

from callbacks.workers_model import asked_of, desk_from, desk_of, wishes_against
from callbacks.workers_state import Wanted
from layers.link_workers.core import Rules
from layers.link_workers.pairs import Pair
from layers.link_workers.post_ground import post_ground


def test_the_way_from_a_base_is_the_straight_line_with_a_detour(small_desk):
    assert small_desk.base_km("LW-1", 3) == pytest.approx(1.3 * 4)
    assert small_desk.base_km("LW-3", 4) is None
    assert small_desk.base_km("1", 4) is None


def test_a_move_changes_load_kilometres_and_handovers(small_desk):
    moved = {one.post: one for one in small_desk.move(small_desk.proposed, 2, "LW-2").clusters}
    assert moved["LW-1"].schools == (1,)
    assert (moved["LW-2"].load_hours, moved["LW-2"].handed_over) == (9.0, 1)
    assert moved["LW-2"].km == pytest.approx(2 * 1.3 * (2 + 4 + 6))


def test_hard_rules_stand_against_a_move_and_wishes_are_told(small_desk):
    plan = small_desk.proposed
    assert "over its hours" in " ".join(small_desk.refuse(plan, 1, "LW-4").hard)
    assert "must not take School 5" in " ".join(small_desk.refuse(plan, 5, "LW-2").hard)
    assert "absent" in " ".join(small_desk.refuse(plan, 5, "LW-3").hard)
    found = small_desk.refuse(plan, 2, "LW-2")
    assert found.hard == ()
    assert found.wishes == ("LW-2 then has 3 schools, above 2.",)


def test_schools_that_should_go_together_are_named_when_they_are_parted(small_desk):
    ground = post_ground(small_desk.work, Rules(2, 3), (Pair(frozenset({1, 2}), "one site", 10.0),))
    assert wishes_against(ground, small_desk.proposed, 2, "LW-2") == (
        "LW-1 is left with 1 school, below 2.",
        "This parts it from School 1 (one site): that they stay together is a wish, not a rule.",
    )  # fmt: skip
    hard = replace(ground, rules=Rules(2, 3, hard=True), pairs=())
    assert wishes_against(hard, small_desk.proposed, 2, "LW-2") == ()


def test_the_demonstration_has_its_kept_plan_at_the_desk(plan_store):
    desk = desk_of(plan_store)
    assert len(desk.work.posts) == 58
    assert desk.proposed.gap == 0.004
    assert desk.has_today
    assert set(desk.basis) >= {"synthetic", "illustrative", "workload assumed", "distances estimated"}
    assert desk_of(plan_store, Wanted(2, 6, True)).proposed is None
    assert desk_of(plan_store, Wanted(2, 6, True)).rules.hard


def test_rules_of_an_address_as_the_model_takes_them(plan_store, small_desk):
    soft, hard = asked_of(plan_store), asked_of(plan_store, Wanted(3, 5, True, True))
    assert (soft.least, soft.most, soft.posts, soft.keep) == (None, None, True, False)
    assert (hard.least, hard.most, hard.keep) == (3, 5, True)
    ground = post_ground(replace(small_desk.work, posts=()), Rules(1, 6))
    assert not desk_from(ground, None).has_today
