"""Classes: few, in order, with readable limits, and every figure in one of them."""

from bisect import bisect_right
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.classify import breaks, class_of
from layers.format import round_half_up
from layers.palette import CLASS_COUNT

FIGURES = st.lists(st.floats(-500, 5000).filter(lambda value: abs(value) > 1e-6 or value == 0), max_size=40)
DECIMALS = st.integers(0, 2)


def test_fifths_of_round_figures_are_their_limits():
    # 0, 10 ... 100: the fifths lie at 20, 40, 60 and 80.
    assert breaks(range(0, 101, 10), 0) == (20, 40, 60, 80)


def test_limits_have_two_significant_digits():
    # 0, 12.345 ... 123.45: fifths at 24.69, 49.38, 74.07 and 98.76.
    assert breaks([12.345 * n for n in range(11)], 1) == (25, 49, 74, 99)


def test_limits_that_two_digits_would_make_meet_take_three():
    # 100 to 102 by 0.2: fifths at 100.4, 100.8, 101.2, 101.6; with two digits all are 100, with three 100, 101, 102.
    assert breaks([100 + n / 5 for n in range(11)], 1) == (101, 102)


@pytest.mark.parametrize("figures", [[], [3.0], [3.0, 3.0, 3.0]])
def test_without_a_spread_there_is_one_class(figures):
    assert breaks(figures, 1) == ()


def test_a_scheme_of_few_areas_needs_no_more_classes_than_areas():
    # Thirds of 0 to 90: 30 and 60. One area: one class.
    assert breaks(range(0, 91, 10), 0, classes=3) == (30, 60)
    assert breaks(range(0, 91, 10), 0, classes=1) == ()
    assert len(breaks(range(0, 91, 10), 0, classes=319)) == CLASS_COUNT - 1


def test_a_figure_equal_to_a_limit_belongs_to_the_class_above_it():
    assert [class_of(value, (20, 40)) for value in (19.9, 20, 39.9, 40, 1000)] == [0, 1, 1, 2, 2]


def test_small_counts_make_few_classes():
    assert breaks([1.0] * 30, 0) == ()
    assert breaks([1.0] * 30 + [2.0], 0) == (2.0,)


def test_the_order_of_the_figures_does_not_matter():
    figures = [5, 1, 4, 2, 3, 9, 7]
    assert breaks(figures, 0) == breaks(sorted(figures), 0) == breaks(iter(figures), 0)


@given(figures=FIGURES, decimals=DECIMALS, classes=st.integers(1, 7))
def test_limits_rise_and_make_at_most_five_classes(figures, decimals, classes):
    limits = breaks(figures, decimals, classes)
    assert len(limits) <= min(classes, CLASS_COUNT) - 1
    assert all(low < high for low, high in pairwise(limits))


@given(figures=FIGURES, decimals=DECIMALS)
def test_limits_lie_within_the_figures_and_have_no_more_decimals(figures, decimals):
    for limit in breaks(figures, decimals):
        assert min(figures) < limit <= max(figures)
        assert Decimal(repr(limit)) == round_half_up(limit, decimals)


@given(figures=FIGURES, decimals=DECIMALS)
def test_every_figure_falls_in_one_class_and_order_is_kept(figures, decimals):
    limits = breaks(figures, decimals)
    for one, other in pairwise(sorted(figures)):
        assert 0 <= class_of(one, limits) <= class_of(other, limits) <= len(limits)


@given(figures=FIGURES, decimals=DECIMALS)
def test_a_class_holds_the_figures_between_its_limits(figures, decimals):
    limits = breaks(figures, decimals)
    edges = [float("-inf"), *limits, float("inf")]
    for figure in figures:
        number = class_of(figure, limits)
        assert edges[number] <= figure < edges[number + 1]
        assert number == bisect_right(limits, figure)
