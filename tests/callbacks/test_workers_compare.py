"""Two plans side by side."""

from dataclasses import replace

from callbacks.workers_compare import compare_view
from callbacks.workers_plans import pair_of
from callbacks.workers_state import WorkersState


def view(desk, store, folder, **state):
    return compare_view(desk, pair_of(desk, store, folder, WorkersState(**state)))


def test_totals_workers_and_who_changes(small_desk, small_store, tmp_path):
    found = view(small_desk, small_store, tmp_path)
    totals = {one["name"]: one["cells"] for one in found["totals"]}
    assert totals["Schools without a worker"] == ("1", "0", "\u22121")
    assert totals["Kilometres a week of workers who are present (estimated)"] == ("31", "39", "+8")
    # The 5 hours of school 4, whose worker is absent today, are in no sum.
    assert totals["Load of workers who are present, hours a week (assumed)"] == ("13.0", "20.0", "+7.0")
    assert totals["Families who would change worker"] == ("0", "4", "+4")
    assert [(one["name"], one["from"], one["to"], one["families"]) for one in found["changes"]] == [
        ("School 4", "LW-3", "LW-4", "3"), ("School 5", "nobody", "LW-4", "0"), ("School 6", "LW-1", "LW-2", "1"),
    ]  # fmt: skip
    assert (
        found["says"]
        == "2 schools with another worker, with 4 open families; 1 school that had none, with 0 open families."
    )
    workers = {one["name"]: one["cells"] for one in found["workers"]}
    assert workers["LW-1"][0] == ("10.0 over", "8.0", "\u22122.0")
    assert set(workers) == {"LW-1", "LW-2", "LW-3", "LW-4"}


def test_a_plan_beside_itself_differs_in_nothing(small_desk, small_store, tmp_path):
    found = view(small_desk, small_store, tmp_path, beside="proposed")
    assert (found["changes"], found["workers"]) == ([], [])
    assert found["says"] == "Both give every school to the same worker."
    assert found["same"] == "4 workers with the same schools in both."


def test_nothing_stands_beside_a_plan_that_is_alone(small_desk, small_store, tmp_path):
    alone = replace(small_desk, proposed=None)
    assert view(alone, small_store, tmp_path, plan="today") is None
