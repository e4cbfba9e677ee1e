"""What the Data page shows of a workspace."""

import json
from datetime import date

import pytest

from callbacks import data_page
from callbacks.data_page import action_words, data_state, find_report
from geodata.contracts import CONTRACTS
from geodata.importing import import_file
from geodata.snapshot import Workspace

TODAY = date(2026, 11, 21)
CASES = "Child ID,Date Opened,Home Postcode\n1,01/10/2021,HP20 1UA\n2,31/02/2022,HP20 1UA\n"


@pytest.fixture(scope="module")
def state(small_path):
    return data_state(Workspace(small_path), TODAY)


def loaded(state, key):
    return next(one["parts"] for one in state["datasets"] if one["key"] == key)


def test_the_state_is_json_and_has_every_dataset(state):
    assert json.loads(json.dumps(state)) == state
    assert [one["key"] for one in state["datasets"]] == list(CONTRACTS)
    assert {key for key in CONTRACTS if loaded(state, key)} == {"cme_involvements", "ehc_plans", "population"}
    assert all(one["plain"] for one in state["datasets"])


def test_a_loaded_file_says_from_when_it_is_and_how_long_it_is_kept(state):
    (cases,) = loaded(state, "cme_involvements")
    assert (cases["rows"], cases["basis"]) == (14, "synthetic")
    assert cases["when"] == "complete from 31 August 2021 to 31 July 2022"
    assert cases["kept_until"]
    (people,) = loaded(state, "population")
    assert (people["when"], people["kept_until"], people["basis"]) == ("", "", "modelled")


def test_the_history_marks_the_one_in_force(own_path):
    workspace = Workspace(own_path)
    first = workspace.snapshots()[-1].id
    workspace.rollback(first)
    history = data_state(workspace, TODAY)["history"]
    assert [one["id"] for one in history if one["in_force"]] == [first]
    assert len(history) == len(workspace.snapshots())
    assert history == sorted(history, key=lambda one: one["id"], reverse=True)


def test_the_banner_says_what_is_synthetic(state, real_path):
    assert state["synthetic"] == "Synthetic demonstration data"
    assert data_state(Workspace(real_path), TODAY)["synthetic"] == ""


def test_an_empty_workspace_has_nothing_and_says_no_wrong_thing(tmp_path):
    state = data_state(Workspace(tmp_path / "none"), TODAY)
    assert (state["snapshot"], state["history"], state["expired"]) == ("", [], [])
    assert state["areas"]["atoms"] == "319 LSOAs of 2011"
    assert not (tmp_path / "none").exists()


def test_the_page_works_where_the_areas_are_gone(own_path):
    workspace = Workspace(own_path)
    file = own_path / "snapshots" / f"{workspace.current().id}.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"geography": "g-gone"}))
    state = data_state(workspace, TODAY)
    assert "Go back to an earlier snapshot" in state["trouble"]
    assert state["areas"] is None
    assert len(state["history"]) == 3
    assert data_page.locality_names(workspace) == {}


def test_the_areas_in_force_have_their_status_and_dates(state):
    areas = state["areas"]
    assert (areas["imported"], areas["waiting"]) == (False, [])
    board = next(one for one in areas["schemes"] if one["key"] == "community_board")
    assert (board["areas"], board["in_force"]) == (16, "from 1 April 2020 until 1 May 2025")
    assert board["status"] == "indicative: check before you publish"


def test_sources_name_licence_and_attribution(state):
    sources = state["sources"]
    assert sources["licence"] == "Open Government Licence v3.0"
    assert all(one["name"] and one["licence"] for one in sources["listed"])
    assert len(sources["attribution"]) == len(set(sources["attribution"])) > 3


def test_what_may_no_longer_be_kept_is_offered_for_removal(small_path):
    workspace = Workspace(small_path)
    assert data_state(workspace, TODAY)["expired"] == []
    later = data_state(workspace, date(2150, 1, 1))
    assert {one["title"] for one in later["expired"]} == {
        CONTRACTS[key].title for key in ("cme_involvements", "ehc_plans")
    }
    assert all(part["expired"] for part in loaded(later, "ehc_plans"))


def test_an_imported_file_has_its_report_and_its_rows_set_aside(own_path, tmp_path):
    export = tmp_path / "cases.csv"
    export.write_text(CASES)
    workspace = Workspace(own_path)
    report = import_file(workspace, "cme_involvements", export, basis="synthetic")
    (row,) = loaded(data_state(workspace, TODAY), "cme_involvements")
    assert (row["rows"], row["set_aside"], row["match"]) == (1, 1, "100%")
    assert row["quarantine"] == f"data/quarantine/{report.part_id}.csv"
    assert row["complete"]["lacks"] == [CONTRACTS["cme_involvements"].column(key).title for key in report.missing]
    assert row["complete"]["have"] == 3
    found, quarantine = find_report(workspace, report.part_id)
    assert found["rows_read"] == 2
    assert quarantine.is_file()
    assert find_report(workspace, "20990101T000000000000Z-00000000") is None


def test_what_made_a_snapshot_is_told_by_title():
    assert action_words("Imported schools from a b.csv") == f"Imported {CONTRACTS['schools'].title} from a b.csv"
    assert action_words("Removed the records of one child") == "Removed the records of one child"
    assert action_words("Imported nothing from x") == "Imported nothing from x"
