"""Two posts are vacant, a few schools stay where they are, and nothing else of the posts changes."""

from __future__ import annotations

import pandas as pd
import pytest

from geodata.demo.council import _stream
from geodata.demo.days import TODAY
from geodata.demo.link_workers import LinkWork
from geodata.demo.vacancies import LEAST_SCHOOLS, STAYS_DAYS, VACANT_POSTS, with_vacancies


@pytest.fixture
def posts(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["link_workers"]


@pytest.fixture
def allocations(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["school_allocations"]


def test_nothing_else_changes(posts: pd.DataFrame, allocations: pd.DataFrame) -> None:
    before = LinkWork(posts.drop(columns="vacant"), allocations.drop(columns="keep_until"))
    after = with_vacancies(before, _stream(4, "vacancies"))

    pd.testing.assert_frame_equal(after.posts.drop(columns="vacant"), before.posts)
    pd.testing.assert_frame_equal(after.allocations.drop(columns="keep_until"), before.allocations)


def test_two_posts_of_different_teams_are_vacant_and_have_schools(
    posts: pd.DataFrame, allocations: pd.DataFrame
) -> None:
    vacant = posts[posts["vacant"] == "Yes"]

    assert len(vacant) == VACANT_POSTS == vacant["team"].nunique()
    assert set(posts["vacant"]) == {"Yes", ""}
    assert vacant["absent_from"].isna().all()
    assert allocations["post"].value_counts()[vacant["post"]].min() >= LEAST_SCHOOLS


def test_a_few_schools_stay_with_a_post_that_can_keep_them(posts: pd.DataFrame, allocations: pd.DataFrame) -> None:
    stays = allocations.dropna(subset=["keep_until"]).merge(posts, on="post")

    assert sorted((stays["keep_until"] - pd.Timestamp(TODAY)).dt.days) == sorted(STAYS_DAYS)
    assert stays["post"].is_unique
    assert stays["vacant"].eq("").all()
    assert stays["absent_from"].isna().all()
    assert (stays["keep_until"] > stays["start_date"]).all()
    for urn, barred in zip(stays["school_urn"], stays["barred_schools"], strict=True):
        assert str(urn) not in barred.split(";")
