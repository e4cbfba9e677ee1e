"""Shares of plans that end, against cases that can be worked out by hand."""

import numpy as np
import pytest

from layers.sufficiency.ceasing import (
    GROUP_OF_NCY,
    GROUPS_FROM,
    MEMORY,
    USUAL_SPREAD,
    by_group,
    ceasing,
    concentration,
    excess_variance,
    recency,
)
from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS, History

SHAPE = (5, len(NCYS), len(NEEDS), len(PROVISIONS))


def steady(plans, left, steps=4):
    """Return a history in which `plans` (area 0 twice) could stay in every cell of one need and `left` end."""
    starts, ended = (np.zeros((steps, *SHAPE), dtype=np.int16) for _ in range(2))
    starts[:, :, :, 0], ended[:, :, :, 0] = plans, left
    stock = np.zeros((steps + 1, *SHAPE), dtype=np.int16)
    stock[:-1, :, :-1] = starts[:, :, 1:]
    years = tuple(range(2020, 2021 + steps))
    return History(("a", "b", "c", "unknown", "outside"), years, stock, ended, ended, starts, (), ())


def test_groups_hold_every_year_once_and_end_phases():
    assert [NCYS[place] for place in np.searchsorted(GROUP_OF_NCY, range(len(GROUPS_FROM)))] == list(GROUPS_FROM)
    plans = np.ones(SHAPE)
    assert by_group(plans).sum() == plans.sum()
    assert by_group(plans)[0, 1, 0] == 6 * len(NEEDS)  # Years 1 to 6


def test_the_newest_step_weighs_one():
    assert recency(3).tolist() == [MEMORY**2, MEMORY, 1.0]


def test_a_rate_that_is_the_same_everywhere_is_found():
    found = ceasing(steady(100, 10))
    assert found.hazard == pytest.approx(0.1, abs=0.002)
    assert found.hazard.shape == (5, len(NCYS), len(PROVISIONS))


def test_an_area_is_drawn_towards_the_county_the_more_the_fewer_its_plans():
    history = steady(0, 0)
    for area, plans in enumerate((1000, 1000, 1000, 10, 1000)):
        history.starts_from[:, area, 5:11, 0, 0] = plans
        history.left[:, area, 5:11, 0, 0] = plans // 10
    history.left[:, 0, 5:11, 0, 0], history.left[:, 3, 5:11, 0, 0] = 300, 3
    hazard = ceasing(history).hazard[:, 6, 0]
    # Own rates are 0.3 on many plans and on few, the county's is 0.15.
    assert 0.3 - hazard[3] > 10 * (0.3 - hazard[0]) > 0
    assert hazard[1] == pytest.approx(0.1, abs=0.01)


def test_nobody_seen_has_the_rate_of_the_others():
    history = steady(0, 0)
    history.starts_from[:, 0, 6, 0, 0], history.left[:, 0, 6, 0, 0] = 200, 20
    hazard = ceasing(history).hazard
    assert ((hazard > 0.05) & (hazard < 0.2)).all()


def test_those_who_end_by_age_are_in_no_rate():
    history = steady(100, 10)
    over = 40
    history.stock[:-1, :, -1, 0] = over
    history.starts_from[:, :, -1, 0] += over
    history.left[:, :, -1, 0] += over
    assert ceasing(history).hazard == pytest.approx(0.1, abs=0.002)


def test_the_concentration_is_that_of_a_beta_binomial():
    rng = np.random.default_rng(1)
    mean, kappa, trials = 0.2, 30.0, np.full(20_000, 50.0)
    events = rng.binomial(50, rng.beta(mean * kappa, (1 - mean) * kappa, trials.size)).astype(float)
    assert concentration(events, trials, np.full(trials.size, mean)) == pytest.approx(kappa, rel=0.06)


def test_cells_that_differ_by_chance_alone_are_one():
    events, trials = np.array([10.0, 10.0]), np.array([100.0, 100.0])
    assert concentration(events, trials, np.array([0.1, 0.1])) == np.inf
    assert concentration(np.zeros(0), np.zeros(0), np.zeros(0)) == np.inf


def test_the_excess_variance_is_that_of_a_negative_binomial():
    rng = np.random.default_rng(2)
    counts = rng.poisson(500 * rng.gamma(1 / 0.04, 0.04, 5000)).astype(float)
    assert excess_variance(counts, np.full(5000, 500.0)) == pytest.approx(0.04, rel=0.06)


def test_without_years_the_spread_is_the_usual_one():
    assert excess_variance(np.zeros(0), np.zeros(0)) == pytest.approx(USUAL_SPREAD**2)
