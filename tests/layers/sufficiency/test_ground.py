"""What a scenario is held against."""

from datetime import date

import pytest

from geodata.errors import UsageError
from layers.sufficiency.ground import Ground, Site, check_scenario, ground_of
from layers.sufficiency.scenario_options import (
    Diversion,
    IndependentAvoided,
    NewBase,
    NewSchool,
    Reform,
    Retention,
    Scenario,
    Slippage,
)

AREAS = {"a": "North", "b": "South"}
GROUND = Ground(
    tuple(range(2026, 2037)),
    AREAS,
    {900001: Site("Oak Primary School", "a", 1000.0, 2000.0)},
    {"HP20 1UA": Site("", "b", 5000.0, 6000.0)}.get,
    lambda easting, _northing: "a" if easting < 4000 else "outside",
)
PLACES = (("primary", 8),)
IN_TIME = date(2027, 9, 1)


def check(*options):
    check_scenario(Scenario("Scheme", "", options), GROUND)


def test_a_sound_scenario_is_taken():
    check(
        NewSchool("N", PLACES, IN_TIME, area="a"), NewSchool("N", PLACES, IN_TIME, postcode="HP20 1UA"),
        NewSchool("N", PLACES, IN_TIME), NewBase(900001, PLACES, date(2026, 1, 16)),
        IndependentAvoided(5, 2027, area="b"), Diversion(0.1, 2027), Retention(0.1, 2036), Reform(0.1, 2030),
    )  # fmt: skip


def test_an_opening_in_the_past_is_said_plainly():
    # The January census of 2026 is on the third Thursday, the 15th.
    with pytest.raises(
        UsageError, match=r"Option 1 \(new_base\), 'opens': 15 January 2026 lies in the past.*list of pro"
    ):
        check(NewBase(900001, PLACES, date(2026, 1, 15)))


def test_an_opening_after_the_forecast_would_change_nothing():
    with pytest.raises(UsageError, match="the forecast ends with 17 January 2036"):
        check(NewSchool("N", PLACES, date(2036, 9, 1)))
    with pytest.raises(UsageError, match="slips by 12 months"):
        check(NewSchool("N", PLACES, date(2035, 9, 1)), Slippage(12))


@pytest.mark.parametrize("option", [Diversion(0.1, 2026), Retention(0.1, 2020), Reform(0.1, 2025)])
def test_a_year_in_the_past_is_refused(option):
    with pytest.raises(UsageError, match="lies in the past: give a January census of the forecast, 2027 to 2036"):
        check(option)


def test_a_year_after_the_forecast_is_refused():
    with pytest.raises(UsageError, match="'from_year': 2037: give"):
        check(IndependentAvoided(5, 2037))


@pytest.mark.parametrize("option", [NewSchool("N", PLACES, IN_TIME, area="c"), IndependentAvoided(5, 2028, area="c")])
def test_an_unknown_area_is_refused_with_the_valid_ones(option):
    with pytest.raises(UsageError, match=r"no area 'c'. Valid: a \(North\), b \(South\)"):
        check(option)


def test_a_base_needs_a_school_that_is_loaded():
    with pytest.raises(UsageError, match=r"number 900002 is loaded.*900001 \(Oak Primary School\)"):
        check(NewBase(900002, PLACES, IN_TIME))


def test_an_unknown_postcode_is_refused():
    with pytest.raises(UsageError, match="ZZ1 1ZZ is not among the postcodes"):
        check(NewSchool("N", PLACES, IN_TIME, postcode="ZZ1 1ZZ"))


def test_the_number_of_the_option_is_named():
    with pytest.raises(UsageError, match="Option 2"):
        check(Slippage(3), Reform(0.1, 2020))


@pytest.mark.parametrize(
    ("option", "site"),
    [
        (NewBase(900001, PLACES, IN_TIME), Site("Oak Primary School", "a", 1000.0, 2000.0)),
        (NewSchool("N", PLACES, IN_TIME, area="b"), Site("N", "b")),
        (NewSchool("N", PLACES, IN_TIME), Site("N", "unknown")),
        (NewSchool("N", PLACES, IN_TIME, postcode="HP20 1UA"), Site("", "b", 5000.0, 6000.0)),
        (NewSchool("N", PLACES, IN_TIME, easting=1.0, northing=2.0), Site("N", "a", 1.0, 2.0)),
        (NewSchool("N", PLACES, IN_TIME, easting=9e5, northing=2.0), Site("N", "outside", 9e5, 2.0)),
    ],
)
def test_where_a_scheme_stands(option, site):
    assert GROUND.site(option) == site


def test_the_ground_of_a_snapshot(demo_store):
    found = ground_of(demo_store, (2026, 2027))
    assert list(found.areas) == ["aylesbury", "chiltern-south-bucks", "wycombe"]
    assert found.schools[900601].area in found.areas
    assert found.schools[900601].easting > 0
    # HP20 1UA is the council's own postcode, in Aylesbury; AL3 8AA lies beyond the county.
    site = found.site_of_postcode("HP20 1UA")
    assert site.area == "aylesbury"
    assert found.area_of_point(site.easting, site.northing) == "aylesbury"
    assert found.site_of_postcode("AL3 8AA").area == "outside"
    assert found.site_of_postcode("ZZ1 1ZZ") is None
    assert found.area_of_point(100_000.0, 20_000.0) == "outside"


def test_without_lists_there_are_no_schools(small_store):
    assert ground_of(small_store, (2022,)).schools == {}
