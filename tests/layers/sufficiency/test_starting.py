"""New plans: their trend, and where they are."""

import numpy as np
import pytest

from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS, History
from layers.sufficiency.starting import DAMPING, GROWTH_SPREAD, USUAL_GROWTH, starting, trend

SHAPE = (5, len(NCYS), len(NEEDS), len(PROVISIONS))
RESIDENTS = np.array([1000.0, 1000.0, 2000.0, 0.0, 0.0])


def made(totals, split=(0.25, 0.25, 0.5, 0, 0)):
    """Return a history with so many new plans, all in one cell of each area."""
    new = np.zeros((len(totals), *SHAPE), dtype=np.int16)
    for step, total in enumerate(totals):
        new[step, :, 10, 4, 0] = np.round(np.array(split) * total)
    years = tuple(range(2019, 2020 + len(totals)))
    stock = np.zeros((len(years), *SHAPE), dtype=np.int16)
    return History(("a", "b", "c", "unknown", "outside"), years, stock, new, new * 0, new * 0, (), ())


def test_growth_dies_away():
    assert trend(3) == pytest.approx(np.array([[1, DAMPING], [1, DAMPING + DAMPING**2],
                                               [1, DAMPING + DAMPING**2 + DAMPING**3]]))  # fmt: skip


def test_a_single_year_has_the_growth_of_england():
    found = starting(made([400]), RESIDENTS)
    assert found.level == pytest.approx([np.log(400), USUAL_GROWTH])
    assert np.sqrt(found.covariance[1, 1]) == pytest.approx(GROWTH_SPREAD)


def test_many_steady_years_have_their_own_growth():
    totals = [round(400 * 1.02**step / 4) * 4 for step in range(15)]
    found = starting(made(totals), RESIDENTS)
    assert found.level[1] == pytest.approx(np.log(1.02), abs=0.005)
    assert np.exp(found.level[0]) == pytest.approx(totals[-1], rel=0.01)


def test_the_forecast_rises_ever_less():
    steps = np.diff(np.log(starting(made([400, 440, 480, 530]), RESIDENTS).totals(10)))
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


def test_years_without_new_plans_do_not_stop_it():
    assert np.isfinite(starting(made([0, 0, 40]), RESIDENTS).totals(5)).all()
    assert starting(made([0, 0, 0]), RESIDENTS).shares.sum() == pytest.approx(1)


def test_shares_add_up_and_follow_the_areas():
    found = starting(made([400, 400, 400], split=(0.4, 0.2, 0.3, 0.05, 0.05)), RESIDENTS)
    by_area = found.shares.sum(axis=(1, 2, 3))
    assert by_area.sum() == pytest.approx(1)
    assert by_area == pytest.approx([0.4, 0.2, 0.3, 0.05, 0.05], abs=0.03)
    assert found.shares[0, 10, 4].sum() == pytest.approx(by_area[0], abs=0.01)


def test_areas_that_differ_by_chance_alone_have_one_rate_on_their_residents():
    by_area = starting(made([40], split=(0.275, 0.225, 0.5, 0, 0)), RESIDENTS).shares.sum(axis=(1, 2, 3))
    assert by_area == pytest.approx([0.25, 0.25, 0.5, 0, 0], abs=0.001)
