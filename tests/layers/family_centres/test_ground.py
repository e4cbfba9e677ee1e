"""What there is: centres open on the day of the list, buildings, and what is odd about them."""

from dataclasses import replace

import pandas as pd
import pytest

from geodata.errors import UsageError
from layers.family_centres.core import SCHOOL_AGE
from layers.family_centres.ground import BUILDINGS, CENTRES, at_one_point, ground_of, notes_of, unplaced


def buildings(rows):
    columns = ["building_id", "name", "cost", "rooms", "days", "easting", "northing", "longitude", "latitude", "atom"]
    return pd.DataFrame(rows, columns=columns).astype({"rooms": "Int64"})


def test_centres_are_those_open_on_the_day_of_the_list(subjects_store):
    ground = ground_of(subjects_store)
    assert ground.day.isoformat() == "2024-09-01"
    assert [(one.key, one.kind, len(one.days), one.area, one.placed) for one in ground.centres] == [
        ("Ash 2", "centre", 0, "wycombe", True),
        ("Beyond", "centre", 1, "outside", True),
        ("Elm", "centre", 5, "aylesbury", True),
        ("Nowhere", "centre", 1, "unknown", False),
        ("Oak", "centre_plus", 3, "aylesbury", True),
    ]


def test_small_areas_have_their_locality_and_children(subjects_store):
    ground = ground_of(subjects_store)
    assert ground.atoms == ground.points.keys == subjects_store.areas.atoms
    assert dict(ground.area_names) == dict(subjects_store.areas.names["locality"])
    assert {len(ground.areas), len(ground.deprivation), *(len(group.children) for group in ground.groups)} == {319}
    assert [group.key for group in ground.groups] == [SCHOOL_AGE]
    assert ground_of(subjects_store) is ground


def test_what_is_odd_is_named_and_not_dropped(subjects_store):
    notes = notes_of(ground_of(subjects_store))
    assert "Without coordinates, so near to nobody unless an imported matrix has the way: Nowhere (open centres)." in (
        notes
    )
    assert any(note.startswith("At one point: Ash 2, Beyond, Elm, Oak (open") for note in notes)
    assert any("those of the settings are assumed: Ash 2" in note for note in notes)
    assert notes[-1].startswith("Children aged 0 to 4 in low-income families are not counted")


def test_buildings_have_cost_rooms_and_days(store_of, subjects, council):
    rows = [
        ("B-01", "Old library", 45_000.0, 4, "mon;tue", 483_000.0, 200_800.0, -0.8, 51.7, council.wycombe),
        ("B-02", "Chapel", None, None, None, None, None, None, None, "unknown"),
    ]
    store = store_of((CENTRES, subjects.centres(), {}), (BUILDINGS, buildings(rows), {}))
    chapel, library = ground_of(store).buildings
    assert (library.key, library.kind, library.cost, library.rooms, library.days) == (
        "B-01", "building", 45_000.0, 4, ("mon", "tue"),
    )  # fmt: skip
    assert (chapel.cost, chapel.rooms, chapel.placed, chapel.area) == (None, None, False, "unknown")
    assert unplaced([chapel, library]) == (chapel,)
    assert "Without coordinates, so not to be chosen as a site: Chapel (buildings)." in notes_of(
        ground_of(store), (BUILDINGS,)
    )


def test_two_places_at_one_point_are_found_and_those_without_one_are_not(subjects_store):
    one, other, *_ = (centre for centre in ground_of(subjects_store).centres if centre.placed)
    assert at_one_point([one, other, replace(one, easting=None)]) == ((one, other),)
    assert at_one_point([one, replace(other, easting=1.0)]) == ()


def test_two_centres_with_one_identifier_are_refused(store_of, subjects):
    frame = subjects.centres().assign(centre_id="FC-1")
    with pytest.raises(UsageError, match="family_centres: FC-1 stands for several places"):
        ground_of(store_of((CENTRES, frame, {})))


def test_without_a_list_the_remedy_is_said(small_store):
    with pytest.raises(UsageError, match="family_centres is not loaded"):
        ground_of(small_store)
