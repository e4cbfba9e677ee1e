"""The chosen cell: its facts, and where it rolls up to."""

from callbacks.places_cell import FINER, cell_view, finer
from callbacks.places_facts import ALL, COUNTY, CellKey
from callbacks.places_state import NEEDS, PlacesState
from layers.sufficiency.core import BROAD_KEYS, BROAD_OF_NEED

SHORT = PlacesState(2026, CellKey("aylesbury", "secondary", "semh", "special"))
ROLLED = PlacesState(2026, CellKey("aylesbury", "primary", "sensory", "base"))


def facts(view):
    return {one["term"]: one["text"] for one in view["facts"]}


def test_the_needs_are_those_of_the_model():
    assert NEEDS == BROAD_KEYS
    assert {need: broad for broad, needs in FINER.items() for need in needs} == dict(BROAD_OF_NEED)


def test_facts_of_a_cell(hand_made):
    view = cell_view(hand_made(), SHORT)
    found = facts(view)
    assert found["80% and 95% band of plans"] == "45 to 60; 40 to 66"
    assert found["Working places of settings here"] == "30"
    assert found["First January short"] == "2026"
    assert found["Chance that places are short"] == "93%"
    assert found["Rests on"] == "40 plans of January 2025"
    assert found["Last back-test"].startswith("summed error 8.0%")
    assert found["Seen from home: children who live here without a place"] == "12"
    assert found["Seen from school: places of settings here, less the children for them"] == "10 short"
    assert "about 40 of them find one" in view["says"]


def test_a_cell_without_test_says_so_and_gives_no_chance(hand_made):
    found = facts(cell_view(hand_made(testable=False), SHORT))
    assert found["Chance that places are short"] == "not yet testable"
    assert found["Last back-test"] == "not yet testable"


def test_a_rolled_up_cell_leads_to_the_wider_one(hand_made):
    view = cell_view(hand_made(), ROLLED)
    assert view["rolls"]["words"].startswith("This cell rests on 7 plans")
    assert view["rolls"]["address"] == "places?year=2026&area=county&phase=primary&need=sensory&provision=base#cell"


def test_an_empty_cell_has_no_chart(hand_made):
    view = cell_view(hand_made(), PlacesState(2026, CellKey(COUNTY, "primary", "other", "base")))
    assert view["chart"] is None
    assert view["says"] == "In January 2026 nobody has a plan here, and there are no places."


def test_needs_within_a_cell_are_shown_when_they_are_asked_for(hand_made):
    model = hand_made()
    assert finer(model, SHORT) == []
    assert cell_view(model, SHORT)["ask_finer"].endswith("finer=1#cell")
    asked = PlacesState(2026, CellKey("aylesbury", "secondary", "sensory", "special"), finer=True)
    assert [row["name"] for row in finer(model, asked)] == [
        "Hearing impairment", "Vision impairment", "Multi-sensory impairment", "Physical disability"
    ]  # fmt: skip
    whole = PlacesState(2026, CellKey(COUNTY, ALL, ALL, ALL))
    assert len(finer(model, whole)) == 5


def test_the_scenario_stands_beside_what_was(hand_made):
    found = facts(cell_view(hand_made(), SHORT, hand_made()))
    assert found["Gap without the scenario"] == "12 short"
