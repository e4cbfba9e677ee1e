"""Nothing is lost and nothing made up, in any draw or cell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS, History, by_phase
from layers.sufficiency.mean_path import mean_path
from layers.sufficiency.newcomers import Joined
from layers.sufficiency.rates import rates
from layers.sufficiency.simulate import simulate, step

AREAS = ("a", "b", "c", "unknown", "outside")
SHAPE = (len(AREAS), len(NCYS), len(NEEDS), len(PROVISIONS))
RESIDENTS = np.array([1000.0, 1200.0, 900.0, 0.0, 0.0])


def drawn(seed, density=0.15, steps=4):
    """Return a history of plans that start, end and grow older by chance; all that is in it adds up."""
    rng = np.random.default_rng(seed)
    mix = rng.random(SHAPE) ** 4
    stock = [rng.poisson(mix * density).astype(np.int16)]
    new, left, starts = [], [], []
    for _ in range(steps):
        aged = np.zeros_like(stock[-1])
        aged[:, 1:] = stock[-1][:, :-1]
        gone = rng.binomial(aged, 0.08).astype(np.int16)
        aged[:, -1] += stock[-1][:, -1]
        gone[:, -1] += stock[-1][:, -1]
        begun = rng.poisson(mix * density / 6).astype(np.int16)
        starts.append(aged)
        left.append(gone)
        new.append(begun)
        stock.append(aged - gone + begun)
    years = tuple(range(2021, 2022 + steps))
    return History(AREAS, years, np.stack(stock), np.stack(new), np.stack(left), np.stack(starts), (), ())


@pytest.fixture(scope="module")
def known():
    found = drawn(1, density=2.0)
    return found, rates(found, RESIDENTS, np.tile([8.0, 0, 3, 0, 0], (4, 1)), Joined(30.0, 0.02))


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.5, 3.0]))
def test_in_every_cell_of_every_draw_the_flows_add_up(seed, density):
    rng = np.random.default_rng(seed)
    stock, joins = (rng.poisson(density, (2, *SHAPE)).astype(np.int16) for _ in range(2))
    ending = rng.random((2, SHAPE[0], SHAPE[1], SHAPE[3]))
    matrices = rng.dirichlet(np.ones(SHAPE[3]), (SHAPE[1], SHAPE[2], SHAPE[3]))
    moving = rng.random((2, SHAPE[1], SHAPE[2], SHAPE[3]))
    flows = step(stock, ending, moving, matrices, joins, rng)

    kept = flows.starts.astype(int) - flows.left - flows.moved_out
    assert np.array_equal(kept + flows.moved_in + flows.joins, flows.ends)
    assert (kept >= 0).all()
    assert all((one >= 0).all() for one in (flows.left, flows.moved_in, flows.ends))
    # Moves keep the area, the year and the need: only the provision changes.
    assert np.array_equal(flows.moved_out.sum(axis=-1), flows.moved_in.sum(axis=-1))
    # Everyone is there at the start, a year older; localities are the county.
    assert np.array_equal(flows.starts[:, :, 1:-1], stock[:, :, :-2])
    assert np.array_equal(flows.starts.sum(axis=(1, 2, 3, 4)), stock.sum(axis=(1, 2, 3, 4)))
    county = flows.starts.sum(axis=1).astype(int) + flows.joins.sum(axis=1) - flows.left.sum(axis=1)
    county += flows.moved_in.sum(axis=1) - flows.moved_out.sum(axis=1)
    assert np.array_equal(county, flows.ends.sum(axis=1))


def certain(value):
    return np.full((1, SHAPE[0], SHAPE[1], SHAPE[3]), value)


def test_certain_moves_and_ends_by_hand():
    stock = np.zeros((1, *SHAPE), dtype=np.int16)
    stock[0, 0, 3, 2, 0], stock[0, 1, len(NCYS) - 1, 2, 0] = 7, 5
    swap = np.broadcast_to(np.roll(np.eye(7), 1, axis=1), (SHAPE[1], SHAPE[2], 7, 7))  # each to the next kind
    moving = np.ones((1, SHAPE[1], SHAPE[2], SHAPE[3]))
    flows = step(stock, certain(0.0), moving, swap, np.zeros_like(stock), np.random.default_rng(0))
    assert flows.ends[0, 0, 4, 2, 1] == 7
    assert flows.ends.sum() == 7  # those past the last year end
    assert flows.left[0, 1, -1, 2, 0] == 5
    gone = step(stock, certain(1.0), moving, swap, np.zeros_like(stock), np.random.default_rng(0))
    assert gone.ends.sum() == 0
    assert gone.moved_out.sum() == 0


def test_draws_add_up_over_the_years(known):
    found, rate = known
    paths = simulate(rate, found.stock[-1], 4, 60, 5)
    start, joins, left, end = np.moveaxis(paths.flows, -1, 0)
    assert np.array_equal(start + joins - left, end)
    totals = paths.plans.sum(axis=(3, 4, 5), dtype=int)
    assert np.array_equal(totals[:, :-1], start)
    assert np.array_equal(totals[:, 1:], end)
    assert (paths.plans >= 0).all()
    assert np.array_equal(paths.plans[7, 0], by_phase(found.stock[-1]))


def test_the_same_seed_gives_the_same_draws(known):
    found, rate = known
    first, same, other = (simulate(rate, found.stock[-1], 2, 30, seed).plans for seed in (1, 1, 2))
    assert np.array_equal(first, same)
    assert not np.array_equal(first, other)


def test_the_mean_of_the_draws_is_the_mean_path(known):
    found, rate = known
    draws = 600
    plans = simulate(rate, found.stock[-1], 3, draws, 11).plans.astype(float)
    expected = by_phase(mean_path(rate, rate.stock, 3))
    for axes in ((2, 3, 4, 5), (3, 4, 5), (2, 4, 5), (2, 3, 4)):  # county, areas, phases, provisions
        drawn_sums = plans.sum(axis=axes)
        error = drawn_sums.std(axis=0) / np.sqrt(draws)
        means = expected.sum(axis=tuple(axis - 1 for axis in axes))
        # Four standard errors, and half a percent for what is curved: a mean of products is not their product.
        assert (np.abs(drawn_sums.mean(axis=0) - means) <= 4 * error + 0.005 * means + 1e-9).all()


def test_years_differ_more_than_chance_lets_single_plans(known):
    found, rate = known
    joins = simulate(rate, found.stock[-1], 1, 400, 3).flows[:, 0, :, 1].sum(axis=1)
    assert joins.var() > 1.5 * joins.mean()
