"""Referral, decision, contact and support follow each other, and nothing else of the cases changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.demo.days import TODAY
from geodata.demo.early_help_times import FORM, OUTCOMES, SHARE_BLANK, with_times

MOMENTS = ["referral_received", "decision_made", "first_contact"]


@pytest.fixture(scope="session")
def cases(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    frame = demo["early_help_cases"].copy()
    for column in MOMENTS:
        frame[column] = pd.to_datetime(frame[column], format=FORM)
    return frame


def test_each_follows_the_one_before(cases: pd.DataFrame) -> None:
    for earlier, later in (MOMENTS[:2], MOMENTS[1:], MOMENTS[::2]):
        both = cases.dropna(subset=[earlier, later])
        assert (both[later] > both[earlier]).all()
    for column in MOMENTS:
        stated = cases.dropna(subset=column)
        assert (stated[column].dt.normalize() <= stated["start_date"]).all()
        assert (stated[column] < pd.Timestamp(TODAY) + pd.Timedelta(days=1)).all()


def test_decisions_and_contacts_are_made_in_the_working_day(cases: pd.DataFrame) -> None:
    for column in ("decision_made", "first_contact"):
        minutes = cases[column].dt.hour * 60 + cases[column].dt.minute
        assert minutes.dropna().between(8 * 60 + 30, 17 * 60 + 5).all()
    assert cases["decision_made"].dropna().dt.day_of_week.max() <= 4


def test_a_family_shares_them_and_an_open_one_has_no_outcome(cases: pd.DataFrame) -> None:
    assert (cases.groupby("spell")[[*MOMENTS, "outcome"]].nunique(dropna=False) == 1).all(axis=None)
    still_open = cases["end_date"].isna()
    assert (cases.loc[still_open, "outcome"] == "").all()
    shares = cases.loc[~still_open].drop_duplicates("spell")["outcome"].value_counts(normalize=True)
    assert shares.to_dict() == pytest.approx(OUTCOMES, abs=0.03)
    for column in MOMENTS:
        assert cases.drop_duplicates("spell")[column].isna().mean() == pytest.approx(SHARE_BLANK, abs=0.015)


def test_what_was_there_stays(cases: pd.DataFrame) -> None:
    before = cases.drop(columns=[*MOMENTS, "outcome", "family_id"]).rename(columns={"spell": "family_id"})
    after = with_times(before, np.random.default_rng(3))
    pd.testing.assert_frame_equal(after[before.columns], before)
    pd.testing.assert_frame_equal(after, with_times(before, np.random.default_rng(3)))
