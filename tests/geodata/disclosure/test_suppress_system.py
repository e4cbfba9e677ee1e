"""Systems: cells of the same parts are one, parts of the same cells are one, and what shares nothing is apart."""

import numpy as np

from geodata.disclosure.core import Cube
from geodata.disclosure.suppress_system import Wish, systems


def cube(cells, counts):
    starts = np.cumsum([0, *map(len, cells)])
    keys = tuple((f"{number}",) for number in range(len(cells)))
    members = np.array([part for cell in cells for part in cell], dtype=np.int64)
    return Cube(keys, np.array(counts), starts, members, int(members.max()) + 1, np.ones(len(cells)))


def wish(cells, primary=(), unlisted=(), known=()):
    flags = [np.isin(np.arange(cells), list(chosen)) for chosen in (primary, unlisted, known)]
    return Wish(*flags, 8)


def test_the_same_children_are_one_cell():
    (found,) = systems(cube([[0, 1], [0, 1], [0], [1]], [9, 9, 4, 5]), wish(4, primary=[2]))
    assert found.cells == ((0, 1), (2,), (3,))
    assert found.weights.tolist() == [2, 1, 1]
    assert found.forced.tolist() == [False, True, False]


def test_parts_that_no_cell_tells_apart_are_one():
    (found,) = systems(cube([[0, 1, 2], [0, 1]], [9, 4]), wish(2, primary=[1]))
    assert found.parts == 2
    assert found.sums(np.array([4.0, 5.0])).tolist() in ([9, 4], [9, 5])


def test_what_shares_no_part_is_apart_and_what_is_safe_is_left_out():
    one = cube([[0], [1], [2], []], [4, 5, 60, 0])
    assert [system.cells for system in systems(one, wish(4, primary=[0, 1]))] == [((0,),), ((1,),)]
    assert not list(systems(one, wish(4)))


def test_a_piece_matters_only_where_it_is_small():
    one = cube([[0, 1], [0], [1]], [44, 4, 40])
    (found,) = systems(one, wish(3, primary=[1], unlisted=[1, 2]))
    assert found.cells == ((0,), (1,))
    assert found.weights.tolist() == [1, 0]


def test_what_others_published_is_barred():
    (found,) = systems(cube([[0, 1], [0], [1]], [44, 4, 40]), wish(3, primary=[1], known=[0]))
    assert found.barred.tolist() == [True, False, False]
    assert not list(systems(cube([[0]], [4]), wish(1, primary=[0], known=[0])))
