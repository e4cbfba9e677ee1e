"""The workers beside the map, and the chosen one with its schools."""

from dataclasses import replace

import pytest

from callbacks.workers_list import left_view, list_view, worker_view
from callbacks.workers_plans import pair_of
from callbacks.workers_state import WorkersState


@pytest.fixture
def ask(small_desk, small_store, tmp_path):
    def ask(view, desk=small_desk, **state):
        state = WorkersState(**state)
        return view(desk, pair_of(desk, small_store, tmp_path, state), state)

    return ask


def rows(found):
    return {row["worker"]: row for group in found["groups"] for row in group["rows"]}


def test_workers_stand_by_locality_with_hours_used(ask):
    found = ask(list_view)
    assert [(one["name"], one["says"]) for one in found["groups"]] == [("Aylesbury", "2 workers"),
                                                                      ("Wycombe", "2 workers")]  # fmt: skip
    one = rows(found)["LW-1"]
    assert (one["hours"], one["capacity"], one["width"], one["schools"], one["km"]) == ("8.0", "9.0", 89, 2, "5.2")
    assert (rows(found)["LW-2"]["families"], rows(found)["LW-3"]["away"]) == ("1", "absent")
    assert rows(found)["LW-3"]["range"] == ""


def test_what_is_over_or_outside_is_said_in_words(ask):
    found = rows(ask(list_view, plan="today"))
    assert (found["LW-1"]["over"], found["LW-1"]["range"], found["LW-1"]["width"]) == ("over by 1.0", "above 2", 100)
    assert found["LW-4"]["range"] == "below 1"


def test_a_move_leaves_what_was_before_where_it_differs(ask):
    found = rows(ask(list_view, moves=((2, "LW-2"),)))
    assert found["LW-2"]["was"] == {"hours": "5.0", "schools": "2", "km": "26"}
    assert found["LW-4"]["was"] == {}


def test_workers_stand_by_how_far_they_are_over_where_that_is_asked_for(ask):
    found = ask(list_view, plan="today", order="over")
    (group,) = found["groups"]
    # 10.0 of 9.0, 5.0 of 10.0 of one who is absent, 3.0 of 10.0, 0.0 of 8.0.
    assert [one["worker"] for one in group["rows"]] == ["LW-1", "LW-3", "LW-2", "LW-4"]
    assert [(one["address"], one["chosen"]) for one in found["orders"]] == [
        ("link-workers?plan=today#list", False), ("link-workers?plan=today&order=over#list", True),
    ]  # fmt: skip
    wycombe = ask(list_view, plan="today", order="over", area="wycombe")["groups"][0]
    assert [one["worker"] for one in wycombe["rows"]] == ["LW-3", "LW-4"]


def test_a_locality_shows_its_workers_alone(ask):
    assert [one["name"] for one in ask(list_view, area="wycombe")["groups"]] == ["Wycombe"]


def test_the_chosen_worker_has_its_schools_the_nearest_first(ask):
    found = ask(worker_view, worker="LW-2")
    assert [(one["number"], one["name"], one["km"], one["today"], one["changes"]) for one in found["rows"]] == [
        (1, "School 3", "5.2", "the same", False), (2, "School 6", "7.8", "LW-1", True),
    ]  # fmt: skip
    facts = dict(found["facts"])
    assert facts["Hours for schools"] == "5.0 of 10.0 used"
    assert facts["Must not take"] == "1 school"
    assert found["sheet"] == "link-workers/sheet/LW-2?"
    assert dict(ask(worker_view, worker="LW-1")["facts"])["Languages"] == "English, Urdu"


def test_an_absent_worker_without_a_base_has_no_distances(ask):
    found = ask(worker_view, worker="LW-3", plan="today")
    assert [one["km"] for one in found["rows"]] == ["\u2013"]
    assert dict(found["facts"])["On the day"] == "absent: its schools need cover"
    assert not found["base"]


def test_nobody_is_chosen_for_an_unknown_post(ask):
    assert ask(worker_view, worker="LW-9") is None
    assert ask(worker_view) is None


def test_a_post_with_a_sign_in_its_number_has_an_address(small_desk, small_store, tmp_path):
    posts = tuple(replace(one, post=one.post.replace("-", "/")) for one in small_desk.work.posts)
    desk = replace(small_desk, work=replace(small_desk.work, posts=posts))
    assert worker_view(desk, pair_of(small_desk, small_store, tmp_path, WorkersState()),
                       WorkersState(worker="LW-4"))["sheet"].startswith("link-workers/sheet/LW-4")  # fmt: skip


def test_schools_without_a_worker_are_named(ask):
    assert [(one["name"], one["area"], one["why"]) for one in ask(left_view, plan="today")] == [
        ("School 5", "Wycombe", ""),
    ]  # fmt: skip
    assert ask(left_view) == []


def test_clusters_have_neither_hours_nor_families(ask, small_desk):
    bare = replace(small_desk, work=replace(small_desk.work, posts=()))
    found = ask(list_view, bare)
    assert (found["posts"], rows(found)["LW-4"]["name"], rows(found)["LW-4"]["capacity"]) == (
        False, "Cluster LW-4", "",
    )  # fmt: skip
    assert ask(worker_view, bare, worker="LW-4")["title"] == "Cluster LW-4"
