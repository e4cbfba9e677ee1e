"""Some families come back after their help has ended; nothing else of the cases changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.demo.early_help_returns import MEAN_DAYS, NEAR_DAYS, SOONEST_DAYS, with_returns
from geodata.demo.early_help_times import FORM
from geodata.demo.homes import INSIDE


@pytest.fixture(scope="session")
def cases(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["early_help_cases"]


def test_a_family_comes_back_after_its_help_has_ended(cases: pd.DataFrame) -> None:
    spells = cases.drop_duplicates("spell").sort_values("start_date")
    spells = spells.assign(ended=spells.groupby("family_id")["end_date"].shift())
    again = spells[spells["family_id"].duplicated()]
    days = (again["start_date"] - again["ended"]).dt.days

    assert 300 < len(again) < 900
    assert days.min() >= SOONEST_DAYS
    assert days.median() < MEAN_DAYS + SOONEST_DAYS + NEAR_DAYS
    referred = pd.to_datetime(again["referral_received"], format=FORM)
    assert ((referred > again["ended"]) | referred.isna()).all()


def test_only_families_at_homes_in_the_county_do(cases: pd.DataFrame) -> None:
    spells = cases.drop_duplicates("spell")
    again = spells[spells.duplicated("family_id", keep=False)]

    assert set(again["home"]) == {INSIDE}


def test_what_was_there_stays(cases: pd.DataFrame) -> None:
    before = cases.assign(family_id=cases["spell"]).drop(columns="spell")
    after = with_returns(before, np.random.default_rng(5))

    pd.testing.assert_frame_equal(after.drop(columns=["spell", "family_id"]), before.drop(columns="family_id"))
    assert (after["spell"] == before["family_id"]).all()
    pd.testing.assert_frame_equal(after, with_returns(before, np.random.default_rng(5)))
