"""The attacker: ranges that can be worked out by hand, and prices that prove them."""

import numpy as np
import pytest

from geodata.disclosure.suppress_attack import Attack, whole_range
from geodata.disclosure.suppress_system import System
from geodata.errors import InputError

# Three pieces of 3, 10 and 20 children, and their total.
STARTS, MEMBERS = np.array([0, 1, 2, 3, 6]), np.array([0, 1, 2, 0, 1, 2])


def system(counts=(3, 10, 20, 33), barred=(), forced=(0,)):
    flags = [np.isin(np.arange(4), list(chosen)) for chosen in (forced, barred)]
    cells = tuple((number,) for number in range(4))
    return System(cells, np.array(counts), STARTS, MEMBERS, 3, np.ones(4), *flags, 8)


def hidden(*cells):
    return np.isin(np.arange(4), cells)


def test_one_cell_held_back_is_the_total_less_the_others():
    attack = Attack(system(), hidden(0))
    low, high = attack.end(0, 1, 0.0), attack.end(0, -1, 11.0)
    assert low.counts == pytest.approx([3, 10, 20, 33])
    assert high.counts == pytest.approx([3, 10, 20, 33])
    # Its greatest count is proven by the total less the two others.
    assert high.prices @ np.array([3, 10, 20, 33]) == pytest.approx(3)
    assert high.prices[0] == pytest.approx(0)


def test_two_cells_share_what_is_left():
    attack = Attack(system(), hidden(0, 1))
    assert attack.end(0, 1, 0.0).counts[0] == pytest.approx(0)
    assert attack.end(0, -1, 100.0).counts[0] == pytest.approx(13)
    assert attack.end(0, -1, 8.0).counts[0] == pytest.approx(8)
    attack.set_hidden(hidden(0))
    assert attack.end(0, -1, 100.0).counts[0] == pytest.approx(3)
    assert attack.runs == 4


def test_what_others_published_is_known_though_held_back():
    attack = Attack(system(barred=[1]), hidden(0, 1))
    assert attack.end(0, -1, 100.0).counts[0] == pytest.approx(3)


def test_several_cells_go_as_far_as_they_can_together():
    attack = Attack(system(), hidden(0, 1, 3))
    together = attack.together(np.array([0, 1]), -1)
    assert together.counts == pytest.approx([11, 18, 20, 49])
    assert attack.together(np.array([0, 1]), 1).counts == pytest.approx([0, 2, 20, 22])
    assert attack.end(0, -1, 100.0).counts[0] == pytest.approx(100)


def test_shares_of_a_cell_let_it_move_by_shares_of_the_width():
    attack = Attack(system(), hidden(0))
    attack.set_play(np.array([1.0, 0.25, 0.0, 0.0]))
    assert attack.end(0, -1, 100.0).counts[0] == pytest.approx(3 + 0.25 * 8)


def test_counts_that_are_no_sums_are_refused():
    with pytest.raises(InputError, match="do not add up"):
        Attack(system((3, 10, 20, 25)), hidden()).end(0, 1, 0.0)


def test_whole_counts_are_inwards():
    assert whole_range(np.array([0.5, 0.0, 2 - 1e-9]), np.array([8.5, 7.9999999, 4.0])).tolist() == [7, 8, 2]
