"""Who is given which place."""

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.sufficiency.allocation import Offer, allocate, pool_for

KM = np.array([[0.0, 20.0, 31.0], [20.0, 0.0, 13.0], [31.0, 13.0, 0.0]])
AREAS = 3


def offer_of(own, any_need=None, elsewhere=0.0):
    own = np.array(own, dtype=float)[None]
    any_need = np.zeros(AREAS) if any_need is None else np.array(any_need, dtype=float)
    return Offer(own, any_need[None], np.array([float(elsewhere)]))


def test_own_need_first_then_any_need_then_elsewhere():
    # Six children of group 0 in area 0; 2 own places there and 1 in area 2; 1 place for any need; 1 elsewhere.
    demand = np.zeros((1, AREAS, 2))
    demand[0, 0, 0] = 6
    found = allocate(demand, offer_of([[2, 9], [0, 0], [1, 0]], [0, 1, 0], 1), KM)
    assert found.unmet[0] == pytest.approx(np.array([[1, 0], [0, 0], [0, 0]]))
    assert found.spare.own[0, :, 1].tolist() == [9, 0, 0]  # places for another need are not taken
    assert found.flows[0] == pytest.approx(np.array([[2, 1, 1], [0, 0, 0], [0, 0, 0]]))


def test_finer_needs_take_places_of_their_broad_area_before_those_for_any():
    demand = np.zeros((1, AREAS, 3))
    demand[0, 1] = (4, 0, 2)
    places = offer_of([[0, 0, 0], [1, 2, 0], [0, 0, 0]], [0, 2, 0])
    found = allocate(demand, places, KM, broad=(0, 0, 1))
    # Four of the first need: 1 own, 2 of the broad area; then 1 and 2 of the third share the two places for any need.
    assert found.unmet[0, 1] == pytest.approx([1 / 3, 0, 2 / 3])
    assert found.spare.own.sum() == pytest.approx(0)


def joint_optimum(demand, offer):
    """Return the number without a place in one programme with all groups and ranks at once."""
    areas, groups = demand.shape
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    ways = []
    for home in range(areas):
        for group in range(groups):
            for setting in range(areas):
                ways.append(((home, group), ("own", setting, group), KM[home, setting]))
                ways.append(((home, group), ("any", setting), 1000 + KM[home, setting]))
            ways.append(((home, group), ("elsewhere",), 2000.0))
    x = [solver.addVariable(0, highspy.kHighsInf, cost - 1e6) for _, _, cost in ways]

    def limit(end, node, bound):
        members = [x[at] for at, way in enumerate(ways) if way[end] == node]
        solver.addConstr(sum(members[1:], members[0] + 0) <= float(bound))

    for home in range(areas):
        for group in range(groups):
            limit(0, (home, group), demand[home, group])
    for setting in range(areas):
        limit(1, ("any", setting), offer.any_need[0, setting])
        for group in range(groups):
            limit(1, ("own", setting, group), offer.own[0, setting, group])
    limit(1, ("elsewhere",), offer.elsewhere[0])
    solver.minimize()
    return demand.sum() - sum(solver.getSolution().col_value)


@pytest.mark.parametrize("seed", range(8))
def test_rank_by_rank_leaves_as_few_without_a_place_as_one_programme(seed):
    rng = np.random.default_rng(seed)
    demand = rng.poisson(5, (1, AREAS, 3)).astype(float)
    places = Offer(rng.poisson(3, (1, AREAS, 3)) * 0.95, rng.poisson(2, (1, AREAS)) * 0.95, np.array([2.0]))
    found = allocate(demand, places, KM)
    assert found.unmet.sum() == pytest.approx(joint_optimum(demand[0], places), abs=1e-5)


counts = st.lists(st.integers(0, 15), min_size=AREAS * 2, max_size=AREAS * 2)


@settings(max_examples=80)
@given(wanted=counts, own=counts, any_need=st.lists(st.integers(0, 6), min_size=AREAS, max_size=AREAS),
       elsewhere=st.integers(0, 5), more=counts)  # fmt: skip
def test_laws_of_the_allocation(wanted, own, any_need, elsewhere, more):
    demand = np.array(wanted, dtype=float).reshape(1, AREAS, 2)
    places = offer_of(np.array(own).reshape(AREAS, 2), any_need, elsewhere)
    found = allocate(demand, places, KM)
    taken = (places.own - found.spare.own).sum() + (places.any_need - found.spare.any_need).sum()
    placed = taken + (places.elsewhere - found.spare.elsewhere).sum()
    # Placed and unmet are the demand; nobody beyond the places; flows are those placed in the list's settings.
    assert placed + found.unmet.sum() == pytest.approx(demand.sum(), abs=1e-5)
    for left, there in ((found.spare.own, places.own), (found.spare.any_need, places.any_need)):
        assert (left >= -1e-9).all()
        assert (left <= there + 1e-6).all()
    assert (found.unmet <= demand + 1e-6).all()
    assert (found.unmet >= -1e-9).all()
    assert found.flows.sum() == pytest.approx(taken, abs=1e-5)
    # The smallest possible number: each group by itself, then what both share.
    short = np.maximum(demand.sum(axis=1) - places.own.sum(axis=1), 0).sum()
    assert found.unmet.sum() == pytest.approx(max(short - sum(any_need) - elsewhere, 0), abs=1e-5)
    # More places never leave more without one.
    wider = allocate(demand, offer_of(places.own[0] + np.array(more).reshape(AREAS, 2), any_need, elsewhere), KM)
    assert wider.unmet.sum() <= found.unmet.sum() + 1e-5


def test_a_row_does_not_depend_on_the_others():
    rng = np.random.default_rng(0)
    demand = rng.poisson(5, (40, AREAS, 2)).astype(float)
    places = Offer(rng.poisson(4, (40, AREAS, 2)).astype(float), rng.poisson(1, (40, AREAS)).astype(float), np.ones(40))
    together = allocate(demand, places, KM, blocks=4)
    for row in (0, 17, 39):
        one = Offer(places.own[row][None], places.any_need[row][None], places.elsewhere[row][None])
        alone = allocate(demand[row][None], one, KM)
        np.testing.assert_allclose(alone.unmet[0], together.unmet[row], atol=1e-6)
    first = allocate(demand[:10], Offer(places.own[:10], places.any_need[:10], places.elsewhere[:10]), KM)
    np.testing.assert_allclose(first.flows[0], together.flows[0], atol=1e-6)


def test_bases_are_kept_by_costs():
    assert pool_for(KM) is pool_for(KM.copy())
    assert pool_for(KM) is not pool_for(KM + 1)
