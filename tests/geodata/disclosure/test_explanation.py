import numpy as np

from geodata.disclosure.explanation import Explainer, in_words
from geodata.disclosure.known import Relation
from geodata.disclosure.system import system_of

KEYS = [("plans", "county", "ASD"), ("plans", "a", "ASD"), ("plans", "b", "ASD"), ("plans", "c", "ASD")]
LABELS = {"a": "Aylesbury", "b": "Wycombe", "c": "Chiltern & South Bucks"}


def explainer(known, *cells):
    return Explainer(known, system_of(known, cells))


def test_a_single_unknown_is_the_total_less_the_rest(sums):
    known = sums([((0, 1, 2), 100, 100), ((0,), 0, None), ((1,), 40, 40), ((2,), 57, 57)], 3)
    asked = explainer(known, 1)
    upper, lower = asked.sums(1, most=True), asked.sums(1, most=False)
    assert upper == (((0, 1.0), (2, -1.0), (3, -1.0)), (), 3.0)
    said = in_words(KEYS, LABELS, 1, (3, 3), upper[0], lower[0])
    assert said == "Aylesbury = county − Wycombe − Chiltern & South Bucks = 3 (plans, ASD)"


def test_a_range_says_what_holds_each_end(sums):
    known = sums([((0, 1, 2), 100, 100), ((0,), 0, None), ((1,), 0, None), ((2,), 96, 96)], 3)
    upper, lower = (explainer(known, 1).sums(1, most=most) for most in (True, False))
    assert lower[0] == ()
    assert in_words(KEYS, LABELS, 1, (0, 4), upper[0], ()) == (
        "Aylesbury is 0 to 4: at most county − Chiltern & South Bucks (plans, ASD)"
    )


def test_what_nothing_holds_has_no_sum(sums):
    assert explainer(sums([((0,), 0, None), ((1,), 4, 4)], 2), 0).sums(0, most=True) is None


def test_a_relation_is_named(sums):
    flow = Relation((0, 1, 2, 3), (1.0, 1.0, -1.0, -1.0), 0.0, 0.0, "start and joined make left and end")
    known = sums([((0,), 40, 40), ((1,), 0, None), ((2,), 6, 6), ((3,), 37, 37)], 4, [flow])
    terms, relations, value = explainer(known, 1).sums(1, most=True)
    assert dict(terms) == {0: -1.0, 2: 1.0, 3: 1.0}
    assert relations == (0,)
    assert value == 3


def test_factors_and_long_sums():
    keys = [("t", f"c{at}") for at in range(10)]
    twice = in_words(keys, {}, 0, (1, 2), ((1, 2.0), (2, -1.0)), ())
    assert twice == "c0 is 1 to 2: at most 2 × c1 − c2 (t)"
    long = tuple((at, 1.0) for at in range(1, 10))
    assert "a sum of 9 figures, c1 first" in in_words(keys, {}, 0, (1, 2), long, ())


def test_cells_of_other_tables_are_named_in_full():
    keys = [("plans", "a", "ASD"), ("sen2", "county")]
    assert in_words(keys, LABELS, 0, (3, 3), ((1, 1.0),), ((1, 1.0),)) == "plans Aylesbury ASD = sen2 county = 3"


def test_the_codes_of_a_piece_are_named_one_by_one():
    assert in_words([("piece", "a & b")], LABELS, 0, (3, 3), (), ()) == "piece Aylesbury & Wycombe is 3"


def test_sums_are_of_true_counts(sums):
    known = sums([((0, 1), 12, 12), ((2, 3), 9, 9), ((0, 2), 4, 4), ((1, 3), 17, 17), ((0,), 0, None)], 4)
    terms, _, value = explainer(known, 4).sums(4, most=True)
    assert np.isclose(sum(factor * known.high[cell] for cell, factor in terms), value)
