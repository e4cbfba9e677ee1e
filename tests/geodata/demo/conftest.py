"""The demonstration's people under two seeds, drawn once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.demo.cme import build_cme
from geodata.demo.ehc import build_ehc
from geodata.demo.homes import Places, load_places
from geodata.profile import Profile, load_profile


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture(scope="session")
def places(profile: Profile) -> Places:
    return load_places(profile)


@pytest.fixture(scope="session", params=[2022, 7])
def drawn(request: pytest.FixtureRequest, profile: Profile, places: Places) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(request.param)
    plans = build_ehc(profile, places, rng)
    return plans, build_cme(places, plans, rng)


@pytest.fixture(scope="session")
def plans(drawn: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    return drawn[0]


@pytest.fixture(scope="session")
def involvements(drawn: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    return drawn[1]


@pytest.fixture(scope="session")
def board_of(places: Places) -> dict[str, str]:
    """Postcode in capitals without its space -> community board."""
    boards = np.repeat(places.boards, np.diff(places.first))
    return dict(zip((postcode.replace(" ", "") for postcode in places.inside), boards, strict=True))
