from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geodata.sen2_links import NONE, SEVERAL, Plans, at_plans, first_of, follow, own
from geodata.sen2_modules import Module


def module(name, **columns):
    frame = pd.DataFrame(columns, dtype="str")
    return Module(name, Path(f"{name}.csv"), frame, np.arange(2, len(frame) + 2), np.empty(0, dtype=np.int64))


def plans(plan, request, person, is_open):
    keys = pd.DataFrame({"plan": plan, "request": request, "person": person}, dtype="str")
    return Plans(keys, pd.Series("", index=keys.index, dtype="str"), np.array(is_open))


def test_follow_gives_a_value_or_a_reason():
    table = module("requests", request=["1", "2", "2", "3", "3", ""], person=["a", "b", "b", "c", "d", "e"])
    values, reasons = follow(pd.Series(["1", "2", "3", "4", ""], dtype="str"), table, "request", "person")
    assert values.tolist() == ["a", "b", "", "", ""]
    assert reasons.tolist() == [
        "",
        "",
        "several rows of the requests module have its ID",
        "leads to no person through the requests module",
        "states no ID of the requests module",
    ]


def test_the_closest_key_decides():
    known = plans(["p1", "p2", ""], ["r1", "r1", "r3"], ["a", "a", "b"], [False, True, True])
    rows = module(
        "plandetail", plan=["p1", "", "x", "", ""], request=["", "r1", "r3", "x", ""], person=["b", "b", "a", "b", "c"]
    )
    assert own(rows, {}, known).plan.tolist() == [0, 1, 2, 2, NONE]


def test_two_open_plans_or_two_ceased_ones_are_not_told_apart():
    rows = module("senneed", person=["a", "b", "c"])
    known = plans([""] * 5, [""] * 5, ["a", "a", "b", "b", "c"], [True, True, False, False, False])
    assert own(rows, {}, known).plan.tolist() == [SEVERAL, SEVERAL, 4]


def test_a_row_of_a_request_without_a_plan_goes_to_the_open_plan_only():
    known = plans(["", ""], ["r1", "r2"], ["a", "b"], [True, False])
    found = own(module("senneed", request=["r9", "r9"], person=["a", "b"]), {}, known)
    assert (found.plan.tolist(), found.loose.tolist()) == ([0, NONE], [True, False])


def test_a_row_finds_its_plan_through_the_active_plans():
    active = module("activeplans", active=["1", "2"], request=["r1", "r2"])
    known = plans(["", ""], ["r1", "r2"], ["", ""], [True, True])
    rows = module("senneed", active=["2", "1", "3"])
    assert own(rows, {"activeplans": active}, known).plan.tolist() == [1, 0, NONE]
    assert own(rows, {}, known).plan.tolist() == [NONE] * 3


def test_truth_values_at_positions():
    assert at_plans(np.array([1, NONE, 0, SEVERAL]), np.array([False, True])).tolist() == [True, False, False, False]
    assert at_plans(np.array([NONE]), np.array([], dtype=bool)).tolist() == [False]


@given(st.lists(st.tuples(st.integers(-2, 3), st.integers(1, 3), st.sampled_from("xy")), max_size=12))
def test_first_of_chooses_the_lowest_key_or_says_that_it_cannot(rows):
    table = pd.DataFrame(rows, columns=["plan", "rank", "value"]).astype({"plan": "int64", "rank": "int64"})
    chosen, torn = first_of(table, ("rank",), ("value",))
    for plan in {plan for plan, _, _ in rows if plan >= 0}:
        lowest = min(rank for own, rank, _ in rows if own == plan)
        values = {value for own, rank, value in rows if (own, rank) == (plan, lowest)}
        if len(values) > 1:
            assert plan in torn
            assert plan not in chosen.index
        else:
            assert chosen.loc[plan, "value"] == values.pop()
    assert set(chosen.index) | set(torn) == {plan for plan, _, _ in rows if plan >= 0}
