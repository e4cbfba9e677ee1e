"""The words of deprivation."""

from layers.registry import find_layer
from layers.table import area_table
from layers.words import count_words, rank_words, sentence


def test_grades_are_counted_and_never_ranked(subjects_store, subjects):
    table = area_table(subjects_store, find_layer("deprivation"), "lsoa")
    assert sentence(subjects_store, table) == ("2025 edition: 1 of 318 LSOAs is in the most deprived fifth of England.")
    row = table.row(subjects.a1)
    assert (rank_words(subjects_store, table, row), count_words(table, row)) == ("", "")
    assert (table.info.low_is_more, table.info.fixed_limits) == (True, (3.0, 5.0, 7.0, 9.0))


def test_a_share_of_small_areas_has_small_areas_as_its_base(subjects_store):
    table = area_table(subjects_store, find_layer("deprived_areas"), "locality")
    assert sentence(subjects_store, table) == (
        "2025 edition: 2 small areas in England's most deprived 30%, out of 318 small areas. Within Buckinghamshire 2 "
        "of 318, or 1% of small areas. By locality it runs from 0% (Chiltern & South Bucks and Wycombe) to 2% "
        "(Aylesbury)."
    )
    assert count_words(table, table.row("aylesbury")) == (
        "2 small areas in England's most deprived 30%; base 115 small areas"
    )
