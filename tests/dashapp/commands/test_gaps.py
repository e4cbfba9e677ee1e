import csv
import io
import json
from datetime import date

import pytest

from geodata.snapshot import Workspace
from geodata.state import State
from geodata.store import Store
from layers.sufficiency.saved import made_with, save
from layers.sufficiency.scenario import scenario_of
from layers.sufficiency.settings import sufficiency_settings


def found_of(ask, *words):
    status, said = ask("gaps", "--format", "json", *words)
    assert status == 0
    return json.loads(said.out)


def test_json_adds_up(ask):
    found = found_of(ask, "--year", "2027")
    assert (found["year"], found["base_year"], found["scenario"]) == (2027, 2025, "Base case")
    # 3 localities, unknown and outside; 4 phases, 5 broad areas, 3 kinds of provision.
    assert len(found["rows"]) == 5 * 4 * 5 * 3
    for total in found["totals"]:
        if total["area"] != "county" or total["need"] != "all":
            continue
        parts = [
            row for row in found["rows"] if (row["provision"], row["phase"]) == (total["provision"], total["phase"])
        ]
        assert sum(row["plans_resting_on"] for row in parts) == total["plans_resting_on"]
        for key in ("demand", "placed", "gap"):
            if total["expected"][key] is not None:
                assert sum(row["expected"][key] for row in parts) == pytest.approx(total["expected"][key], abs=0.05)
    assert "the census of 21 January 2027, in the school year 2026/27" in found["notes"][0]
    assert all("synthetic" in row["basis"] for row in found["rows"])


def test_rolled_up_cells_have_no_figures_of_their_own(ask):
    rows = found_of(ask, "--year", "2027")["rows"]
    small = [row for row in rows if row["plans_resting_on"] < 20]
    assert small
    assert {(row["status"], row["demand"], row["p_gap"]) for row in small} == {("rolled_up", None, None)}


def test_a_need_by_itself_and_the_county(ask):
    found = found_of(ask, "--year", "2026", "--need", "ASD", "--areas", "county", "--all")
    assert {(row["area"], row["need"]) for row in found["rows"]} == {("county", "ASD")}
    assert {row["provision"] for row in found["rows"]} > {"mainstream", "special"}
    mainstream = next(row for row in found["rows"] if row["provision"] == "mainstream" and row["phase"] == "primary")
    assert (mainstream["words"], mainstream["gap"], mainstream["places"]) == ("plans to accommodate", None, None)


def test_csv_and_text(ask):
    lines = list(csv.DictReader(io.StringIO(ask("gaps", "--year", "2027", "--format", "csv")[1].out)))
    assert {line["row"] for line in lines} == {"cell", "total"}
    said = ask("gaps", "--year", "2027", "--areas", "county")[1].out.splitlines()
    assert said[1].startswith("January 2027: ")
    assert "children without a specialist place" in said[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", "2050"), "Valid: 2025 to 2035"),
        (("--need", "XX"), "Valid: broad, all, communication"),
        (("--scenario", "nowhere"), "No scenario 'nowhere'. There are:"),
    ],
)
def test_wrong_use_lists_what_is_valid(ask, words, said):
    status, heard = ask("gaps", *words)
    assert status == 2
    assert said in heard.err


def test_a_saved_scenario(ask, forecast_workspace):
    store = Store(Workspace(forecast_workspace).current())
    option = {"option": "new_school", "name": "New", "area": "aylesbury", "places": {"secondary": 150},
              "provision": "special", "opens": date(2026, 9, 1).isoformat()}  # fmt: skip
    made = made_with(store.snapshot, sufficiency_settings(store.profile))
    save(State(forecast_workspace), scenario_of({"name": "More places", "options": [option]}), made)
    base, more = (found_of(ask, "--year", "2030", *words) for words in ((), ("--scenario", "more PLACES")))
    assert more["scenario"] == "More places"

    def secondary(found):
        return next(
            row for row in found["totals"]
            if (row["area"], row["need"], row["phase"], row["provision"]) == ("county", "all", "secondary", "special")
        )  # fmt: skip

    assert secondary(more)["expected"]["gap"] < secondary(base)["expected"]["gap"]
    assert secondary(more)["expected"]["demand"] == secondary(base)["expected"]["demand"]
    assert secondary(more)["places"]["open"] == pytest.approx(secondary(base)["places"]["open"] + 150)


def test_the_statements_stand_beside_figures(ask):
    status, said = ask("gaps", "--statements", "--format", "json")
    tables = {table["key"]: table["rows"] for table in json.loads(said.out)["tables"]}
    assert status == 0
    assert [row["point"] for row in tables["statements"]] == ["i", "ii", "iii", "iv", "v", "vi"]
    assert {row["verdict"] for row in tables["statements"]} <= {"supported", "partly", "contradicted", "cannot say"}
    assert tables["statements"][4]["verdict"] == "cannot say"
    assert {row["point"] for row in tables["figures"]} == {"i", "ii", "iii", "iv", "v", "vi"}
