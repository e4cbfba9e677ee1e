"""Which plan is shown, what moves make of it, and those that are saved."""

from dataclasses import replace

import pytest

from callbacks.workers_plans import (
    NotWorkedOutError,
    after_moves,
    carried,
    check_move,
    choices,
    delete_plan,
    find_plan,
    pair_of,
    save_plan,
    saved_plans,
)
from callbacks.workers_state import WorkersState
from geodata.errors import UsageError


def test_the_proposed_plan_stands_beside_todays_sharing_and_the_other_way_round(small_desk, small_store, tmp_path):
    pair = pair_of(small_desk, small_store, tmp_path, WorkersState())
    assert (pair.now.key, pair.beside.key) == ("proposed", "today")
    pair = pair_of(small_desk, small_store, tmp_path, WorkersState(plan="today"))
    assert (pair.now.key, pair.beside.key) == ("today", "proposed")
    waiting = replace(small_desk, proposed=None)
    assert pair_of(waiting, small_store, tmp_path, WorkersState(plan="today")).beside is None
    with pytest.raises(NotWorkedOutError, match="not there yet"):
        pair_of(waiting, small_store, tmp_path, WorkersState())


def test_moves_are_made_one_after_the_other(small_desk, small_store, tmp_path):
    pair = pair_of(small_desk, small_store, tmp_path, WorkersState(moves=((2, "LW-2"), (6, "LW-1"))))
    assert pair.now.words == "The proposed plan with 2 moves by hand"
    assert pair.now.shares["LW-1"].schools == (1, 6)
    assert pair.start.shares["LW-1"].schools == (1, 2)


@pytest.mark.parametrize(
    ("urn", "post", "said"),
    [
        (99, "LW-1", "No school 99 here"),
        (1, "LW-9", "No post 'LW-9' here"),
        (1, "LW-1", "School 1 is with LW-1 already"),
        (1, "LW-4", "School 1 was not moved to LW-4. LW-4 is over its hours"),
        (5, "LW-2", "was not moved to LW-2. LW-2 must not take School 5"),
    ],
)
def test_a_move_that_cannot_be_is_refused_with_the_rule(small_desk, urn, post, said):
    with pytest.raises(UsageError) as refused:
        check_move(small_desk, small_desk.proposed, urn, post)
    assert said in str(refused.value)


def test_a_move_that_only_a_wish_speaks_against_is_made(small_desk):
    assert check_move(small_desk, small_desk.proposed, 2, "LW-2") == ("LW-2 then has 3 schools, above 2.",)
    assert after_moves(small_desk, small_desk.proposed, ((2, "LW-2"),)).worker_of()[2] == "LW-2"


def test_a_plan_is_saved_with_its_moves_opened_replaced_and_deleted(small_desk, small_store, tmp_path):
    state = WorkersState(moves=((2, "LW-2"),))
    assert save_plan(small_desk, small_store, tmp_path, state, " Autumn ") == "Autumn"
    (kept,) = saved_plans(tmp_path)
    assert (kept.worker_of[2], kept.made.day, kept.made.most) == ("LW-2", "2025-01-16", 2)
    found = find_plan(small_desk, small_store, tmp_path, "saved:autumn")
    assert (found.key, found.version, found.notes) == ("saved:Autumn", 1, ())
    with pytest.raises(UsageError, match="already"):
        save_plan(small_desk, small_store, tmp_path, WorkersState(), "Autumn")
    again = WorkersState(plan="saved:Autumn", moves=((2, "LW-1"),))
    save_plan(small_desk, small_store, tmp_path, again, "autumn")
    assert saved_plans(tmp_path)[0].worker_of[2] == "LW-1"
    delete_plan(tmp_path, "autumn", "2")
    assert saved_plans(tmp_path) == ()
    with pytest.raises(UsageError, match="No plan 'autumn'"):
        delete_plan(tmp_path, "autumn", "x")


def test_a_carried_school_stands_with_its_new_post_whom_nobody_else_covers(small_desk):
    plan = small_desk.proposed
    once = carried(plan, 2, "LW-2")
    assert once.worker_of() == {**plan.worker_of(), 2: "LW-2"}
    cover = replace(plan, clusters=tuple(replace(one, cover_for="LW-3") if one.post == "LW-4" else one
                                         for one in plan.clusters))  # fmt: skip
    found = carried(cover, 6, "LW-4").clusters
    assert [(one.post, one.schools, one.cover_for) for one in found if one.post == "LW-4"] == [
        ("LW-4", (4, 5), "LW-3"), ("LW-4", (6,), ""),
    ]  # fmt: skip


def test_moves_give_the_figures_that_the_sharing_itself_has(small_desk):
    found = after_moves(small_desk, small_desk.proposed, ((2, "LW-2"), (3, "LW-1")))
    again = small_desk.evaluate(found.worker_of())
    assert (found.cost, found.parts) == (again.cost, again.parts)
    assert found.clusters == again.clusters


def test_what_there_is_to_choose_from(small_desk, small_store, tmp_path):
    assert [one["key"] for one in choices(small_desk, tmp_path, "today") if one["chosen"]] == ["today"]
    save_plan(small_desk, small_store, tmp_path, WorkersState(), "Autumn")
    last = choices(small_desk, tmp_path, "saved:AUTUMN")[-1]
    assert last["chosen"]
    assert last["when"].endswith("for 16 January 2025, 1 to 2 schools")


def test_without_posts_there_are_clusters_alone(small_desk, small_store, tmp_path):
    bare = replace(small_desk, work=replace(small_desk.work, posts=()))
    assert [one["words"] for one in choices(bare, tmp_path, "proposed")] == ["The proposed clusters"]
    with pytest.raises(UsageError, match="Import the link workers' posts first"):
        save_plan(bare, small_store, tmp_path, WorkersState(), "x")
    with pytest.raises(UsageError, match="not loaded which post"):
        find_plan(bare, small_store, tmp_path, "today")


def test_a_locality_that_is_none_is_refused(small_desk, small_store, tmp_path):
    with pytest.raises(UsageError, match=r"No locality 'moon' here. Valid: aylesbury"):
        pair_of(small_desk, small_store, tmp_path, WorkersState(area="moon"))
