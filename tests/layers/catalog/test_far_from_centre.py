"""Children far from a family centre: the words of each variant, and the sentence."""

import pandas as pd

from layers.catalog.far_from_centre import LAYER, VARIANTS
from layers.registry import find_layer, shown_variants
from layers.table import area_table
from layers.words import sentence


def test_two_groups_by_three_ways_of_travel_by_bus_first():
    assert list(VARIANTS) == ["bus", "walk", "car", "bus-young", "walk-young", "car-young"]
    assert LAYER.info.key == "far_from_centre:bus"
    assert [(layer.mode, layer.in_low_income) for layer in VARIANTS.values()] == [
        (mode, young) for young in (False, True) for mode in ("bus", "walk", "car")
    ]
    assert "on foot" in VARIANTS["walk-young"].info.short_unit
    assert LAYER.variants["walk-young"] == "On foot: aged 0\u20134, low income"
    assert "low-income" in VARIANTS["walk-young"].info.unit


def test_the_sentence_counts_children(subjects_store):
    table = area_table(subjects_store, find_layer("far_from_centre"), "locality")
    said = sentence(subjects_store, table)
    assert said.startswith("On 1 September 2024: ")
    assert f"{table.total:,} children aged 5 to 17 more than 30 minutes by bus from a family centre, out of" in said
    assert "% of children aged 5 to 17." in said


def test_young_children_show_where_low_income_is_loaded(store_of, subjects):
    rows = pd.DataFrame([(atom, 10) for atom in (subjects.a1, subjects.wycombe)], columns=["atom", "ages_0_4"])
    store = store_of(("family_centres", subjects.centres(), {}), ("low_income", rows, {"basis": "synthetic"}))
    assert list(shown_variants(store, "far_from_centre")) == list(VARIANTS)
    table = area_table(store, find_layer("far_from_centre:car-young"), "locality")
    assert {row.code: row.denominator for row in table.areas} == {
        "aylesbury": 10, "chiltern-south-bucks": 0, "wycombe": 10,
    }  # fmt: skip
    assert [row.flag for row in table.areas] == ["", "n", ""]
    assert "synthetic" in table.basis
    assert "317 of 319 small areas without a figure, counted as none" in table.basis
