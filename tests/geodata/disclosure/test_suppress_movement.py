"""The cheapest movement: through the cells that cost least, never through those known, and adding up."""

import numpy as np
import pytest

from geodata.disclosure.suppress_movement import Movement
from geodata.disclosure.suppress_system import System

STARTS, MEMBERS = np.array([0, 1, 2, 3, 6]), np.array([0, 1, 2, 0, 1, 2])


def system(weights=(1.0, 1.0, 2.0, 9.0), barred=()):
    cells = tuple((number,) for number in range(4))
    flags = [np.isin(np.arange(4), list(chosen)) for chosen in ([0], barred)]
    return System(cells, np.array([3, 10, 20, 33]), STARTS, MEMBERS, 3, np.array(weights), *flags, 8)


def test_the_cheapest_neighbour_gives_way():
    assert Movement(system()).cheapest(0, 8.0) == pytest.approx([8, 5, 20, 33])
    assert Movement(system((1.0, 3.0, 2.0, 9.0))).cheapest(0, 8.0) == pytest.approx([8, 10, 15, 33])
    assert Movement(system()).cheapest(0, 0.0) == pytest.approx([0, 13, 20, 33])


def test_what_is_held_back_already_gives_way_for_nothing():
    movement = Movement(system())
    movement.set_hidden(np.array([True, False, True, False]))
    assert movement.cheapest(0, 8.0) == pytest.approx([8, 10, 15, 33])


def test_what_others_published_does_not_move():
    assert Movement(system(barred=[1])).cheapest(0, 8.0) == pytest.approx([8, 10, 15, 33])
    assert Movement(system(barred=[1, 2, 3])).cheapest(0, 8.0) is None


def test_the_own_count_needs_no_movement():
    movement = Movement(system())
    assert movement.cheapest(0, 3.0).tolist() == [3, 10, 20, 33]
    # One question leaves nothing behind for the next.
    assert movement.cheapest(1, 12.0)[0] == pytest.approx(1)
