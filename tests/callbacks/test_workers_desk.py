"""The model as the page sees it."""

from callbacks.workers_desk import shown
from layers.link_workers.compare import held_today


def test_todays_sharing_is_evaluated_like_a_plan(small_desk):
    assert small_desk.has_today
    assert small_desk.today().worker_of() == held_today(small_desk.work) == {
        1: "LW-1", 2: "LW-1", 3: "LW-2", 4: "LW-3", 6: "LW-1",
    }  # fmt: skip


def test_a_plan_is_shown_with_its_shares_and_totals(small_desk):
    found = shown(small_desk, "proposed", "The proposed plan", small_desk.proposed)
    assert found.shares["LW-4"].schools == (4, 5)
    assert found.shares["LW-3"].schools == ()
    assert (found.totals.workers, found.totals.outside, found.totals.families) == (3, 0, 4)
