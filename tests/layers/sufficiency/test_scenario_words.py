"""Scenarios in plain English."""

from datetime import date

from layers.sufficiency.scenario_options import (
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
)
from layers.sufficiency.scenario_words import sentence

NAMES = {"aylesbury": "Aylesbury", "900001": "Oak Primary School"}


def said(*options):
    return sentence(Scenario("x", "", options), NAMES)


def test_the_base_case_says_so():
    assert said() == "Nothing is added or changed: the base case."


def test_places_are_said_with_phase_need_place_and_day():
    places = (("primary", 40), ("secondary", 60))
    assert said(NewSchool("North School", places, date(2028, 9, 1), "SEMH", "aylesbury")) == (
        "A new special school, North School, in Aylesbury, with 40 primary and 60 secondary places for social, "
        "emotional and mental health from 1 September 2028."
    )
    assert "at HP20 1UA," in said(NewSchool("N", places, date(2028, 9, 1), postcode="HP20 1UA"))
    assert "at grid point 480000, 213000," in said(
        NewSchool("N", places, date(2028, 9, 1), easting=48e4, northing=213e3)
    )
    assert "at a place not yet known, " in said(NewSchool("N", places, date(2028, 9, 1)))
    assert said(NewBase(900001, (("primary", 1),), date(2027, 9, 1))) == (
        "A new base at Oak Primary School with 1 primary place for any need from 1 September 2027."
    )
    assert "at school 900002 " in said(NewBase(900002, places, date(2027, 9, 1)))


def test_every_other_option_has_its_words():
    assert said(IndependentAvoided(1, 2028), IndependentAvoided(1200, 2029, "base", "aylesbury")) == (
        "1 child fewer in independent or non-maintained special schools from January 2028, in special schools instead. "
        "1,200 children of Aylesbury fewer in independent or non-maintained special schools from January 2029, in "
        "bases in mainstream schools instead."
    )
    assert said(Diversion(0.3, 2028)).startswith("From January 2028 30% of the children who would enter")
    assert said(Retention(0.145, 2028)).startswith("From January 2028 14.5% of the moves out of mainstream")
    assert said(PriceInflation((("special", 3.0), ("independent", 4.5)))) == (
        "Prices rise by 3% a year for special school and 4.5% a year for independent or non-maintained special school."
    )
    assert said(Reform(0.1, 2029)) == "A reform leaves out 10% of new plans from January 2029 (assumed)."
    assert said(Slippage(1), OverNumber(), OverNumber(False)) == (
        "Every planned scheme opens 1 month late. Settings admit above their places. No setting admits above "
        "its places."
    )
    assert said(Ramp((0.25, 0.5, 1.0))) == "New places fill up by 25%, 50% and 100% in their first school years."
