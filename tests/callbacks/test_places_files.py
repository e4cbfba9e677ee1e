"""The matrix as a file."""

import csv
import io
import json

from callbacks.places_files import matrix_file, matrix_name
from callbacks.places_scenarios import Shown
from layers.sufficiency.scenario import scenario_of


def test_the_csv_has_cells_and_totals(forecast_store):
    rows = list(
        csv.DictReader(io.StringIO(matrix_file(forecast_store, 2027, Shown(None), "csv").removeprefix("\ufeff")))
    )
    assert {row["row"] for row in rows} == {"cell", "total"}
    assert {row["year"] for row in rows} == {"2027"}


def test_the_json_names_the_scenario(forecast_store):
    shown = Shown(scenario_of({"name": "Over", "options": [{"option": "over_number"}]}))
    assert json.loads(matrix_file(forecast_store, 2027, shown, "json"))["scenario"] == "Over"


def test_the_name_says_who_may_see_it(forecast_store, real_store):
    assert matrix_name(forecast_store, 2027, Shown(None), "csv") == "specialist_places_gap_2027_synthetic.csv"
    shown = Shown(scenario_of({"name": "Over", "options": [{"option": "over_number"}]}))
    assert matrix_name(forecast_store, 2027, shown, "json") == "specialist_places_gap_2027_scenario_synthetic.json"
    assert matrix_name(real_store, 2027, Shown(None), "csv") == "specialist_places_gap_2027_officer-only.csv"
