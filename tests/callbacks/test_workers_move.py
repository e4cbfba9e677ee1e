"""Moving a school: the form, what was moved, and what it changes."""

import pytest

from callbacks.workers_move import NEAR, move_view
from callbacks.workers_plans import pair_of
from callbacks.workers_state import WorkersState


@pytest.fixture
def view(small_desk, small_store, tmp_path):
    def view(*wrong, **state):
        state = WorkersState(**state)
        return move_view(small_desk, pair_of(small_desk, small_store, tmp_path, state), state, *wrong)

    return view


def test_schools_are_offered_by_locality_with_their_worker(view):
    found = view()
    assert [one["name"] for one in found["schools"]] == ["Aylesbury", "Wycombe"]
    assert found["schools"][0]["options"][0] == {"key": 1, "words": "School 1 (LW-1)", "chosen": False}
    assert found["posts"][0]["options"][0]["words"] == "LW-1: 8.0 of 9.0 hours, 2 schools"
    assert (found["moves"], found["effect"], found["undo"]) == ([], None, "")


def test_a_chosen_school_is_offered_the_nearest_bases_first_and_never_its_own(view):
    found = view(school=2, worker="LW-1")
    assert found["is_with"] == "LW-1"
    assert found["posts"][0]["name"] == NEAR
    keys = [one["key"] for group in found["posts"] for one in group["options"]]
    assert keys == ["LW-2", "LW-4", "LW-3"]
    assert "2.6 km away" in found["posts"][0]["options"][0]["words"]
    assert not any(one["chosen"] for group in found["posts"] for one in group["options"])


def test_load_kilometres_and_handovers_before_and_after(view):
    found = view(moves=((2, "LW-2"),))
    assert [(one["worker"], one["hours"], one["schools"], one["families"]) for one in found["effect"]["rows"]] == [
        ("LW-1", ("8.0", "4.0"), ("2", "1"), ("0", "0")),
        ("LW-2", ("5.0", "9.0"), ("2", "3"), ("1", "1")),
    ]
    assert found["effect"]["rows"][1]["says"] == "above 2"
    totals = {one["name"]: (one["before"], one["after"]) for one in found["effect"]["totals"]}
    assert totals["Kilometres a week of workers who are present (estimated)"] == ("39", "39")
    assert totals["Families who would change worker"] == ("4", "4")
    assert found["moves"][0]["wishes"] == ["LW-2 then has 3 schools, above 2."]
    assert found["undo"] == "link-workers#move"


def test_each_move_can_be_taken_back_unless_another_rests_on_it(view):
    # LW-1 has room for school 3 only after school 2 has left it.
    found = view(moves=((2, "LW-2"), (3, "LW-1")))
    assert [one["back"] for one in found["moves"]] == ["", "link-workers?move=2:LW-2#move"]
    assert found["undo"] == "link-workers?move=2:LW-2#move"
    assert found["none"] == "link-workers#move"
    assert [(one["from"], one["to"]) for one in found["moves"]] == [("LW-1", "LW-2"), ("LW-2", "LW-1")]


def test_wishes_are_those_of_the_last_state(view):
    # LW-2 has three schools after the first move, two after the second.
    found = view(moves=((2, "LW-2"), (3, "LW-1")))
    assert [one["wishes"] for one in found["moves"]] == [[], []]
    # There and back again: nothing is left of it.
    found = view(moves=((2, "LW-2"), (2, "LW-1")))
    assert [one["wishes"] for one in found["moves"]] == [[], []]


def test_why_a_move_was_not_made_stands_at_the_form_with_what_was_chosen(view):
    found = view("It was not moved.", "LW-4", school=1)
    assert found["error"] == "It was not moved."
    assert [one["key"] for group in found["posts"] for one in group["options"] if one["chosen"]] == ["LW-4"]
    assert [one["key"] for group in found["schools"] for one in group["options"] if one["chosen"]] == [1]
