"""The fewest moves that turn one mix of provision into the next."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS, History
from layers.sufficiency.moves import STEPS_FROM, moves, signal, smallest_movement

SHAPE = (5, len(NCYS), len(NEEDS), len(PROVISIONS))
ASD, MAINSTREAM, SPECIAL = NEEDS.index("ASD"), PROVISIONS.index("mainstream"), PROVISIONS.index("special")
MIX = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any)


def test_by_hand():
    matrix = smallest_movement(np.array([0.6, 0.4, 0.0]), np.array([0.3, 0.5, 0.2]))
    assert matrix == pytest.approx(np.array([[0.5, 1 / 6, 1 / 3], [0, 1, 0], [0, 0, 1]]))


@given(MIX, MIX)
def test_it_gives_the_mix_and_moves_the_total_variation(before, after):
    first, second = (np.array(one) / sum(one) for one in (before, after))
    matrix = smallest_movement(first, second)
    assert matrix.sum(axis=1) == pytest.approx(np.ones(4))
    assert (matrix >= 0).all()
    assert first @ matrix == pytest.approx(second)
    moved = (first * (1 - np.diagonal(matrix))).sum()
    assert moved == pytest.approx(np.abs(first - second).sum() / 2)


def test_a_difference_within_chance_is_no_movement():
    first, second = np.array([0.5, 0.5]), np.array([0.52, 0.48])
    assert signal(first, second, (100, 100)) == 0
    assert signal(first, second, (1e6, 1e6)) > 0.99
    assert signal(first, first, (100, 100)) == 0


def aged(primary, secondary):
    """Return a history whose newest stock has one mix to Year 6 and another from Year 7 on."""
    stock = np.zeros((1, *SHAPE), dtype=np.int16)
    for ncy in range(0, 12):
        mix = primary if ncy < 7 else secondary
        stock[0, 0, NCYS.index(ncy), ASD, [MAINSTREAM, SPECIAL]] = mix
    none = np.zeros((0, *SHAPE), dtype=np.int16)
    return History(("a", "b", "c", "unknown", "outside"), (2025,), stock, none, none, none, (), ())


def test_a_step_between_two_mixes_is_found_at_its_year_alone():
    matrices, moved = moves(aged((300, 100), (200, 200)), np.zeros((5, len(NCYS), len(PROVISIONS))))
    at = [NCYS.index(ncy) for ncy in (6, 7, 8)]
    stays = matrices[at, ASD, MAINSTREAM, MAINSTREAM]
    assert stays == pytest.approx([1, 2 / 3, 1], abs=0.01)
    assert matrices[at[1], ASD, MAINSTREAM, SPECIAL] == pytest.approx(1 / 3, abs=0.01)
    assert moved[at] == pytest.approx([0, 100, 0], abs=2)


def test_a_kind_of_provision_that_nobody_is_left_in_is_left_by_all():
    matrices, _ = moves(aged((30, 370), (0, 400)), np.zeros((5, len(NCYS), len(PROVISIONS))))
    assert matrices[NCYS.index(7), ASD, MAINSTREAM, SPECIAL] == pytest.approx(1)


def test_new_plans_account_for_a_change_of_mix_without_moves():
    history = aged((300, 100), (300, 200))
    new = np.zeros((1, *SHAPE), dtype=np.int16)
    new[0, 0, NCYS.index(7), ASD, SPECIAL] = 100
    explained = History(history.areas, (2024, 2025), history.stock.repeat(2, 0), new, new * 0, new * 0, (), ())
    matrices, _ = moves(explained, np.zeros((5, len(NCYS), len(PROVISIONS))))
    assert matrices[NCYS.index(7), ASD] == pytest.approx(np.eye(len(PROVISIONS)))


def test_every_row_adds_up_whatever_the_records():
    rng = np.random.default_rng(3)
    stock, new = (rng.poisson(0.3, (2, *SHAPE)).astype(np.int16) for _ in range(2))
    history = History(("a", "b", "c", "unknown", "outside"), (2024, 2025), stock, new[:1], new[:1], new[:1], (), ())
    matrices, moved = moves(history, np.full((5, len(NCYS), len(PROVISIONS)), 0.1))
    assert matrices.sum(axis=-1) == pytest.approx(np.ones((len(NCYS), len(NEEDS), len(PROVISIONS))))
    assert (matrices >= 0).all()
    assert (moved >= 0).all()
    assert set(STEPS_FROM) >= {7, 12, 14}
