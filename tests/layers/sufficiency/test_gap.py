"""The gap, cell by cell."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from layers.sufficiency.core import NEEDS, PHASE_KEYS, PROVISIONS, Demand, Places, Supply
from layers.sufficiency.gap import cell_record, gap_matrix
from layers.sufficiency.grouping import ALL, BY_BROAD_AREA, BY_NEED
from layers.sufficiency.rollup import COUNTY
from layers.sufficiency.settings import SufficiencySettings
from layers.sufficiency.wanted import wanted_of

AREAS = ("a", "b", "unknown", "outside")
YEARS = (2025, 2026, 2027)
KM = np.array([[0, 10, 30, 30], [10, 0, 30, 30], [30, 30, 0, 30], [30, 30, 30, 0.0]])
SETTINGS = SufficiencySettings(working_occupancy=1.0, fewest_plans=20)
PRIMARY = PHASE_KEYS.index("primary")
ASD, SEMH = NEEDS.index("ASD"), NEEDS.index("SEMH")


def demand(*plans, draws=200, **facts):
    """Return plans (area, need, provision, mean of each year); each draw has up to two more or fewer after the base."""
    found = np.zeros((draws, 3, len(AREAS), 4, 14, 7), dtype=np.int16)
    noise = np.random.default_rng(5).integers(-2, 3, (draws, 3))
    noise[:, 0] = 0
    for area, need, provision, means in plans:
        at = (AREAS.index(area), PRIMARY, NEEDS.index(need), PROVISIONS.index(provision))
        found[(slice(None), slice(None), *at)] = np.maximum(np.array(means) + noise, 0)
    plain = Demand(AREAS, YEARS, found, np.zeros((draws, 2, 4, 4), np.int32), np.zeros(1), ("modelled",), (), True)
    return replace(plain, **facts)


def places(area, need, count, **facts):
    plain = Places(f"{area} {need}", 1, area, None, None, "special", "primary", need, count, None, None,
                   (float(count),) * 3, date(2015, 9, 1))  # fmt: skip
    return replace(plain, **facts)


def supply(*rows):
    return Supply(YEARS, rows, {}, {}, ("synthetic",), ("odd",))


def staying(area, urn, count, need="ASD"):
    found = np.zeros((3, 4, 14, 7))
    found[:, PRIMARY, NEEDS.index(need), PROVISIONS.index("special")] = count
    return {(area, urn): found}


GROWING = demand(("a", "ASD", "special", (30, 34, 40)), ("b", "ASD", "special", (22, 22, 22)))
LIST = supply(places("a", "ASD", 30), places("b", "ASD", 25, urn=2))
STAYS = staying("a", 1, 30) | staying("b", 2, 22)


@pytest.fixture
def matrix():
    return gap_matrix(GROWING, LIST, STAYS, SETTINGS, KM)


def test_seen_from_home_and_from_the_settings(matrix):
    now = matrix.cell("a", "primary", "communication", "special", 2025)
    assert (now.demand.median, now.placed, now.gap.median, now.plans) == (30, 30, 0, 30)
    assert (now.places, now.used, now.spare, now.over, now.chance) == (30, 30, 0, 0, 0)
    assert now.status == "balanced"
    later = matrix.cell("a", "primary", "communication", "special", 2027)
    # 40 and 22, both up to two more or fewer in the same draw, and 55 places: 7 short, from 3 to 11.
    assert later.demand.median == 40
    assert (later.gap.lower_95, later.gap.median, later.gap.upper_95) == pytest.approx((3, 7, 11))
    assert later.placed + matrix.blocks["special", "primary"].unmet[2, 0, 0].mean() == pytest.approx(40, abs=0.3)
    assert (later.status, later.words, later.chance) == ("short", "short", 1)
    assert later.places == 30
    assert later.spare == pytest.approx(0)
    spare = matrix.cell("b", "primary", "communication", "special", 2025)
    assert (spare.status, spare.spare, spare.gap_at_settings.median) == ("spare", 3, -3)


def test_first_years(matrix):
    cell = matrix.cell("a", "primary", "communication", "special", 2025)
    assert (cell.first_notice, cell.first_short) == (2026, 2026)
    assert matrix.cell("b", "primary", "communication", "special", 2025).first_short is None
    # A shortage that passes is not one that lasts.
    passing = demand(("a", "ASD", "special", (30, 40, 25)))
    found = gap_matrix(passing, supply(places("a", "ASD", 30)), staying("a", 1, 25), SETTINGS, KM)
    cell = found.cell("a", "primary", "communication", "special", 2026)
    assert (cell.status, cell.first_notice, cell.first_short) == ("short", 2026, None)


def test_the_county_is_the_sum_in_every_draw(matrix):
    block = matrix.blocks["special", "primary"]
    np.testing.assert_allclose(block.unmet[:, -1, -1], block.unmet[:, :-1, :-1].sum(axis=(1, 2)), rtol=1e-5)
    np.testing.assert_allclose(block.unmet[:, -1, :], block.unmet[:, :-1].sum(axis=1), rtol=1e-5, atol=1e-4)
    county = matrix.cell(COUNTY, "primary", ALL, "special", 2027)
    assert county.plans == 52
    # Both areas move together in the draws, so the band of the county is as wide as the sum of theirs.
    assert county.gap.median == pytest.approx(np.median(np.maximum(block.unmet[2, -1, -1], 0)), abs=1e-4)
    assert county.used + county.spare == pytest.approx(55, abs=1e-3)
    assert matrix.short_of([COUNTY], [("special", "primary"), ("base", "primary")], [ALL])[2] == county.gap
    assert matrix.short_of([COUNTY], [("base", "primary")], [ALL])[2].median == 0


def test_a_cell_on_few_plans_shows_the_county():
    few = demand(("a", "ASD", "special", (19, 19, 19)), ("b", "ASD", "special", (30, 30, 30)))
    found = gap_matrix(few, LIST, {}, SETTINGS, KM)
    cell = found.cell("a", "primary", "communication", "special", 2026)
    assert (cell.status, cell.words, cell.shown_area, cell.shown_group) == (
        "rolled_up", "too few plans here", COUNTY, "communication",
    )  # fmt: skip
    assert (cell.plans, cell.note) == (19, "Rests on 19 plans, fewer than 20: see the county.")
    assert cell.demand == found.cell(COUNTY, "primary", "communication", "special", 2026).demand


def test_without_listed_places_there_are_plans_to_accommodate():
    found = gap_matrix(demand(("a", "ASD", "independent", (30, 31, 32))), LIST, {}, SETTINGS, KM)
    cell = found.cell("a", "primary", "communication", "independent", 2027)
    assert (cell.status, cell.words, cell.gap, cell.chance, cell.placed) == (
        "accommodate", "plans to accommodate", None, None, None,
    )  # fmt: skip
    assert cell.demand.median == 32
    assert found.cell("unknown", "secondary", ALL, "base", 2027).status == "rolled_up"
    assert found.cell(COUNTY, "secondary", ALL, "base", 2027).status == "no_data"
    listed = gap_matrix(
        demand(("a", "ASD", "independent", (30, 31, 32))), supply(places("a", "ASD", 10, provision="independent")), {},
        SETTINGS, KM,
    )  # fmt: skip
    assert listed.cell("a", "primary", "communication", "independent", 2027).gap.median == 22


def test_with_too_few_transitions_there_is_no_probability():
    found = gap_matrix(replace(GROWING, testable=False), LIST, STAYS, SETTINGS, KM)
    cells = found.rows(2027)
    assert all(cell.chance is None and cell.first_notice is None for cell in cells)
    cell = found.cell("a", "primary", "communication", "special", 2027)
    assert (cell.status, cell.note) == ("short", "Probability: not yet testable.")


def test_over_number_shows_as_over_and_not_for_independent_schools():
    admitting = replace(SETTINGS, over_number=True)
    found = gap_matrix(GROWING, LIST, STAYS, admitting, KM)
    cell = found.cell("a", "primary", "communication", "special", 2027)
    assert cell.gap.upper_95 == pytest.approx(0, abs=1e-4)
    assert found.cell(COUNTY, "primary", ALL, "special", 2027).over == pytest.approx(
        gap_matrix(GROWING, LIST, STAYS, SETTINGS, KM).blocks["special", "primary"].unmet[2, -1, -1].mean(), abs=1e-2
    )
    independent = supply(places("a", "ASD", 10, provision="independent"))
    plans = demand(("a", "ASD", "independent", (30, 31, 32)))
    assert gap_matrix(plans, independent, {}, admitting, KM).blocks["independent", "primary"].unmet[2, 0, 0].mean() > 20


def test_finer_needs_have_the_same_sum_where_nobody_is_seated():
    several = demand(("a", "ASD", "special", (30, 34, 40)), ("a", "SLCN", "special", (25, 25, 25)))
    rows = supply(places("a", "ASD", 20), places("b", "SLCN", 10, urn=2), places("b", "ANY", 10, urn=3))
    broad = gap_matrix(several, rows, {}, SETTINGS, KM)
    fine = gap_matrix(several, rows, {}, SETTINGS, KM, grouping=BY_NEED)
    np.testing.assert_allclose(
        fine.blocks["special", "primary"].unmet[:, :, -1], broad.blocks["special", "primary"].unmet[:, :, -1], atol=1e-3
    )
    assert fine.cell("a", "primary", "ASD", "special", 2027).gap.median > 0


def test_what_is_kept_gives_the_same_figures():
    wanted = wanted_of(GROWING, BY_BROAD_AREA)
    first = gap_matrix(GROWING, LIST, STAYS, SETTINGS, KM, wanted=wanted)
    again = gap_matrix(GROWING, LIST, STAYS, SETTINGS, KM, wanted=wanted)
    assert again.blocks["special", "primary"] is first.blocks["special", "primary"]
    more = supply(*LIST.places, places("a", "ASD", 8, urn=3))
    wider = gap_matrix(GROWING, more, STAYS, SETTINGS, KM, wanted=wanted).blocks["special", "primary"]
    assert wider is not first.blocks["special", "primary"]
    assert (wider.unmet[:, -1, -1] <= first.blocks["special", "primary"].unmet[:, -1, -1] + 1e-4).all()


def test_rows_and_records(matrix):
    cells = matrix.rows(2027)
    assert len(cells) == 3 * 4 * 5 * 6
    assert (cells[0].provision, cells[0].phase, cells[0].area) == ("special", "early_years", "a")
    record = json.loads(json.dumps([cell_record(cell) for cell in cells]))
    found = next(
        one for one in record if (one["area"], one["phase"], one["group"]) == ("a", "primary", "communication")
    )
    assert found["gap"]["median"] == pytest.approx(
        matrix.cell("a", "primary", "communication", "special", 2027).gap.median, abs=1e-3
    )
    assert matrix.basis == ("modelled", "synthetic")
    assert matrix.notes == ("odd",)
