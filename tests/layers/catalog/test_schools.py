"""State-funded schools by kind."""

import pytest

from layers.registry import find_layer
from layers.table import area_table
from layers.words import count_words, sentence


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("all", [3, 4, 2, 0, 1]),
        ("nursery", [0, 1, 0, 0, 0]),
        ("primary", [2, 0, 0, 0, 1]),
        ("secondary", [0, 0, 1, 0, 0]),
        ("all_through", [0, 0, 1, 0, 0]),
        ("post_16", [0, 1, 0, 0, 0]),
        ("special", [1, 0, 0, 0, 0]),
        ("alternative", [0, 1, 0, 0, 0]),
    ],
)
def test_schools_of_the_state_that_are_open_are_counted_by_kind(subjects_store, kind, expected):
    table = area_table(subjects_store, find_layer(f"schools:{kind}"), "locality")
    assert [row.count for row in table.rows] == expected


def test_every_variant_is_tested_here():
    assert len(find_layer("schools").variants) == 8


def test_the_words_are_of_schools(subjects_store):
    table = area_table(subjects_store, find_layer("schools"), "locality")
    assert sentence(subjects_store, table) == (
        "On 1 September 2024: 10 state-funded schools, 1 of them off the map. Within Buckinghamshire 9. By locality it "
        "runs from 2 (Wycombe) to 4 (Chiltern & South Bucks)."
    )
    assert count_words(table, table.row("wycombe")) == ""


def test_only_schools_in_use_are_said_to_lack_a_type(store_of, subjects):
    frame = subjects.schools()
    table = area_table(store_of(("schools", frame, {})), find_layer("schools"), "county")
    assert table.basis == ("1 not counted: no type stated",)
    # A school that has closed is not counted whatever its type, so a blank one leaves nothing out.
    closed = frame["name"].isin(["Gone", "Gone too", "Planned"])
    frame = frame.assign(type=frame["type"].mask(closed))
    table = area_table(store_of(("schools", frame, {})), find_layer("schools"), "county")
    assert (table.total, table.basis) == (10, ("1 not counted: no type stated",))
