"""Layers of published figures."""

import pytest

from geodata.errors import UsageError
from geodata.rates import proportion
from layers.base import CONFIDENTIAL, NO_BASE, NOT_AVAILABLE
from layers.registry import find_layer
from layers.table import area_table

KEY = "sen_support"


def store_with(store_of, subjects, *rows, **facts):
    return store_of(("indicator_values", subjects.indicators(rows), {"slot": "a", **facts}))


def test_a_share_is_the_published_count_over_its_base(subjects_store):
    row = area_table(subjects_store, find_layer(KEY), "locality").row("aylesbury")
    found = proportion(120, 1000)
    assert (row.count, row.denominator, row.value, row.lower, row.upper) == (120, 1000, 12.0, found.lower, found.upper)


def test_what_was_withheld_or_not_published_says_so(subjects_store):
    table = area_table(subjects_store, find_layer(KEY), "locality")
    assert table.row("chiltern-south-bucks").flag == CONFIDENTIAL
    assert {row.flag for row in table.rows if not row.is_area} == {NO_BASE}
    assert (table.county.flag, table.total, table.total_base) == (CONFIDENTIAL, None, None)


def test_a_layer_shows_only_the_schemes_that_the_figures_reach(subjects_store):
    layer = find_layer(KEY)
    assert layer.schemes(subjects_store) == ("locality", "county")
    with pytest.raises(UsageError, match=r"'sen_support' cannot be shown by ward\. Valid: locality, county\."):
        area_table(subjects_store, layer, "ward")


def test_figures_of_small_areas_show_on_every_scheme(store_of, subjects, areas):
    rows = [(atom, "2024-01-18", None, 2.0, 10.0, "") for atom in areas.atoms]
    store = store_with(store_of, subjects, *rows, basis="synthetic")
    layer = find_layer(KEY)
    assert layer.schemes(store) == tuple(areas.names)
    table = area_table(store, layer, "locality")
    assert [(row.count, row.value) for row in table.areas] == [(230, 20.0), (194, 20.0), (214, 20.0)]
    assert (table.total, table.county.count, table.basis) == (638, 638, ("synthetic",))
    assert (table.period.key, table.row("wycombe").count_dates) == ("2024-01-18", "2024-01-18")


def test_periods_rise(store_of, subjects):
    store = store_with(
        store_of, subjects, *((subjects.a1, year, None, 1.0, 9.0, "") for year in ("2024", "2022", "2023"))
    )
    assert [period.key for period in find_layer(KEY).periods(store)] == ["2022", "2023", "2024"]


def test_a_base_that_cannot_be_the_counts_base_gives_no_figure(store_of, subjects):
    rows = [(subjects.a1, "2024", None, 11.0, 10.0, ""), (subjects.a2, "2024", None, 0.0, 0.0, "")]
    table = area_table(store_with(store_of, subjects, *rows), find_layer(KEY), "lsoa")
    assert [table.row(code).flag for code in (subjects.a1, subjects.a2)] == [NOT_AVAILABLE, NO_BASE]


def test_figures_of_something_else_are_not_shown_and_it_is_said_what_is_lacking(store_of, subjects):
    frame = subjects.indicators([(subjects.a1, "2024", None, 1.0, 10.0, "")], name="absence")
    store = store_of(("indicator_values", frame, {"slot": "a"}))
    with pytest.raises(
        UsageError, match="indicator_values is loaded, but holds no figures of the indicator sen_support"
    ):
        area_table(store, find_layer(KEY), "locality")
