"""Primary rules, one by one."""

from dataclasses import replace

import numpy as np
import pytest

from geodata.disclosure.primary import UNKNOWN, too_small
from geodata.disclosure.thresholds import DEFAULTS
from geodata.errors import InputError, ProfileError

PUBLIC = DEFAULTS["public"]


def flags(*cells):
    return [bool(cell) for cell in cells]


def test_counts_from_one_to_the_smallest():
    counts = np.array([0, 1, 7, 8])
    assert too_small(counts, PUBLIC).tolist() == flags(0, 1, 1, 0)
    assert too_small(counts, PUBLIC, zeros=True).tolist() == flags(1, 1, 1, 0)


def test_few_families_are_few_however_many_children():
    counts, families = np.array([12, 12, 12, 0]), np.array([4, 5, UNKNOWN, 0])
    assert too_small(counts, PUBLIC, families=families).tolist() == flags(1, 0, 0, 0)


def test_a_small_base_holds_back_nobody_too():
    counts, bases = np.array([12, 12, 12, 0, 0]), np.array([99, 100, UNKNOWN, 50, 100])
    assert too_small(counts, PUBLIC, bases=bases).tolist() == flags(1, 0, 0, 1, 0)


def test_everybody_is_as_telling_as_who():
    counts, bases = np.array([120, 119, 0]), np.array([120, 120, 200])
    assert too_small(counts, PUBLIC, bases=bases).tolist() == flags(1, 0, 0)
    partner = DEFAULTS["partner"]
    assert too_small(np.array([9, 0]), partner, bases=np.array([9, 0])).tolist() == flags(1, 1)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(InputError, match="below 0"):
        too_small(np.array([-1]), PUBLIC)
    with pytest.raises(InputError, match="above its base"):
        too_small(np.array([9]), PUBLIC, bases=np.array([8]))
    with pytest.raises(ProfileError, match="smallest is 0"):
        too_small(np.array([9]), replace(PUBLIC, smallest=0))
