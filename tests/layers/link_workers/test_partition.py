"""The exact sharing out, against every sharing there is."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from layers.link_workers import partition as tried
from layers.link_workers.partition import Search, partition
from layers.link_workers.pool import pool_of

ITEMS = 7


def every_plan(pool, cost, uses):
    """Yield each choice of disjoint clusters with their owners: what it costs, covers, and how many there are."""
    owners, clusters = cost.shape

    def grow(first, covered, used, total, count):
        yield total, len(covered), count
        for cluster in range(first, clusters):
            members = set(pool[cluster])
            if covered & members:
                continue
            for owner in range(owners):
                if used[owner] < uses[owner] and np.isfinite(cost[owner, cluster]):
                    more = [*used]
                    more[owner] += 1
                    yield from grow(cluster + 1, covered | members, more, total + cost[owner, cluster], count + 1)

    yield from grow(0, set(), [0] * owners, 0.0, 0)


def best(pool, cost, uses, count=(0, ITEMS)):
    """Return items left over and clusters missing, the fewest of both together, and the least cost with them."""
    rated = [
        (pool.items - covered + max(0, count[0] - number), total)
        for total, covered, number in every_plan(pool, cost, uses)
        if number <= count[1]
    ]
    fewest = min(short for short, _ in rated)
    return fewest, min(total for short, total in rated if short == fewest)


def check_is_plan(pool, cost, uses, found):
    covered = [item for _, cluster in found.chosen for item in pool[cluster]]
    assert len(covered) == len(set(covered))
    assert sorted([*covered, *found.uncovered]) == list(range(pool.items))
    assert all(np.isfinite(cost[pair]) for pair in found.chosen)
    owners = np.bincount([owner for owner, _ in found.chosen], minlength=len(uses))
    assert (owners <= uses).all()
    assert found.objective == pytest.approx(sum(cost[pair] for pair in found.chosen))
    assert 0 <= found.bound <= found.objective


sets = st.sampled_from([one for size in (1, 2, 3) for one in combinations(range(ITEMS), size)])
pools = st.lists(sets, min_size=1, max_size=14, unique=True).map(lambda sets: pool_of(ITEMS, sets))


@st.composite
def cases(draw):
    pool, owners = draw(pools), draw(st.integers(1, 3))
    prices = st.one_of(st.just(np.inf), st.integers(0, 20).map(float))
    cost = np.array(draw(st.lists(prices, min_size=owners * len(pool), max_size=owners * len(pool))))
    uses = np.array(draw(st.lists(st.integers(0, 3), min_size=owners, max_size=owners)))
    least = draw(st.integers(0, 4))
    return pool, cost.reshape(owners, -1), uses, (least, least + draw(st.integers(0, 4)))


@settings(deadline=None, max_examples=150)
@given(cases())
def test_it_is_the_best_of_all(case):
    pool, cost, uses, count = case
    found = partition(pool, cost, uses, Search(count=count))
    check_is_plan(pool, cost, uses, found)
    assert len(found.chosen) <= count[1]
    short, least = best(pool, cost, uses, count)
    assert len(found.uncovered) + found.missing == short
    assert found.objective == pytest.approx(least, abs=1e-6)
    assert found.gap <= 1e-6
    assert found.status == ("infeasible" if short else "optimal")


@settings(deadline=None, max_examples=50)
@given(cases(), st.floats(0.05, 0.5))
def test_a_gap_that_is_asked_for_holds(case, gap):
    pool, cost, uses, count = case
    found = partition(pool, cost, uses, Search(gap=gap, count=count))
    short, least = best(pool, cost, uses, count)
    assert len(found.uncovered) + found.missing == short
    assert found.objective <= least / (1 - gap) + 1e-6
    assert found.bound <= least + 1e-6


@settings(deadline=None, max_examples=50)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_clusters_and_items_changes_no_cost(case, random):
    pool, cost, uses, count = case
    order, names = list(range(len(pool))), list(range(ITEMS))
    random.shuffle(order)
    random.shuffle(names)
    mixed = pool_of(ITEMS, [[names[item] for item in pool[at]] for at in order])
    one, other = (partition(*what, uses, Search(count=count)) for what in ((pool, cost), (mixed, cost[:, order])))
    assert one.objective == pytest.approx(other.objective)
    assert len(one.uncovered) == len(other.uncovered)


def large(owners=4, seed=5):
    """Return every set of one to three of 18 items, at random costs."""
    random = np.random.default_rng(seed)
    pool = pool_of(18, [one for size in (1, 2, 3) for one in combinations(range(18), size)])
    cost = random.uniform(1, 10, (owners, len(pool))) * pool.sizes**0.5
    cost[random.random(cost.shape) < 0.3] = np.inf
    return pool, cost, np.full(owners, 3)


def test_columns_left_out_change_nothing(monkeypatch):
    pool, cost, uses = large()
    whole = partition(pool, cost, uses)
    monkeypatch.setattr(tried, "FIRST_CHOICE", 10)
    monkeypatch.setattr(tried, "FIRST_COLUMNS", 1)
    monkeypatch.setattr(tried, "COLUMNS_A_ROUND", 1)
    few = partition(pool, cost, uses)
    assert few.status == whole.status == "optimal"
    assert few.objective == pytest.approx(whole.objective)
    assert few.columns == whole.columns == np.isfinite(cost).sum()
    check_is_plan(pool, cost, uses, few)


def test_the_whole_programme_says_the_same():
    pool, cost, uses = large(owners=2, seed=8)
    uses = np.array([4, 5])
    owner, cluster = np.nonzero(np.isfinite(cost))
    rows = np.zeros((pool.items + 2, len(owner)))
    for at, one in enumerate(cluster):
        rows[list(pool[one]), at] = 1
    rows[pool.items + owner, np.arange(len(owner))] = 1
    limits = LinearConstraint(rows, np.r_[np.ones(18), 0, 0], np.r_[np.ones(18), uses])
    reference = milp(cost[owner, cluster], integrality=np.ones(len(owner)), bounds=Bounds(0, 1), constraints=limits)
    assert partition(pool, cost, uses).objective == pytest.approx(reference.fun)


def test_items_that_no_cluster_has_are_named():
    found = partition(pool_of(4, [(0, 1), (1, 2)]), np.array([[3.0, 2.0]]), np.array([4]))
    assert found.uncovered == (0, 3)
    assert found.chosen == ((0, 1),)
    assert found.status == "infeasible"
    assert found.gap == 0


def test_without_any_cluster_all_are_left_over():
    found = partition(pool_of(2, []), np.zeros((1, 0)), np.array([2]))
    assert (found.uncovered, found.status, found.objective) == ((0, 1), "infeasible", 0.0)


def test_without_any_item_there_is_nothing_to_do():
    found = partition(pool_of(0, []), np.zeros((1, 0)), np.array([0]))
    assert (found.uncovered, found.status, found.gap) == ((), "optimal", 0.0)


def test_out_of_time_there_is_a_plan_with_an_honest_gap():
    pool, cost, uses = large()
    found = partition(pool, cost, uses, Search(seconds=0.0))
    best_of_all = partition(pool, cost, uses)
    check_is_plan(pool, cost, uses, found)
    assert found.bound <= best_of_all.objective + 1e-6
    if found.status == "optimal":
        assert found.objective == pytest.approx(best_of_all.objective)


@pytest.mark.parametrize(
    ("cost", "count", "words"),
    [
        (np.ones((2, 1)), None, "there are 1 owners and 1 clusters"),
        (-np.ones((1, 1)), None, "at least 0"),
        (np.full((1, 1), np.nan), None, "at least 0"),
        (np.ones((1, 1)), (3, 2), "At least 3 and at most 2"),
    ],
)
def test_what_cannot_be_is_refused(cost, count, words):
    with pytest.raises(ValueError, match=words):
        partition(pool_of(1, [(0,)]), cost, np.array([1]), Search(count=count))
