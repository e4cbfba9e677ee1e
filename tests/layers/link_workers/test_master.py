"""The programme over a part of its columns."""

import numpy as np
import pytest

from layers.link_workers.master import Master, Prices, Programme, choose
from layers.link_workers.pool import pool_of

POOL = pool_of(3, [(0,), (0, 1), (1, 2), (2,)])
COST = np.array([[1.0, 5.0, 4.0, 2.0], [3.0, np.inf, 1.0, 9.0]])
PROGRAMME = Programme(POOL, COST, np.array([2, 1]), (0, 3), 100.0)


def test_rows_of_columns():
    starts, rows = PROGRAMME.matrix(np.array([1, 6]))
    assert starts.tolist() == [0, 4, 8]
    # Items 0 and 1, the first owner, the count; items 1 and 2, the second owner, the count.
    assert rows.tolist() == [0, 1, 3, 5, 1, 2, 4, 5]
    below, above = PROGRAMME.bounds
    assert below.tolist() == [1, 1, 1, -np.inf, -np.inf, 0]
    assert above.tolist() == [1, 1, 1, 2, 1, 3]


def test_prices_judge_every_column():
    prices = Prices(np.array([1.0, 2.0, 3.0]), np.array([0.0, -1.0]), 0.5)
    assert prices.reduced(PROGRAMME).tolist() == [[-0.5, 1.5, -1.5, -1.5], [2.5, np.inf, -3.5, 6.5]]
    assert prices.value(PROGRAMME) == 6 - 1 + 0  # at least no cluster
    assert Prices(np.zeros(3), np.zeros(2), -0.5).value(PROGRAMME) == -1.5  # at most three


def test_the_linear_programme_grows():
    master = Master(PROGRAMME)
    prices, spent = master.solve(10.0)
    assert (prices.items.tolist(), spent) == ([100, 100, 100], 0)
    master.add(np.array([0, 6]))
    master.add(np.array([6]))
    assert master.columns.tolist() == [0, 6]
    prices, spent = master.solve(10.0)
    assert spent == pytest.approx(2)
    assert prices.value(PROGRAMME) == pytest.approx(2)


def test_a_plan_out_of_some_columns():
    columns = np.array([0, 1, 2, 3, 4, 6, 7])
    plan, bound = choose(PROGRAMME, columns, None, 0.0, 10.0)
    assert plan.tolist() == [0, 6]
    assert bound == pytest.approx(2)
    # Begun with a worse plan, or with one whose columns are not there, it finds the same.
    assert choose(PROGRAMME, columns, np.array([1, 3]), 0.0, 10.0)[0].tolist() == [0, 6]
    assert choose(PROGRAMME, columns, np.array([5]), 0.0, 10.0)[0].tolist() == [0, 6]
