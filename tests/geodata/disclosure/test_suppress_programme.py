"""The programme: the optimum by hand, and a bound that holds when it has no time."""

import numpy as np
import pytest

from geodata.disclosure.suppress_programme import Effort, Programme
from geodata.disclosure.suppress_search import Search
from geodata.disclosure.suppress_system import System

STARTS, MEMBERS = np.array([0, 1, 2, 3, 6]), np.array([0, 1, 2, 0, 1, 2])
DEAR = np.array([True, False, False, True])


def system(counts=(3, 10, 20, 33)):
    cells = tuple((number,) for number in range(4))
    flags = [np.isin(np.arange(4), chosen) for chosen in ([0], [])]
    return System(cells, np.array(counts), STARTS, MEMBERS, 3, np.array([1.0, 1.0, 3.0, 9.0]), *flags, 8)


def test_the_cheapest_neighbour_is_enough():
    found, bound = Programme(system(), Effort()).improved(DEAR, Search(system()))
    assert found.tolist() == [True, True, False, False]
    assert bound == pytest.approx(1.0)


def test_neighbours_that_cannot_fall_far_are_not():
    # 3 + 3 is below the width of 8; 3 + 3 + 6 is above it, and so is 3 + 6 alone.
    found, bound = Programme(system((3, 3, 6, 12)), Effort()).improved(DEAR, Search(system((3, 3, 6, 12))))
    assert found.tolist() == [True, False, True, False]
    assert bound == pytest.approx(3.0)


def test_without_time_it_returns_what_it_was_given():
    found, bound = Programme(system(), Effort(rounds=0)).improved(DEAR, Search(system()))
    assert found.tolist() == DEAR.tolist()
    assert bound <= 1.0
