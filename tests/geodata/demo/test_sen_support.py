"""About eleven in a hundred pupils have SEN support, in each atom and January."""

from __future__ import annotations

import pandas as pd
import pytest

from geodata.demo.ground import Ground
from geodata.periods import census_day


@pytest.fixture(scope="session")
def figures(demo: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return demo["indicator_values"]


def test_every_atom_has_a_figure_for_every_january_census(figures: pd.DataFrame, ground: Ground) -> None:
    days = [census_day(year).isoformat() for year in range(2019, 2026)]

    assert sorted(set(figures["period"])) == days
    assert len(figures) == 319 * 7
    assert set(figures["area_code"]) == set(ground.places.atoms)
    assert not figures.duplicated(["area_code", "period"]).any()


def test_about_eleven_in_a_hundred_pupils_have_support(figures: pd.DataFrame) -> None:
    totals = figures.groupby("period")[["value", "denominator"]].sum()
    share = totals["value"] / totals["denominator"]

    assert share.between(0.10, 0.125).all()
    assert share.iloc[-1] > share.iloc[0]
    assert (figures["value"] <= figures["denominator"]).all()
    assert figures["value"].min() >= 1


def test_the_base_is_the_modelled_residents_of_school_age(figures: pd.DataFrame, ground: Ground) -> None:
    one_year = figures[figures["period"] == "2025-01-16"]

    assert one_year["denominator"].tolist() == (ground.children + ground.teenagers).tolist()
