"""Points: places by name and kind, and never a number of children."""

import re
from dataclasses import fields

import pytest

from geodata.contracts import CONTRACTS
from geodata.errors import UsageError
from layers.points import Point, all_point_sets, find_point_set
from layers.registry import find_layer
from layers.sites import area_of
from layers.table import area_table

KEYS = [one.key for one in all_point_sets()]
DIGIT = re.compile(r"\d")


def test_every_file_of_the_point_catalog_is_a_set():
    assert KEYS == ["family_centres", "schools"]


def test_an_unknown_set_is_refused_with_the_valid_ones():
    with pytest.raises(UsageError, match=r"No point set 'x'\. Valid: family_centres, schools\."):
        find_point_set("x")


@pytest.mark.parametrize("key", KEYS)
def test_a_set_has_its_words_and_is_of_places_and_not_of_people(key):
    found = find_point_set(key)
    assert all((found.title, found.plain, found.dataset))
    assert len(dict(found.kinds)) == len(found.kinds) > 1
    assert CONTRACTS[found.dataset].shape == "sites"
    assert not CONTRACTS[found.dataset].personal


@pytest.mark.parametrize("key", KEYS)
def test_every_point_is_of_a_kind_of_the_legend_and_on_the_map(subjects_store, key):
    found = find_point_set(key)
    points = found.points(subjects_store)
    assert points
    assert {point.kind for point in points} <= set(dict(found.kinds))
    assert all(-9 < point.longitude < 3 and 49 < point.latitude < 61 for point in points)
    assert [point.name for point in points] == sorted(point.name for point in points)


@pytest.mark.parametrize("key", KEYS)
def test_a_set_whose_list_is_not_loaded_has_no_points(small_store, key):
    assert find_point_set(key).points(small_store) == ()
    assert find_point_set(key).basis(small_store) == ()


def test_a_point_has_nothing_that_could_hold_a_number_of_children():
    assert [field.name for field in fields(Point)] == ["latitude", "longitude", "name", "kind", "facts"]


def everything(contract):
    """Yield rows with every code of a list, and a telling number in every column that could hold a count."""
    base = {column.key: 987654 for column in contract.columns if column.kind in ("whole", "number", "urn")}
    base["name"] = "School 7"
    coded = [column for column in contract.columns if column.kind in ("code", "codes")]
    first = {column.key: next(iter(column.codes)) for column in coded}
    for column in coded:
        yield from (base | first | {column.key: code} for code in column.codes)
    yield base | first | {column.key: ";".join(column.codes) for column in coded if column.kind == "codes"}


@pytest.mark.parametrize("key", KEYS)
def test_no_fact_of_a_point_holds_a_digit(subjects_store, key):
    found = find_point_set(key)
    for point in found.points(subjects_store):
        assert not any(DIGIT.search(fact) for fact in point.facts)
    # Nor whatever a row of the list may say.
    rows = [row for row in everything(CONTRACTS[found.dataset]) if found.kind_of(row)]
    assert rows
    assert not any(DIGIT.search(fact) for row in rows for fact in found.facts_of(row))
    assert not any(DIGIT.search(words) for _, words in found.kinds)


@pytest.mark.parametrize(("key", "left_out"), [("family_centres", ()), ("schools", ("independent_special",))])
def test_the_points_are_those_that_the_layer_counts(subjects_store, key, left_out):
    table = area_table(subjects_store, find_layer(key), "locality")
    assert find_layer(key).info.points == key
    points = [point for point in find_point_set(key).points(subjects_store) if point.kind not in left_out]
    names = {point.name for point in points}
    rows = [row for row in subjects_store.rows_of(key) if row["name"] in names]
    counted = {row.code: 0 for row in table.areas}
    for row in rows:
        counted[area_of(subjects_store, "locality", row)] += 1
    assert counted == {row.code: row.count for row in table.areas}


def test_a_place_without_a_point_or_outside_the_county_is_left_out(subjects_store):
    names = [point.name for point in find_point_set("family_centres").points(subjects_store)]
    assert names == ["Ash 2", "Elm", "Oak"]
    assert "Across the border" not in [point.name for point in find_point_set("schools").points(subjects_store)]


def test_a_set_says_that_its_places_are_made_up(subjects_store):
    assert find_point_set("family_centres").basis(subjects_store) == ("illustrative",)
    assert find_point_set("schools").basis(subjects_store) == ()


def test_a_coordinate_that_is_not_a_number_is_none(store_of, subjects):
    frame = subjects.centres()
    frame["latitude"] = float("nan")
    assert find_point_set("family_centres").points(store_of(("family_centres", frame, {}))) == ()
