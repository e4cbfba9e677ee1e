"""Children in low-income families are residents of their small area, and more where more families have help."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.contracts.low_income import AGES, BANDS
from geodata.demo.early_help import RATE_BY_BOARD
from geodata.demo.ground import Ground
from geodata.demo.low_income import SHARES
from geodata.profile import Profile


@pytest.fixture(scope="module")
def residents(profile: Profile, ground: Ground) -> pd.DataFrame:
    """Modelled residents of each atom by age band."""
    people = pd.read_parquet(profile.directory / "population.parquet")
    by_band = {
        key: people[people["age"].between(*ages)].groupby("atom", observed=True)["persons"].sum()
        for key, ages in zip(AGES, BANDS, strict=True)
    }
    return pd.DataFrame(by_band).loc[ground.places.atoms]


@pytest.fixture
def poor(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["low_income"].set_index("atom")


def test_every_small_area_has_a_row(ground: Ground, poor: pd.DataFrame) -> None:
    assert poor.index.tolist() == ground.places.atoms.tolist()
    assert poor.columns.tolist() == list(AGES)
    assert (poor.dtypes == np.int64).all()


def test_there_are_never_more_than_residents(poor: pd.DataFrame, residents: pd.DataFrame) -> None:
    assert (poor >= 0).all(axis=None)
    assert (poor <= residents).all(axis=None)


def test_the_county_has_about_the_assumed_share(poor: pd.DataFrame, residents: pd.DataFrame) -> None:
    found = (poor.sum() / residents.sum()).tolist()
    assert found == pytest.approx(list(SHARES), abs=0.006)


def test_shares_follow_the_boards(ground: Ground, poor: pd.DataFrame, residents: pd.DataFrame) -> None:
    share = (
        poor["ages_0_4"].groupby(ground.places.boards).sum() / residents["ages_0_4"].groupby(ground.places.boards).sum()
    )
    expected = pd.Series(RATE_BY_BOARD)

    assert share.corr(expected[share.index]) > 0.9
    assert set(share.nlargest(2).index) == {"aylesbury", "high-wycombe"}
