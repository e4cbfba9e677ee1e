"""What the controls offer, of what is loaded."""

import json

import pytest

from callbacks.catalog import catalog
from callbacks.figures import Figures
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.registry import find_layer


@pytest.fixture(scope="module")
def small(small_figures):
    return catalog(small_figures)


@pytest.fixture(scope="module")
def whole(subjects_figures):
    return catalog(subjects_figures)


def layer_of(offered, key):
    (found,) = (layer for layer in offered["layers"] if layer["key"] == key)
    return found


def test_layers_stand_in_the_order_of_the_rail_with_their_periods(small):
    keys = [layer["key"] for layer in small["layers"]]
    assert keys == sorted(keys, key=lambda key: find_layer(key).info.order)
    assert {"cme_open", "cme_new", "ehcp_prevalence", "ehcp_growth", "ehcp_need", "child_population"} <= set(keys)
    assert layer_of(small, "cme_open")["periods"][-1] == ["2022-07-31", "31 July 2022"]


def test_the_rest_is_of_the_council_and_the_snapshot(small, small_figures):
    assert [scheme["key"] for scheme in small["schemes"]][:2] == ["locality", "community_board"]
    assert {scheme["key"]: scheme["areas"] for scheme in small["schemes"]}["lsoa"] == 319
    assert small["council"] == "Buckinghamshire"
    assert small["extra"] == ["Address unknown or withheld", "Outside the county"]
    assert small["snapshot"] == small_figures.store.snapshot.id


def test_most_layers_have_neither_variants_nor_schemes_nor_places_of_their_own(small):
    assert set(layer_of(small, "cme_open")) == {"key", "subject", "title", "plain", "periods"}


def test_a_layer_with_variants_is_one_entry_with_its_chooser(whole):
    need = layer_of(whole, "ehcp_need")
    assert need["choice"] == "Primary need"
    assert ["ASD", "Autistic spectrum disorder"] in need["variants"]
    assert [layer["key"] for layer in whole["layers"] if layer["key"].startswith("ehcp_need")] == ["ehcp_need"]


def test_a_variant_names_its_periods_only_where_they_are_others(council, subjects, areas, tmp_path):
    workspace = council.fill(tmp_path)
    for edition in ("2019", "2025"):
        rows = subjects.deciles([(atom, 5, 4) for atom in areas.atoms])
        council.add_part(workspace, "deprivation", rows, slot=edition, about={"edition": edition})
    found = layer_of(catalog(Figures(Store(workspace.current()))), "deprivation")
    assert found["periods"] == [["2025", "2025 edition"]]
    assert {code: more for code, _, *more in found["variants"]} == {
        "2025-imd": [], "2025-income": [],
        "2019-imd": [[["2019", "2019 edition"]]], "2019-income": [[["2019", "2019 edition"]]],
    }  # fmt: skip


def test_a_layer_that_lacks_schemes_names_those_it_has(whole):
    assert layer_of(whole, "deprivation")["schemes"] == ["lsoa"]
    assert "lsoa" not in layer_of(whole, "deprived_areas")["schemes"]


def test_places_are_counted_by_kind_and_kinds_without_one_are_left_out(whole):
    sets = {one["key"]: one for one in whole["places"]}
    assert set(sets) == {"family_centres", "schools"}
    # Oak is a centre plus; Elm, Ash 2 and those not shut, nowhere or beyond the county are centres.
    assert sets["family_centres"]["kinds"] == [["centre", "Family centre", 2], ["centre_plus", "Family centre plus", 1]]
    assert ["primary", "Primary", 2] in sets["schools"]["kinds"]
    assert all(count > 0 for one in whole["places"] for _, _, count in one["kinds"])
    assert layer_of(whole, "schools")["points"] == "schools"


def test_without_lists_of_places_there_are_none_to_offer(small):
    assert small["places"] == []


def test_a_layer_whose_dataset_is_not_loaded_is_not_offered(council, tmp_path):
    workspace = Workspace(tmp_path)
    council.add_part(workspace, "link_workers", council.events(council.cases[:1]))
    figures = Figures(Store(workspace.current()))
    # The population is always there: without an import, the pack's modelled one.
    assert [layer["key"] for layer in catalog(figures)["layers"]] == ["child_population"]


def test_the_catalog_travels_as_it_is(whole):
    assert json.loads(json.dumps(whole)) == whole
