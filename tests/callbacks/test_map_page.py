"""From what the page sends to what it gets, as plain functions and over the wire."""

import gzip
import json

import brotli
import pytest

from callbacks.card import area_card
from callbacks.figures import CurrentFigures
from callbacks.ids import Id
from callbacks.map_page import answer
from callbacks.state import MapState
from callbacks.twin import table_twin
from callbacks.view import map_view
from geodata.snapshot import Workspace

STATE = {"layer": "cme_open", "scheme": "locality", "period": "2022-07-31"}


@pytest.fixture(scope="module")
def current(small_path):
    return CurrentFigures(Workspace(small_path))


def test_each_maker_answers_for_the_same_state(current):
    state = MapState(**STATE, area="wycombe")
    assert answer(current, STATE | {"area": "wycombe"}, map_view, area_card, table_twin) == (
        map_view(current(), state), area_card(current(), state), table_twin(current(), state),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"layer": "x"}, "No layer 'x'. Valid: cme_open"),
        ({"scheme": "parish"}, "No area scheme 'parish' here. Valid: locality"),
        ({"period": "1999-01-01"}, "No period '1999-01-01' here. Valid: 2021-08-31"),
        ({"period": ""}, "The view lacks a layer, an area scheme or a period."),
    ],
)
def test_a_state_that_does_not_exist_is_answered_with_a_plain_error_from_each(current, wrong, says):
    found = answer(current, STATE | wrong, map_view, area_card)
    assert len(found) == 2
    for one in found:
        assert set(one) == {"error"}
        assert one["error"].startswith(says)
        assert one["error"].endswith("Reload the page to see the data as they stand now.")


def test_a_workspace_without_a_snapshot_is_answered_with_a_plain_error(tmp_path):
    (found,) = answer(CurrentFigures(Workspace(tmp_path / "none")), STATE, map_view)
    assert "Nothing is loaded in none/ yet" in found["error"]


def post(client, sender, state, **headers):
    """Send a store's value as the browser does and return the response."""
    callbacks = client.get("/_dash-dependencies").get_json()
    (callback,) = (
        one
        for one in callbacks
        if not one["clientside_function"] and [part["id"] for part in one["inputs"]] == [str(sender)]
    )
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in callback["output"].strip(".").split("...")
    ]
    body = {
        "output": callback["output"],
        "outputs": outputs if len(outputs) > 1 else outputs[0],
        "inputs": [{"id": str(sender), "property": "data", "value": state}],
        "state": [{**part, "value": None} for part in callback["state"]],
        "changedPropIds": [f"{sender}.data"],
    }
    return client.post("/_dash-update-component", json=body, headers=headers)


def test_a_switch_brings_view_and_card_in_one_answer(client, current):
    found = post(client, Id.STATE, STATE).get_json()["response"]
    state = MapState(**STATE)
    assert found[Id.VIEW]["data"] == json.loads(json.dumps(map_view(current(), state)))
    assert found[Id.CARD]["data"] == json.loads(json.dumps(area_card(current(), state)))
    assert set(found) == {Id.VIEW, Id.CARD}


def test_choosing_an_area_moves_the_card_alone(client, current):
    found = post(client, Id.CHOICE, STATE | {"area": "wycombe", "beside": "aylesbury"}).get_json()["response"]
    (data,) = (one["data"] for one in found.values())
    expected = area_card(current(), MapState(**STATE, area="wycombe", beside="aylesbury"))
    assert data == json.loads(json.dumps(expected))
    assert Id.VIEW not in found


def test_the_second_of_two_maps_has_answers_of_its_own(client, current):
    second = STATE | {"layer": "ehcp_need:ASD", "period": "2022-01-20", "area": "wycombe"}
    found = post(client, Id.SECOND, second).get_json()["response"]
    state = MapState("ehcp_need:ASD", "locality", "2022-01-20", area="wycombe")
    assert found == json.loads(json.dumps({
        Id.SECOND_VIEW: {"data": map_view(current(), state)}, Id.SECOND_CARD: {"data": area_card(current(), state)},
    }))  # fmt: skip


def test_areas_that_a_layer_does_not_come_in_are_an_error_in_words(subjects_path):
    wrong = {"layer": "deprivation:2025-imd", "scheme": "ward", "period": "2025"}
    (found,) = answer(CurrentFigures(Workspace(subjects_path)), wrong, map_view)
    assert found["error"].startswith("The layer 'deprivation:2025-imd' cannot be shown by ward. Valid: lsoa.")


def test_the_table_comes_when_it_is_asked_for(client, current):
    found = post(client, Id.TABLE_OF, STATE).get_json()["response"]
    assert found == {Id.TABLE: {"data": table_twin(current(), MapState(**STATE))}}


def test_a_wrong_state_over_the_wire_is_an_error_in_words_and_no_failure(client):
    response = post(client, Id.STATE, STATE | {"layer": "<script>"})
    assert response.status_code == 200
    found = response.get_json()["response"]
    assert found[Id.VIEW]["data"]["error"].startswith("No layer '<script>'.")
    assert "Traceback" not in response.get_data(as_text=True)


@pytest.mark.parametrize(("coding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_an_answer_travels_compressed_and_is_not_kept(client, coding, decode):
    response = post(client, Id.STATE, STATE | {"scheme": "lsoa"}, **{"Accept-Encoding": coding})
    assert response.headers["Content-Encoding"] == coding
    assert len(response.data) < 2000
    assert len(json.loads(decode(response.data))["response"][Id.VIEW]["data"]["looks"]) == 319
    assert "no-store" in response.headers["Cache-Control"]


def test_a_numbered_question_gets_its_number_back_with_each_answer(current):
    found = answer(current, STATE | {"asked": 7}, map_view, area_card)
    assert [one["asked"] for one in found] == [7, 7]
    (wrong,) = answer(current, STATE | {"layer": "x", "asked": 8}, map_view)
    assert wrong["asked"] == 8


def test_a_page_of_another_snapshot_is_told_so_instead_of_mixing_figures(current):
    assert "error" not in answer(current, STATE | {"snapshot": current().store.snapshot.id}, map_view)[0]
    (found,) = answer(current, STATE | {"snapshot": "older"}, map_view)
    assert found["error"].startswith("The data have changed since this page was opened.")


def test_looking_ahead_gives_each_view_and_card_as_if_it_were_asked_for(client, current):
    states = [STATE, STATE | {"layer": "cme_new", "period": "2021/22"}, STATE | {"layer": "x"}]
    found = post(client, Id.AHEAD_OF, states).get_json()["response"][Id.AHEAD]["data"]
    assert found == json.loads(json.dumps([answer(current, state, map_view, area_card) for state in states]))
    assert "error" in found[2][0]
