"""The form of the scenario builder: fields to a scenario and back."""

import pytest

from callbacks.places_form import UNNAMED, fields_of, record_of, unshown
from geodata.errors import UsageError
from layers.sufficiency.scenario import scenario_of

WHOLE = {
    "name": "Plan A", "school1_name": "North", "school1_primary": "40", "school1_secondary": "80",
    "school1_opens": "2027-09-01", "school1_area": "aylesbury", "school1_need": "ASD",
    "base1_urn": "900201", "base1_phase": "secondary", "base1_places": "12", "base1_opens": "2028-09-01",
    "base1_need": "ANY", "avoided": "20", "avoided_from": "2028", "avoided_into": "base", "avoided_area": "wycombe",
    "diversion": "10", "diversion_from": "2027", "retention": "5", "retention_from": "2027", "reform": "20",
    "reform_on": "1", "reform_from": "2029", "price_independent": "4", "slippage": "6", "over_number": "1",
}  # fmt: skip


def test_every_field_comes_back():
    scenario = scenario_of(record_of(WHOLE))
    assert {option["option"] for option in record_of(WHOLE)["options"]} == {
        "new_school", "new_base", "independent_avoided", "diversion", "retention", "reform", "price_inflation",
        "slippage", "over_number",
    }  # fmt: skip
    back = fields_of(scenario)
    defaults = {key for key in WHOLE if key in ("name", "base1_need")}
    assert {key: value for key, value in WHOLE.items() if key not in defaults} == back
    assert scenario_of(record_of({**back, "name": "Plan A"})) == scenario


def test_an_empty_form_is_the_base_case():
    assert record_of({"school1_name": "North", "avoided": "  ", "reform": "20"}) == {"name": UNNAMED, "options": []}
    assert fields_of(None) == {}


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"avoided": "many"}, "Independent places avoided: 'many' is no number"),
     ({"base1_places": "10"}, "Base 1, school: it is blank"), ({"slippage": "x"}, "Openings slip by")],
)  # fmt: skip
def test_a_field_that_cannot_be_read_is_named(fields, said):
    with pytest.raises(UsageError, match=said):
        record_of(fields)


def test_what_the_form_has_no_room_for_is_kept():
    school = {"option": "new_school", "name": "S", "places": {"primary": 10}, "opens": "2027-09-01"}
    three = scenario_of({"name": "Three", "options": [school, school, school, {"option": "ramp", "shares": [0.5, 1]}]})
    assert unshown(three) == "2 more options of this scenario are kept."
    assert scenario_of(record_of({**fields_of(three), "name": "Three"}, three)) == three
    assert unshown(None) == ""
