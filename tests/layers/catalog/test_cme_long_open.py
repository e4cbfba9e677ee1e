"""Cases open for 12 months and more."""

from datetime import date

import pytest

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.registry import find_layer
from layers.table import area_table
from layers.words import count_words, sentence

LAYER = find_layer("cme_long_open")


@pytest.mark.parametrize(
    ("started", "ended", "count"),
    [
        (date(2021, 7, 31), None, 1),  # twelve months to the day
        (date(2021, 8, 1), None, 0),
        (date(2020, 1, 1), date(2022, 8, 1), 1),
        (date(2020, 1, 1), date(2022, 7, 31), 0),  # closed that day: not open at the end of it
    ],
)
def test_a_case_is_long_open_from_twelve_months_to_the_day(council, tmp_path, started, ended, count):
    cases = [("a", council.wycombe, started, ended), ("b", council.wycombe, date(2022, 7, 1), None)]
    workspace = Workspace(tmp_path)
    council.add_part(workspace, "cme_involvements", council.events(cases), covers_from=date(2021, 8, 31),
                     covers_to=date(2022, 7, 31))  # fmt: skip
    row = area_table(Store(workspace.current()), LAYER, "locality").row("wycombe")
    assert (row.count, row.denominator) == (count, 1 + (ended is None or ended > date(2022, 7, 31)))


def test_the_sentence_says_how_many_of_how_many_and_never_speaks_of_residents(small_store):
    table = area_table(small_store, LAYER, "locality", "2022-06")
    assert sentence(small_store, table) == (
        "On 30 June 2022: 1 case open for 12 months or more, out of 8 open cases. Within Buckinghamshire 1 of 5, or "
        "20.0% of open cases (95% interval 3.6% to 62.4%). By locality it runs from 0.0% (Chiltern & South Bucks and "
        "Wycombe) to 50.0% (Aylesbury); even these two intervals overlap."
    )
    assert count_words(table, table.row("chiltern-south-bucks")) == (
        "0 cases open for 12 months or more; base 1 open case"
    )
    assert table.basis == ("synthetic",)
