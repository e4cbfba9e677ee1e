"""The model behind the page, on the demonstration council: the same figures as the matrix of the model itself."""

import gc
import weakref
from datetime import date

import pytest

from callbacks.places_facts import ALL, COUNTY, CellKey
from callbacks.places_model import model_of
from geodata.errors import UsageError
from geodata.store import Store
from layers.sufficiency.options import KINDS
from layers.sufficiency.outlook import case_of, outlook
from layers.sufficiency.scenario_options import NewSchool, Scenario

SCHOOL = Scenario("A", "", (NewSchool("North", (("secondary", 80),), date(2026, 9, 1), area="aylesbury"),))


@pytest.fixture(scope="module")
def model(forecast_store):
    return model_of(forecast_store)


def test_a_cell_is_that_of_the_matrix(model, forecast_store):
    matrix = outlook(forecast_store).matrix
    found = model.cell(CellKey("aylesbury", "secondary", "communication", "special"), 2027)
    cell = matrix.cell("aylesbury", "secondary", "communication", "special", 2027)
    assert (found.gap.median, found.gap.lower_80, found.gap.upper_95) == (
        cell.gap.median, cell.gap.lower_80, cell.gap.upper_95
    )  # fmt: skip
    assert (found.plans, found.places, found.chance, found.first_short, found.status) == (
        cell.plans, cell.places, cell.chance, cell.first_short, cell.status
    )  # fmt: skip


def test_totals_are_added_up_in_every_draw(model, forecast_store):
    matrix = outlook(forecast_store).matrix
    found = model.cell(CellKey(COUNTY, ALL, ALL, ALL), 2028)
    bands = matrix.short_of([COUNTY], KINDS, [ALL])[matrix.years.index(2028)]
    assert found.gap.median == pytest.approx(bands.median, abs=0.01)
    assert found.gap.upper_80 == pytest.approx(bands.upper_80, abs=0.01)
    assert found.places == pytest.approx(
        sum(block.places[3, -1, -1] for (provision, _), block in matrix.blocks.items() if provision != "alternative")
    )
    assert "kinds of provision and phases without listed places" in found.note


def test_plans_of_the_base_year_are_those_counted(model):
    base = model.frame.base_year
    counted = dict(model.frame.history)[base]
    assert model.plans(COUNTY, base).median == counted
    areas = [area for area in model.frame.areas if area != COUNTY]
    assert sum(model.plans(area, base).median for area in areas) == counted


def test_a_rolled_up_cell_names_the_cell_whose_figures_it_shows(model):
    found = model.cell(CellKey("aylesbury", "secondary", "sensory", "base"), 2027)
    assert found.status == "rolled_up"
    assert found.plans < 20
    assert found.rolls_to.area == COUNTY
    wider = model.cell(found.rolls_to, 2027)
    assert wider.demand == found.demand


def test_the_needs_of_a_broad_area_one_by_one(model):
    key = CellKey(COUNTY, "secondary", "ASD", "special")
    found = [model.cell(key._replace(need=need), 2025) for need in ("ASD", "SLCN", "communication")]
    assert found[0].plans + found[1].plans == found[2].plans


def test_a_scenario_adds_its_places(model, forecast_store):
    with_school = model_of(forecast_store, SCHOOL)
    key = CellKey("aylesbury", "secondary", ALL, "special")
    assert with_school.cell(key, 2030).places == pytest.approx(model.cell(key, 2030).places + 80 * 0.95)
    assert with_school.cell(key, 2030).gap.median < model.cell(key, 2030).gap.median
    assert model_of(forecast_store, SCHOOL) is with_school
    assert [one.setting for one in with_school.schemes() if one.from_scenario] == ["North"]
    assert case_of(forecast_store, SCHOOL).new_places


def test_a_scenario_that_does_not_fit_is_refused(forecast_store):
    past = Scenario("A", "", (NewSchool("North", (("secondary", 80),), date(2020, 9, 1)),))
    with pytest.raises(UsageError, match="lies in the past"):
        model_of(forecast_store, past)


def test_errors_assumptions_and_statements_are_there(model):
    assert {row.horizon for row in model.errors()} == {1, 2, 3}
    assert any(one.source == "assumed" for one in model.assumptions())
    assert [one.point for one in model.statements()] == ["i", "ii", "iii", "iv", "v", "vi"]
    cell = model.cell(CellKey("aylesbury", "secondary", "communication", "special"), 2027)
    assert "2 years ahead, cells of a locality like this one" in cell.error
    county = model.cell(CellKey(COUNTY, "secondary", "communication", "special"), 2027)
    assert county.error == "not tested at this level"


def test_what_is_kept_for_a_store_does_not_keep_it(forecast_store):
    other = Store(forecast_store.snapshot)
    model_of(other)
    gone = weakref.ref(other)
    del other
    gc.collect()
    assert gone() is None
