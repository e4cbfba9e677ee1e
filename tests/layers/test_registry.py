"""Every file of the catalog is a layer, and every layer keeps the same contract on every scheme it can show."""

import dataclasses
from itertools import pairwise
from pathlib import Path

import pytest

from geodata.areas import EXTRA_AREAS
from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers import catalog
from layers.base import FLAGS, AreaRow
from layers.points import all_point_sets
from layers.registry import all_layers, find_layer, layer_in, shown_layers, shown_variants, split_key
from layers.table import area_table

DEFAULTS = [layer.info.key for layer in all_layers()]
KEYS = [
    key
    for layer in all_layers()
    for family, _ in [split_key(layer.info.key)]
    for key in ([f"{family}:{code}" for code in layer.variants] or [layer.info.key])
]
"""Every layer and every variant."""

CME = ["cme_open", "cme_open_smoothed", "cme_long_open", "cme_new", "cme_new_smoothed", "cme_closed_soon"]
COUNTED = [*CME, "ehcp_prevalence", "ehcp_growth", "ehcp_need:ASD",
           "child_population"]  # fmt: skip
"""What the small council has."""

LOADED = [
    *CME, "home_education", "ehcp_prevalence", "ehcp_growth", "ehcp_need:ASD",
    "sen_support", "specialist_places", "early_help", "family_centres", "far_from_centre:bus",
    "child_population", "housing", "schools:all",
    "deprivation:2025-imd", "deprived_areas:2025-imd",
]  # fmt: skip
ON_STORES = [
    # Over real people nothing is smoothed on a population that is only modelled.
    *(("real_store", key) for key in COUNTED if not key.endswith("_smoothed")),
    *(("dated_store", key) for key in COUNTED),
    *(("subjects_store", key) for key in LOADED),
]


@pytest.fixture(params=ON_STORES, ids="-".join)
def shown(request):
    """A store and one of the layers that it can show."""
    store, key = request.param
    return request.getfixturevalue(store), find_layer(key)


def tables(store, layer):
    """Return the tables of a layer by every scheme it can show, in every period."""
    for period in layer.periods(store):
        for scheme in layer.schemes(store):
            yield area_table(store, layer, scheme, period.key)


def test_every_file_of_the_catalog_is_a_layer_of_its_name():
    files = {path.stem for path in Path(catalog.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {split_key(key)[0] for key in DEFAULTS}
    assert len(KEYS) == len(set(KEYS))


def test_the_layers_stand_in_the_order_of_the_rail():
    assert DEFAULTS == LOADED
    subjects = [layer.info.subject for layer in all_layers()]
    assert len({*subjects}) == sum(one != other for one, other in pairwise([*subjects, ""]))  # each stands together


@pytest.mark.parametrize("key", KEYS)
def test_a_layer_is_found_by_its_key(key):
    assert find_layer(key).info.key == key


@pytest.mark.parametrize("key", DEFAULTS)
def test_the_key_without_a_variant_finds_the_default_one(key):
    assert find_layer(split_key(key)[0]) is find_layer(key)


@pytest.mark.parametrize("key", KEYS)
def test_a_variant_knows_all_of_them_and_the_chooser_has_a_label(key):
    layer, (family, code) = find_layer(key), split_key(key)
    assert (code in layer.variants) == bool(code)
    assert bool(layer.info.choice) == bool(layer.variants)
    assert all(layer.variants.values())
    assert all(find_layer(f"{family}:{other}").variants == layer.variants for other in layer.variants)


def test_an_unknown_layer_is_refused_with_the_valid_ones():
    with pytest.raises(UsageError, match=r"No layer 'x'\. Valid: cme_open, .*ehcp_need, .*deprived_areas\."):
        find_layer("x")
    with pytest.raises(UsageError, match=r"No layer 'ehcp_need:X'\. Valid: ehcp_need:SPLD, ehcp_need:MLD"):
        find_layer("ehcp_need:X")
    with pytest.raises(UsageError, match=r"No layer 'cme_open:X'\. Valid: cme_open\."):
        find_layer("cme_open:X")
    with pytest.raises(UsageError, match=r"No layer 'ehcp_need:'"):
        find_layer("ehcp_need:")


def test_only_variants_with_something_to_show_are_offered(subjects_store):
    assert shown_variants(subjects_store, "deprivation") == {"2025-imd": "Index of multiple deprivation (2025)"}
    assert shown_variants(subjects_store, "cme_open") == {}
    assert list(shown_variants(subjects_store, "schools:special")) == list(find_layer("schools").variants)


def test_where_the_default_variant_has_nothing_to_show_another_stands_for_it(store_of, subjects):
    old = subjects.deciles([(subjects.a1, 3, 4)])
    store = store_of(("deprivation", old, {"slot": "2019", "about": {"edition": "2019"}}))
    assert layer_in(store, "deprivation").info.key == "deprivation:2019-imd"
    assert layer_in(store, "deprivation:2025-imd").periods(store) == ()
    assert "deprivation:2019-imd" in [layer.info.key for layer in shown_layers(store)]


def test_the_layers_of_a_snapshot_are_those_that_have_something_to_show(small_store, subjects_store):
    assert [layer.info.key for layer in shown_layers(small_store)] == COUNTED
    assert [layer.info.key for layer in shown_layers(subjects_store)] == LOADED
    assert layer_in(small_store, "schools").info.key == "schools:all"


@pytest.mark.parametrize("key", KEYS)
def test_a_layer_has_all_its_words(key):
    info = find_layer(key).info
    assert all(isinstance(text, str) and text.strip() == text != "" for text in (
        info.subject, info.title, info.plain, info.unit, info.short_unit, info.source, info.dataset, info.method,
        *info.counted, *info.base_noun,
    ))  # fmt: skip
    assert len(info.plain) <= 120
    assert info.counted[0] != info.counted[1]
    assert info.base_noun[0] != info.base_noun[1]
    assert bool(info.fixed_limits) == bool(info.headline)
    assert list(info.fixed_limits) == sorted(info.fixed_limits)
    assert info.points in {"", *(one.key for one in all_point_sets())}


@pytest.mark.parametrize("key", KEYS)
def test_a_layer_is_frozen(key):
    with pytest.raises(dataclasses.FrozenInstanceError):
        find_layer(key).info = None


def test_periods_are_all_stocks_or_all_flows_unique_and_sorted_by_time(shown):
    store, layer = shown
    periods = layer.periods(store)
    assert periods
    assert {period.is_stock for period in periods} == {layer.info.is_stock}
    assert len({period.key for period in periods}) == len(periods)
    # Months come before committee years; within each kind time rises.
    kinds = [[p for p in periods if "/" in p.key], [p for p in periods if "/" not in p.key]]
    for kind in kinds:
        assert all(one.key < other.key for one, other in pairwise(kind))


def test_the_rows_are_the_areas_by_name_then_unknown_and_outside(shown):
    store, layer = shown
    for table in tables(store, layer):
        codes = store.areas.codes(table.scheme.key)
        assert [row.code for row in table.rows] == [*codes, *EXTRA_AREAS]
        assert [row.is_area for row in table.rows] == [True] * len(codes) + [False, False]


def test_in_every_period_the_counts_of_every_scheme_add_up_to_the_same_total(shown):
    store, layer = shown
    for period in layer.periods(store):
        found = [area_table(store, layer, scheme, period.key) for scheme in layer.schemes(store)]
        assert {table.county for table in found} == {found[0].county}
        assert len({table.total for table in found if table.total is not None}) <= 1
        extra = {tuple(row.count for row in table.rows if not row.is_area) for table in found}
        assert len(extra) == 1
        for table in found:
            if table.total is not None and table.county.count is not None:
                outside = sum(row.count or 0 for row in table.rows if not row.is_area)
                assert table.county.count + outside == table.total == sum(row.count or 0 for row in table.rows)


def test_only_published_figures_and_grades_lack_a_total(subjects_store):
    without = {
        key for key in LOADED for table in tables(subjects_store, find_layer(key)) if table.total is None
    }  # fmt: skip
    assert without == {"sen_support", "deprivation:2025-imd"}


def _check(row: AreaRow) -> None:
    assert (row.value is None) == bool(row.flag)
    assert row.flag in {"", *FLAGS}
    assert (row.lower is None) == (row.upper is None)
    if row.value is None:
        assert row.lower is None
    if row.lower is not None:
        assert row.lower <= row.value <= row.upper


def test_a_row_has_a_figure_within_its_interval_or_a_flag_that_says_why_not(shown):
    store, layer = shown
    for table in tables(store, layer):
        for row in (*table.rows, table.county):
            _check(row)
            assert row.count_dates == table.period.dates


def test_the_county_as_a_scheme_is_the_county_beside_every_table(shown):
    store, layer = shown
    if "county" in layer.schemes(store):
        table = area_table(store, layer, "county")
        assert table.areas == (table.county,)
    else:
        assert layer.info.key in {"deprivation:2025-imd", "cme_open_smoothed", "cme_new_smoothed"}


@pytest.fixture(scope="module")
def bare_store(council, tmp_path_factory):
    """A store with nothing that a layer shows."""
    workspace = Workspace(tmp_path_factory.mktemp("bare"))
    council.add_part(workspace, "link_workers", council.events(council.cases[:1]))
    return Store(workspace.current())


@pytest.mark.parametrize("key", [key for key in KEYS if key != "child_population"])
def test_a_layer_without_its_dataset_has_no_periods(bare_store, key):
    # The population is the exception: without an import the pack has a modelled one.
    layer = find_layer(key)
    assert layer.periods(bare_store) == ()
    with pytest.raises(UsageError, match=f"{layer.info.dataset} is not loaded"):
        area_table(bare_store, layer, "locality")
