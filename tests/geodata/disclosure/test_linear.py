import numpy as np
import pytest

from geodata.disclosure.linear import Programme, pieces
from geodata.disclosure.system import Row
from geodata.errors import InputError


def row(columns, low, high, factors=None):
    return Row(np.array(columns), np.ones(len(columns)) if factors is None else np.array(factors), low, high, ())


def programme(rows, columns, **more):
    return Programme(rows, np.zeros(columns), np.full(columns, np.inf), **more)


def test_one_model_answers_many_questions():
    asked = programme([row([0, 1], 5.0, 5.0), row([1, 2], 3.0, 3.0)], 3)
    first, second, third = np.eye(3)
    assert asked.extreme(first, most=True).value == pytest.approx(5)
    assert asked.extreme(first, most=False).value == pytest.approx(2)
    assert asked.extreme(third, most=True).value == pytest.approx(3)
    found = asked.extreme(second, most=True)
    assert found.value == pytest.approx(3)
    assert found.point == pytest.approx([2, 3, 0])


def test_prices_say_which_rows_hold_the_end():
    found = programme([row([0, 1], 5.0, 5.0), row([1], 2.0, 2.0)], 2).extreme(np.array([1.0, 0.0]), most=True)
    assert found.row_duals == pytest.approx([1, -1])


def test_what_nothing_limits_is_infinite():
    assert programme([row([0], 0.0, 4.0)], 2).extreme(np.array([1.0, 1.0]), most=True).value == np.inf


def test_rows_that_cannot_hold_together_are_refused():
    asked = programme([row([0, 1], 5.0, 5.0), row([0, 1], 6.0, 6.0)], 2)
    with pytest.raises(InputError, match="contradict"):
        asked.extreme(np.array([1.0, 0.0]), most=True)


def test_whole_numbers_can_be_narrower():
    # Three cells of pairs that each hold 1: by halves all are possible, in whole numbers none.
    rows = [row([0, 1], 1.0, 1.0), row([1, 2], 1.0, 1.0), row([0, 2], 0.0, 1.0)]
    ask = np.array([1.0, 0.0, 1.0])
    assert programme(rows, 3).extreme(ask, most=True).value == pytest.approx(1)
    odd = [row([0, 1], 1.0, 1.0), row([1, 2], 1.0, 1.0), row([0, 2], 1.0, 1.0)]
    assert programme(odd, 3).extreme(ask, most=True).value == pytest.approx(1)
    with pytest.raises(InputError):
        programme(odd, 3, whole=True).extreme(ask, most=True)


def test_pieces_hang_together_through_columns_that_can_move():
    groups = [row([0, 1], 0.0, 1.0), row([1, 2], 0.0, 1.0), row([3], 0.0, 1.0)]
    assert pieces(4, groups, np.array([True, True, True, True]))[0].tolist() == [0, 0, 0, 1]
    piece, count = pieces(4, groups, np.array([True, False, True, True]))
    assert piece.tolist() == [0, -1, 1, 2]
    assert count == 3
