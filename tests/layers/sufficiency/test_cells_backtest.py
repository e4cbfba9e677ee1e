"""The back-test of the demonstration, and of a history that can be scored by hand."""

import json
from dataclasses import replace

import numpy as np
import pytest

from layers.sufficiency.cells_backtest import LEVELS, CellsBacktest, cells_backtest
from layers.sufficiency.demand import surroundings
from layers.sufficiency.history import history, until
from layers.sufficiency.settings import sufficiency_settings


@pytest.fixture(scope="module")
def parts(demo_store):
    settings = sufficiency_settings(demo_store.profile)
    found = history(demo_store)
    return found, settings, surroundings(demo_store, found, settings)


@pytest.fixture(scope="module")
def backtest(parts):
    return cells_backtest(*parts, draws=60)


def test_every_level_is_scored_at_every_horizon(backtest):
    assert backtest.origins == (2022, 2023, 2024)
    assert list(backtest.scores) == list(LEVELS)
    assert [backtest.scores["county"][ahead].model.n for ahead in (1, 2, 3)] == [3, 2, 1]
    assert [backtest.scores["locality"][ahead].model.n for ahead in (1, 2, 3)] == [9, 6, 3]
    assert [backtest.scores["county_phase"][ahead].model.n for ahead in (1, 2, 3)] == [12, 8, 4]


def test_the_baselines_are_those_of_the_printed_totals(backtest):
    # 5,415 5,890 6,697 7,217 after 4,054: one year ahead nobody would have come within 7 % without growth.
    errors = [475 / 5890, 807 / 6697, 520 / 7217]
    last = backtest.scores["county"][1].last_value
    assert last.mape == pytest.approx(100 * np.mean(errors))
    assert last.bias == pytest.approx(-100 * np.mean(errors))
    assert last.coverage_80 is None
    grown = 5415 * (5415 / 4054) ** (3 / 3)
    assert backtest.scores["county"][3].mean_growth.mape == pytest.approx(100 * abs(grown - 7217) / 7217)


def test_the_model_is_nearer_than_no_growth_and_its_band_holds(backtest):
    for by_horizon in backtest.scores.values():
        for found in by_horizon.values():
            assert found.model.wape < found.last_value.wape
    for level in ("locality_phase_need", "locality_phase_need_provision"):
        assert 65 <= backtest.scores[level][1].model.coverage_80 <= 95


def test_the_error_is_the_one_that_suits_the_level(backtest):
    assert backtest.error("county", 1) == backtest.scores["county"][1].model.mape
    sparse = backtest.scores["locality_phase_need_provision"][2].model
    assert backtest.error("locality_phase_need_provision", 2) == sparse.wape
    assert backtest.error("county", 9) is None


def test_it_says_where_it_is_kinder_than_the_truth(backtest):
    assert any("kinder than the truth" in note for note in backtest.notes)


def test_it_travels_as_plain_values(backtest):
    assert CellsBacktest.from_json(json.loads(json.dumps(backtest.as_json()))) == backtest


def test_too_few_years_are_not_tested(parts):
    found, settings, around = parts
    assert cells_backtest(until(found, 2022), settings, around) is None
    more = cells_backtest(until(found, 2022), replace(settings, fewest_transitions=2), around, draws=5)
    assert more.origins == (2021,)
