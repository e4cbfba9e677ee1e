"""Posts and today's schools are consistent, and leave something to improve."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.contracts.link_workers import LANGUAGE_SPELLINGS
from geodata.demo.days import TODAY
from geodata.demo.link_workers import TOO_MANY, WITH_NOBODY


@pytest.fixture(scope="session")
def posts(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["link_workers"]


@pytest.fixture(scope="session")
def held(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Today's allocations with what is known of the post and the school."""
    schools = demo["schools"].set_index("urn")[["easting", "northing", "locality"]].add_suffix("_of_school")
    posts = demo["link_workers"].set_index("post")[["easting", "northing", "locality", "barred_schools"]]
    return demo["school_allocations"].join(posts, on="post").join(schools, on="school_urn")


def test_there_are_about_four_schools_a_post(posts: pd.DataFrame) -> None:
    assert len(posts) == 58
    assert posts["post"].is_unique
    assert posts["post"].str.fullmatch(r"LW-\d{2}").all()
    assert posts["team"].value_counts().min() > 12


def test_bases_are_centres_of_the_own_team(demo: dict[str, pd.DataFrame], posts: pd.DataFrame) -> None:
    centres = demo["family_centres"].set_index("name")

    assert posts["base_postcode"].tolist() == centres["postcode"][posts["base"]].tolist()
    assert posts["locality"].tolist() == centres["locality"][posts["base"]].tolist()


def test_hours_languages_and_absences_vary(posts: pd.DataFrame) -> None:
    today = pd.Timestamp(TODAY)

    assert posts["hours"].nunique() == 4
    assert set(posts["term_time"]) == {"Yes", "No"}
    assert {word.lower() for cell in posts["languages"] for word in cell.split("; ")} <= set(LANGUAGE_SPELLINGS)
    assert ((posts["absent_from"] <= today) & (posts["absent_to"] >= today)).sum() == 2
    assert posts["absent_from"].notna().sum() == 4
    assert posts["barred_schools"].ne("").sum() == 5


def test_allocations_point_at_posts_and_schools(demo: dict[str, pd.DataFrame], held: pd.DataFrame) -> None:
    assert set(held["post"]) <= set(demo["link_workers"]["post"])
    assert set(held["school_urn"]) <= set(demo["schools"]["urn"])
    assert held["school_urn"].is_unique
    assert held["start_date"].max() <= pd.Timestamp(TODAY)


def test_today_leaves_something_to_improve(demo: dict[str, pd.DataFrame], held: pd.DataFrame) -> None:
    number = held["post"].value_counts()
    km = np.hypot(held["easting"] - held["easting_of_school"], held["northing"] - held["northing_of_school"]) / 1000
    barred = [str(urn) in cell.split(";") for urn, cell in zip(held["school_urn"], held["barred_schools"], strict=True)]

    assert number.max() == 7
    assert (number >= 6).sum() == len(TOO_MANY)
    assert number.min() < 3
    assert 0.6 < number.between(3, 5).mean() < 0.9
    assert len(demo["schools"]) - len(held) == WITH_NOBODY
    assert km.max() > 25
    assert km.median() < 7
    assert (held["locality"] != held["locality_of_school"]).sum() >= 8
    assert sum(barred) == 1
