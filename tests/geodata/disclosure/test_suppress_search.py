"""The search: what it holds back protects, what it shows again was not needed, and variations cost no more."""

import numpy as np
import pytest

from geodata.disclosure.suppress_attack import whole_range
from geodata.disclosure.suppress_search import Evidence, Search
from geodata.disclosure.suppress_system import System

STARTS, MEMBERS = np.array([0, 1, 2, 3, 6]), np.array([0, 1, 2, 0, 1, 2])


def system(barred=()):
    cells = tuple((number,) for number in range(4))
    flags = [np.isin(np.arange(4), list(chosen)) for chosen in ([0], barred)]
    return System(cells, np.array([3, 10, 20, 33]), STARTS, MEMBERS, 3, np.array([1.0, 1.0, 2.0, 9.0]), *flags, 8)


def test_repaired_protects_all_that_it_holds_back():
    hidden, evidence = Search(system()).repaired(system().forced)
    assert hidden.tolist() == [True, True, False, False]
    assert (whole_range(evidence.low, evidence.high)[hidden] >= 8).all()


def test_trimmed_shows_what_need_not_be_held_back():
    search = Search(system())
    hidden, evidence = search.repaired(np.ones(4, dtype=bool))
    fewer, _ = search.trimmed(hidden, evidence, 100)
    assert search.cost(fewer) < search.cost(hidden)
    assert fewer[0]
    assert not len(search.unprovable(fewer))
    assert search.trimmed(hidden, evidence, -1)[0].tolist() == hidden.tolist()


def test_variations_never_cost_more():
    search = Search(system())
    dear = np.array([True, False, False, True])
    better = search.varied(dear, 5, 100)
    assert search.cost(better) == pytest.approx(1.0)
    assert search.varied(better, 2, 100).tolist() == better.tolist()


def test_what_cannot_be_protected_is_said():
    assert Search(system(barred=[1, 2, 3])).unprovable(np.array([True, False, False, False])).tolist() == [0]
    assert not len(Search(system()).unprovable(np.ones(4, dtype=bool)))


def test_evidence_without_a_cell_keeps_what_does_not_rest_on_it():
    evidence = Evidence(system())
    evidence.add(np.array([8.0, 5.0, 20.0, 33.0]))
    evidence.add(np.array([0.0, 10.0, 23.0, 33.0]))
    assert (evidence.low[0], evidence.high[0]) == (0, 8)
    left = evidence.without(1)
    assert (left.low[0], left.high[0]) == (0, 3)
    assert evidence.unproven(np.ones(4, dtype=bool)).tolist() == [1, 2, 3]
