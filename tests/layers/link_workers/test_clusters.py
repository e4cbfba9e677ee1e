"""Clusters of schools without posts: laws that every plan keeps, small cases by hand, and the council's own schools."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashapp.bench.link_workers import measure_link_workers
from geodata.errors import InputError, UsageError
from layers.link_workers.cluster_ground import cluster_grounds
from layers.link_workers.clusters import cluster_schools, hang_together, parts_of_clusters
from layers.link_workers.core import Rules, School, Work
from layers.link_workers.pairs import Pair
from layers.link_workers.settings import ClusterSettings, SolverSettings

REAL = Path("/work/shared/data/schools/open_schools_2024_06.csv")
EXACT = ClusterSettings(solver=SolverSettings(gap=0.0))
NAMES = {"a": "Ay", "b": "Bee"}


def work_of(places, areas=None, loads=None):
    schools = tuple(
        School(
            100 + at, f"School {at}", "primary", "", areas[at] if areas else "a", east * 1000.0, north * 1000.0, 0.0,
            0.0, loads[at] if loads else 2.0,
        )
        for at, (east, north) in enumerate(places)
    )  # fmt: skip
    return Work(date(2026, 1, 1), schools, (), NAMES)


def line(count, **more):
    return work_of([(at, 0) for at in range(count)], **more)


def shared(plan):
    return sorted(cluster.schools for cluster in plan.clusters)


def pairs(*each):
    return frozenset(frozenset(one) for one in each)


@st.composite
def works(draw, most=14):
    coordinate = st.integers(0, 12)
    places = draw(st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=most))
    areas = draw(st.lists(st.sampled_from("ab"), min_size=len(places), max_size=len(places)))
    loads = draw(st.lists(st.integers(1, 5).map(float), min_size=len(places), max_size=len(places)))
    return work_of(places, areas, loads)


@settings(deadline=None, max_examples=60)
@given(works(), st.integers(1, 3), st.integers(0, 2))
def test_every_school_once_in_range_side_by_side_and_in_one_locality(work, least, more):
    rules = Rules(least, least + more, hard=True)
    plan = cluster_schools(work, rules, settings=EXACT)
    given_out = [urn for cluster in plan.clusters for urn in cluster.schools] + [urn for urn, _ in plan.left_over]
    assert sorted(given_out) == [school.urn for school in work.schools]
    area = {school.urn: school.area for school in work.schools}
    for cluster in plan.clusters:
        assert rules.least <= len(cluster.schools) <= rules.most
        assert {area[urn] for urn in cluster.schools} == {cluster.area}
        assert cluster.connected
    assert [cluster.post for cluster in plan.clusters] == [str(at + 1) for at in range(len(plan.clusters))]
    assert plan.cost == pytest.approx(sum(plan.parts.values()))
    assert plan.status == ("infeasible" if plan.left_over else "optimal")
    clusters = [cluster.schools for cluster in plan.clusters]
    assert parts_of_clusters(work, rules, clusters) == pytest.approx(dict(plan.parts))


def every_sharing(ground, least, most):
    """Yield each way to share all schools of a locality into clusters that hang together, by where they stand."""

    def grow(left):
        if not left:
            yield []
            return
        first, *others = left
        for size in range(least, most + 1):
            for rest in combinations(others, size - 1):
                one = (first, *rest)
                if hang_together(one, ground.beside):
                    for more in grow([at for at in others if at not in rest]):
                        yield [one, *more]

    yield from grow(list(range(len(ground.schools))))


@settings(deadline=None, max_examples=40)
@given(works(most=8), st.sampled_from([(1, 3), (2, 3), (2, 4), (3, 5)]))
def test_no_sharing_costs_less(work, span):
    work = replace(work, schools=tuple(replace(school, area="a") for school in work.schools))
    rules = Rules(*span, hard=True)
    wishes = [Pair(frozenset({100, 101}), "one site", 5.0)] if len(work.schools) > 1 else []
    (ground,) = cluster_grounds(work, rules, wishes, EXACT)
    costs = [
        sum(parts_of_clusters(work, rules, [[100 + at for at in one] for one in sharing], wishes).values())
        for sharing in every_sharing(ground, *span)
    ]
    plan = cluster_schools(work, rules, wishes, EXACT)
    if costs:
        assert plan.left_over == ()
        assert plan.cost == pytest.approx(min(costs))
    else:
        assert plan.left_over


@settings(deadline=None, max_examples=40)
@given(works(), st.randoms(use_true_random=False))
def test_the_order_of_schools_changes_nothing(work, random):
    mixed = list(work.schools)
    random.shuffle(mixed)
    rules = Rules(2, 4, hard=True)
    one, other = (cluster_schools(what, rules) for what in (work, replace(work, schools=tuple(mixed))))
    assert (one.clusters, one.left_over, one.cost) == (other.clusters, other.left_over, other.cost)


def test_two_ends_of_a_road_are_two_clusters():
    work = work_of([(0, 0), (1, 0), (2, 0), (20, 0), (21, 0), (22, 0)])
    plan = cluster_schools(work, Rules(3, 5, hard=True))
    assert shared(plan) == [(100, 101, 102), (103, 104, 105)]
    assert plan.parts["travel"] == pytest.approx(2 * 2 * 1.3)  # from the middle one to both others
    assert [cluster.km for cluster in plan.clusters] == pytest.approx([2.6, 2.6])
    assert (plan.status, plan.gap) == ("optimal", pytest.approx(0))


def test_load_is_shared_fairly():
    # Six schools at one place: those with much work do not come together.
    work = work_of([(5, 5)] * 6, loads=[8.0, 8.0, 1.0, 1.0, 1.0, 1.0])
    plan = cluster_schools(work, Rules(3, 3, hard=True))
    assert [cluster.load_hours for cluster in plan.clusters] == [10, 10]


def test_pairs_are_kept_together_and_apart():
    work, rules = line(6), Rules(3, 3, hard=True)
    assert shared(cluster_schools(work, rules)) == [(100, 101, 102), (103, 104, 105)]
    together = cluster_schools(work, replace(rules, together=pairs((100, 105))))
    assert any({100, 105} <= set(cluster.schools) for cluster in together.clusters)
    assert not together.left_over
    # Schools at both ends of the road do not lie side by side, which the plan says.
    assert [cluster.connected for cluster in together.clusters if 100 in cluster.schools] == [False]
    block = work_of([(0, 0), (1, 0), (2, 0), (0, 3), (1, 3), (2, 3)])
    assert shared(cluster_schools(block, rules)) == [(100, 101, 102), (103, 104, 105)]
    parted = cluster_schools(block, replace(rules, apart=pairs((100, 101))))
    assert not parted.left_over
    assert all(not {100, 101} <= set(one) for one in shared(parted))


def test_a_wish_is_kept_where_it_is_worth_it():
    work, rules = line(6), Rules(2, 4, hard=True)
    wish = [Pair(frozenset({102, 103}), "one site", 50.0)]
    assert any({102, 103} <= set(one) for one in shared(cluster_schools(work, rules, wish)))
    assert cluster_schools(work, rules, wish).parts["pairs"] == 0


def test_schools_that_must_be_together_are_so_across_localities():
    work = line(6, areas="aaabbb")
    plan = cluster_schools(work, Rules(3, 4, hard=True, together=pairs((102, 103), (103, 104), (104, 105))))
    assert {102, 103, 104, 105} in [set(one) for one in shared(plan)]
    assert dict(plan.left_over) == dict.fromkeys((100, 101), "2 schools of Ay are fewer than the least 3 per worker")


@pytest.mark.parametrize(
    ("work", "rules", "expected"),
    [
        (line(2), Rules(3, 5), dict.fromkeys((100, 101), "2 schools of Ay are fewer than the least 3 per worker")),
        (line(1), Rules(3, 5), {100: "1 school of Ay is fewer than the least 3 per worker"}),
        (
            line(4),
            Rules(1, 2, together=pairs((100, 101), (101, 102))),
            dict.fromkeys((100, 101, 102), "3 schools that must have one worker are more than the most 2 per worker"),
        ),
        (
            line(3),
            Rules(1, 3, together=pairs((100, 101)), apart=pairs((100, 101))),
            dict.fromkeys((100, 101), "it must be with schools that must be apart from each other"),
        ),
        (
            line(3),
            Rules(3, 3, apart=pairs((100, 101))),
            dict.fromkeys(
                (100, 101, 102), "no 3 schools side by side with it keep the pairs that must be together or apart"
            ),
        ),
    ],
)
def test_what_cannot_be_is_named_with_the_rule(work, rules, expected):
    plan = cluster_schools(work, replace(rules, hard=True))
    assert dict(plan.left_over) == expected
    assert plan.status == "infeasible"


def test_as_few_as_can_be_are_left_over():
    plan = cluster_schools(line(7), Rules(3, 3, hard=True))
    ((_, rule),) = plan.left_over
    assert rule == "7 schools of Ay cannot be shared out with 3 per worker"
    assert len(plan.clusters) == 2


def test_a_school_without_a_place_is_named():
    work = line(4)
    nowhere = replace(work.schools[0], easting=np.nan, northing=np.nan)
    plan = cluster_schools(replace(work, schools=(nowhere, *work.schools[1:])), Rules(3, 5, hard=True))
    assert plan.left_over == ((100, "it has no place on the map"),)
    assert shared(plan) == [(101, 102, 103)]


def test_without_schools_there_is_no_cluster():
    plan = cluster_schools(line(0), Rules(3, 5, hard=True))
    assert (plan.clusters, plan.left_over, plan.status, plan.cost) == ((), (), "optimal", 0)


def test_a_range_that_is_empty_is_refused():
    with pytest.raises(InputError, match="From 5 to 3 schools per worker cannot be"):
        cluster_schools(line(6), Rules(5, 3, hard=True))


def test_other_ways_count_where_they_are_given():
    # By road the third school is next to the first and far from the second.
    ways = np.array([[0, 9, 1, 9], [9, 0, 9, 1], [1, 9, 0, 9], [9, 1, 9, 0]], dtype=float)
    work = work_of([(0, 0), (1, 0), (0, 2), (1, 2)])
    assert shared(cluster_schools(work, Rules(2, 2, hard=True), ways_km=ways)) == [(100, 102), (101, 103)]


def test_only_clusters_within_a_locality_have_a_cost():
    with pytest.raises(UsageError, match="Schools 102, 103 are not all of one locality"):
        parts_of_clusters(line(6, areas="aaabbb"), Rules(), [(100, 101), (102, 103)])


@pytest.mark.skipif(not REAL.is_file(), reason="the council's own list of schools is not here")
def test_the_councils_own_schools():
    # Enough time for a machine that does other things too.
    found = measure_link_workers(REAL, settings=ClusterSettings(solver=SolverSettings(gap=0.005, seconds=600.0)))
    assert found["schools"] == 239
    assert found["left_over"] == 0
    assert found["status"] in ("optimal", "within_gap")
    assert found["gap_percent"] <= 0.5
    assert found["cost_km"] <= 0.9 * found["kmeans_repair_best_km"] <= 0.9 * found["kmeans_repair_km"]
