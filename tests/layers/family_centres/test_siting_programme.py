import numpy as np
import pytest

from layers.family_centres.reduction import Worth
from layers.family_centres.siting_programme import by_radius, by_room

GAINS = np.array([[4.0, 3.0, 0.0], [4.0, 3.0, 0.0], [0.0, 3.0, 4.0], [0.0, 3.0, 4.0]])
NONE = np.zeros(3, dtype=bool)


def test_by_radius_finds_the_best_pair_and_its_bound():
    found = by_radius(Worth(GAINS, np.ones(4), NONE, 2), (0, 1), 60.0)
    assert (found.chosen, found.proven) == ((0, 2), True)
    assert found.bound == pytest.approx(16.0)


def test_one_gain_for_each_atom_is_covering():
    covers = (GAINS >= 3).astype(float)
    found = by_radius(Worth(covers, np.array([1.0, 2.0, 3.0, 4.0]), NONE, 1), (0,), 60.0)
    assert found.chosen == (1,)
    assert found.bound == pytest.approx(10.0)


def test_a_row_keeps_the_covered():
    # The first two gain most from the first site; only the second and third cover the others.
    gains = np.array([[9.0, 1.0, 0.0], [9.0, 1.0, 0.0], [0.0, 3.0, 4.0], [0.0, 3.0, 3.0]])
    covers = np.array([[0.0, 0, 0], [0, 0, 0], [0, 1, 1], [0, 1, 1]])
    worth = Worth(gains, np.full(4, 0.25), NONE, 1)
    assert by_radius(worth, (1,), 60.0).chosen == (0,)
    found = by_radius(worth, (1,), 60.0, (covers, 0.5))
    assert (found.chosen, found.proven, found.bound) == ((1,), True, pytest.approx(8 / 4))


def test_by_room_splits_an_atom_among_sites():
    # 10 children; the near site has room for 6, the other takes the rest.
    found = by_room(Worth(np.array([[5.0, 2.0]]), np.array([10.0]), np.ones(2, dtype=bool), 0, np.array([6.0, 9.0])),
                    (), 0.0, 60.0)  # fmt: skip
    assert found.shares == pytest.approx(np.array([[0.6, 0.4]]))
    assert found.bound == pytest.approx(6 * 5 + 4 * 2)


def test_by_room_chooses_the_site_with_room():
    gains, room = np.array([[5.0, 4.0]]), np.array([1.0, 10.0])
    found = by_room(Worth(gains, np.array([10.0]), np.zeros(2, dtype=bool), 1, room), (0,), 0.0, 60.0)
    assert (found.chosen, found.proven) == ((1,), True)
    assert found.bound == pytest.approx(40.0)


def test_nowhere_to_go():
    opened = Worth(np.zeros((2, 1)), np.ones(2), np.ones(1, dtype=bool), 0, np.ones(1))
    assert by_room(opened, (), 0.0, 60.0).shares.sum() == 0
    with pytest.raises(ValueError, match="room of every site"):
        by_room(Worth(np.ones((1, 1)), np.ones(1), np.ones(1, dtype=bool), 0), (), 0.0, 60.0)
