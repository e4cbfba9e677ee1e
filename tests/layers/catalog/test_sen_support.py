"""Pupils with SEN support."""

from layers.registry import find_layer
from layers.table import area_table
from layers.words import count_words, sentence


def test_a_total_with_a_part_missing_is_not_said(subjects_store):
    table = area_table(subjects_store, find_layer("sen_support"), "locality")
    assert sentence(subjects_store, table) == (
        "In 2023/24: no total, as the count of some areas is missing. Withheld to protect children. By locality it "
        "runs from 10.0% (Wycombe) to 12.0% (Aylesbury); even these two intervals overlap."
    )
    assert count_words(table, table.row("wycombe")) == "90 pupils with SEN support; base 900 pupils"


def test_a_whole_one_is(store_of, subjects, areas):
    rows = [(atom, "2024", None, 2.0, 10.0, "") for atom in areas.atoms]
    store = store_of(("indicator_values", subjects.indicators(rows), {"slot": "a"}))
    table = area_table(store, find_layer("sen_support"), "locality")
    assert sentence(store, table) == (
        "In 2024: 638 pupils with SEN support. Within Buckinghamshire 638, or 20.0% of pupils (95% interval 18.6% to "
        "21.4%). Every locality shows the same figure, 20.0%."
    )
