from math import inf

import pytest

from geodata.disclosure.hints import base_of, told
from geodata.disclosure.published import (
    ClassShown,
    CountsShown,
    Figure,
    IntervalShown,
    MeanShown,
    RateShown,
)
from geodata.errors import InputError
from geodata.rates import proportion


def limits(*beside):
    found = told(Figure(("a",), None, "c", beside))
    return found and (found.low, found.high)


def test_nothing_beside_tells_nothing():
    assert limits() is None
    # Any number of cases can have a mean of 4.0.
    assert limits(MeanShown(4.0, 1)) is None


def test_each_hint_tells_its_counts():
    assert limits(RateShown(3.2, 1, 1250, 1000)) == (4, 4)
    assert limits(RateShown(8.0, 1, 1250, 1000, base_of_rounding=5)) == (8, 12)
    share = proportion(3, 40)
    assert limits(IntervalShown(round(share.lower, 1), round(share.upper, 1), 1, 40, 100, wilson=True)) == (3, 3)
    assert limits(ClassShown(2, 4, 1000, 1000)) == (2, 3)
    assert limits(MeanShown(5.7, 1, total=17)) == (3, 3)
    assert limits(MeanShown(3.33, 2)) == (3, inf)
    assert limits(CountsShown((2, 5), "the smoothed rate")) == (2, 5)


def test_hints_add_up():
    found = told(Figure(("a",), None, "c", (ClassShown(2, 5, 1, 1), CountsShown((4, 5, 6), "the smoothed rate"))))
    assert (found.low, found.high) == (4, 4)
    assert found.says == "its class, 2 to under 5 and the smoothed rate"


def test_a_hint_that_no_count_gives_is_refused():
    with pytest.raises(InputError, match="no count gives the rate of"):
        told(Figure(("a",), None, "c", (RateShown(3.2, 1, 100, 1000),)))


def test_the_base_is_that_of_a_rate_or_interval():
    assert base_of(Figure(("a",), 3.0, "", (RateShown(3.2, 1, 1250, 1000),))) == 1250
    assert base_of(Figure(("a",), 3.0, "", (ClassShown(2, 4, 1000, 1000),))) is None
