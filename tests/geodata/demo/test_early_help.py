"""400 families have early help on 8 September 2022; their children share a home, and some are known elsewhere."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geodata.demo.days import CENTRES_DAY, CENTRES_OPENED, TODAY
from geodata.demo.early_help import PROTECTED_FAMILIES, WITH_INVOLVEMENT, WITH_PLAN
from geodata.demo.home_education import last_days
from geodata.demo.people import age_on
from geodata.demo.published import published
from geodata.profile import Profile


@pytest.fixture(scope="session")
def cases(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["early_help_cases"]


def families_on(cases: pd.DataFrame, day: date) -> int:
    at = pd.Timestamp(day)
    still_open = cases[(cases["start_date"] <= at) & ~(cases["end_date"] <= at)]
    assert still_open["family_id"].nunique() == still_open["spell"].nunique()  # nobody has help twice at a time
    return int(still_open["family_id"].nunique())


def test_the_published_number_of_families_is_met(profile: Profile, cases: pd.DataFrame) -> None:
    measure = "families supported by the Family Support Service (about)"

    assert families_on(cases, CENTRES_DAY) == published(profile, measure, "2022-09") == 400


def test_about_as_many_are_helped_at_any_time(cases: pd.DataFrame) -> None:
    days = pd.date_range(CENTRES_OPENED, TODAY, freq="60D")

    assert all(300 < families_on(cases, day.date()) < 470 for day in days)
    assert 120 < (cases["end_date"] - cases["start_date"]).dt.days.median() < 240


def test_a_family_shares_dates_home_level_and_post(cases: pd.DataFrame) -> None:
    same = ["start_date", "end_date", "level", "postcode", "protected", "post"]

    assert (cases.groupby("spell")[same].nunique(dropna=False) == 1).all(axis=None)
    assert 1.7 < len(cases) / cases["spell"].nunique() < 2.1
    assert cases["child_id"].is_unique


def test_children_are_under_18_to_the_end(cases: pd.DataFrame) -> None:
    born = cases["born"].to_numpy().astype("datetime64[D]")
    start = cases["start_date"].to_numpy().astype("datetime64[D]")

    assert age_on(born, last_days(cases)).max() <= 17
    assert age_on(born, start).min() >= 0
    assert cases["year_group"].dropna().between(-2, 13).all()


def test_some_children_are_known_elsewhere(demo: dict[str, pd.DataFrame], cases: pd.DataFrame) -> None:
    for dataset, prefix, count in (
        ("ehc_plans", "DEMO-E", WITH_PLAN),
        ("cme_involvements", "DEMO-C", WITH_INVOLVEMENT),
    ):
        other = demo[dataset].drop_duplicates("child_id").set_index("child_id")
        both = cases[cases["child_id"].str.startswith(prefix)]
        assert len(both) == count
        known = other.loc[both["child_id"]]
        for column in ("born", "postcode"):
            assert known[column].tolist() == both[column].tolist()
        assert known["school_urn"].fillna(0).tolist() == both["school_urn"].fillna(0).tolist()


def test_plans_and_cases_of_the_shared_children_fit_in_time(demo: dict[str, pd.DataFrame], cases: pd.DataFrame) -> None:
    plans = demo["ehc_plans"].set_index("child_id")
    with_plan = cases[cases["child_id"].isin(plans.index)]
    plan = plans.loc[with_plan["child_id"]]
    missing = demo["cme_involvements"].groupby("child_id")["start_date"].min()
    both = cases[cases["child_id"].str.startswith("DEMO-C")]
    gap = both["start_date"].to_numpy() - missing[both["child_id"]].to_numpy()

    assert (plan["start_date"].to_numpy() <= with_plan["start_date"].to_numpy()).all()
    assert (abs(gap) <= np.timedelta64(400, "D")).all()


def test_posts_are_those_of_the_link_workers(demo: dict[str, pd.DataFrame], cases: pd.DataFrame) -> None:
    given = cases.loc[cases["post"] != "", "post"]

    assert set(given) <= set(demo["link_workers"]["post"])
    assert 0.01 < cases["post"].eq("").mean() < 0.06
    today = demo["school_allocations"].set_index("school_urn")["post"]
    of_school = cases["school_urn"].map(today)
    assert (of_school == cases["post"])[of_school.notna()].mean() > 0.5


def test_more_families_live_where_need_is_higher(cases: pd.DataFrame, board_of: dict[str, str]) -> None:
    families = cases.drop_duplicates("spell")
    boards = families["postcode"].str.upper().str.replace(" ", "").map(board_of).value_counts()

    assert set(boards.index[:2]) == {"aylesbury", "high-wycombe"}
    assert boards["aylesbury"] > 3 * boards["wexham-and-ivers"]
    assert families["home"].eq("protected").sum() == PROTECTED_FAMILIES
