"""The expected path, by hand and under scenarios."""

from dataclasses import replace

import numpy as np
import pytest

from layers.sufficiency.ceasing import GROUPS_FROM, Ceasing
from layers.sufficiency.core import NCYS, NEEDS, PHASE_KEYS, PROVISIONS, by_phase
from layers.sufficiency.mean_path import RateChanges, mean_path, stays_path, survival
from layers.sufficiency.newcomers import Joined
from layers.sufficiency.rates import Rates
from layers.sufficiency.starting import Starting

SHAPE = (5, len(NCYS), len(NEEDS), len(PROVISIONS))
MAINSTREAM, SPECIAL = PROVISIONS.index("mainstream"), PROVISIONS.index("special")
ASD = NEEDS.index("ASD")


def at(ncy):
    return NCYS.index(ncy)


@pytest.fixture
def known():
    """A tenth ends each year; a fifth of mainstream moves to special schools in Years 3 and 7; 100 plans start, half
    in mainstream and half in special schools, in Reception of the first area."""
    ends = np.full((5, len(GROUPS_FROM), len(PROVISIONS)), 10.0)
    moves = np.tile(np.eye(len(PROVISIONS)), (len(NCYS), len(NEEDS), 1, 1))
    for ncy in (3, 7):
        moves[at(ncy), :, MAINSTREAM, [MAINSTREAM, SPECIAL]] = [[0.8], [0.2]]
    shares = np.zeros(SHAPE)
    shares[0, at(0), ASD, [MAINSTREAM, SPECIAL]] = 0.5
    start = Starting(np.array([np.log(100.0), 0.0]), np.zeros((2, 2)), 0.0, 0.0, shares, 100.0)
    stock = np.zeros(SHAPE)
    stock[0, at(2), ASD, MAINSTREAM], stock[0, at(6), ASD, SPECIAL], stock[1, at(21), ASD, MAINSTREAM] = 1000, 400, 50
    ceasing = Ceasing(ends, ends * 9, 0.0, 0.0)
    return Rates(("a", "b", "c", "unknown", "outside"), 2025, ceasing, moves, np.zeros(len(NCYS)), start, Joined(),
                 np.zeros((3, 5)), stock)  # fmt: skip


def test_two_years_by_hand(known):
    path = mean_path(known, known.stock, 2)
    assert np.array_equal(path[0], known.stock)
    assert path[1, 0, at(3), ASD, [MAINSTREAM, SPECIAL]] == pytest.approx([720, 180])
    assert path[1, 0, at(7), ASD, SPECIAL] == pytest.approx(360)
    assert path[1, 0, at(0), ASD, [MAINSTREAM, SPECIAL]] == pytest.approx([50, 50])
    assert path[1, 1].sum() == 0  # the oldest end by age
    assert path[2, 0, at(4), ASD, [MAINSTREAM, SPECIAL]] == pytest.approx([648, 162])
    assert path[2].sum() == pytest.approx((900 + 360 + 100) * 0.9 + 100)


def test_new_homes_and_joined_plans_come_as_the_stock_is(known):
    housing = np.zeros((3, 5))
    housing[0, [0, 1]] = 14, 6
    path = mean_path(replace(known, housing=housing, joined=Joined(29.0)), known.stock, 1)[1]
    assert path[0, at(2), ASD, MAINSTREAM] == pytest.approx(10 + 20)  # 1,000 of 1,400 and of 1,450
    assert path[1, at(21), ASD, MAINSTREAM] == pytest.approx(6 + 1)


def test_without_changes_nothing_changes(known):
    assert np.array_equal(mean_path(known, known.stock, 3), mean_path(known, known.stock, 3, RateChanges()))


def test_a_reform_holds_from_its_year_until_the_next(known):
    changes = RateChanges(new_plans_factor={2027: 0.5, 2028: 0.8})
    started = mean_path(known, known.stock, 4, changes)[1:, 0, at(0)].sum(axis=(1, 2))
    assert started == pytest.approx([100, 50, 80, 80])


def test_diversion_is_at_natural_points_only_and_moves_nobody_placed(known):
    changes = RateChanges(diversion={"special": 0.6}, diversion_from=2026)
    base, path = mean_path(known, known.stock, 1)[1], mean_path(known, known.stock, 1, changes)[1]
    assert path[0, at(0), ASD, [MAINSTREAM, SPECIAL]] == pytest.approx([80, 20])
    assert np.array_equal(path[0, at(3)], base[0, at(3)])
    assert np.array_equal(path[0, at(7)], base[0, at(7)])  # in a special school before, so not an entrant
    known.stock[0, at(6), ASD] = 0
    known.stock[0, at(6), ASD, MAINSTREAM] = 1000
    moved = mean_path(known, known.stock, 1, changes)[1, 0, at(7), ASD]
    assert moved[[MAINSTREAM, SPECIAL]] == pytest.approx([900 - 72, 72])
    assert path.sum() == pytest.approx(base.sum())


def test_retention_is_at_all_other_times(known):
    path = mean_path(known, known.stock, 1, RateChanges(retention=0.5))[1]
    assert path[0, at(3), ASD, [MAINSTREAM, SPECIAL]] == pytest.approx([810, 90])
    later = mean_path(known, known.stock, 1, RateChanges(retention=0.5, retention_from=2027))[1]
    assert later[0, at(3), ASD, SPECIAL] == pytest.approx(180)


@pytest.mark.parametrize("wrong", [{"retention": 1.2}, {"diversion": {"special": -0.1}}, {"diversion": {"other": 0.1}},
                                   {"new_plans_factor": {2027: -1.0}}])  # fmt: skip
def test_what_is_no_share_is_refused(wrong):
    with pytest.raises(ValueError, match=r"shares from 0 to 1|Nobody is diverted"):
        RateChanges(**wrong)


def test_who_was_placed_stays_or_ends_and_grows_into_the_next_phase(known):
    surviving = survival(known, 3)
    assert surviving.shape == (4, 5, 4, 4, len(NEEDS), len(PROVISIONS))
    placed = np.zeros((len(PHASE_KEYS), len(NEEDS), len(PROVISIONS)))
    placed[1, ASD, MAINSTREAM], placed[1, ASD, SPECIAL] = 1000, 400  # Year 2, and Year 6
    path = stays_path(surviving, placed, 0)
    assert path[0] == pytest.approx(placed)
    assert path[1, 1, ASD, MAINSTREAM] == pytest.approx(720)
    assert path[2, 1, ASD, MAINSTREAM] == pytest.approx(648)
    assert path[1, 2, ASD, SPECIAL] == pytest.approx(360)
    assert path[1, 1, ASD, SPECIAL] == 0


def test_those_who_stay_are_never_more_than_all(known):
    placed = by_phase(known.stock)[0]
    stays = stays_path(survival(known, 3), placed, 0)
    assert (stays <= by_phase(mean_path(known, known.stock, 3)[:, 0]) + 1e-9).all()
