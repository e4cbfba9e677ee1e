from geodata.disclosure.nesting import differences


def pairs(known, smallest=7, width=8):
    return [(one.outer, one.inner, one.low, one.high, one.column) for one in differences(known, smallest, width)]


def test_two_areas_a_few_streets_apart(sums):
    known = sums([((0, 1, 2), 43, 43), ((0, 1), 40, 40)], 3)
    # Parts 0 and 1 are one column, 2 the other.
    assert pairs(known) == [(0, 1, 3, 3, 1)]


def test_a_large_difference_and_none_are_no_leak(sums):
    assert pairs(sums([((0, 1), 60, 60), ((0,), 40, 40)], 2)) == []
    assert pairs(sums([((0, 1), 40, 40), ((0,), 40, 40)], 2)) == []


def test_rounding_hides_it_as_far_as_it_is_wide(sums):
    assert pairs(sums([((0, 1), 43, 47), ((0,), 38, 42)], 2)) == []
    # To base 3 the difference is 2 to 6.
    assert pairs(sums([((0, 1), 44, 46), ((0,), 40, 42)], 2)) == [(0, 1, 2, 6, 1)]


def test_a_difference_that_held_back_cells_make_up_is_judged_by_these(sums):
    known = sums([((0, 1, 2), 45, 45), ((0,), 40, 40), ((1,), 0, None), ((2,), 0, None)], 3)
    assert pairs(known) == []


def test_areas_that_only_overlap_are_not_subtracted(sums):
    assert pairs(sums([((0, 1), 43, 43), ((1, 2), 40, 40)], 3)) == []
