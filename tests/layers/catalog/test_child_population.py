"""Residents in whole persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.catalog.child_population import whole_persons
from layers.format import round_half_up
from layers.registry import find_layer
from layers.table import area_table


@pytest.mark.parametrize(
    ("persons", "expected"),
    [
        ({"a": 3.0, "b": 4.0}, {"a": 3, "b": 4}),
        # 10.0 in all: each rounded by itself would come to 4 + 4 + 3 = 11.
        ({"a": 3.5, "b": 3.5, "c": 3.0}, {"a": 4, "b": 3, "c": 3}),
        # 7.2 in all, so 7; the largest part is that of c.
        ({"a": 2.4, "b": 2.3, "c": 2.5}, {"a": 2, "b": 2, "c": 3}),
        ({"a": 2.5}, {"a": 3}),
        ({}, {}),
    ],
)
def test_the_largest_parts_of_a_person_are_rounded_up(persons, expected):
    assert whole_persons(persons) == expected


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 5000), max_size=40))
def test_whole_persons_add_up_and_none_is_a_person_off(persons):
    found = whole_persons(persons)
    assert sum(found.values()) == round_half_up(sum(persons.values()))
    assert all(abs(found[code] - number) < 1 + 1e-6 for code, number in persons.items())


def test_residents_that_were_shared_out_have_one_total_in_every_scheme(store_of, council):
    # 10.3 of each of 18 ages are 185.4 in one of 319 LSOAs: 59,142.6 in all. 319 times 185 would be 59,015.
    store = store_of(("population", council.population(10.3), {"basis": "real", "reference_date": council.dated}))
    layer = find_layer("child_population")
    tables = [area_table(store, layer, scheme) for scheme in layer.schemes(store)]
    assert {(table.total, table.county.count, table.county.value) for table in tables} == {(59_143, 59_143, 59_143.0)}
    for table in tables:
        assert sum(row.count for row in table.areas) == sum(row.value for row in table.areas) == 59_143
    # One area asked for by itself, as a card does, is what it is in the table.
    for row in area_table(store, layer, "lsoa").areas[:20]:
        assert layer.rows(store, "lsoa", [(row.code, row.name)], layer.periods(store)[0]) == (row,)
