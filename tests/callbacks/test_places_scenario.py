"""The scenario builder."""

import pytest

from callbacks.places_facts import ALL, COUNTY, CellKey
from callbacks.places_model import model_of
from callbacks.places_scenario import Wrong, comparison_view, pounds, scenario_view, tried
from callbacks.places_scenarios import Shown, shown_scenario
from callbacks.places_state import EXAMPLES, PlacesState
from geodata.errors import UsageError
from layers.sufficiency.scenario import scenario_of, scenario_text

PLAN = scenario_text(scenario_of({"name": "x", "options": [{"option": "diversion", "share": 0.1, "from_year": 2027}]}))


def state(**parts):
    return PlacesState(2027, CellKey(COUNTY, ALL, ALL, ALL), **parts)


def view_of(store, folder, **parts):
    asked = state(**parts)
    return scenario_view(store, folder, model_of(store), asked, shown_scenario(store, folder, asked))


def test_without_a_scenario_the_form_is_empty_and_counts_from_the_chosen_january(forecast_store, tmp_path):
    view = view_of(forecast_store, tmp_path)
    assert (view["shown"], view["plan"], view["comparison"], view["error"]) == ("", "", None, "")
    assert view["fields"]["diversion_from"] == "2027"
    assert len(view["schools"]) > 200
    assert [one["words"] for one in view["choices"]] == ["As planned"]


def test_a_scenario_of_the_address_fills_the_form_and_is_compared(forecast_store, tmp_path):
    view = view_of(forecast_store, tmp_path, plan=PLAN)
    assert view["fields"]["diversion"] == "10"
    assert view["plan"] == PLAN
    assert "10%" in view["says"]
    base, one = view["comparison"]["rows"]
    assert (base["name"], one["name"]) == ("As planned", "x")
    assert base["extra"] == ""
    assert one["status"] in ("indicative", "assumed")


def test_the_base_case_and_four_examples_side_by_side(forecast_store, tmp_path):
    model = model_of(forecast_store)
    view = comparison_view(forecast_store, tmp_path, model, state(beside=(EXAMPLES,)))
    assert len(view["rows"]) == 5
    assert view["illustrative"]
    assert (view["miles"], view["minutes"]) == (["2 miles", "3 miles"], ["45 minutes", "75 minutes"])
    assert len(view["gaps"][0]["cells"]) == len(view["years"]) == 10
    assert any("estimated" in words for words in view["words"])
    ranks = [one["position"] for one in view["rows"][1:]]
    assert set(ranks) & {1}


def test_what_was_typed_wrongly_stays_in_the_form(forecast_store, tmp_path):
    fields = {"avoided": "many"}
    with pytest.raises(UsageError) as wrong:
        tried(fields, Shown(None))
    view = scenario_view(
        forecast_store, tmp_path, model_of(forecast_store), state(), Shown(None), Wrong(fields, str(wrong.value))
    )
    assert view["fields"]["avoided"] == "many"
    assert "is no number" in view["error"]


def test_sums_in_words():
    assert pounds(111_800_000) == "\u00a3111.8m"
    assert pounds(-800_000, signed=True) == "\u2212\u00a30.8m"
    assert pounds(30_024, signed=True) == "+\u00a330,024"
    assert pounds(1_250_000, whole=True) == "\u00a31,250,000"
