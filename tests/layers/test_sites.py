"""Places on a list: open on a day, in an area, counted."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from geodata.errors import UsageError
from geodata.periods import UNDATED, stock
from layers.registry import find_layer
from layers.sites import area_of, by_area, is_open, list_day, list_period, open_places
from layers.table import area_table

DAY = date(2024, 9, 1)


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        (None, None, True),
        (DAY, None, True),
        (date(2024, 9, 2), None, False),
        (None, DAY, False),  # the day it closes no longer belongs to it
        (None, date(2024, 9, 2), True),
        (date(2030, 1, 1), date(2031, 1, 1), False),
    ],
)
def test_a_place_is_open_from_its_first_day_until_the_day_before_it_closes(opened, closed, expected):
    assert is_open({"opened": opened, "closed": closed}, DAY) is expected


def test_a_list_without_such_columns_is_of_open_places():
    assert is_open({"name": "Site"}, DAY)


def test_a_list_has_the_day_given_at_its_import(subjects_store):
    assert list_period(subjects_store, "family_centres") == (stock(DAY),)
    assert list_day(subjects_store.part("family_centres")) == DAY
    assert list_period(subjects_store, "not_loaded") == ()


def test_without_a_day_a_list_is_undated_and_the_day_of_its_import_decides(store_of, subjects):
    store = store_of(("family_centres", subjects.centres(), {}))
    part = store.part("family_centres")
    assert list_period(store, "family_centres") == (UNDATED,)
    assert list_day(part) == part.imported_at.date()
    # Whatever day this runs from 2024 to 2029: "Shut today" is shut, "Opens tomorrow" open.
    names = {row["name"] for row in open_places(store, "family_centres")[1]}
    assert names == {"Oak", "Elm", "Ash 2", "Opens tomorrow", "Nowhere", "Beyond"}
    table = area_table(store, find_layer("family_centres"), "locality")
    assert (table.period.key, table.total, table.rows[0].count_dates) == ("undated", 6, "undated")


def test_a_list_that_is_not_loaded_is_said_to_be_so(small_store):
    with pytest.raises(UsageError, match="schools is not loaded"):
        open_places(small_store, "schools")


def test_a_place_lies_in_the_area_of_its_small_area(subjects_store, subjects):
    found = [area_of(subjects_store, "locality", {"atom": atom}) for atom in (subjects.a1, subjects.wycombe)]
    assert found == ["aylesbury", "wycombe"]
    assert area_of(subjects_store, "lsoa", {"atom": subjects.a1}) == subjects.a1


@pytest.mark.parametrize(
    ("atom", "expected"),
    [("outside", "outside"), ("unknown", "unknown"), ("withheld", "unknown"), (None, "unknown"), ("E99", "unknown")],
)
def test_a_place_without_an_area_has_a_row_of_its_own(subjects_store, atom, expected):
    assert area_of(subjects_store, "ward", {"atom": atom}) == expected


def test_where_outlines_cut_atoms_the_point_of_the_place_decides(areas, subjects):
    cut = replace(areas, shares={"ward": [(subjects.a1, "E05W1", 0.5), (subjects.a1, "E05W2", 0.5)]},
                  names={**areas.names, "ward": {"E05W1": "One", "E05W2": "Two"}},
                  of_atom={**areas.of_atom, "ward": dict.fromkeys(areas.atoms, "E05W1")})  # fmt: skip
    store = SimpleNamespace(areas=cut)
    places = [{"atom": subjects.a1, "in_ward": place} for place in ("E05W2", "outside", "unknown", None)]
    assert [area_of(store, "ward", place) for place in places] == ["E05W2", "outside", "unknown", "E05W1"]
    assert area_of(store, "locality", places[0]) == "aylesbury"


def test_amounts_are_summed_by_area(subjects_store, subjects):
    amounts = [({"atom": subjects.a1}, 3), ({"atom": subjects.a2}, 4), ({"atom": "outside"}, 1)]
    assert by_area(subjects_store, "locality", amounts) == {"aylesbury": 7, "outside": 1}


def test_a_count_of_places_has_no_base_and_no_interval_and_adds_up(subjects_store):
    table = area_table(subjects_store, find_layer("family_centres"), "locality")
    assert [(row.code, row.count, row.value) for row in table.rows] == [
        ("aylesbury", 2, 2.0), ("chiltern-south-bucks", 0, 0.0), ("wycombe", 1, 1.0), ("unknown", 1, 1.0),
        ("outside", 1, 1.0),
    ]  # fmt: skip
    assert {(row.denominator, row.lower, row.upper, row.flag) for row in table.rows} == {(None, None, None, "")}
    assert (table.total, table.county.count, table.basis) == (5, 3, ("illustrative",))


def test_places_that_cannot_be_told_what_they_are_are_said_to_be_left_out(subjects_store):
    table = area_table(subjects_store, find_layer("schools"), "ward")
    assert table.basis == ("1 not counted: no type stated", "approximate areas")
