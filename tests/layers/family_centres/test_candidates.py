from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geodata.errors import InputError, UsageError
from geodata.travel import Points
from layers.family_centres.candidates import candidates, named, require_apart, require_enough, require_places
from layers.family_centres.core import Centre, Ground

HALL = Centre("B-1", "Hall", "building", ("mon",), 100.0, 100.0, None, None, "north", 10.0, 2)
BARN = Centre("B-2", "Barn", "building", (), 200.0, 100.0, None, None, "north")
CENTRE = Centre("C-1", "Old centre", "centre", (), 300.0, 100.0, None, None, "south")


def ground(*buildings):
    return Ground(
        date(2026, 1, 1), ("E1", "E2"), ("north", "south"), (("north", "North"), ("south", "South")),
        Points(("E1", "E2"), np.array([1.0, np.nan]), np.array([2.0, np.nan])), (), (None, None), "",
        (CENTRE,), buildings,
    )  # fmt: skip


def test_buildings_but_those_that_a_centre_moves_to():
    assert candidates(ground(HALL, BARN), False) == (HALL, BARN)
    assert candidates(ground(HALL, BARN), False, ("B-1",)) == (BARN,)


@pytest.mark.parametrize(("buildings", "search"), [((), False), ((), True), ((HALL,), True)])
def test_areas_of_search_where_asked_for_or_nothing_else_is_there(buildings, search):
    (found,) = candidates(ground(*buildings), search)  # the second small area has no place on the map
    assert (found.key, found.kind, found.area) == ("E1", "area_of_search", "north")
    assert (found.easting, found.cost, found.rooms) == (1.0, None, None)


def test_places_are_found_by_key_and_others_are_refused_with_the_valid_ones():
    assert named((HALL, BARN), ("B-2", "B-1"), "building") == (BARN, HALL)
    with pytest.raises(UsageError, match=r"No open centre 'C-9'\. Valid: C-1 \(Old centre\)\."):
        named((CENTRE,), ("C-9",), "open centre")
    with pytest.raises(UsageError, match="none is loaded"):
        named((), ("C-9",), "building")
    with pytest.raises(UsageError, match="'C-1' is named 2 times"):
        named((CENTRE,), ("C-1", "C-1"), "open centre")


def test_a_site_without_a_place_is_refused_by_name_unless_its_journeys_are_measured():
    lost = replace(BARN, easting=None)
    with pytest.raises(InputError, match=r"Without a place on the map .*: Barn \(B-2\)\. Give each"):
        require_places((CENTRE,), (HALL, lost), {})
    with pytest.raises(InputError, match=r"Old centre \(C-1\)"):
        require_places((replace(CENTRE, northing=None),), (HALL,), {})
    require_places((CENTRE,), (HALL, lost), {"building:B-2": True})


def test_the_words_of_a_refusal_fit_the_page_as_well_as_the_command():
    with pytest.raises(InputError) as refused:
        require_places((replace(CENTRE, northing=None),), (HALL,), {})
    assert "leave it out: a centre by closing it, a building by taking it off the list" in str(refused.value)
    assert "--" not in str(refused.value)


def test_two_sites_at_one_point_are_refused_by_name():
    with pytest.raises(InputError, match=r"Two sites at one point .*: Hall \(B-1\), Barn \(B-2\)"):
        require_places((), (HALL, replace(BARN, easting=100.0)), {})
    with pytest.raises(InputError, match=r"Old centre \(C-1\), Hall \(B-1\)"):
        require_places((CENTRE,), (replace(HALL, easting=300.0),), {})


def test_two_centres_at_one_point_are_refused_by_name_as_any_two_sites_are():
    twin = replace(CENTRE, key="C-2", name="Twin")
    with pytest.raises(InputError, match=r"Two sites at one point .*: Old centre \(C-1\), Twin \(C-2\)\. Correct the"):
        require_places((CENTRE, twin), (HALL,), {})
    with pytest.raises(InputError, match="Two sites at one point"):
        require_apart((CENTRE, twin))
    require_apart((CENTRE, replace(twin, easting=None), replace(twin, easting=1.0)))


def test_an_area_of_search_may_lie_where_a_centre_is():
    (area,) = candidates(ground(), True)
    require_places((CENTRE, replace(CENTRE, key="C-2", easting=1.0, northing=2.0)), (area,), {})


def test_no_more_than_there_are():
    require_enough(2, (HALL, BARN))
    with pytest.raises(
        UsageError, match=r"3 sites cannot be added: there are 2 buildings .*: Hall \(B-1\), Barn \(B-2\)"
    ):
        require_enough(3, (HALL, BARN))
    with pytest.raises(UsageError, match="there are 1 areas of search"):
        require_enough(2, candidates(ground(), True))
    with pytest.raises(UsageError, match="-1 sites"):
        require_enough(-1, (HALL,))
