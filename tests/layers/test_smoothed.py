"""Smoothed rates: counts as counted, drawn towards the county, and only where there are areas enough."""

import pytest

from geodata.errors import UsageError
from layers.registry import find_layer
from layers.table import area_table

PAIRS = ("cme_open", "cme_new")


def both(store, key, scheme):
    return [area_table(store, find_layer(one), scheme) for one in (key, f"{key}_smoothed")]


@pytest.mark.parametrize("key", PAIRS)
def test_counts_bases_and_totals_are_those_of_the_layer_as_counted(small_store, key):
    plain, smooth = both(small_store, key, "ward")
    for one, other in zip(plain.rows, smooth.rows, strict=True):
        assert (one.count, one.denominator, one.flag) == (other.count, other.denominator, other.flag)
    assert (plain.total, plain.county) == (smooth.total, smooth.county)


@pytest.mark.parametrize("key", PAIRS)
def test_a_smoothed_rate_lies_between_its_own_and_the_common_one(small_store, key):
    plain, smooth = both(small_store, key, "ward")
    common = plain.county.value
    moved = 0
    for one, other in zip(plain.areas, smooth.areas, strict=True):
        assert min(one.value, common) - 1e-9 <= other.value <= max(one.value, common) + 1e-9
        assert other.lower <= other.value <= other.upper
        moved += other.value != one.value
    assert moved


def test_three_localities_are_too_few_to_smooth(small_store):
    with pytest.raises(UsageError, match=r"cannot be shown by locality\. Valid: community_board, ward"):
        area_table(small_store, find_layer("cme_open_smoothed"), "locality")


def test_over_real_people_not_on_a_modelled_population(real_store, dated_store):
    assert find_layer("cme_open_smoothed").schemes(real_store) == ()
    assert find_layer("cme_open_smoothed").periods(real_store) == ()
    with pytest.raises(UsageError, match="their population is only modelled"):
        area_table(real_store, find_layer("cme_open_smoothed"), "ward")
    assert "ward" in find_layer("cme_open_smoothed").schemes(dated_store)


def test_one_area_alone_is_as_in_the_table_of_all(small_store):
    layer = find_layer("cme_open_smoothed")
    table = area_table(small_store, layer, "ward")
    row = table.areas[3]
    assert layer.rows(small_store, "ward", [(row.code, row.name)], table.period) == (row,)
