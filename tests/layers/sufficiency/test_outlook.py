"""The door to the model: the base case, what a scenario changes and what it leaves, and how both add up."""

from datetime import date

import numpy as np
import pytest

from layers.sufficiency.core import GAP_PROVISIONS, PHASE_KEYS
from layers.sufficiency.demand_store import demand_folder
from layers.sufficiency.grouping import ALL, BY_NEED
from layers.sufficiency.outlook import (
    KEPT_CASES,
    NotForecastError,
    _cases,
    case_of,
    finer,
    january_case,
    outlook,
    side_by_side,
)
from layers.sufficiency.prepared import ensure_forecast
from layers.sufficiency.rollup import COUNTY
from layers.sufficiency.scenario import BASE_CASE
from layers.sufficiency.scenario_options import Diversion, NewSchool, Reform, Scenario, Slippage

KINDS = tuple((provision, phase) for provision in GAP_PROVISIONS for phase in PHASE_KEYS)
SCHOOL = Scenario(
    "A school", "", (NewSchool("New", (("secondary", 100),), date(2026, 9, 1), need="ANY", area="aylesbury"),)
)


@pytest.fixture(scope="module")
def store(demo_store):
    ensure_forecast(demo_store)
    return demo_store


def short(case):
    return [bands.median for bands in case.matrix.short_of([COUNTY], KINDS, [ALL])]


def test_without_a_forecast_the_remedy_is_named(demo_store, monkeypatch):
    monkeypatch.setattr("layers.sufficiency.outlook.kept_demand", lambda _store: None)
    with pytest.raises(NotForecastError, match="locality-atlas forecast"):
        outlook.__wrapped__(demo_store)


def test_the_base_year_is_what_was_counted(store):
    demand = outlook(store).demand
    totals = demand.draws.sum(axis=(2, 3, 4, 5), dtype=np.int64)
    assert set(totals[:, 0].tolist()) == {7217}  # SEN2, January 2025
    assert demand_folder(store).is_dir()


def test_the_base_case_is_the_outlook(store):
    case = case_of(store, BASE_CASE)
    assert case.matrix.wanted is outlook(store).matrix.wanted
    assert short(case) == [bands.median for bands in outlook(store).matrix.short_of([COUNTY], KINDS, [ALL])]


def test_a_school_leaves_the_demand_and_shortens_the_gap_from_its_opening_on(store):
    base, case = case_of(store, BASE_CASE), case_of(store, SCHOOL)
    assert case.matrix.wanted is base.matrix.wanted
    assert short(case)[:2] == short(base)[:2]
    assert all(mine < theirs for mine, theirs in zip(short(case)[2:], short(base)[2:], strict=True))


def test_a_reform_changes_the_demand_and_no_place(store):
    base, case = case_of(store, BASE_CASE), case_of(store, Scenario("Reform", "", (Reform(0.2, 2027),)))
    assert case.supply is base.supply
    before, after = base.matrix.wanted.demand, case.matrix.wanted.demand
    assert np.array_equal(before.draws[:, :2], after.draws[:, :2])
    assert after.draws[:, 2:].sum() < before.draws[:, 2:].sum()
    assert short(case)[-1] < short(base)[-1]


def test_slippage_never_shortens_the_gap(store):
    base, case = case_of(store, BASE_CASE), case_of(store, Scenario("Late", "", (Slippage(12),)))
    assert all(mine >= theirs for mine, theirs in zip(short(case), short(base), strict=True))


def test_scenarios_side_by_side_are_ranked_by_cost_per_child(store):
    found = side_by_side(store, (SCHOOL, Scenario("Diversion", "", (Diversion(0.2, 2027),))))
    assert [one.name for one in found.outcomes] == ["A school", "Diversion"]
    costs = [one.per_child for one in found.ranking]
    assert costs == sorted(costs)
    assert [one.position for one in found.ranking] == [1, 2]


@pytest.mark.parametrize("scenario", [BASE_CASE, SCHOOL, Scenario("Both", "", (*SCHOOL.options, Diversion(0.2, 2027)))])
def test_one_january_alone_is_that_january_of_all(store, scenario):
    all_years, one_year = case_of(store, scenario).matrix, january_case(store, scenario, 2028).matrix
    for area in (COUNTY, "aylesbury", "outside"):
        for provision, phase in KINDS:
            ours = one_year.cell(area, phase, ALL, provision, 2028)
            theirs = all_years.cell(area, phase, ALL, provision, 2028)
            assert (ours.demand, ours.gap, ours.chance, ours.places, ours.plans, ours.status) == (
                theirs.demand, theirs.gap, theirs.chance, theirs.places, theirs.plans, theirs.status,
            )  # fmt: skip


def test_finer_needs_keep_the_demand(store):
    matrix = finer(store, BASE_CASE, BY_NEED)
    whole = outlook(store).matrix
    cells = [one.cell(COUNTY, "secondary", ALL, "special", 2027).demand for one in (matrix, whole)]
    assert cells[0] == cells[1]


def test_few_cases_are_kept(store):
    for number in range(KEPT_CASES + 2):
        case_of(store, Scenario(f"Late {number}", "", (Slippage(number + 1),)))
    assert len(_cases(store)) == KEPT_CASES
