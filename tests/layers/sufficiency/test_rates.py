"""What the model runs on."""

import numpy as np
import pytest

from layers.sufficiency.core import NCYS, NEEDS, PHASE_OF_NCY, PROVISIONS, History
from layers.sufficiency.newcomers import Joined
from layers.sufficiency.rates import ncy_within_phase, rates, with_moves

SHAPE = (5, len(NCYS), len(NEEDS), len(PROVISIONS))


@pytest.fixture
def known():
    rng = np.random.default_rng(8)
    starts = rng.poisson(1.0, (2, *SHAPE)).astype(np.int16)
    left = rng.binomial(starts, 0.1).astype(np.int16)
    new = rng.poisson(0.1, (2, *SHAPE)).astype(np.int16)
    stock = np.concatenate([starts[:1], starts - left + new])
    found = History(("a", "b", "c", "unknown", "outside"), (2023, 2024, 2025), stock, new, left, starts, (), ())
    return rates(found, np.array([10.0, 20.0, 30.0, 0, 0]), np.array([[5.0, 0, 0, 0, 0]]), Joined(10.0, 0.01))


def test_everything_is_a_share_or_a_count(known):
    assert known.base_year == 2025
    assert ((known.ceasing.hazard > 0) & (known.ceasing.hazard < 1)).all()
    assert known.moves.sum(axis=-1) == pytest.approx(np.ones((len(NCYS), len(NEEDS), len(PROVISIONS))))
    assert known.starts(2).sum(axis=(1, 2, 3, 4)) == pytest.approx(known.starting.totals(2))


def test_those_who_join_are_spread_as_the_plans_are(known):
    joining = known.joining(0)
    assert joining.sum() == pytest.approx(15)
    shares = known.stock.sum(axis=(1, 2, 3)) / known.stock.sum()
    assert joining.sum(axis=(1, 2, 3)) == pytest.approx(10 * shares + [5, 0, 0, 0, 0])
    assert known.joining(7).sum() == pytest.approx(10)  # beyond the list of housing


def test_other_moves_can_stand_in(known):
    observed = np.broadcast_to(np.eye(len(PROVISIONS)), known.moves.shape)
    assert with_moves(known, observed, np.full(len(NCYS), 50.0)).moves is observed
    with pytest.raises(ValueError, match="add up to 1"):
        with_moves(known, observed * 0.9, known.moved)
    with pytest.raises(ValueError, match="add up to 1"):
        with_moves(known, observed[0], known.moved)


def test_the_years_of_a_phase_share_its_plans(known):
    known.stock[:, NCYS.index(7) : NCYS.index(12), 0, 0] = 0
    spread = ncy_within_phase(known.stock)
    for phase in range(4):
        assert spread[phase == PHASE_OF_NCY].sum(axis=0) == pytest.approx(np.ones((len(NEEDS), len(PROVISIONS))))
    assert spread[NCYS.index(7), 0, 0] == pytest.approx(1 / 5)
