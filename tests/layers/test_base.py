"""What the kinds of layer share."""

from geodata.rates import Estimate
from layers.base import FLAGS, NO_BASE, AreaRow, BaseLayer, scheme_keys
from layers.registry import find_layer


def test_by_default_a_layer_shows_every_scheme_and_has_no_variants(small_store, profile):
    layer = BaseLayer(find_layer("cme_open").info)
    assert layer.schemes(small_store) == scheme_keys(small_store) == tuple(one.key for one in profile.schemes)
    assert layer.variants == {}


def test_layers_can_be_compared_and_kept_in_sets():
    assert len({find_layer("cme_open"), find_layer("ehcp_need:ASD"), find_layer("ehcp_need")}) == 2


def test_a_row_has_its_estimate_or_the_flag():
    days = ("2022-01-20", "undated")
    row = AreaRow.of(("a", "A"), 5, 10.0, Estimate(50.0, 20.0, 80.0), NO_BASE, days)
    assert row == AreaRow("a", "A", 5, 10.0, 50.0, 20.0, 80.0, "", *days)
    row = AreaRow.of(("a", "A"), 0, 0.0, None, NO_BASE, days)
    assert row == AreaRow("a", "A", 0, 0.0, None, None, None, NO_BASE, *days)


def test_every_flag_is_one_letter_with_words():
    assert all(len(flag) == 1 and words == words.strip() != "" for flag, words in FLAGS.items())
