"""Plans by primary need."""

from geodata.contracts.ehc_plans import NEED_CODES
from layers.registry import find_layer
from layers.table import area_table
from layers.words import count_words, sentence


def counts(store, code):
    table = area_table(store, find_layer(f"ehcp_need:{code}"), "locality", "2022-01-20")
    return [row.count for row in table.rows], table.total_base


def test_there_is_a_variant_for_each_need_and_autism_comes_first():
    layer = find_layer("ehcp_need")
    assert dict(layer.variants) == NEED_CODES
    assert (layer.info.key, layer.info.choice) == ("ehcp_need:ASD", "Primary need")


def test_a_need_is_a_share_of_all_plans_those_without_a_need_included(small_store):
    # 20 January 2022: p s ASD, r SEMH, t blank (Aylesbury), v ASD (Chiltern), u SLCN (Wycombe), x ASD, y SEMH.
    assert counts(small_store, "ASD") == ([2, 1, 0, 1, 0], 8)
    assert counts(small_store, "SEMH") == ([1, 0, 0, 0, 1], 8)
    assert counts(small_store, "MLD") == ([0, 0, 0, 0, 0], 8)
    assert sum(sum(counts(small_store, code)[0]) for code in NEED_CODES) == 7


def test_the_need_stands_in_the_words(small_store):
    table = area_table(small_store, find_layer("ehcp_need"), "locality", "2022-01-20")
    assert sentence(small_store, table).startswith(
        "On 20 January 2022: 4 plans for autistic spectrum disorder, 1 of them off the map, out of 8 plans. Within "
        "Buckinghamshire 3 of 6, or 50.0% of plans (95% interval"
    )
    assert count_words(table, table.row("aylesbury")) == "2 plans for autistic spectrum disorder; base 4 plans"
    assert find_layer("ehcp_need:DS").info.short_unit == "% with Down syndrome"
