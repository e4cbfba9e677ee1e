"""902 children are educated at home on 31 July 2022, all of school age, some of them known elsewhere."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geodata.demo.home_education import last_days, leaving_day
from geodata.demo.people import age_on
from geodata.demo.published import published
from geodata.profile import Profile


@pytest.fixture(scope="session")
def children(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["home_education"]


def open_on(records: pd.DataFrame, day: date) -> pd.DataFrame:
    at = pd.Timestamp(day)
    return records[(records["start_date"] <= at) & ~(records["end_date"] <= at)]


def born(records: pd.DataFrame) -> np.ndarray:
    return records["born"].to_numpy().astype("datetime64[D]")


def test_the_published_number_is_met(profile: Profile, children: pd.DataFrame) -> None:
    assert len(open_on(children, date(2022, 7, 31))) == published(profile, "electively home educated", "2022-07") == 902


def test_it_grows_from_2019_to_2025(children: pd.DataFrame) -> None:
    numbers = [len(open_on(children, date(year, 1, 20 if year == 2019 else 15))) for year in range(2019, 2026)]

    assert numbers == sorted(numbers)
    assert numbers[-1] > 2 * numbers[0]
    assert children["end_date"].notna().mean() > 0.4


def test_children_are_of_school_age_throughout(children: pd.DataFrame) -> None:
    start = children["start_date"].to_numpy().astype("datetime64[D]")

    assert age_on(born(children), start).min() >= 5
    assert (last_days(children) <= leaving_day(born(children))).all()
    assert children["year_group"].between(0, 11).all()
    assert (children["year_group"] >= 7).mean() > 0.6


@pytest.mark.parametrize(
    ("day_of_birth", "leaves"),
    [("2005-09-01", "2022-06-24"), ("2006-08-31", "2022-06-24"), ("2006-09-01", "2023-06-30")],
)
def test_school_ends_on_the_last_friday_of_june(day_of_birth: str, leaves: str) -> None:
    assert leaving_day(np.array([day_of_birth], dtype="datetime64[D]")).tolist() == [date.fromisoformat(leaves)]


def test_children_of_closed_cases_go_on_here(demo: dict[str, pd.DataFrame], children: pd.DataFrame) -> None:
    cases = demo["cme_involvements"].query("closure_code == 'NCE'").set_index("child_id")
    both = children[children["child_id"].isin(cases.index)]

    assert len(both) > 25
    for _, child in both.iterrows():
        case = cases.loc[[child["child_id"]]].iloc[-1]
        assert case["end_date"] == child["start_date"]
        assert (case["born"], case["postcode"]) == (child["born"], child["postcode"])


def test_children_with_a_plan_have_one_of_the_plans(demo: dict[str, pd.DataFrame], children: pd.DataFrame) -> None:
    plans = demo["ehc_plans"].set_index("child_id")
    with_plan = children.query("sen_status == 'E'")

    assert with_plan["child_id"].isin(plans.index).all()
    same = plans.loc[with_plan["child_id"]]
    assert same["born"].tolist() == with_plan["born"].tolist()
    assert (same["start_date"].to_numpy() <= with_plan["start_date"].to_numpy()).all()
    assert 0.03 < len(with_plan) / len(children) < 0.06
    assert 0.12 < children["sen_status"].eq("K").mean() < 0.22


def test_a_child_is_there_once(children: pd.DataFrame) -> None:
    assert children["child_id"].is_unique
    assert children["home"].eq("protected").sum() > 0
