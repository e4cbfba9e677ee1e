from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.disclosure.leaks import (
    from_class,
    from_interval,
    from_mean,
    from_order,
    from_rate,
    from_share,
    from_smoothed,
    from_whole_mean,
    from_width,
    left_over,
    of_everyone,
    of_one,
    rounded_limits,
)
from geodata.rates import proportion, rate
from geodata.smoothing import empirical_bayes


def test_limits_of_rounding_halves_go_up():
    assert rounded_limits(10, 5) == (8, 12)
    assert rounded_limits(10, 10) == (5, 14)
    assert rounded_limits(0, 5) == (0, 2)
    assert rounded_limits(7, 1) == (7, 7)


def test_a_rate_with_its_base_is_the_count():
    # 4 of 1,250 are 3.2 in 1,000; 3 are 2.4 and 5 are 4.0.
    assert from_rate(3.2, 1, 1250, 1000) == (4,)
    # To whole numbers over a large base several fit: 2.5 to 3.5 in 1,000 of 2,000.
    assert from_rate(3, 0, 2000, 1000) == (5, 6, 7)


def test_a_rate_from_a_rounded_count_tells_no_more_than_the_rounding():
    assert from_rate(8.0, 1, 1250, 1000, base_of_rounding=5) == (8, 9, 10, 11, 12)


@given(st.integers(0, 400), st.integers(1, 5000), st.integers(0, 2), st.sampled_from((1, 5, 10)))
def test_the_true_count_always_fits_its_rate(count, base, decimals, step):
    shown = round((count + step // 2) // step * step / base * 1000, decimals)
    assert count in from_rate(shown, decimals, base, 1000, base_of_rounding=step)


@given(st.integers(0, 60), st.integers(60, 3000))
def test_an_interval_alone_gives_the_count(count, base):
    made = rate(count, base, 1000)
    shown = (round(made.lower, 2), round(made.upper, 2))
    assert count in from_interval(shown, 2, base, 1000, rate)
    share = proportion(count, base)
    assert count in from_interval((round(share.lower, 1), round(share.upper, 1)), 1, base, 100, proportion)


def test_limits_of_byar_and_wilson_pin_a_small_count():
    made = rate(4, 1250, 1000)
    assert from_interval((round(made.lower, 1), round(made.upper, 1)), 1, 1250, 1000, rate) == (4,)
    share = proportion(3, 40)
    assert from_interval((round(share.lower, 1), round(share.upper, 1)), 1, 40, 100, proportion) == (3,)


def test_the_width_of_an_error_bar_pins_a_small_count():
    made = rate(4, 1250, 1000)
    assert from_width(round(made.upper - made.lower, 2), 2, 1250, 1000, rate) == (4,)


def test_a_class_with_known_limits():
    # 2 to under 4 in 1,000 of 1,000.
    assert from_class(2, 4, 1000, 1000) == (2, 3)
    assert from_class(2.5, 4.5, 1000, 1000) == (3, 4)
    assert from_class(0.5, inf, 6, 1) == (3, 4, 5, 6)


def test_a_smoothed_rate_gives_the_count_of_the_one_area_that_is_not_shown():
    counts, bases = [12, 40, 4, 25], [1000.0, 1500.0, 900.0, 2000.0]
    shown = round(empirical_bayes(counts, bases)[2] * 1000, 2)
    assert from_smoothed(shown, 2, [12, 40, None, 25], bases, 1000) == (4,)
    with pytest.raises(ValueError, match="one count"):
        from_smoothed(shown, 2, [12, None, None, 25], bases, 1000)


def test_a_mean_and_the_sum_give_the_number():
    # 17 weeks in all, 5.7 on average: 3 cases.
    assert from_mean(5.7, 1, 17) == (3,)
    assert from_mean(0, 1, 17) == ()


def test_a_mean_of_whole_days_excludes_numbers_of_cases():
    # 3.33 days is a third; of one or two cases it cannot be.
    assert from_whole_mean(3.33, 2, 8) == (3, 6)
    assert from_whole_mean(4.0, 1, 3) == (1, 2, 3)


def test_two_means_give_the_value_of_the_one_child_between_them():
    assert left_over(10.0, 4, 8.0, 3) == 16.0
    assert left_over(10.0, 3, 10.0, 3) is None


def test_nobody_and_everybody():
    assert from_share(0.0, 1, 40) == (0,)
    assert from_share(100.0, 1, 40) == (40,)
    assert of_everyone(from_share(100.0, 1, 40), 40)
    assert not of_everyone(from_share(97.5, 1, 40), 40)
    # To whole per cent 100 may be all or one fewer of 1,000.
    assert not of_everyone(from_share(100, 0, 1000), 1000)


def test_a_duration_of_one_child():
    assert of_one((1,))
    assert not of_one((1, 2))
    assert not of_one(())


def test_a_sorted_list_says_which_is_more():
    first, second = from_order([4, 2, 7])
    assert (first.cells, first.factors, first.low, first.high) == ((4, 2), (1.0, -1.0), 0.0, inf)
    assert second.cells == (2, 7)
