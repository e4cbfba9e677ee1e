"""Involvements keep their calibrated dates and reasons, and get plausible people and places."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.contracts import contract
from geodata.demo import cme
from geodata.demo.cme_check import check
from geodata.demo.cme_printed import read_printed
from geodata.demo.homes import INSIDE, OUTSIDE
from geodata.demo.people import age_on


def still_open(involvements: pd.DataFrame) -> pd.DataFrame:
    return involvements[involvements["end_date"].isna()]


def test_every_printed_figure_holds(involvements: pd.DataFrame) -> None:
    table = involvements.rename(columns={"child_id": "child"}).reset_index(names="involvement")

    assert [line for line in check(table, read_printed()) if line.startswith("FAIL")] == []


def test_two_of_the_open_have_a_plan_and_ten_support(involvements: pd.DataFrame) -> None:
    assert still_open(involvements)["sen_status"].value_counts().to_dict() == {"N": 55, "K": 10, "E": 2}


def test_the_two_named_boards_have_the_most_open(involvements: pd.DataFrame, board_of: dict[str, str]) -> None:
    located = still_open(involvements).query("home == 'inside'")
    boards = located["postcode"].str.upper().str.replace(" ", "").map(board_of).value_counts()

    assert boards.sum() == 67 - sum(cme.OPEN_KINDS.values())
    assert set(boards.index[:2]) == {"aylesbury", "high-wycombe"}
    assert boards.iloc[1] > boards.iloc[2]


def test_children_are_of_school_age_and_in_the_right_year(involvements: pd.DataFrame) -> None:
    cases = involvements
    born, start = (cases[key].to_numpy().astype("datetime64[D]") for key in ("born", "start_date"))

    assert age_on(born, start).min() >= 5
    assert age_on(born, start).max() <= 16
    assert cases["year_group"].between(0, 11).all()
    assert still_open(involvements)["year_group"].max() <= 10
    assert cases.loc[cases["closure_code"] == "SLA", "year_group"].tolist() == [11]
    assert np.bincount(cases["year_group"])[1:11].min() > 20


def test_codes_are_those_of_the_contract(involvements: pd.DataFrame) -> None:
    columns = contract("cme_involvements")

    for key in ("sen_status", "social_care"):
        assert set(involvements[key]) == set(columns.column(key).codes)
    assert involvements["social_care"].eq("NONE").mean() > 0.75


def test_a_child_is_one_person_across_involvements(involvements: pd.DataFrame) -> None:
    same = ["born", "year_group", "sen_status", "social_care"]

    assert involvements["child_id"].nunique() == 578
    assert (involvements.groupby("child_id")[same].nunique() == 1).all(axis=None)


def test_a_child_with_a_plan_has_that_plan(plans: pd.DataFrame, involvements: pd.DataFrame) -> None:
    by_child = plans.set_index("child_id")
    with_plan = involvements.query("sen_status == 'E'")

    assert len(with_plan) == cme.OPEN_WITH_PLAN + cme.CLOSED_WITH_PLAN
    assert with_plan["child_id"].str.startswith("DEMO-E").all()
    for _, case in with_plan.iterrows():
        plan = by_child.loc[case["child_id"]]
        assert plan["start_date"] <= case["start_date"]
        assert not plan["end_date"] <= case["end_date"]
        assert (plan["born"], plan["postcode"]) == (case["born"], case["postcode"])
    others = involvements.query("sen_status != 'E'")
    assert others["child_id"].str.fullmatch(r"DEMO-C\d{4}").all()


def test_places_fit_the_reason(involvements: pd.DataFrame) -> None:
    home = involvements.groupby("closure_code")["home"]

    assert home.apply(lambda kinds: kinds.eq(OUTSIDE).mean())["OLAN"] == 1
    assert home.apply(lambda kinds: kinds.eq(OUTSIDE).mean())["OLCM"] > 0.35
    assert home.apply(lambda kinds: kinds.eq(INSIDE).mean())["BUSC"] > 0.9
