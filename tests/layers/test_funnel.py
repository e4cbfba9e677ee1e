from dataclasses import replace

import pytest

from geodata.funnel import rate_limits, share_limits
from layers.base import AreaRow
from layers.funnel import Funnel, funnel
from layers.registry import find_layer
from layers.table import area_table

NEW, SOON = find_layer("cme_new"), find_layer("cme_closed_soon")


def made(table, counts, base, per):
    """Return a table whose areas have these counts on one base, and a real population."""
    areas = [
        AreaRow(f"a{n}", f"Area {n}", count, base, count / base * per, 0.0, 9.9, "", "", "")
        for n, count in enumerate(counts)
    ]
    basis = tuple(word for word in table.basis if word != "modelled population")
    return replace(table, rows=(*areas, *table.rows[-2:]), basis=basis)


@pytest.fixture
def by_ward(small_store):
    return area_table(small_store, NEW, "ward", "2021/22")


def test_an_area_beyond_its_limits_is_named(by_ward):
    found = funnel(NEW, made(by_ward, [10] * 11 + [40, 1], 1000, 1000))
    assert isinstance(found, Funnel)
    mean = (10 * 11 + 41) / 13_000
    assert found.mean == pytest.approx(mean * 1000)
    positions = {point.name: point.position for point in found.points if point.position != "within"}
    assert positions == {"Area 11": "above 99.8 %", "Area 12": "below 99.8 %"}
    assert found.sentence.startswith(
        "Beyond the 99.8% limits, which chance hardly explains: Area 11 (above), Area 12 (below)"
    )
    assert found.curves[0][1:3] == pytest.approx([1000 * bound for bound in rate_limits(mean, 1000, 0.95)])


def test_shares_have_binomial_limits(small_store):
    table = made(area_table(small_store, SOON, "ward", "2021/22"), [12] * 11 + [2], 20.0, 100)
    found = funnel(SOON, table)
    mean = (12 * 11 + 2) / 240
    assert found.points[-1].position == "below 99.8 %"
    assert found.curves[0][3:] == pytest.approx([100 * bound for bound in share_limits(mean, 20, 0.998)])


def test_areas_alike_are_all_within(by_ward):
    assert "may be chance" in funnel(NEW, made(by_ward, [10] * 12, 1000, 1000)).sentence


def test_three_localities_are_too_few(small_store):
    table = made(area_table(small_store, NEW, "locality", "2021/22"), [10, 20, 30], 1000, 1000)
    assert funnel(NEW, table) == "Too few to compare: 3 localities, and a funnel plot needs at least 10 areas."


def test_few_cases_are_too_few(by_ward):
    assert funnel(NEW, made(by_ward, [2] * 40, 1000, 1000)).startswith(
        "Too few to compare: 2.0 new cases for each ward"
    )


def test_no_funnel_on_a_modelled_population(by_ward):
    table = replace(made(by_ward, [10] * 12, 1000, 1000), basis=by_ward.basis)
    assert funnel(NEW, table).startswith("No funnel plot: the population of wards is modelled")


def test_other_figures_have_none(small_store):
    layer = find_layer("ehcp_growth")
    assert "rates and shares only" in funnel(layer, area_table(small_store, layer, "ward"))


def test_areas_without_a_base_take_no_part(by_ward):
    table = made(by_ward, [10] * 12, 1000, 1000)
    none = replace(table.rows[0], code="none", value=None, denominator=None)
    assert len(funnel(NEW, replace(table, rows=(none, *table.rows))).points) == 12
