import csv
import warnings
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError, UsageError
from layers.family_centres.greedy import greedy, worth_of
from layers.family_centres.siting import Effort, Question, site

ROOT = Path(__file__).parents[3]
POPULATION = ROOT.parent / "shared" / "data" / "population" / "mid2020_lsoa11_single_year_of_age.csv"
POSTCODES = ROOT / "geodata" / "profiles" / "buckinghamshire" / "postcodes.parquet"

# A road: villages at minute 0, 10, 20 ... 50, a site at each.
ROAD = np.abs(np.subtract.outer(np.arange(6), np.arange(6))) * 10.0
CHILDREN = np.array([10.0, 10.0, 10.0, 10.0, 10.0, 50.0])


def small(seed, atoms=8, sites=6):
    draw = np.random.default_rng(seed)
    return draw.integers(1, 9, atoms).astype(float), draw.integers(0, 60, (atoms, sites)).astype(float)


def mean_of(demand, minutes, opened):
    return float(demand @ minutes[:, list(opened)].min(axis=1) / demand.sum())


def covered_by(demand, minutes, opened, limit):
    return float(demand @ (minutes[:, list(opened)] <= limit).any(axis=1))


def test_the_nearest_centre_of_a_road():
    found = site(Question(CHILDREN, ROAD, (0,), (1, 2, 3, 4, 5), 1))
    assert found.chosen == (5,)
    assert found.objective == pytest.approx((10 * (0 + 10 + 20 + 20 + 10) + 0) / 100)
    assert (found.gap, found.status, found.unserved) == (pytest.approx(0, abs=1e-6), "optimal", 0)
    assert found.assignment.sum(axis=1) == pytest.approx(np.ones(6))
    assert found.assignment[2, 0] == found.assignment[3, 5] == 1


def test_covering_counts_children_within_the_limit_those_there_already_too():
    found = site(Question(CHILDREN, ROAD, (0,), (1, 2, 3, 4, 5), 1, "cover", 10.0))
    assert found.chosen == (4,)
    assert found.objective == pytest.approx(20 + 70)
    assert found.bound == pytest.approx(90)


def test_of_those_covering_equally_many_the_nearer_ones():
    minutes = np.array([[0.0, 20.0, 5.0], [40.0, 20.0, 5.0]])
    found = site(Question(np.array([1.0, 1.0]), minutes, (0,), (1, 2), 1, "cover"))
    assert found.chosen == (2,)


def test_between_equals_seconds_decide_and_those_exactly_equal_are_given():
    minutes = np.array([[0.0, 20.0, 19.9999, 20.0, 19.9999], [40.0, 20.0, 20.0, 20.0, 20.0], [40.0, 60, 60, 60, 60]])
    asked = Question(np.array([1.0, 1.0, 1.0]), minutes, (), (1, 2, 3, 4), 1, "cover")
    found = site(asked)
    assert (found.objective, found.chosen, found.equals, found.nearest) == (2, (2,), (4,), True)
    assert found.beyond == pytest.approx(1)
    median = site(replace(asked, fixed=(0,), candidates=(1, 3), objective="median"))
    assert (median.chosen, median.equals) == ((1,), (3,))
    assert site(replace(asked, k=2)).equals == ()


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3), st.booleans())
def test_of_all_that_cover_most_the_shortest_mean(seed, k, fixed):
    demand, minutes = small(seed)
    opened, free = ((0,), (1, 2, 3, 4, 5)) if fixed else ((), (0, 1, 2, 3, 4, 5))
    found = site(Question(demand, minutes, opened, free, k, "cover"))
    every = [(*opened, *some) for some in combinations(free, k)]
    most = [some for some in every if covered_by(demand, minutes, some, 30) >= found.objective - 1e-9]
    best = min(mean_of(demand, minutes, some) for some in most)
    assert mean_of(demand, minutes, (*opened, *found.chosen)) == pytest.approx(best, abs=1e-6)
    assert found.nearest
    if k == 1:
        means = [mean_of(demand, minutes, some) for some in most]
        assert len(found.equals) == sum(mean <= best + 1e-9 for mean in means) - 1


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.booleans())
def test_covered_without_room_and_beyond_are_all_children(seed, room):
    demand, minutes = small(seed)
    minutes[0] = np.inf
    capacity = np.full(6, 4.0) if room else None
    found = site(Question(demand, minutes, (0,), (1, 2, 3, 4, 5), 2, "cover", capacity=capacity))
    assert found.objective + found.unserved + found.beyond == pytest.approx(demand.sum())
    far = ~(minutes[:, [0, *found.chosen]] <= 30).any(axis=1)
    assert found.beyond == pytest.approx(float(demand[far].sum()))


def test_nothing_to_add_is_what_there_is():
    found = site(Question(CHILDREN, ROAD, (0, 5), (), 0))
    assert (found.chosen, found.status) == ((), "optimal")
    assert found.objective == found.bound == pytest.approx(mean_of(CHILDREN, ROAD, (0, 5)))


def test_room_sends_children_on_and_can_split_a_village():
    room = np.array([40.0, 0, 0, 0, 0, 60.0])
    found = site(Question(CHILDREN, ROAD, (0, 5), (), 0, capacity=room))
    assert found.unserved == pytest.approx(0)
    assert CHILDREN @ found.assignment == pytest.approx([40, 0, 0, 0, 0, 60])
    assert found.objective == pytest.approx((0 + 100 + 200 + 300 + 100) / 100)


def test_without_room_for_all_the_mean_counts_the_longest_journey_and_a_minute():
    found = site(Question(np.array([10.0]), np.array([[5.0, 9.0]]), (0,), (1,), 0, capacity=np.array([4.0, 4.0])))
    assert found.unserved == pytest.approx(6)
    # The longest journey among the sites there are, candidates or not.
    assert found.objective == pytest.approx((4 * 5 + 6 * 10) / 10)


def test_covering_with_room():
    room = np.array([15.0, 100, 100, 100, 100, 30.0])
    found = site(Question(CHILDREN, ROAD, (0,), (5,), 1, "cover", 10.0, room))
    assert found.objective == pytest.approx(15 + 30)
    # Of the 20 and 60 children within 10 minutes 15 and 30 find room; the other 20 are farther, room or not.
    assert found.unserved == pytest.approx(5 + 30)
    assert found.beyond == pytest.approx(20)


def test_places_that_cannot_be_reached():
    minutes = ROAD.copy()
    minutes[0] = np.inf  # no place on the map: left out
    minutes[1, 1:] = np.inf  # no way but to the first
    found = site(Question(CHILDREN, minutes, (0,), (1, 2, 3, 4, 5), 1))
    assert found.chosen == (5,)
    assert found.assignment[0].sum() == 0
    assert found.objective == pytest.approx((10 * (10 + 20 + 20 + 10)) / 90)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans())
def test_the_best_of_all_choices_and_never_worse_than_greedy(seed, k, fixed):
    demand, minutes = small(seed)
    opened, free = ((0,), (1, 2, 3, 4, 5)) if fixed else ((), (0, 1, 2, 3, 4, 5))
    asked = Question(demand, minutes, opened, free, k)
    median, cover = site(asked), site(replace(asked, objective="cover"))
    every = [(*opened, *some) for some in combinations(free, k)]
    assert median.objective == pytest.approx(min(mean_of(demand, minutes, some) for some in every))
    assert cover.objective == pytest.approx(max(covered_by(demand, minutes, some, 30) for some in every))
    assert median.bound <= median.objective + 1e-9
    assert cover.bound >= cover.objective - 1e-9
    assert {median.status, cover.status} == {"optimal"}
    assert mean_of(demand, minutes, (*opened, *median.chosen)) == pytest.approx(median.objective)

    gains = (
        minutes.max() - np.minimum(minutes, minutes[:, list(opened)].min(axis=1, initial=99)[:, None])[:, list(free)]
    )
    step_by_step = [free[one] for one in greedy(gains, demand, k)]
    assert median.objective <= mean_of(demand, minutes, (*opened, *step_by_step)) + 1e-9
    covers = (minutes[:, list(free)] <= 30) & ~(minutes[:, list(opened)] <= 30).any(axis=1)[:, None]
    step_by_step = greedy(covers.astype(float), demand, k)
    already = covered_by(demand, minutes, opened, 30) if opened else 0.0
    assert cover.objective >= already + worth_of(covers.astype(float), demand, step_by_step) - 1e-9


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from(("median", "cover")))
def test_with_room_the_best_of_all_choices(seed, objective):
    demand, minutes = small(seed, atoms=6, sites=5)
    room = np.random.default_rng(seed + 1).integers(3, 15, 5).astype(float)
    asked = Question(demand, minutes, (0,), (1, 2, 3, 4), 2, objective, capacity=room)
    found = site(asked)
    every = [
        site(replace(asked, fixed=(0, *some), candidates=tuple({1, 2, 3, 4} - set(some)), k=0)).objective
        for some in combinations((1, 2, 3, 4), 2)
    ]
    assert found.objective == pytest.approx(min(every) if objective == "median" else max(every), abs=1e-6)
    assert (demand @ found.assignment <= room + 1e-6).all()
    assert found.assignment.sum(axis=1).max() <= 1 + 1e-9
    closed = [one for one in (1, 2, 3, 4) if one not in found.chosen]
    assert found.assignment[:, closed].sum() == 0
    assert found.status == "optimal"


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_agrees_with_spopt(seed, k):
    locate = pytest.importorskip("spopt.locate")
    pulp = pytest.importorskip("pulp")
    demand, minutes = small(seed, atoms=10, sites=8)
    asked = Question(demand, minutes, (2, 5), (0, 1, 3, 4, 6, 7), k)
    predefined = np.isin(np.arange(8), (2, 5)).astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, not ours
        solver = pulp.PULP_CBC_CMD(msg=False)
        median = locate.PMedian.from_cost_matrix(minutes, demand, k + 2, predefined_facilities_arr=predefined).solve(
            solver
        )
        cover = locate.MCLP.from_cost_matrix(minutes, demand, 30.0, k + 2, predefined_facilities_arr=predefined).solve(
            solver
        )
    assert site(asked).objective * demand.sum() == pytest.approx(median.problem.objective.value())
    assert site(replace(asked, objective="cover")).objective == pytest.approx(cover.problem.objective.value())


def test_three_of_the_small_areas_of_the_real_county_are_proven():
    if not POPULATION.is_file():
        pytest.skip("the county's population by small area is not here")
    import duckdb  # noqa: PLC0415

    asked = f"select lsoa, avg(easting), avg(northing) from '{POSTCODES}' where live group by lsoa"
    points = {code: (east, north) for code, east, north in duckdb.sql(asked).fetchall()}
    with POPULATION.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["lsoa11_code"] in points]
    assert len(rows) == 319
    demand = np.array([sum(float(row[str(age)]) for age in range(18)) for row in rows])
    at = np.array([points[row["lsoa11_code"]] for row in rows])
    minutes = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) / 1000 * 1.3 * 12.5
    every = tuple(range(319))
    for objective in ("median", "cover"):
        for fixed in (every[::23], ()):
            left = tuple(one for one in every if one not in fixed)
            found = site(Question(demand, minutes, fixed, left, 3, objective))
            assert found.gap <= 0.005
            assert len(found.chosen) == 3


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [
        ({"k": 6}, UsageError, "6 sites cannot be added: there are 5 candidates"),
        ({"k": -1}, UsageError, "-1 sites cannot be added"),
        ({"k": 0, "fixed": ()}, UsageError, "No site would be open"),
        ({"fixed": (1,)}, InputError, "Sites 1 are named twice"),
        ({"demand": -CHILDREN}, InputError, "not negative"),
        ({"demand": np.array([1.0])}, InputError, "1 areas have children and 6 have journeys"),
        ({"minutes": ROAD * np.nan}, InputError, "not negative"),
        ({"demand": CHILDREN * 0}, InputError, "No children live where a site can be reached"),
        ({"minutes": ROAD + np.inf}, InputError, "No children live where a site can be reached"),
    ],
)
def test_questions_that_make_no_sense(changed, error, said):
    with pytest.raises(error, match=said):
        site(replace(Question(CHILDREN, ROAD, (0,), (1, 2, 3, 4, 5), 1), **changed))


def test_when_the_time_is_up_the_best_found_and_its_gap_are_given():
    demand, minutes = small(3, atoms=40, sites=30)
    asked = Question(demand, minutes, (), tuple(range(30)), 6, capacity=np.full(30, 20.0))
    found = site(asked, Effort(0.0, 0.0))
    assert len(found.chosen) == 6
    assert found.status == "time_limit"
    assert 0 < found.gap < 1
    assert found.bound < found.objective
