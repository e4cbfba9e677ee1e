"""The map of those who are far: counts that add up, shares only where the population bears them."""

import subprocess
import sys

import pytest

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.base import MODELLED_BASE
from layers.family_centres import far_layer
from layers.family_centres.far_layer import far_sums, share_allowed, travel_basis, whole_parts
from layers.family_centres.reach import COUNTY, reach_of
from layers.registry import find_layer
from layers.table import area_table


@pytest.fixture
def real_people(council, subjects, tmp_path):
    """Real people on a modelled population, and centres."""
    workspace = council.fill(tmp_path / "own", people="real")
    council.add_part(workspace, "family_centres", subjects.centres(), reference_date=council.dated)
    return Store(Workspace(tmp_path / "own").current())


def test_whole_parts_add_up_to_the_whole_whatever_the_order():
    parts = {"a": 0.4, "b": 0.4, "c": 0.7}
    assert whole_parts(parts) == {"a": 1, "b": 0, "c": 1}
    assert sum(whole_parts(dict(reversed(parts.items()))).values()) == 2
    assert whole_parts({}) == {}


def test_the_sums_of_every_scheme_are_those_of_reach(subjects_store):
    rows = {row.area: row for row in reach_of(subjects_store, "bus").rows}
    sums = far_sums(subjects_store, "bus", False)
    for found in sums.values():
        assert sum(far for far, _ in found.values()) == pytest.approx(rows[COUNTY].children - rows[COUNTY].within[-1])
        assert sum(children for _, children in found.values()) == pytest.approx(rows[COUNTY].children)
    for code, (far, children) in sums["locality"].items():
        assert far == pytest.approx(rows[code].children - rows[code].within[-1])
        assert children == pytest.approx(rows[code].children)


def test_a_base_is_a_sum_without_the_noise_of_its_parts(subjects_store, monkeypatch):
    sums = {"county": {"E06000060": (0.1 + 0.2, 96359.99999999999)}}
    monkeypatch.setattr(far_layer, "far_sums", lambda *_: sums)
    row = area_table(subjects_store, find_layer("far_from_centre:bus"), "county").county
    assert row.denominator == 96360


def test_a_small_area_is_far_as_a_whole_or_not_at_all(subjects_store):
    table = area_table(subjects_store, find_layer("far_from_centre:walk"), "lsoa")
    assert {row.value for row in table.areas} == {0.0, 100.0}
    assert table.basis == ("illustrative", "modelled population", "estimated travel")


def test_over_real_people_a_modelled_population_bears_no_shares_of_small_areas(real_people):
    layer = find_layer("far_from_centre")
    ward = area_table(real_people, layer, "ward")
    assert {(row.count, row.denominator, row.value, row.flag) for row in ward.areas} == {
        (None, None, None, MODELLED_BASE)
    }
    locality = area_table(real_people, layer, "locality")
    assert all(row.value is not None for row in locality.areas)
    assert "modelled population" in locality.basis


def test_published_low_income_bears_shares_everywhere(real_people):
    assert share_allowed(real_people, "lsoa", None)


def test_journeys_are_said_to_be_estimated(subjects_store):
    assert travel_basis(subjects_store, "car") == ("estimated travel",)


def test_without_a_centre_on_the_map_or_low_income_there_is_no_period(store_of, subjects, subjects_store):
    frame = subjects.centres().assign(easting=None, northing=None).astype({"easting": float, "northing": float})
    assert find_layer("far_from_centre").periods(store_of(("family_centres", frame, {}))) == ()
    assert find_layer("far_from_centre:bus-young").periods(subjects_store) == ()
    assert len(find_layer("far_from_centre:bus").periods(subjects_store)) == 1


def test_to_offer_the_layer_needs_no_numpy(subjects_path):
    script = f"""
import sys
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.registry import shown_layers
store = Store(Workspace({str(subjects_path)!r}).current())
assert "far_from_centre:bus" in [layer.info.key for layer in shown_layers(store)]
print(sorted({{"pandas", "numpy", "geopandas", "pyarrow"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
