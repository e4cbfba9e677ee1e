"""Cubes: the sums that adding up by hand gives, whatever the order; parts as few as the published cells allow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.disclosure.cubes import PIECE, Dimension, Group, build_cube, join_cubes
from geodata.errors import InputError

# Atoms a to d: two localities, and a board that straddles them.
AREA = Dimension(
    "area",
    {
        "locality:north": Group(frozenset("ab"), 2.0),
        "locality:south": Group(frozenset("cd"), 2.0),
        "board:middle": Group(frozenset("bc")),
        "county": Group(frozenset("abcd"), 4.0),
    },
)
PHASE = Dimension("phase", {"primary": Group(frozenset("p")), "all": Group(frozenset("ps"), 3.0)})
COUNTS = {("a", "p"): 3, ("b", "p"): 5, ("b", "s"): 7, ("c", "s"): 11, ("d", "p"): 13}


def test_cells_are_the_sums_of_their_crossings():
    built = build_cube("ehcp", COUNTS, [AREA, PHASE])
    found = dict(zip(built.cube.keys, built.cube.counts.tolist(), strict=True))
    assert found["ehcp", "board:middle", "all"] == 5 + 7 + 11
    assert found["ehcp", "locality:north", "primary"] == 3 + 5
    assert found["ehcp", "county", "all"] == 39
    assert built.cube.weights[built.cube.keys.index(("ehcp", "county", "all"))] == 12.0


def test_parts_are_what_no_published_cell_tells_apart():
    # a, b, c and d lie in groups of their own, and so do p and s.
    built = build_cube("ehcp", COUNTS, [AREA, PHASE])
    assert built.cube.parts == 8
    # Without the board, a and b are one, as are c and d.
    plain = Dimension("area", {name: group for name, group in AREA.groups.items() if name != "board:middle"})
    assert build_cube("ehcp", COUNTS, [plain, PHASE]).cube.parts == 4


def test_what_nobody_publishes_by_itself_is_a_piece():
    built = build_cube("ehcp", COUNTS, [AREA, PHASE])
    pieces = [key for key, listed in zip(built.cube.keys, built.listed, strict=True) if not listed]
    assert len(pieces) == 8
    assert {key[1] for key in pieces} == {PIECE}
    assert built.cube.counts[~built.listed].sum() == 39
    assert build_cube("ehcp", COUNTS, [AREA, PHASE], pieces=False).listed.all()


def test_only_the_published_crossings_are_cells():
    built = build_cube("ehcp", COUNTS, [AREA, PHASE], lambda cell: cell[1] == "all" or cell[0] == "county")
    assert built.listed.sum() == 4 + 1


@given(st.permutations(list(COUNTS.items())))
@settings(deadline=None, max_examples=10)
def test_the_order_of_records_makes_no_difference(records):
    first, second = build_cube("t", COUNTS, [AREA, PHASE]), build_cube("t", dict(records), [AREA, PHASE])
    assert first.cube.keys == second.cube.keys
    assert first.cube.members.tobytes() == second.cube.members.tobytes()
    assert first.cube.counts.tobytes() == second.cube.counts.tobytes()


def test_tables_stand_side_by_side():
    first, second = build_cube("one", COUNTS, [AREA, PHASE]), build_cube("two", COUNTS, [AREA, PHASE])
    both = join_cubes([first, second])
    assert both.cube.parts == 16
    assert both.cube.of(len(first.cube)).tolist() == (first.cube.of(0) + 8).tolist()
    assert both.listed.sum() == 2 * first.listed.sum()
    assert join_cubes([]).cube.parts == 0
    with pytest.raises(InputError, match="same key"):
        join_cubes([first, first])


def test_cells_without_parts_are_not_made():
    built = build_cube("t", {}, [PHASE])
    assert built.cube.counts.tolist() == [0] * len(built.cube)
    assert (np.diff(built.cube.starts) > 0).all()


@pytest.mark.parametrize(
    ("counts", "dimensions", "says"),
    [
        ({("a",): 1}, [AREA, PHASE], "there are 2 dimensions"),
        ({("a", "p"): -1}, [AREA, PHASE], "at least 0"),
        ({("e", "p"): 1}, [AREA, PHASE], "No group of area holds 'e'"),
        ({}, [Dimension("area", {"empty": Group(frozenset())})], "holds no value"),
        ({}, [Dimension("area", {"free": Group(frozenset("a"), 0.0)})], "no weight above 0"),
    ],
)
def test_what_makes_no_cube_is_refused(counts, dimensions, says):
    with pytest.raises(InputError, match=says):
        build_cube("t", counts, dimensions)
