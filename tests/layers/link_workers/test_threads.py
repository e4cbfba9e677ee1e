"""Programmes side by side."""

from functools import partial

import highspy
import pytest

from layers.link_workers.threads import solve_all


def solve(threads):
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", threads)
    solver.addVariable(0, 1, -1.0)
    return solver.run() == highspy.HighsStatus.kOk


def test_in_their_order_and_errors_are_told():
    assert solve_all([partial(str, number) for number in range(9)]) == tuple("012345678")
    with pytest.raises(ZeroDivisionError):
        solve_all([lambda: 1 // 0])


def test_the_number_of_threads_of_others_does_not_matter():
    # HiGHS refuses another number of threads than the first programme of the same thread had.
    assert solve_all([partial(solve, 2)]) == (True,)
    assert solve_all([partial(solve, 1)]) == (True,)
