import numpy as np
import pytest

from geodata.disclosure.known import Relation
from geodata.disclosure.propagation import propagate
from geodata.disclosure.system import system_of
from geodata.errors import InputError


def limits(known):
    system = system_of(known, [])
    low, high = propagate(system.width, system.rows)
    return low.tolist(), high.tolist()


def test_one_unknown_in_a_sum_is_worked_out(sums):
    assert limits(sums([((0, 1, 2), 20, 20), ((0,), 8, 8), ((1,), 9, 9), ((2,), 0, None)], 3)) == ([8, 9, 3], [8, 9, 3])


def test_two_unknowns_share_what_is_left(sums):
    assert limits(sums([((0, 1, 2), 20, 20), ((0,), 15, 15), ((1,), 0, None)], 3)) == ([15, 0, 0], [15, 5, 5])


def test_without_an_upper_limit_it_is_endless(sums):
    low, high = limits(sums([((0, 1), 4, None), ((0,), 0, 3)], 2))
    assert low == [0, 1]
    assert high == [3, np.inf]


def test_stock_and_flow(sums):
    flow = Relation((0, 1, 2, 3), (1.0, 1.0, -1.0, -1.0), 0.0, 0.0)
    known = sums([((0,), 40, 40), ((1,), 0, None), ((2,), 6, 6), ((3,), 37, 37)], 4, [flow])
    assert limits(known) == ([40, 3, 6, 37], [40, 3, 6, 37])


def test_halves_are_rounded_inwards(sums):
    twice = Relation((0,), (2.0,), 3.0, 9.0)
    assert limits(sums([((0,), 0, None)], 1, [twice])) == ([2], [4])


@pytest.mark.parametrize("rows", [
    [((0, 1), 5, 5), ((0,), 6, 6)],
    [((0, 1), 5, 5), ((0,), 2, 2), ((1,), 2, 2)],
    [((0,), 2, 2), ((0,), 3, 3)],
])  # fmt: skip
def test_sums_that_contradict_each_other_are_refused(sums, rows):
    with pytest.raises(InputError, match="contradict"):
        limits(sums(rows, 2))
