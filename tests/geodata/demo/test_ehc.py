"""Plans meet every published total and look like plans."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.demo import ehc, ehc_dates, ehc_needs
from geodata.demo.ehc import build_ehc
from geodata.demo.homes import Places
from geodata.demo.people import age_on, as_day, birthday
from geodata.profile import Profile

PUBLISHED = {
    date(2019, 1, 17): 4054,
    date(2020, 1, 16): 4595,
    date(2021, 1, 21): 4910,
    date(2022, 1, 20): 5415,
    date(2022, 7, 31): 5704,
    date(2022, 9, 5): 5635,
    date(2023, 1, 19): 5890,
    date(2024, 1, 18): 6697,
    date(2025, 1, 16): 7217,
}
PRINTED_GROWTH = {"ASD": 49, "SLCN": 37, "MSI": 60, "PMLD": 59}


def open_on(plans: pd.DataFrame, day: date) -> pd.DataFrame:
    at = pd.Timestamp(day)
    return plans[(plans["start_date"] <= at) & ~(plans["end_date"] <= at)]


def column_days(plans: pd.DataFrame, column: str) -> np.ndarray:
    return plans[column].to_numpy().astype("datetime64[D]")


def test_published_days_are_read_from_the_pack(profile: Profile) -> None:
    assert ehc_dates.published_stock(profile) == PUBLISHED


@pytest.mark.parametrize("day", PUBLISHED)
def test_the_stock_is_the_published_one(plans: pd.DataFrame, day: date) -> None:
    assert len(open_on(plans, day)) == PUBLISHED[day]


def test_flows_are_plausible_each_year(plans: pd.DataFrame) -> None:
    starts = plans["start_date"].dt.year.value_counts()
    ends = plans["end_date"].dt.year.value_counts()

    assert starts[range(2019, 2025)].between(650, 1200).all()
    assert ends[range(2019, 2025)].between(280, 600).all()


def test_the_stock_moves_smoothly(plans: pd.DataFrame) -> None:
    mondays = pd.date_range("2019-01-21", "2025-01-13", freq="7D")
    stock = np.array([len(open_on(plans, day.date())) for day in mondays])

    assert abs(np.diff(stock)).max() < 60


def test_plans_last_and_people_have_the_ages_of_plans(plans: pd.DataFrame) -> None:
    born, start, end = (column_days(plans, key) for key in ("born", "start_date", "end_date"))
    ended = ~np.isnat(end)

    assert (end[ended] - start[ended]).min() >= np.timedelta64(ehc_dates.SHORTEST_DAYS)
    assert end[ended].max() <= as_day(ehc_dates.LAST_DAY)
    assert start.min() >= ehc_dates.BEGAN
    assert age_on(born, start).min() >= 2
    last = np.where(ended, end, as_day(ehc_dates.LAST_DAY) + 1)
    assert (last <= birthday(born, 26)).all()
    now = age_on(born[~ended], as_day(ehc_dates.LAST_DAY))
    assert 0.04 < (now >= 20).mean() < 0.11
    assert 0.30 < ((now >= 11) & (now <= 15)).mean() < 0.45


def test_a_child_has_one_plan(plans: pd.DataFrame) -> None:
    assert plans["child_id"].is_unique


def test_growth_by_need_is_the_printed_one(plans: pd.DataFrame) -> None:
    then = open_on(plans, date(2019, 1, 17))["primary_need"].value_counts()
    now = open_on(plans, date(2022, 7, 31))["primary_need"].value_counts()

    for need, printed in PRINTED_GROWTH.items():
        assert abs((now[need] / then[need] - 1) * 100 - printed) < 1, need


def test_needs_hold_their_stock_and_are_codes_of_the_contract(plans: pd.DataFrame) -> None:
    known = set(contract("ehc_plans").column("primary_need").codes) | {""}

    assert set(plans["primary_need"]) <= known
    for day, stock in ehc_needs.STOCK_BY_NEED.items():
        assert sum(stock.values()) == PUBLISHED[day]
        assert open_on(plans, day)["primary_need"].value_counts().to_dict() == stock
    assert open_on(plans, date(2025, 1, 16))["primary_need"].mode().tolist() == ["ASD"]


def test_a_stock_that_cannot_be_met_is_said() -> None:
    with pytest.raises(ValueError, match="cannot be met"):
        ehc_needs._deal({"ASD": -1, "MLD": 2}, np.array([5]), np.random.default_rng(1))


def test_provision_fits_need_and_age(plans: pd.DataFrame) -> None:
    last = np.where(plans["end_date"].isna(), as_day(ehc_dates.LAST_DAY), column_days(plans, "end_date"))
    age = age_on(column_days(plans, "born"), last)
    now = plans[plans["end_date"].isna()]["provision"].value_counts()

    assert set(plans["provision"]) == set(contract("ehc_plans").column("provision").codes)
    assert plans.loc[age < 16, "provision"].ne("further_education").all()
    assert not plans.loc[age >= 19, "provision"].isin(["mainstream", "special", "base"]).any()
    assert plans.loc[(plans["primary_need"] == "PMLD") & (age < 16), "provision"].eq("special").mean() > 0.8
    published = {"mainstream": 3304, "special": 1807, "further_education": 1159, "base": 244, "independent": 218}
    for provision, count in published.items():
        assert 0.75 * count < now[provision] < 1.25 * count, provision


def test_year_groups_are_those_of_schools(plans: pd.DataFrame) -> None:
    group = plans["year_group"]

    assert group.dropna().between(-2, 14).all()
    assert group.isna().mean() < 0.25


def test_homes_outside_unknown_and_protected_are_few(plans: pd.DataFrame) -> None:
    shares = plans["home"].value_counts(normalize=True)

    assert 0.015 < shares["outside"] < 0.03
    assert 0.003 < shares["unknown"] < 0.01
    assert plans["home"].eq("protected").sum() == ehc.PROTECTED_HOMES


def test_the_seed_changes_people_and_places(profile: Profile, places: Places) -> None:
    first, again, other = (build_ehc(profile, places, np.random.default_rng(seed)) for seed in (1, 1, 2))

    pd.testing.assert_frame_equal(first, again)
    assert len(first) == len(other)
    assert not first["postcode"].equals(other["postcode"])
    assert not first["born"].equals(other["born"])
