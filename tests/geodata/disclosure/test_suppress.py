"""Complementary suppression against an independent attacker, every cheaper set, and itself in another order."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from geodata.disclosure.core import Cube
from geodata.disclosure.cubes import Dimension, Group, build_cube, join_cubes
from geodata.disclosure.primary import too_small
from geodata.disclosure.suppress import suppressed
from geodata.disclosure.suppress_programme import Effort
from geodata.disclosure.thresholds import DEFAULTS
from geodata.errors import InputError, ProfileError

PUBLIC = DEFAULTS["public"]
QUICK = Effort(share_rounds=10, rounds=0, variations=0)


def margin(values, weight=1.0):
    return {**{value: Group(frozenset([value])) for value in values}, "all": Group(frozenset(values), weight)}


def table(counts, weight=1.0):
    """Return a table of any number of margins, with its totals."""
    counts = np.asarray(counts)
    dimensions = [Dimension(f"d{axis}", margin([f"v{n}" for n in range(size)], weight))
                  for axis, size in enumerate(counts.shape)]  # fmt: skip
    cells = {tuple(f"v{n}" for n in place): int(count) for place, count in np.ndenumerate(counts)}
    return build_cube("t", cells, dimensions)


def ranges(cube, held_back, known=None):
    """Return [cell, (low, high)] of the cells held back: two linear programmes each, with nothing of the product."""
    rows = csr_matrix((np.ones(len(cube.members)), cube.members, cube.starts), shape=(len(cube), cube.parts))
    seen = ~held_back if known is None else ~held_back | known
    found = {}
    for cell in np.flatnonzero(~seen):
        ends = []
        for sign in (1, -1):
            costs = sign * rows[[cell]].toarray()[0]
            solved = linprog(costs, A_eq=rows[seen], b_eq=cube.counts[seen], bounds=(0, 5_000), method="highs")
            assert solved.status == 0
            ends.append(sign * solved.fun)
        found[int(cell)] = (np.ceil(ends[0] - 1e-5), np.floor(ends[1] + 1e-5))
    return found


def safe(cube, held_back, protected, width):
    return all(high - low >= width for cell, (low, high) in ranges(cube, held_back).items() if protected[cell])


def test_one_small_count_needs_three_others():
    built = table([[3, 20, 30], [25, 40, 15], [12, 18, 50]], weight=4.0)
    primary = too_small(built.cube.counts, PUBLIC)
    found = suppressed(built.cube, primary, PUBLIC)
    held = [built.cube.keys[cell][1:] for cell in np.flatnonzero(found.held_back)]
    # A rectangle: two rows and two columns, with every sum kept.
    assert ("v0", "v0") in held
    assert len(held) == 4
    assert len({row for row, _ in held}) == len({column for _, column in held}) == 2
    assert (found.cost, found.bound, found.proven) == (3.0, 3.0, True)
    assert not found.exposed.any()


def test_small_neighbours_do_not_protect_as_they_cannot_fall_far():
    # The rectangles through the second column could move by 8, 2 and 3 alone.
    built = table([[3, 2, 30], [40, 41, 42], [43, 3, 45]], weight=4.0)
    primary = too_small(built.cube.counts, PUBLIC)
    found = suppressed(built.cube, primary, PUBLIC)
    assert safe(built.cube, found.held_back, found.held_back, PUBLIC.width)


def test_nothing_small_nothing_held_back():
    built = table([[10, 0], [30, 40]])
    found = suppressed(built.cube, too_small(built.cube.counts, PUBLIC), PUBLIC)
    assert not found.held_back.any()
    assert (found.cost, found.proven) == (0.0, True)


def test_the_piece_between_two_areas_is_protected():
    # The board is the locality less one small area of two children: nobody publishes it, anybody can subtract.
    area = Dimension("area", {"locality:l": Group(frozenset("abc")), "board:b": Group(frozenset("ab")),
                              "county": Group(frozenset("abcd"), 8.0)})  # fmt: skip
    built = build_cube("t", {("a",): 20, ("b",): 20, ("c",): 2, ("d",): 30}, [area])
    primary = too_small(built.cube.counts, PUBLIC)
    assert not (primary & built.listed).any()
    found = suppressed(built.cube, primary, PUBLIC, unlisted=~built.listed)
    assert (found.held_back & built.listed).any()
    assert not found.held_back[built.cube.keys.index(("t", "county"))]
    assert safe(built.cube, found.held_back, primary | (found.held_back & built.listed), PUBLIC.width)


def test_what_others_published_stays_known():
    built = table([[3, 20], [25, 40]])
    primary = too_small(built.cube.counts, PUBLIC)
    known = np.array([key[1:] == ("v0", "v1") for key in built.cube.keys])
    found = suppressed(built.cube, primary, PUBLIC, known=known)
    assert not found.held_back[known].any()
    worst = ranges(built.cube, found.held_back, known)
    assert all(high - low >= PUBLIC.width for low, high in worst.values())


def test_what_others_published_can_expose_a_count():
    built = table([[3, 20], [25, 40]])
    primary = too_small(built.cube.counts, PUBLIC)
    row = np.array([key[1] == "v0" and key[2] in ("v1", "all") for key in built.cube.keys])
    found = suppressed(built.cube, primary, PUBLIC, known=row)
    assert found.exposed.tolist() == primary.tolist()
    assert found.held_back[primary].all()
    itself = suppressed(built.cube, primary, PUBLIC, known=primary)
    assert itself.exposed.tolist() == primary.tolist()


def test_cells_of_the_same_children_go_together():
    area = Dimension("area", {"ward:w": Group(frozenset("a")), "board:w": Group(frozenset("a")),
                              "ward:x": Group(frozenset("b")), "county": Group(frozenset("abc"))})  # fmt: skip
    built = build_cube("t", {("a",): 4, ("b",): 20, ("c",): 30}, [area])
    found = suppressed(built.cube, too_small(built.cube.counts, PUBLIC), PUBLIC, unlisted=~built.listed)
    held = {built.cube.keys[cell][1] for cell in np.flatnonzero(found.held_back & built.listed)}
    assert held >= {"ward:w", "board:w"}


def test_counts_that_are_no_sums_are_refused():
    built = table([[3, 20], [25, 40]])
    wrong = replace(built.cube, counts=built.cube.counts + (np.arange(len(built.cube)) == 0))
    with pytest.raises(InputError, match="do not add up"):
        suppressed(wrong, too_small(wrong.counts, PUBLIC), PUBLIC)


def test_a_width_of_nothing_is_refused():
    built = table([[3, 20], [25, 40]])
    with pytest.raises(ProfileError, match="width is 0"):
        suppressed(built.cube, too_small(built.cube.counts, PUBLIC), replace(PUBLIC, width=0))


@given(st.lists(st.integers(0, 25), min_size=6, max_size=6))
@settings(deadline=None, max_examples=6)
def test_no_cheaper_set_protects(counts):
    built = table(np.array(counts).reshape(2, 3), weight=2.0)
    cube = built.cube
    primary = too_small(cube.counts, PUBLIC)
    found = suppressed(cube, primary, PUBLIC)
    assert found.proven
    others = np.flatnonzero(~primary)
    for size in range(len(others) + 1):
        for extra in combinations(others.tolist(), size):
            if cube.weights[list(extra)].sum() > found.cost - 0.5 or not primary.any():
                continue
            held = primary.copy()
            held[list(extra)] = True
            assert not safe(cube, held, held, PUBLIC.width)


tables = st.tuples(
    st.sampled_from([(4, 5), (9, 15), (3, 3, 3), (5, 4, 3), (2, 2, 3, 3), (3, 2, 2, 3), (4, 6, 3)]),
    st.integers(0, 10_000),
    st.sampled_from([4.0, 15.0, 60.0]),
)


def random_table(drawn):
    shape, seed, mean = drawn
    random = np.random.default_rng(seed)
    return table(random.poisson(mean * random.gamma(1.0, 1.0, shape)), weight=2.0)


@given(tables)
@settings(deadline=None, max_examples=8)
def test_nothing_can_be_recovered_from_random_tables(drawn):
    built = random_table(drawn)
    assert len(built.cube) <= 200
    found = suppressed(built.cube, too_small(built.cube.counts, PUBLIC), PUBLIC, effort=QUICK)
    assert safe(built.cube, found.held_back, found.held_back, PUBLIC.width)
    assert not found.exposed.any()


@given(
    st.integers(0, 10_000),
    st.sets(st.sampled_from("abcdefgh"), min_size=1),
    st.sets(st.sampled_from("abcdefgh"), min_size=1),
)
@settings(deadline=None, max_examples=12)
def test_nothing_can_be_recovered_from_areas_that_overlap(seed, first, second):
    random = np.random.default_rng(seed)
    area = Dimension("area", {"first": Group(frozenset(first)), "second": Group(frozenset(second)),
                              "left": Group(frozenset("abcd")), "right": Group(frozenset("efgh")),
                              "county": Group(frozenset("abcdefgh"))})  # fmt: skip
    need = Dimension("need", margin(["x", "y"]))
    counts = {key: int(random.poisson(6)) for key in product("abcdefgh", "xy")}
    built = build_cube("t", counts, [area, need])
    primary = too_small(built.cube.counts, PUBLIC)
    found = suppressed(built.cube, primary, PUBLIC, unlisted=~built.listed, effort=QUICK)
    assert safe(built.cube, found.held_back, primary | (found.held_back & built.listed), PUBLIC.width)


@given(tables.filter(lambda drawn: np.prod(drawn[0]) <= 36), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=6)
def test_the_order_of_cells_makes_no_difference(drawn, random):
    cube = random_table(drawn).cube
    order = list(range(len(cube)))
    random.shuffle(order)
    parts = np.array(random.sample(range(cube.parts), cube.parts))
    of = [np.sort(parts[cube.of(cell)]) for cell in order]
    other = Cube(tuple(cube.keys[cell] for cell in order), cube.counts[order], np.cumsum([0, *map(len, of)]),
                 np.concatenate(of), cube.parts, cube.weights[order])  # fmt: skip
    first = suppressed(cube, too_small(cube.counts, PUBLIC), PUBLIC, effort=QUICK)
    second = suppressed(other, too_small(other.counts, PUBLIC), PUBLIC, effort=QUICK)
    assert second.held_back.tolist() == first.held_back[order].tolist()


def test_tables_are_looked_at_by_themselves():
    small, large = table([[3, 20], [25, 40]]), table([[30, 20], [25, 40]])
    named = replace(large, cube=replace(large.cube, keys=tuple(("u", *key[1:]) for key in large.cube.keys)))
    both = join_cubes([small, named])
    found = suppressed(both.cube, too_small(both.cube.counts, PUBLIC), PUBLIC)
    alone = suppressed(small.cube, too_small(small.cube.counts, PUBLIC), PUBLIC)
    assert found.held_back.tolist() == [*alone.held_back.tolist(), *[False] * len(large.cube)]


@pytest.mark.parametrize("seed", range(4))
def test_the_search_alone_comes_near_the_optimum(seed):
    cube = table(np.random.default_rng(seed).poisson(15, (3, 4, 2)), weight=2.0).cube
    primary = too_small(cube.counts, PUBLIC)
    best = suppressed(cube, primary, PUBLIC)
    near = suppressed(cube, primary, PUBLIC, effort=Effort(exact_cells=0))
    assert best.proven
    assert not near.proven or not primary.any()
    assert near.held_back.sum() <= 1.15 * best.held_back.sum()


@pytest.mark.parametrize("shape", [(3, 3, 3), (2, 2, 3, 2)])
def test_whole_numbers_of_children_reach_as_far(shape):
    # The product judges by linear programmes; here every range is found among whole numbers alone.
    built = random_table((shape, 7, 15.0))
    cube = built.cube
    held = suppressed(cube, too_small(cube.counts, PUBLIC), PUBLIC, effort=QUICK).held_back
    rows = csr_matrix((np.ones(len(cube.members)), cube.members, cube.starts), shape=(len(cube), cube.parts))
    fits = LinearConstraint(rows[~held], cube.counts[~held], cube.counts[~held])
    for cell in np.flatnonzero(held):
        ends = []
        for sign in (1, -1):
            costs = sign * rows[[cell]].toarray()[0]
            solved = milp(costs, integrality=np.ones(cube.parts), bounds=Bounds(0, 5_000), constraints=fits)
            ends.append(sign * round(solved.fun))
        assert ends[1] - ends[0] >= PUBLIC.width
