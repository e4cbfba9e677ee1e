from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.disclosure.bounds import bound
from geodata.disclosure.known import Relation
from geodata.errors import InputError


def spans(found):
    return list(zip(found.low.tolist(), found.high.tolist(), strict=True))


def brute(rows, parts, most, relations=()):
    """Return the true ranges, by trying every number up to `most` in every part."""
    seen = []
    for counts in product(range(most + 1), repeat=parts):
        values = [sum(counts[part] for part in cell) for cell, _, _ in rows]
        shown = zip(values, rows, strict=True)
        fits = all(low <= value and (high is None or value <= high) for value, (_, low, high) in shown)
        if fits and all(_holds(relation, values) for relation in relations):
            seen.append(values)
    return [(min(column), max(column)) for column in zip(*seen, strict=True)]


def _holds(relation, values):
    total = sum(factor * values[cell] for cell, factor in zip(relation.cells, relation.factors, strict=True))
    return relation.low <= total <= relation.high


def test_one_held_back_cell_in_a_row_is_exact(sums):
    found = bound(sums([((0, 1, 2), 20, 20), ((0,), 0, None), ((1,), 9, 9), ((2,), 8, 8)], 3))
    assert spans(found)[1] == (3, 3)


def test_two_held_back_cells_share_their_sum(sums):
    found = bound(sums([((0, 1, 2), 20, 20), ((0,), 0, None), ((1,), 0, None), ((2,), 14, 14)], 3))
    assert spans(found)[1:3] == [(0, 6), (0, 6)]


def test_margins_of_a_square_table(sums):
    # Two by two, all four inner cells held back, margins 3 + 9 and 4 + 8.
    rows = [((0, 1), 3, 3), ((2, 3), 9, 9), ((0, 2), 4, 4), ((1, 3), 8, 8)]
    rows += [((part,), 0, None) for part in range(4)]
    assert spans(bound(sums(rows, 4)))[4:] == [(0, 3), (0, 3), (1, 4), (5, 8)]


def test_rounded_margins_still_hold_a_cell(sums):
    # 8 to 12 in all, of which 8 to 12 are elsewhere: at most 4 here.
    found = bound(sums([((0, 1), 8, 12), ((0,), 8, 12), ((1,), 0, None)], 2))
    assert spans(found)[2] == (0, 4)


def test_what_nothing_limits_has_no_upper_end(sums):
    found = bound(sums([((0,), 0, None), ((0, 1), 5, None)], 2))
    assert spans(found) == [(0, np.inf), (5, np.inf)]


def test_the_fractions_of_a_programme_are_rounded_inwards(sums):
    # Any two of the three hold at most 3, all together at least 4: each has 1 at least, and 1.5 by fractions at most 2.
    rows = [((0, 1), 0, 3), ((1, 2), 0, 3), ((0, 2), 0, 3), ((0, 1, 2), 4, None)]
    found = bound(sums([*rows, ((0,), 0, None)], 3))
    assert spans(found)[3:] == [(4, 4), (1, 2)]


def test_whole_numbers_are_narrower_than_fractions(sums):
    # Each pair holds exactly 1 more than the fourth part: fractions allow halves.
    rows = [((0, 1), 1, 1), ((1, 2), 1, 1), ((0, 2), 0, 2), ((0, 1, 2, 3), 2, 2), ((3,), 0, None)]
    loose, true = bound(sums(rows, 4)), bound(sums(rows, 4), integer=True)
    assert spans(true) == brute(rows, 4, 2)
    assert (loose.low <= true.low).all()
    assert (loose.high >= true.high).all()


def test_sums_that_only_together_contradict_are_refused(sums):
    rows = [((0, 1), 10, 10), ((2, 3), 10, 10), ((0, 2), 4, 4), ((1, 3), 15, 15)]
    with pytest.raises(InputError, match="contradict"):
        bound(sums(rows, 4), [])


def test_a_wide_range_is_not_pursued_but_stays_true(sums):
    rows = [((0, 1, 2), 90, 90), ((0,), 0, None), ((1,), 0, None), ((2,), 88, 90)]
    found = bound(sums(rows, 3), width=2)
    low, high = spans(found)[1]
    assert low <= 0
    assert high >= 2


tables = st.integers(2, 4).flatmap(
    lambda parts: st.tuples(
        st.just(parts),
        st.lists(st.integers(0, 3), min_size=parts, max_size=parts),
        st.lists(st.sets(st.integers(0, parts - 1), min_size=1), min_size=1, max_size=6),
        st.lists(st.sampled_from(("exact", "rounded", "held back")), min_size=6, max_size=6),
        st.booleans(),
    )
)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_ranges_are_those_of_trying_everything(sums, table):
    parts, counts, cells, kinds, related = table
    rows = [(tuple(range(parts)), sum(counts), sum(counts))]
    for cell, kind in zip(cells, kinds, strict=False):
        true = sum(counts[part] for part in cell)
        limits = {"exact": (true, true), "rounded": (max(0, true - 1), true + 1), "held back": (0, None)}[kind]
        rows.append((tuple(cell), *limits))
    relations = []
    if related and len(rows) > 2:
        gap = sum(counts[p] for p in rows[1][0]) - sum(counts[p] for p in rows[2][0])
        relations = [Relation((1, 2), (1.0, -1.0), float(gap), float(gap))]
    known = sums(rows, parts, relations)
    truth = np.array(brute(rows, parts, sum(counts), relations), dtype=float)
    loose, whole = bound(known), bound(known, integer=True)
    assert (loose.low <= truth[:, 0]).all()
    assert (loose.high >= truth[:, 1]).all()
    assert whole.low.tolist() == truth[:, 0].tolist()
    assert whole.high.tolist() == truth[:, 1].tolist()
    quick = bound(known, width=2, integer=True)
    narrow = truth[:, 1] - truth[:, 0] < 2
    assert quick.low[narrow].tolist() == truth[narrow, 0].tolist()
    assert quick.high[narrow].tolist() == truth[narrow, 1].tolist()
    assert (quick.high - quick.low >= 2)[~narrow].all()


def test_the_quick_way_finds_the_same_narrow_ranges(sums):
    # A table of 22 by 22, margins rounded to base 3, a third of the inside held back with some of the rest.
    side, chance = 22, np.random.default_rng(11)
    table = chance.poisson(4, (side, side))
    numbers = np.arange(side * side).reshape(side, side)
    rows = []
    for cells, counts in ((numbers, table), (numbers.T, table.T)):
        rows += [
            (tuple(line), int(count) - 1, int(count) + 1) for line, count in zip(cells, counts.sum(1), strict=True)
        ]
    held = chance.random((side, side)) < 0.8
    for part, (count, hidden) in enumerate(zip(table.ravel().tolist(), held.ravel().tolist(), strict=True)):
        rows.append(((part,), 0, None) if hidden else ((part,), count, count))
    known = sums(rows, side * side)
    exact, quick = bound(known), bound(known, width=8)
    narrow = exact.high - exact.low < 8
    assert narrow.any()
    assert not narrow.all()
    assert quick.low[narrow].tolist() == exact.low[narrow].tolist()
    assert quick.high[narrow].tolist() == exact.high[narrow].tolist()
    assert (quick.high - quick.low >= 8)[~narrow].all()
