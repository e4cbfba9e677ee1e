"""The demonstration under two seeds, drawn once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.demo.cme import build_cme
from geodata.demo.council import draw_council
from geodata.demo.ehc import build_ehc
from geodata.demo.ground import Ground, load_ground
from geodata.demo.homes import Places, load_places
from geodata.profile import Profile, load_profile

SEEDS = [2022, 7]


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture(scope="session")
def places(profile: Profile) -> Places:
    return load_places(profile)


@pytest.fixture(scope="session")
def ground(profile: Profile, places: Places) -> Ground:
    return load_ground(profile, places)


@pytest.fixture(scope="session", params=SEEDS)
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


@pytest.fixture(scope="session", params=SEEDS)
def demo(request: pytest.FixtureRequest, profile: Profile) -> dict[str, pd.DataFrame]:
    """Every dataset of the demonstration; never changed by a test."""
    return draw_council(profile, request.param)


@pytest.fixture(scope="session")
def board_of(places: Places) -> dict[str, str]:
    """Postcode in capitals without its space -> community board."""
    boards = np.repeat(places.boards, np.diff(places.first))
    return dict(zip((postcode.replace(" ", "") for postcode in places.inside), boards, strict=True))
