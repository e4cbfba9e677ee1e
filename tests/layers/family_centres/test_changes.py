from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.travel import Points
from layers.family_centres.changes import changes, county_losses
from layers.family_centres.core import SCHOOL_AGE, YOUNG, Ground, Group

ATOMS, AREAS = ("E1", "E2", "E3", "E4"), ("north", "north", "south", "elsewhere")


def ground(young, older, fifths):
    groups = tuple(
        Group(key, key, np.array(some, float), "", "") for key, some in ((YOUNG, young), (SCHOOL_AGE, older))
    )
    return Ground(
        date(2026, 1, 1), ATOMS, AREAS, (("north", "North"), ("south", "South")),
        Points(ATOMS, np.zeros(4), np.zeros(4)), groups, fifths, "", (), (),
    )  # fmt: skip


def test_who_loses_and_who_gains():
    found = changes(
        ground([1, 2, 3, 9], [10, 20, 30, 90], (1, None, 5, 1)),
        np.array([30.0, 10, 31, 5]),
        np.array([30.1, 12, 30, 50]),
    )
    rows = {(one.area, one.group, one.fifth): (one.before, one.lost, one.gained, one.after) for one in found}
    assert rows["north", YOUNG, 0] == (3, 1, 0, 2)
    assert rows["north", SCHOOL_AGE, 1] == (10, 10, 0, 0)
    assert rows["north", SCHOOL_AGE, None] == (20, 0, 0, 20)
    assert rows["south", YOUNG, 5] == (0, 0, 3, 3)
    # A small area of no locality is in no total.
    assert rows["county", SCHOOL_AGE, 0] == (30, 10, 30, 50)
    assert ("south", YOUNG, 1) not in rows
    assert [one.group for one in county_losses(found)] == [YOUNG, SCHOOL_AGE]


@given(st.integers(0, 10_000))
def test_everything_adds_up(seed):
    draw = np.random.default_rng(seed)
    fifths = tuple(None if one == 0 else int(one) for one in draw.integers(0, 6, 4))
    found = changes(
        ground(draw.integers(0, 50, 4), draw.integers(0, 50, 4), fifths),
        np.where(draw.random(4) < 0.2, np.inf, draw.uniform(0, 60, 4)),
        draw.uniform(0, 60, 4),
    )
    for one in found:
        assert one.before - one.lost + one.gained == pytest.approx(one.after)
        assert min(one.before, one.after, one.lost, one.gained) >= 0
    for key in ("before", "lost", "gained", "after"):
        for group in (YOUNG, SCHOOL_AGE):
            of = {(one.area, one.fifth): getattr(one, key) for one in found if one.group == group}
            assert of["county", 0] == pytest.approx(of["north", 0] + of["south", 0])
            for area in ("north", "south", "county"):
                parts = sum(value for (where, fifth), value in of.items() if where == area and fifth != 0)
                assert parts == pytest.approx(of[area, 0])
