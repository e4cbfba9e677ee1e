"""One way to write a figure: halves up, a true minus, thousands apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.format import MINUS, NO_VALUE, format_range, format_value, plural, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # Python's round() says 2
        (-2.5, 0, "-3"),
        (0.25, 1, "0.3"),
        (2.675, 2, "2.68"),  # the float is 2.67499999..., the reader sees 2.675
        (1.005, 2, "1.01"),
        (0.049999, 1, "0.0"),
        (0, 1, "0.0"),
        (1e-17, 1, "0.0"),
        (5704, 0, "5704"),
    ],
)
def test_halves_round_away_from_zero_as_in_print(value, decimals, expected):
    assert round_half_up(value, decimals) == Decimal(expected)
    assert -round_half_up(value, decimals).as_tuple().exponent == decimals


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_rounding_moves_a_figure_by_half_a_step_at_most(value, decimals):
    assert abs(round_half_up(value, decimals) - Decimal(repr(value))) <= Decimal(5).scaleb(-decimals - 1)


@pytest.mark.parametrize(
    ("value", "how", "expected"),
    [
        (5704, {}, "5,704"),
        (1_234_567.5, {}, "1,234,568"),
        (0.94, {"decimals": 1}, "0.9"),
        (-54.51, {}, "\u221255"),
        (-1234.56, {"decimals": 1}, "\u22121,234.6"),
        (26.54, {"decimals": 1, "signed": True, "suffix": "%"}, "+26.5%"),
        (-26.54, {"decimals": 1, "signed": True, "suffix": "%"}, "\u221226.5%"),
        (0, {"signed": True, "suffix": "%"}, "0%"),
        (0.4, {"signed": True}, "0"),  # rounds to nothing: no sign
        (-0.4, {"signed": True}, "0"),
        (None, {"decimals": 1, "suffix": "%"}, "\u2013"),
    ],
)
def test_a_figure_is_written_as_in_a_report(value, how, expected):
    assert format_value(value, **how) == expected


def test_the_minus_is_a_minus_and_no_hyphen():
    assert (MINUS, NO_VALUE) == ("\N{MINUS SIGN}", "\N{EN DASH}")
    assert "-" not in format_value(-5)


@given(st.integers(-(10**9), 10**9))
def test_a_whole_number_can_be_read_back(number):
    assert int(format_value(number).replace(MINUS, "-").replace(",", "")) == number


def test_an_interval_is_written_with_both_bounds_or_not_at_all():
    assert format_range(0.05, 1.14, 1) == "0.1 to 1.1"
    assert format_range(-54.51, 394.6, signed=True, suffix="%") == "\u221255% to +395%"
    assert format_range(None, 1.0, 1) == format_range(1.0, None, 1) == ""


@pytest.mark.parametrize(
    ("count", "nouns", "expected"),
    [
        (1, ("area",), "1 area"),
        (0, ("area",), "0 areas"),
        (5704, ("plan", "plans"), "5,704 plans"),
        (2, ("child", "children"), "2 children"),
    ],
)
def test_a_noun_agrees_with_its_count(count, nouns, expected):
    assert plural(count, *nouns) == expected
