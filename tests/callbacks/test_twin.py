"""The table twin holds what the map shows, written out."""

import pytest

from callbacks.state import MapState
from callbacks.twin import table_twin
from callbacks.view import map_view
from layers.registry import all_layers, find_layer

KEYS = [layer.info.key for layer in all_layers()]


def test_the_twin_of_the_localities_is_as_counted_by_hand(small_figures):
    twin = table_twin(small_figures, MapState("cme_open", "locality", "2022-07-31"))
    nowhere = "No rate: these children live in none of the areas"
    assert twin["caption"] == "Children missing education: Open cases, by locality, 31 July 2022"
    assert twin["head"] == ["Locality", "Open cases", "Base", "per 1,000 aged 5\u201315", "95% interval", "Note"]
    assert twin["rows"] == [
        ["aylesbury", "Aylesbury", "2", "12,650", "0.2", "0.0 to 0.6", ""],
        ["chiltern-south-bucks", "Chiltern & South Bucks", "1", "10,670", "0.1", "0.0 to 0.5", ""],
        ["wycombe", "Wycombe", "2", "11,770", "0.2", "0.0 to 0.6", ""],
    ]
    assert twin["foot"] == [
        ["unknown", "Address unknown or withheld", "2", "", "\u2013", "", nowhere],
        ["outside", "Outside the county", "1", "", "\u2013", "", nowhere],
        ["E06000060", "Buckinghamshire", "5", "35,090", "0.1", "0.0 to 0.3", ""],
        ["", "Total", "8", "", "", "", ""],
    ]
    assert twin["tags"] == ["synthetic", "modelled population"]


def schemes_of(figures, key):
    """Return the newest period of a layer, with each scheme it comes in."""
    layer = find_layer(key)
    return [(scheme, layer.periods(figures.store)[-1].key) for scheme in layer.schemes(figures.store)]


def test_a_row_has_a_cell_for_its_code_and_for_every_heading(subjects_figures):
    for key in KEYS:
        twin = table_twin(subjects_figures, MapState(key, *schemes_of(subjects_figures, key)[-1]))
        for row in (*twin["rows"], *twin["foot"]):
            assert len(row) == len(twin["head"]) + 1
            assert all(isinstance(cell, str) for cell in row)


def test_the_county_as_a_scheme_is_not_listed_twice(small_figures):
    twin = table_twin(small_figures, MapState("cme_open", "county", "2022-07-31"))
    assert [row[0] for row in twin["rows"]] == ["E06000060"]
    assert [row[0] for row in twin["foot"]] == ["unknown", "outside", ""]


def test_a_layer_without_a_base_has_no_headings_for_it(small_figures):
    twin = table_twin(small_figures, MapState("child_population", "locality", "undated"))
    assert twin["head"] == ["Locality", "Residents aged 0 to 17", "", "aged 0\u201317", "", "Note"]


def test_where_rates_are_withheld_the_twin_says_why_in_every_row(real_figures):
    twin = table_twin(real_figures, MapState("cme_open", "ward", "2022-07-31"))
    for row in twin["rows"]:
        assert row[3:6] == ["", "\u2013", ""]
        assert row[6].startswith("Rate withheld: the population of small areas is modelled")


@pytest.mark.parametrize("key", KEYS)
def test_map_and_twin_show_the_same_figures_in_the_same_order(subjects_figures, key):
    for scheme, period in schemes_of(subjects_figures, key):
        state = MapState(key, scheme, period)
        view, twin = map_view(subjects_figures, state), table_twin(subjects_figures, state)
        shown = ["\u2013" if value == "" else value for value in view["values"].split("|")]
        assert [row[4] for row in twin["rows"]] == shown
        assert [row[0] for row in twin["rows"]] == list(subjects_figures.store.areas.codes(scheme))
        assert [row[2] for row in twin["foot"]][:2] == view["extra"]
        assert twin["foot"][-1][2] == view["total"]
