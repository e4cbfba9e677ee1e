"""The forecast of the demonstration, and what is refused."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from geodata.errors import UsageError
from layers.sufficiency.core import PROVISIONS
from layers.sufficiency.demand import MODELLED, Surroundings, forecast, forecast_from, rates_of, surroundings
from layers.sufficiency.history import history, until
from layers.sufficiency.settings import SufficiencySettings, sufficiency_settings

FEW = 40


@pytest.fixture(scope="module")
def demand(demo_store):
    return forecast(demo_store, draws=FEW)


@pytest.fixture(scope="module")
def parts(demo_store):
    settings = sufficiency_settings(demo_store.profile)
    found = history(demo_store)
    return found, settings, surroundings(demo_store, found, settings)


def test_it_begins_with_what_is_counted(demand):
    assert demand.base_year == 2025
    assert demand.years == tuple(range(2025, 2036))
    assert demand.draws.shape == (FEW, 11, 5, 4, 14, 7)
    assert demand.draws[:, 0].sum(axis=(1, 2, 3, 4), dtype=int).tolist() == [7217] * FEW
    assert demand.mean_by_ncy[0].sum() == 7217
    assert demand.flows.shape == (FEW, 10, 5, 4)


def test_what_it_rests_on_is_said(demand):
    assert demand.testable
    assert demand.basis == ("synthetic", MODELLED, "modelled population", "illustrative housing")
    said = " ".join(demand.notes)
    for words in ("estimated from one extract", "Joined or not explained", "homes to come", "no stated date"):
        assert words in said


def test_the_path_is_plausible(demand):
    totals = demand.mean_by_ncy.sum(axis=(1, 2, 3, 4))
    growth = totals[1:] / totals[:-1]
    assert ((growth > 1) & (growth < 1.1)).all()
    assert 9000 < totals[7] < 12000
    shares = demand.mean_by_ncy.sum(axis=(1, 2, 3)) / totals[:, None]
    assert np.abs(shares[-1] - shares[0]).max() < 0.06
    assert 0.18 < shares[-1, PROVISIONS.index("special")] < 0.28
    oldest = demand.mean_by_ncy[-1].sum(axis=(0, 2, 3))[-6:]
    assert (np.diff(oldest) < 0).all()  # fewer with every year towards 25


def test_later_years_do_not_change_an_earlier_forecast(parts):
    found, settings, around = parts
    none = replace(around, housing=np.zeros_like(around.housing))
    direct = forecast_from(until(found, 2023), settings, none, draws=10)
    scrambled = replace(found, stock=found.stock.copy(), new=found.new.copy(), left=found.left.copy())
    for flow in (scrambled.stock[5:], scrambled.new[4:], scrambled.left[4:]):
        flow[:] = 3
    assert np.array_equal(forecast_from(scrambled, settings, around, origin=2023, draws=10).draws, direct.draws)


def test_too_few_steps_show_no_probability(parts):
    found, settings, around = parts
    short = forecast_from(until(found, 2020), settings, around, draws=5)
    assert not short.testable
    assert short.notes[0].startswith("Not yet testable: the records have 1 step from one January")
    assert forecast_from(found, settings, around, origin=2022, draws=5).testable


def test_a_single_census_is_refused(parts):
    found, settings, around = parts
    with pytest.raises(UsageError, match="one January census only, that of 2019"):
        forecast_from(found, settings, around, origin=2019)
    with pytest.raises(UsageError, match="no January census of 2031"):
        forecast_from(found, settings, around, origin=2031)


def test_rates_are_kept_for_scenarios(demo_store):
    assert rates_of(demo_store) is rates_of(demo_store)
    assert rates_of(demo_store).base_year == 2025


def test_plans_that_all_ended_are_refused(store_of, council):
    rows = [(f"c{n}", council.wycombe, "2015-01-01", "2021-06-01", "2010-01-01") for n in range(4)]
    frame = pd.DataFrame(rows, columns=["child_id", "atom", "start_date", "end_date", "born"])
    for column in ("start_date", "end_date", "born"):
        days = [date.fromisoformat(one) for one in frame[column]]
        frame[column] = pd.array(days, dtype=pd.ArrowDtype(pa.date32()))
    facts = {"covers_from": date(2021, 1, 1), "covers_to": date(2022, 12, 31)}
    with pytest.raises(UsageError, match="no plan maintained in January 2022"):
        forecast(store_of(("ehc_plans", frame, facts)))


def test_a_council_of_one_plan_is_answered(store_of, council):
    frame = pd.DataFrame({"child_id": ["a"], "atom": [council.wycombe]})
    for column, day in (("start_date", date(2019, 1, 1)), ("end_date", None), ("born", date(2012, 1, 1))):
        frame[column] = pd.array([day], dtype=pd.ArrowDtype(pa.date32()))
    facts = {"covers_from": date(2021, 1, 1), "covers_to": date(2023, 12, 31)}
    found = history(store_of(("ehc_plans", frame, facts)))
    around = Surroundings(np.array([1000.0, 1000.0, 1000.0, 0, 0]), np.zeros((10, 5)))
    demand = forecast_from(found, SufficiencySettings(), around, draws=20)
    assert demand.draws[:, 0].sum() == 20
    assert np.isfinite(demand.mean_by_ncy).all()
