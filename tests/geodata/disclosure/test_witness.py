import numpy as np
import pytest

from geodata.disclosure.system import Row
from geodata.disclosure.witness import Witnesses


def test_solutions_fit_and_go_both_ways():
    rows = [Row(np.arange(6), np.ones(6), 30.0, 30.0, ()), Row(np.array([0, 1]), np.ones(2), 8.0, 12.0, ())]
    found = Witnesses(rows, np.zeros(6), np.full(6, 30.0), 4.0)
    one = np.eye(6)[0]
    up, down = found.found(one, most=True), found.found(one, most=False)
    for point in (up, down):
        assert point.sum() == pytest.approx(30)
        assert 8 - 1e-6 <= point[:2].sum() <= 12 + 1e-6
    assert up[0] > down[0] + 3


def test_what_does_not_fit_is_never_given():
    rows = [Row(np.array([0, 1]), np.ones(2), 5.0, 5.0, ()), Row(np.array([0, 1]), np.ones(2), 9.0, 9.0, ())]
    assert not len(Witnesses(rows, np.zeros(2), np.full(2, 30.0), 4.0).found(np.ones(2), most=True))
