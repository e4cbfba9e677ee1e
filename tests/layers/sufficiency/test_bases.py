"""Kept bases against a linear programme solved by itself for every row."""

from concurrent.futures import ThreadPoolExecutor

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.sufficiency.bases import BasisPool


def plain_optimum(costs, demand, places):
    """Return the least cost of the same programme, written out again and solved from nothing."""
    homes, settings_ = costs.shape
    penalty = (homes + settings_) * costs.max() + 1
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    ways = [[solver.addVariable(0, highspy.kHighsInf, costs[h, s] - penalty) for s in range(settings_)]
            for h in range(homes)]  # fmt: skip
    for h in range(homes):
        solver.addConstr(sum(ways[h][1:], ways[h][0] + 0) <= float(demand[h]))
    for s in range(settings_):
        solver.addConstr(sum((ways[h][s] for h in range(1, homes)), ways[0][s] + 0) <= float(places[s]))
    solver.minimize()
    return solver.getInfo().objective_function_value


def cost_of(pool, solved, row, demand, places):
    flows = pool.flows(solved.basis[row : row + 1], np.concatenate([demand[row], places[row]])[None])[0]
    penalty = (pool.homes + pool.settings) * pool.costs.max() + 1
    assert (flows >= 0).all()
    assert flows.sum(axis=1) == pytest.approx(demand[row] - solved.unmet[row], abs=1e-6)
    assert flows.sum(axis=0) == pytest.approx(places[row] - solved.spare[row], abs=1e-6)
    return float((flows * (pool.costs - penalty)).sum())


@pytest.mark.parametrize("seed", range(6))
def test_every_row_has_the_cost_of_the_plain_programme(seed):
    rng = np.random.default_rng(seed)
    homes, places_in = rng.integers(1, 6, 2)
    pool = BasisPool(rng.integers(0, 40, (homes, places_in)).astype(float))
    demand = rng.poisson(4, (60, homes)).astype(float)
    places = np.maximum(rng.normal(4, 4, (60, places_in)), 0)
    for _ in range(2):  # cold, and from the kept bases alone
        known = len(pool)
        solved = pool.solve(demand, places)
        for row in range(60):
            expected = plain_optimum(pool.costs, demand[row], places[row])
            assert cost_of(pool, solved, row, demand, places) == pytest.approx(expected, rel=1e-7, abs=1e-5)
    assert len(pool) == known > 0


@settings(max_examples=60)
@given(data=st.data())
def test_as_many_as_possible_are_placed(data):
    homes, settings_ = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    numbers = st.integers(0, 12)
    pool = BasisPool(np.array(data.draw(st.lists(st.lists(st.integers(0, 60), min_size=settings_, max_size=settings_),
                                                 min_size=homes, max_size=homes)), dtype=float))  # fmt: skip
    demand = np.array([data.draw(st.lists(numbers, min_size=homes, max_size=homes))], dtype=float)
    places = np.array([data.draw(st.lists(numbers, min_size=settings_, max_size=settings_))], dtype=float)
    solved = pool.solve(demand, places)
    assert solved.unmet.sum() == pytest.approx(max(demand.sum() - places.sum(), 0), abs=1e-6)
    assert (solved.unmet <= demand + 1e-6).all()
    assert (solved.spare <= places + 1e-6).all()


def test_by_hand():
    # Two homes, two settings, 10 km between; 5 and 1 children, 3 and 2 places: 3 stay near, 1 travels, 1 is left.
    pool = BasisPool(np.array([[0.0, 10.0], [10.0, 0.0]]))
    demand, places = np.array([[5.0, 1.0]]), np.array([[3.0, 2.0]])
    solved = pool.solve(demand, places)
    assert solved.unmet[0] == pytest.approx([1, 0])
    assert solved.spare[0] == pytest.approx([0, 0])
    flows = pool.flows(solved.basis, np.concatenate([demand, places], axis=1))[0]
    assert flows == pytest.approx(np.array([[3, 1], [0, 1]]))


def test_several_threads_find_the_same():
    rng = np.random.default_rng(3)
    costs = rng.integers(0, 40, (5, 3)).astype(float)
    demand, places = rng.poisson(6, (2000, 5)).astype(float), rng.poisson(9, (2000, 3)).astype(float)
    alone = BasisPool(costs).solve(demand, places)
    pool = BasisPool(costs)
    with ThreadPoolExecutor(4) as workers:
        for found in workers.map(lambda _: pool.solve(demand, places), range(4)):
            np.testing.assert_allclose(found.unmet, alone.unmet, atol=1e-6)


def test_no_rows_are_no_work():
    found = BasisPool(np.zeros((2, 2))).solve(np.zeros((0, 2)), np.zeros((0, 2)))
    assert found.unmet.shape == (0, 2)
