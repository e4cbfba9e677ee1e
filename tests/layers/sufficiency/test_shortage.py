"""Plans held against places in every draw."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.sufficiency.grouping import Grouping
from layers.sufficiency.seating import Seats
from layers.sufficiency.shortage import shortage_of

TWO = Grouping({"x": "X", "y": "Y"}, (0,) * 14)
KM = np.array([[0.0, 10.0], [10.0, 0.0]])


def seats(places, seated=(), *, away=(0, 0), bought=0.0, occupancy=1.0):
    """Return seats of one year: places [area][x, y, any]; seated (home, group, area, kind, children)."""
    there = np.array([places], dtype=float)
    sits = np.zeros((1, 2, 2, 2, 3))
    for home, group, area, kind, children in seated:
        sits[0, home, group, area, kind] += children
    used = sits.sum(axis=(1, 2))
    above = np.maximum(used - there, 0)
    over = np.maximum(used - there / occupancy, 0)
    gone = np.zeros((1, 2, 2))
    gone[0, :, 0] = away
    return Seats(there, np.maximum(there - used, 0), above, over, sits, gone, bought, True)


def plans(*draws):
    """Return plans of one year from draws of [[home 0 x, y], [home 1 x, y]]."""
    return np.array([draws], dtype=np.float32)


def test_who_is_there_stays_and_the_rest_is_placed():
    one = seats([[4, 0, 0], [2, 0, 0]], [(0, 0, 0, 0, 3)])
    found = shortage_of(plans([[7, 0], [0, 0]]), one, KM, TWO)
    # Three stay, one gets the place near, two travel, one is left.
    assert found.unmet[0, 0] == pytest.approx(np.array([[1, 0], [0, 0]]))
    assert found.flows[0] == pytest.approx(np.array([[1, 2], [0, 0]]))
    assert found.used[0, 0, :, 0] == pytest.approx([4, 2])
    assert found.spare.sum() == pytest.approx(0)


def test_fewer_plans_free_places_first_from_those_above():
    # Six sit on four working places of five commissioned: two above, one over.
    one = seats([[4, 0, 0], [0, 0, 0]], [(0, 0, 0, 0, 6)], occupancy=0.8)
    found = shortage_of(plans([[6, 0], [0, 0]], [[5, 0], [0, 0]], [[3, 0], [1, 0]]), one, KM, TWO)
    assert found.over[0, :, 0, 0] == pytest.approx([1, 0, 0])
    assert found.used[0, :, 0, 0] == pytest.approx([6, 5, 4])
    assert found.spare[0, :, 0, 0] == pytest.approx([0, 0, 0])
    assert found.unmet.sum() == pytest.approx(0)  # the place that three leave free is taken by the other home's child


def test_those_elsewhere_stay_and_their_places_can_be_had_again():
    one = seats([[0, 0, 0], [0, 0, 0]], away=(2, 0), bought=3.0)
    found = shortage_of(plans([[5, 0], [0, 0]]), one, KM, TWO)
    assert found.unmet.sum() == pytest.approx(2)
    assert found.flows.sum() == 0


def test_over_number_admits_to_the_nearest_setting():
    one = seats([[0, 4, 0], [2, 0, 1]])
    found = shortage_of(plans([[9, 0], [0, 0]]), one, KM, TWO, over_number=True)
    assert found.unmet.sum() == pytest.approx(0)
    # Two on own places, one on that for any need, and six above the places for their need, though it is farther away.
    assert found.over[0, 0] == pytest.approx(np.array([[0, 0, 0], [6, 0, 0]]))
    assert found.used[0, 0].sum() == pytest.approx(9)
    closed = shortage_of(plans([[9, 0], [0, 0]]), seats([[0, 0, 0], [0, 0, 0]]), KM, TWO, over_number=True)
    assert closed.unmet.sum() == pytest.approx(9)
    assert closed.over.sum() == 0


counts = st.lists(st.integers(0, 12), min_size=4, max_size=4)


@given(wanted=st.lists(counts, min_size=1, max_size=4), there=counts, any_need=st.integers(0, 5), places=counts)
def test_laws(wanted, there, any_need, places):
    given_places = [[*places[:2], any_need], [*places[2:], 0]]
    seated = [(home, group, home, group, there[2 * home + group]) for home in (0, 1) for group in (0, 1)]
    one = seats(given_places, seated)
    draws = plans(*(np.array(one_draw).reshape(2, 2) for one_draw in wanted))
    found = shortage_of(draws, one, KM, TWO)
    placed = draws - found.unmet
    assert (found.unmet >= -1e-9).all()
    assert (placed >= -1e-5).all()
    # Whoever is placed sits in a setting; nobody new sits above the places.
    np.testing.assert_allclose(found.used.sum(axis=(2, 3)), placed.sum(axis=(2, 3)), atol=1e-4)
    above = np.maximum(found.used - one.places[:, None], 0)
    assert (above <= one.above[:, None] + 1e-6).all()
    np.testing.assert_allclose(found.used + found.spare - above, one.places[:, None] + 0 * found.used, atol=1e-6)
    over_number = shortage_of(draws, one, KM, TWO, over_number=True)
    if sum(places) + any_need:
        assert over_number.unmet.sum() == pytest.approx(0, abs=1e-5)
