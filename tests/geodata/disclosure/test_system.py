import numpy as np

from geodata.disclosure.known import Relation
from geodata.disclosure.system import columns_of, contained, holders_of, merged, system_of


def test_parts_that_the_same_cells_hold_are_one_column(sums):
    known = sums([((0, 1, 2), 9, 9), ((2,), 0, None)], parts=4)
    assert columns_of(known).tolist() == [0, 0, 1, -1]
    width, cells = merged(known)
    assert width == 2
    assert [cell.tolist() for cell in cells] == [[0, 1], [1]]


def test_an_exact_sum_is_taken_from_the_sums_around_it(sums):
    known = sums([((0, 1, 2), 20, 20), ((0,), 8, 8), ((1,), 0, None), ((2,), 0, None)], parts=3)
    system = system_of(known, [2])
    (total,) = [row for row in system.rows if row.cells[0][0] == 0]
    assert total.columns.tolist() == [1, 2]
    assert (total.low, total.high, total.taken) == (12, 12, 8)
    assert total.cells == ((0, 1.0), (1, -1.0))


def test_a_rounded_sum_is_not_taken_away(sums):
    known = sums([((0, 1), 20, 20), ((0,), 8, 12)], parts=2)
    assert all(len(row.cells) == 1 for row in system_of(known, []).rows)


def test_a_target_that_exact_sums_make_up_has_nothing_left(sums):
    known = sums([((0,), 3, 3), ((1,), 4, 4), ((0, 1), 0, None)], parts=2)
    target = system_of(known, [2]).targets[2]
    assert not len(target.columns)
    assert target.taken == 7


def test_sums_that_meet_are_not_both_taken_away(sums):
    known = sums([((0, 1, 2), 20, 20), ((0, 1), 9, 9), ((1, 2), 15, 15)], parts=3)
    (total,) = [row for row in system_of(known, []).rows if row.cells[0][0] == 0]
    assert len(total.cells) == 2


def test_the_same_exact_sum_twice_is_one_row_and_a_contradiction_two(sums):
    assert len(system_of(sums([((0, 1), 5, 5), ((0, 1), 5, 5)], parts=2), []).rows) == 1
    assert len(system_of(sums([((0, 1), 5, 5), ((0, 1), 6, 6)], parts=2), []).rows) == 2


def test_a_relation_is_a_row_over_the_columns_of_its_cells(sums):
    relation = Relation((0, 1), (1.0, -1.0), 0.0, 0.0, "equal")
    known = sums([((0, 1), 0, None), ((1, 2), 0, None)], 3, [relation])
    row = system_of(known, []).rows[-1]
    assert row.relation == 0
    # The part that both hold cancels.
    assert row.columns.tolist() == [0, 2]
    assert row.factors.tolist() == [1.0, -1.0]


def test_contained_finds_the_cells_within_columns():
    cells = [np.array([0, 1]), np.array([1]), np.array([1, 2])]
    holders = holders_of(3, cells, range(3))
    sizes = np.array([2, 1, 2])
    assert contained(holders, sizes, np.array([0, 1])).tolist() == [0, 1]
    assert contained(holders, sizes, np.array([2])).tolist() == []
