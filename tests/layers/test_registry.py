"""Every file of the catalog is a layer, and every layer keeps the same contract on every scheme."""

from itertools import pairwise
from pathlib import Path

import pytest

from geodata.areas import EXTRA_AREAS
from geodata.errors import UsageError
from geodata.profile import load_profile
from geodata.snapshot import Workspace
from geodata.store import Store
from layers import catalog
from layers.base import FLAGS, AreaRow
from layers.registry import all_layers, find_layer
from layers.table import area_table

SCHEMES = [scheme.key for scheme in load_profile().schemes]
KEYS = [layer.info.key for layer in all_layers()]
ON_EVERY_SCHEME = [pytest.param(key, scheme, id=f"{key}-{scheme}") for key in KEYS for scheme in SCHEMES]


@pytest.fixture(params=["small_store", "real_store", "dated_store"])
def store(request):
    return request.getfixturevalue(request.param)


def test_every_file_of_the_catalog_is_a_layer_of_its_name():
    files = {path.stem for path in Path(catalog.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(KEYS)
    assert len(KEYS) == len(set(KEYS))


def test_the_five_layers_stand_in_the_order_of_the_rail():
    assert KEYS == ["cme_open", "cme_new", "ehcp_prevalence", "ehcp_growth", "child_population"]


def test_a_layer_is_found_by_its_key():
    assert [find_layer(key).info.key for key in KEYS] == KEYS


def test_an_unknown_layer_is_refused_with_the_valid_ones():
    with pytest.raises(UsageError, match=r"No layer 'x'\. Valid: cme_open, cme_new, ehcp_prevalence"):
        find_layer("x")


@pytest.mark.parametrize("key", KEYS)
def test_a_layer_has_all_its_words(key):
    info = find_layer(key).info
    assert all(isinstance(text, str) and text.strip() == text != "" for text in (
        info.subject, info.title, info.plain, info.unit, info.short_unit, info.source, info.dataset, info.method,
        *info.counted,
    ))  # fmt: skip
    assert len(info.plain) <= 120
    assert info.counted[0] != info.counted[1]


@pytest.mark.parametrize("key", KEYS)
def test_a_layer_is_frozen(key):
    with pytest.raises(AttributeError):
        find_layer(key).info = None


@pytest.mark.parametrize("key", KEYS)
def test_periods_are_all_stocks_or_all_flows_unique_and_sorted_by_time(store, key):
    layer = find_layer(key)
    periods = layer.periods(store)
    assert periods
    assert {period.is_stock for period in periods} == {layer.info.is_stock}
    assert len({period.key for period in periods}) == len(periods)
    # Months come before committee years; within each kind time rises.
    kinds = [[p for p in periods if "/" in p.key], [p for p in periods if "/" not in p.key and p.start]]
    for kind in kinds:
        assert all(one.start < other.start for one, other in pairwise(kind))


@pytest.mark.parametrize(("key", "scheme"), ON_EVERY_SCHEME)
def test_the_rows_are_the_areas_by_name_then_unknown_and_outside(store, key, scheme):
    for period in find_layer(key).periods(store):
        rows = area_table(store, find_layer(key), scheme, period.key).rows
        assert [row.code for row in rows] == [*store.areas.codes(scheme), *EXTRA_AREAS]
        assert [row.is_area for row in rows] == [True] * len(store.areas.codes(scheme)) + [False, False]


@pytest.mark.parametrize("key", KEYS)
def test_in_every_period_the_counts_of_every_scheme_add_up_to_the_same_total(store, key):
    for period in find_layer(key).periods(store):
        tables = [area_table(store, find_layer(key), scheme, period.key) for scheme in SCHEMES]
        totals = {sum(row.count for row in table.rows) for table in tables}
        assert totals == {tables[0].total}
        extra = {tuple(row.count for row in table.rows if not row.is_area) for table in tables}
        assert len(extra) == 1
        county = tables[0].county
        assert {table.county for table in tables} == {county}
        assert county.count + sum(extra.pop()) == tables[0].total


def _check(row: AreaRow) -> None:
    assert (row.value is None) == bool(row.flag)
    assert row.flag in {"", *FLAGS}
    assert (row.lower is None) == (row.upper is None)
    if row.value is None:
        assert row.lower is None
    if row.lower is not None:
        assert row.lower <= row.value <= row.upper


@pytest.mark.parametrize(("key", "scheme"), ON_EVERY_SCHEME)
def test_a_row_has_a_figure_within_its_interval_or_a_flag_that_says_why_not(store, key, scheme):
    for period in find_layer(key).periods(store):
        table = area_table(store, find_layer(key), scheme, period.key)
        for row in (*table.rows, table.county):
            _check(row)
            assert row.count_dates == period.dates


@pytest.mark.parametrize("key", KEYS)
def test_the_county_as_a_scheme_is_the_county_beside_every_table(store, key):
    table = area_table(store, find_layer(key), "county")
    assert table.areas == (table.county,)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "child_population"])
def test_a_layer_without_its_dataset_has_no_periods(council, tmp_path, key):
    layer = find_layer(key)
    # The population is the exception: without an import the pack has a modelled one.
    workspace = Workspace(tmp_path)
    council.add_part(workspace, "housing", council.events(council.cases[:1]))
    store = Store(workspace.current())
    assert layer.periods(store) == ()
    with pytest.raises(UsageError, match=f"{layer.info.dataset} is not loaded"):
        area_table(store, layer, "locality")
