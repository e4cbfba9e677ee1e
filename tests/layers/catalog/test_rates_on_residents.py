"""Home education and early help: records open on a day, per 1,000 residents of their ages."""

import pytest

from geodata.rates import rate
from layers.registry import find_layer
from layers.table import area_table
from layers.words import count_words, sentence


@pytest.mark.parametrize(
    ("key", "base", "counted"),
    [("home_education", 12_650, "2 home-educated children"), ("early_help", 20_700, "2 early help cases")],
)
def test_records_open_are_divided_by_the_residents_of_their_ages(subjects_store, key, base, counted):
    table = area_table(subjects_store, find_layer(key), "locality", "2022-07")
    row, found = table.row("aylesbury"), rate(2, base, 1000)
    assert (row.count, row.denominator) == (2, base)
    assert (row.value, row.lower, row.upper) == (found.value, found.lower, found.upper)
    assert table.basis == ("synthetic", "modelled population")
    assert count_words(table, row) == f"{counted}; base {base:,} residents (modelled), undated"
    assert sentence(subjects_store, table).startswith("On 31 July 2022: 8 ")
