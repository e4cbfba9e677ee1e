"""The floating catchment: by hand, its law, and PySAL's access as the reference."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from layers.family_centres.catchment import catchment, gaussian, zones

LUO_QI = (1.0, 0.68, 0.22)
ZONES = zones(LUO_QI)


def test_a_limit_is_within_its_zone_and_beyond_the_last_nothing_weighs():
    minutes = np.array([0, 10, 10.001, 20, 30, 30.001, np.inf])
    assert ZONES(minutes).tolist() == [1, 1, 0.68, 0.68, 0.22, 0, 0]


def test_the_gaussian_is_1_at_the_door_and_0_at_the_longest_journey():
    found = gaussian(30)(np.array([0.0, 15.0, 30.0, 45.0, np.inf]))
    half = (np.exp(-0.125) - np.exp(-0.5)) / (1 - np.exp(-0.5))
    assert found == pytest.approx([1, half, 0, 0, 0], abs=1e-15)


def test_by_hand():
    # Atom a is near the first centre only, b near the first and far from the second, c reaches none.
    minutes = np.array([[5.0, np.inf], [15.0, 25.0], [40.0, np.inf]])
    found = catchment(np.array([100.0, 50.0, 70.0]), np.array([5.0, 2.0]), minutes, ZONES)
    first, second = 5 / (100 + 0.68 * 50), 2 / (0.22 * 50)
    assert found.ratios == pytest.approx([first, second])
    assert found.scores == pytest.approx([first, 0.68 * first + 0.22 * second, 0])
    assert found.reachable == 7


def test_a_centre_that_nobody_reaches_offers_nothing():
    found = catchment(np.array([10.0, 0.0]), np.array([3.0, 4.0]), np.array([[5.0, 50.0], [5.0, 5.0]]), ZONES)
    assert (found.ratios.tolist(), found.reachable) == ([0.3, 0.0], 3.0)


def test_without_centres_there_is_nothing():
    found = catchment(np.array([1.0]), np.empty(0), np.empty((1, 0)), ZONES)
    assert (found.scores.tolist(), found.reachable) == ([0.0], 0.0)


@pytest.mark.parametrize(
    ("population", "supply", "shape", "says"),
    [
        ([1.0], [1.0], (2, 1), "do not fit 1 atoms and 1 centres"),
        ([-1.0], [1.0], (1, 1), "known and at least 0"),
        ([1.0], [np.nan], (1, 1), "known and at least 0"),
        ([1.0], [-1.0], (1, 1), "Opening days must be at least 0"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(population, supply, shape, says):
    with pytest.raises(ValueError, match=says):
        catchment(np.array(population), np.array(supply), np.ones(shape), ZONES)


@st.composite
def councils(draw):
    atoms, centres = draw(st.integers(1, 12)), draw(st.integers(0, 5))
    people = draw(arrays(np.float64, atoms, elements=st.one_of(st.just(0.0), st.floats(0.01, 1e4))))
    days = draw(arrays(np.float64, centres, elements=st.integers(0, 7).map(float)))
    minutes = draw(arrays(np.float64, (atoms, centres), elements=st.one_of(st.floats(0, 60), st.just(np.inf))))
    return people, days, minutes


@given(councils(), st.booleans())
def test_the_scores_of_all_children_add_up_to_the_supply_within_reach(council, by_zones):
    people, days, minutes = council
    decay = ZONES if by_zones else gaussian()
    found = catchment(people, days, minutes, decay)
    assert float(people @ found.scores) == pytest.approx(found.reachable, rel=1e-9, abs=1e-9)
    reached = (decay(minutes) * people[:, None]).sum(axis=0) > 0
    assert found.reachable == days[reached].sum()
    assert (found.scores >= 0).all()


@pytest.fixture(scope="module")
def reference():
    """PySAL's access; what its import warns of is not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("access")


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_pysal(reference, seed):
    draw = np.random.default_rng(seed)
    people, days = draw.integers(1, 500, 40).astype(float), draw.integers(1, 8, 6).astype(float)
    minutes = draw.uniform(0, 45, (40, 6))
    minutes[0] = 60.0  # who lives there reaches no centre
    pairs = [(f"a{row}", f"c{column}", minutes[row, column]) for row in range(40) for column in range(6)]
    costs = pd.DataFrame(pairs, columns=["origin", "dest", "cost"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores = reference.fca.two_stage_fca(
            pd.DataFrame({"geoid": [f"a{row}" for row in range(40)], "demand": people}),
            pd.DataFrame({"supply": days}, index=pd.Index([f"c{column}" for column in range(6)], name="geoid")),
            costs,
            max_cost=30,
            weight_fn=reference.weights.step_fn(dict(zip((10, 20, 30), LUO_QI, strict=True))),
        )
    expected = scores.reindex([f"a{row}" for row in range(40)]).fillna(0.0).to_numpy()
    found = catchment(people, days, minutes, ZONES)
    np.testing.assert_allclose(found.scores, expected, rtol=1e-9, atol=1e-12)
