import numpy as np
import pytest

from geodata.disclosure.core import Cube, Shown
from geodata.disclosure.known import known_of, whole_high, whole_low, with_facts
from geodata.errors import InputError


def cube():
    return Cube(
        keys=(("t", "all"), ("t", "a"), ("t", "b")),
        counts=np.array([12, 3, 9]),
        starts=np.array([0, 2, 3, 4]),
        members=np.array([0, 1, 0, 1]),
        parts=2,
        weights=np.ones(3),
    )


def known():
    flags = np.array([False, True, False])
    return known_of(cube(), Shown(np.array([10, 0, 9]), np.array([12, -1, 9]), flags, flags))


def test_a_count_without_limit_is_infinite():
    assert known().low.tolist() == [10, 0, 9]
    assert known().high.tolist() == [12, np.inf, 9]
    assert known().of(0).tolist() == [0, 1]
    assert len(known()) == 3


def test_the_true_counts_are_not_looked_at():
    blind = Cube(cube().keys, np.zeros(3, dtype=np.int64), cube().starts, cube().members, 2, np.ones(3))
    flags = np.zeros(3, dtype=bool)
    shown = Shown(np.array([10, 0, 9]), np.array([12, -1, 9]), flags, flags)
    assert (known_of(blind, shown).high == known_of(cube(), shown).high).all()


def test_facts_only_narrow():
    narrowed = with_facts(known(), {0: (11, 99), 1: (0, 5)})
    assert narrowed.low.tolist() == [11, 0, 9]
    assert narrowed.high.tolist() == [12, 5, 9]
    assert known().high[1] == np.inf


def test_a_fact_that_leaves_nothing_is_refused():
    with pytest.raises(InputError, match="contradict"):
        with_facts(known(), {2: (10, 12)})


def test_limits_are_rounded_inwards_but_not_past_a_whole_number():
    assert whole_low(2.2) == 3
    assert whole_low(3 + 1e-9) == 3
    assert whole_high(2.8) == 2
    assert whole_high(3 - 1e-9) == 3
    assert whole_high(np.inf) == np.inf
