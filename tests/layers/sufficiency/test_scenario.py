"""Scenarios as records: read, checked, written again, and in an address."""

import base64
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.contracts.ehc_plans import NEED_CODES, PROVISION_CODES
from geodata.errors import UsageError
from geodata.school_years import PHASES
from layers.sufficiency.scenario import (
    BASE_CASE,
    LONGEST_TEXT,
    MOST_OPTIONS,
    scenario_from_text,
    scenario_of,
    scenario_record,
    scenario_text,
)
from layers.sufficiency.scenario_options import (
    KINDS,
    Diversion,
    IndependentAvoided,
    NewBase,
    NewSchool,
    OverNumber,
    PriceInflation,
    Ramp,
    Reform,
    Retention,
    Scenario,
    Slippage,
    kind_of,
)

SCHOOL = {"option": "new_school", "name": "North Special School", "places": {"primary": 40}, "opens": "2028-09-01"}
BASE = {"option": "new_base", "setting_urn": 900001, "places": {"primary": 8}, "opens": "2027-09-01"}

names = st.sampled_from(["North Special School", "Scheme 1", "SEMH base, phase 2", "Plan B (larger)"])
by_phase = st.sets(st.sampled_from(list(PHASES)), min_size=1).flatmap(
    lambda chosen: st.tuples(*(st.tuples(st.just(phase), st.integers(1, 2000)) for phase in PHASES if phase in chosen))
)
days = st.dates(date(2026, 1, 1), date(2040, 1, 1))
needs = st.sampled_from([*NEED_CODES, "ANY"])
years = st.integers(2026, 2040)
share = st.floats(0, 1)
where = st.one_of(
    st.fixed_dictionaries({}),
    st.fixed_dictionaries({"area": st.sampled_from(["aylesbury", "wycombe"])}),
    st.fixed_dictionaries({"postcode": st.sampled_from(["HP20 1UA", "SL1 1AA"])}),
    st.fixed_dictionaries({"easting": st.floats(1, 1e6), "northing": st.floats(1, 1e6)}),
)
schools = st.builds(
    lambda place, **known: NewSchool(**known, **place), where, name=names, places=by_phase, opens=days, need=needs
)
several = st.one_of(
    schools,
    st.builds(NewBase, st.integers(100000, 999999), by_phase, days, needs),
    st.builds(
        IndependentAvoided, st.integers(1, 500), years, st.sampled_from(["special", "base"]), st.sampled_from(["", "w"])
    ),
)
rises = st.dictionaries(st.sampled_from(list(PROVISION_CODES)), st.floats(-50, 50), min_size=1)
single = st.tuples(
    st.none() | st.builds(Diversion, share, years),
    st.none() | st.builds(Retention, share, years),
    st.none() | st.builds(Reform, share, years),
    st.none() | st.builds(Slippage, st.integers(0, 120)),
    st.none() | st.builds(OverNumber, st.booleans()),
    st.none() | st.builds(lambda found: Ramp(tuple(sorted(found))), st.lists(share, min_size=1, max_size=10)),
    st.none()
    | rises.map(lambda found: PriceInflation(tuple((key, found[key]) for key in PROVISION_CODES if key in found))),
)
scenarios = st.builds(
    lambda name, note, many, one: Scenario(name, note, (*many, *(option for option in one if option is not None))),
    names, st.sampled_from(["", "To be agreed in spring."]), st.lists(several, max_size=5), single,
)  # fmt: skip


def of(*options, **more):
    return scenario_of({"name": "Scheme 1", "options": list(options), **more})


@given(scenario=scenarios)
def test_a_record_gives_the_very_same_scenario_back(scenario):
    record = scenario_record(scenario)
    assert scenario_of(record) == scenario
    assert scenario_of(json.loads(json.dumps(record))) == scenario


@given(scenario=scenarios)
def test_an_address_gives_the_same_scenario_back_without_its_note(scenario):
    text = scenario_text(scenario)
    assert scenario_from_text(text) == replace(scenario, note="")
    assert scenario_text(scenario_from_text(text)) == text
    assert text.replace("-", "").replace("_", "").isalnum()


def test_a_record_by_hand():
    found = of(
        SCHOOL | {"need": "SEMH", "area": "aylesbury", "places": {"secondary": 60, "primary": 40}},
        BASE,
        {"option": "reform", "share": 0.3, "from_year": 2029},
    )
    assert found.options == (
        NewSchool("North Special School", (("primary", 40), ("secondary", 60)), date(2028, 9, 1), "SEMH", "aylesbury"),
        NewBase(900001, (("primary", 8),), date(2027, 9, 1)),
        Reform(0.3, 2029),
    )
    assert found.of(Reform) == (Reform(0.3, 2029),)
    assert scenario_of({"name": "Base case"}) == BASE_CASE


def test_a_reform_is_off_unless_a_scenario_has_it():
    assert not of(SCHOOL).of(Reform)


def test_every_kind_of_option_has_a_code():
    assert [kind_of(NewSchool("a", (), date(2028, 1, 1))), kind_of(OverNumber())] == ["new_school", "over_number"]
    assert len(set(KINDS.values())) == len(KINDS)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ([], "A scenario is an object"),
        ({"name": ""}, "scenario's name: it is blank"),
        ({"name": "x" * 61}, "61 characters; give at most 60"),
        ({"name": "a\u202eb"}, "control characters"),
        ({"name": "Jane Smith"}, "looks like a person's name"),
        ({"name": "Scheme 1", "note": "x" * 401}, "at most 400"),
        ({"name": "Scheme 1", "note": "for Jane Smith"}, "looks like a person's name"),
        ({"name": "Scheme 1", "colour": "red"}, "no key 'colour'. Valid: name, note, options"),
        ({"name": "Scheme 1", "options": {}}, "are a list of up to"),
        ({"name": "Scheme 1", "options": [SCHOOL] * (MOST_OPTIONS + 1)}, "are a list of up to"),
        ({"name": "Scheme 1", "options": ["school"]}, "Option 1: no kind of option 'nothing'. Valid: new_school"),
        ({"name": "Scheme 1", "options": [{"option": "magic"}]}, "no kind of option 'magic'"),
    ],
)
def test_an_unsound_record_is_refused_with_the_remedy(record, said):
    with pytest.raises(UsageError, match=said):
        scenario_of(record)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (SCHOOL | {"places": {"primary": 0}}, r"Option 1 \(new_school\), 'places', primary: 0 is out of range: give 1"),
        (SCHOOL | {"places": {"primary": -5}}, "-5 is out of range"),
        (SCHOOL | {"places": {"primary": 2.5}}, "2.5 is not a whole number"),
        (SCHOOL | {"places": {"primary": True}}, "'True' is no number"),
        (SCHOOL | {"places": {"primary": "8"}}, "'8' is no number"),
        (SCHOOL | {"places": {}}, "give places by phase"),
        (SCHOOL | {"places": {"infant": 5}}, "no phase 'infant'. Valid: early_years, primary, secondary, post_16"),
        (SCHOOL | {"need": "AUTISM"}, "'need': 'AUTISM' is not known. Valid: SPLD, .*ANY"),
        (SCHOOL | {"provision": "mainstream"}, "Valid: special"),
        (SCHOOL | {"opens": "1 September"}, "'opens': '1 September' is no date; write it as 2028-09-01"),
        (SCHOOL | {"opens": "3028-09-01"}, "the year 3028 makes no sense"),
        (SCHOOL | {"opens": 2028}, "is no date"),
        (SCHOOL | {"postcode": "Aylesbury"}, "is no postcode"),
        (SCHOOL | {"easting": 480000}, "give both or neither"),
        (SCHOOL | {"easting": 4.8e6, "northing": 2e5}, "out of range"),
        (SCHOOL | {"area": "aylesbury", "postcode": "HP20 1UA"}, "both say where it stands"),
        (SCHOOL | {"name": " "}, "'name': it is blank"),
        (SCHOOL | {"name": "Mrs Jane Smith"}, "looks like a person's name"),
        (SCHOOL | {"placess": 1}, "no key 'placess'"),
        ({key: SCHOOL[key] for key in SCHOOL if key != "opens"}, "'opens' is missing"),
        (BASE | {"setting_urn": 5}, "'setting_urn': 5 is out of range"),
        (
            {"option": "independent_avoided", "places": 5, "from_year": 2028, "into": "mainstream"},
            "Valid: special, base",
        ),
        ({"option": "independent_avoided", "places": 0, "from_year": 2028}, "0 is out of range"),
        ({"option": "diversion", "share": 1.5, "from_year": 2028}, "1.5 is no share: .*For 1.5% write 0.015"),
        ({"option": "diversion", "share": 30, "from_year": 2028}, "For 30% write 0.3"),
        ({"option": "retention", "share": -0.1, "from_year": 2028}, "-0.1 is no share: give one from 0 to 1.$"),
        ({"option": "reform", "share": float("nan"), "from_year": 2028}, "is no number"),
        ({"option": "reform", "share": 0.1}, "'from_year' is missing"),
        ({"option": "price_inflation", "percent": {"independant": 4}}, "no provision 'independant'. Valid: mainstream"),
        ({"option": "price_inflation", "percent": {"independent": 400}}, "400 is out of range"),
        ({"option": "slippage", "months": -3}, "-3 is out of range"),
        ({"option": "over_number", "on": "yes"}, "give true or false"),
        ({"option": "ramp", "shares": [-0.25, 0.5, 1]}, "A ramp of -0.25, 0.5, 1 makes no sense"),
        ({"option": "ramp", "shares": [0.5, 0.25]}, "do not fall"),
        ({"option": "ramp", "shares": []}, "A ramp of nothing"),
        ({"option": "ramp", "shares": "0.5"}, "give a list"),
    ],
)
def test_an_unsound_option_is_refused_with_key_and_remedy(option, said):
    with pytest.raises(UsageError, match=said):
        of(option)


def test_of_some_options_there_is_one():
    reform = {"option": "reform", "share": 0.1, "from_year": 2028}
    with pytest.raises(UsageError, match=r"Option 3 \(reform\): a scenario has one of this kind"):
        of(reform, SCHOOL, reform)
    assert len(of(SCHOOL, SCHOOL).options) == 2


@pytest.mark.parametrize(
    "text", ["", "%%%", "e30", "x" * (LONGEST_TEXT + 1), "W10", base64.b64encode(b"\xff\xfe").decode()]
)
def test_a_broken_address_is_refused(text):
    with pytest.raises(UsageError):
        scenario_from_text(text)


@given(scenario=scenarios, cut=st.integers(1, 30))
def test_an_address_that_was_cut_short_is_refused(scenario, cut):
    text = scenario_text(scenario)
    with pytest.raises(UsageError):
        scenario_from_text(text[:-cut])


def test_a_scenario_too_long_for_an_address_says_what_to_do():
    long = {
        **SCHOOL,
        "name": "North Special School for SEMH, site to be found " * 1,
        "places": dict.fromkeys(PHASES, 100),
    }
    with pytest.raises(UsageError, match="Save it, and share it as a file"):
        scenario_text(of(*[long] * MOST_OPTIONS))
