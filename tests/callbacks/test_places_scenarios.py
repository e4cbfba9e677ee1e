"""Which scenario is shown, those that are kept, and the examples."""

import pytest

from callbacks.places_facts import ALL, COUNTY, CellKey
from callbacks.places_model import model_of
from callbacks.places_scenarios import (
    compared,
    delete_scenario,
    examples,
    find_saved,
    save_scenario,
    saved_scenarios,
    shown_scenario,
)
from callbacks.places_state import EXAMPLES, PlacesState
from geodata.errors import UsageError
from layers.sufficiency.ground import check_scenario
from layers.sufficiency.outlook import outlook
from layers.sufficiency.scenario import scenario_of, scenario_text

WHOLE = CellKey(COUNTY, ALL, ALL, ALL)
PLAN = scenario_text(scenario_of({"name": "x", "options": [{"option": "over_number"}]}))


def state(**parts):
    return PlacesState(2027, WHOLE, **parts)


def test_a_scenario_is_kept_shown_changed_and_deleted(forecast_store, tmp_path):
    assert saved_scenarios(tmp_path) == ()
    assert save_scenario(forecast_store, tmp_path, {"name": " Plan A ", "plan": PLAN}) == "Plan A"
    shown = shown_scenario(forecast_store, tmp_path, state(scenario="plan a"))
    assert (shown.scenario.name, shown.saved.version, shown.notes) == ("Plan A", 1, ())
    with pytest.raises(UsageError, match="already"):
        save_scenario(forecast_store, tmp_path, {"name": "Plan A", "plan": PLAN})
    again = {"name": "Plan A", "plan": PLAN, "before": "Plan A", "version": "1"}
    save_scenario(forecast_store, tmp_path, again)
    assert find_saved(tmp_path, "Plan A").version == 2
    with pytest.raises(UsageError):
        delete_scenario(tmp_path, "Plan A", "1")
    delete_scenario(tmp_path, "Plan A", "2")
    assert saved_scenarios(tmp_path) == ()


def test_a_name_that_is_not_there_and_an_empty_plan_are_refused(forecast_store, tmp_path):
    with pytest.raises(UsageError, match="none is saved"):
        shown_scenario(forecast_store, tmp_path, state(scenario="Plan B"))
    with pytest.raises(UsageError, match="Fill in the form first"):
        save_scenario(forecast_store, tmp_path, {"name": "Plan B"})
    with pytest.raises(UsageError, match="no whole scenario"):
        shown_scenario(forecast_store, tmp_path, state(plan="abc"))


def test_an_address_can_hold_a_scenario(forecast_store, tmp_path):
    assert shown_scenario(forecast_store, tmp_path, state(plan=PLAN)).scenario.options
    assert shown_scenario(forecast_store, tmp_path, state()).scenario is None


def test_examples_fit_the_snapshot_and_the_school_is_as_large_as_the_gap(forecast_store):
    model = model_of(forecast_store)
    found = examples(model, 2027)
    assert len(found) == 4
    for one in found:
        check_scenario(one, outlook(forecast_store).ground)
        assert one.name.startswith("Example: ")
    (school,) = found[0].options
    for phase, places in school.places:
        gap = model.cell(CellKey(school.area, phase, ALL, "special"), 2027).gap.median
        assert gap <= places < gap + 5


def test_the_one_that_is_shown_stands_first_and_there_are_at_most_four(forecast_store, tmp_path):
    model = model_of(forecast_store)
    found = compared(forecast_store, tmp_path, state(plan=PLAN, beside=(EXAMPLES,)), model)
    assert [one.name for one in found][:1] == ["x"]
    assert len(found) == 4
    assert compared(forecast_store, tmp_path, state(), model) == ()
