"""The whole page of one state."""

import json
from dataclasses import replace

import pytest

from callbacks.workers_page import workers_page
from callbacks.workers_plans import pair_of
from callbacks.workers_state import Wanted, WorkersState


@pytest.fixture
def page(small_desk, small_figures, tmp_path):
    def page(desk=small_desk, **state):
        state = WorkersState(**state)
        pair = pair_of(desk, small_figures.store, tmp_path, state)
        return workers_page(small_figures, tmp_path, desk, pair, state)

    return page


def test_the_page_travels_as_json(page):
    found = json.loads(json.dumps(page(worker="LW-1", moves=((2, "LW-2"),))))
    assert found["title"] == "Link workers"
    assert found["when"] == "16 January 2025"
    assert [key for key, _ in found["sections"]] == ["now", "map", "move", "compare", "keep", "rules", "sure"]
    assert found["keep"]["workbook"].startswith("link-workers/team.xlsx?move=2:LW-2&snapshot=")


def test_each_form_carries_along_what_it_does_not_change(page):
    found = page(worker="LW-1", moves=((2, "LW-2"),), beside="today", wanted=Wanted(1, 4, True))["state"]
    assert [name for name, _ in found["plan"]] == ["worker", "with", "least", "most", "hard"]
    assert [name for name, _ in found["with"]] == ["move", "worker", "least", "most", "hard"]
    assert found["rules"] == [("with", "today")]
    assert ("move", "2:LW-2") in found["keep"]


def test_without_posts_nothing_is_moved_or_compared(page, small_desk):
    found = page(replace(small_desk, work=replace(small_desk.work, posts=())))
    assert (found["move"], found["compare"], found["posts"]) == (None, None, False)
    assert [key for key, _ in found["sections"]] == ["now", "map", "keep", "rules", "sure"]


def test_how_the_plan_was_made_and_what_it_rests_on(page):
    found = page()
    assert found["rules"]["proven"].startswith("proven close to the best")
    assert {one["name"] for one in found["rules"]["parts"]} >= {"Travel", "Families handed over"}
    assert "Synthetic: link workers." in found["sure"]["notes"]


def test_no_address_says_more_of_a_school_than_its_number(page):
    found = json.dumps(page(worker="LW-4", moves=((2, "LW-2"),)))
    for part in found.split("link-workers?")[1:]:
        assert "School" not in part.split('"')[0]
        assert "famil" not in part.split('"')[0]
