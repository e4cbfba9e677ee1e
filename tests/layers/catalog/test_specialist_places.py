"""Specialist places per 100 plans."""

import pytest

from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.registry import find_layer
from layers.table import area_table
from layers.words import count_words, sentence

LAYER = find_layer("specialist_places")


def test_the_words_are_of_places_and_plans(subjects_store):
    table = area_table(subjects_store, LAYER, "locality")
    # 120 places, 6 plans: Poisson limits 2.2019 and 13.0595.
    assert sentence(subjects_store, table) == (
        "On 20 January 2022: 129 specialist places, 9 of them off the map. Within Buckinghamshire 120, or 2,000.0 per "
        "100 plans of children who live there (95% interval 918.9 to 5,449.9). By locality it runs from 0.0 "
        "(Chiltern & South Bucks) to 2,500.0 (Aylesbury)."
    )
    assert count_words(table, table.row("wycombe")) == "20 specialist places; base 1 plan"


def test_what_is_left_out_is_said():
    assert "Independent and non-maintained places are not in it" in LAYER.info.method


def test_the_dataset_that_is_missing_is_the_one_that_is_named(small_store):
    with pytest.raises(UsageError, match="provision is not loaded"):
        area_table(small_store, LAYER, "locality")


def test_places_without_plans_show_nothing_and_name_the_plans(council, subjects, tmp_path):
    workspace = Workspace(tmp_path)
    council.add_part(workspace, "provision", subjects.provision())
    with pytest.raises(UsageError, match="ehc_plans is not loaded"):
        area_table(Store(workspace.current()), LAYER, "locality")
