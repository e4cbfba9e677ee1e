"""Rates on residents and changes between dates, and where a modelled population forbids them."""

import pytest

from geodata.rates import growth, proportion, rate
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.base import MODELLED_BASE, NO_BASE, NOT_APPLICABLE, NOT_AVAILABLE
from layers.registry import find_layer
from layers.table import area_table

COARSE = ("locality", "district", "county")
FINE = ("community_board", "ward", "msoa", "lsoa")
RATES = ("cme_open", "cme_new", "ehcp_prevalence")


def table(store, layer, scheme, period=None):
    return area_table(store, find_layer(layer), scheme, period)


def test_a_rate_is_the_count_over_the_residents_of_its_ages(small_store):
    row = table(small_store, "cme_open", "locality", "2022-07-31").row("aylesbury")
    # 2 open cases, 12,650 residents aged 5 to 15
    assert (row.count, row.denominator, row.flag) == (2, 12_650, "")
    assert row.value == pytest.approx(0.158103, abs=1e-6)
    assert (row.lower, row.upper) == (rate(2, 12_650, 1000).lower, rate(2, 12_650, 1000).upper)


def test_a_share_is_the_count_over_the_residents_of_its_ages_in_per_cent(small_store):
    row = table(small_store, "ehcp_prevalence", "locality", "2022-01-20").row("aylesbury")
    # 4 plans, 29,900 residents aged 0 to 25
    assert (row.count, row.denominator) == (4, 29_900)
    assert row.value == pytest.approx(0.013378, abs=1e-6)


def test_nobody_lives_under_an_unknown_address_so_there_is_no_rate(small_store):
    rows = table(small_store, "cme_open", "locality", "2022-07-31").rows[-2:]
    assert [(row.count, row.value, row.flag) for row in rows] == [(2, None, NOT_APPLICABLE), (1, None, NOT_APPLICABLE)]


def test_an_area_without_a_record_has_a_rate_of_nothing_and_an_upper_limit(small_store, areas, council):
    code = next(atom for atom in areas.atoms if atom not in {row[1] for row in council.cases})
    row = table(small_store, "cme_open", "lsoa", "2022-07-31").row(code)
    # 3.688879 / 110 x 1,000
    assert (row.count, row.value, row.lower, row.flag) == (0, 0, 0, "")
    assert row.upper == pytest.approx(33.535, abs=1e-3)


def test_each_row_carries_the_dates_of_its_numerator_and_its_denominator(small_store, dated_store):
    row = table(small_store, "cme_new", "locality", "2021/22").row("wycombe")
    assert (row.count_dates, row.denominator_dates) == ("2021-09-01/2022-07-31", "undated")
    row = table(dated_store, "cme_new", "locality", "2021/22").row("wycombe")
    assert (row.count_dates, row.denominator_dates) == ("2021-09-01/2022-07-31", "2020-06-30")


@pytest.mark.parametrize("layer", RATES)
@pytest.mark.parametrize("scheme", [*COARSE, *FINE])
def test_synthetic_people_on_a_modelled_population_have_rates_everywhere_and_say_so(small_store, layer, scheme):
    found = table(small_store, layer, scheme)
    assert {row.flag for row in found.areas} == {""}
    assert found.basis[:2] == ("synthetic", "modelled population")


@pytest.mark.parametrize("layer", RATES)
@pytest.mark.parametrize("scheme", COARSE)
def test_real_people_on_a_modelled_population_have_rates_from_locality_upwards(real_store, layer, scheme):
    found = table(real_store, layer, scheme)
    assert {row.flag for row in found.areas} == {""}
    assert found.basis == ("modelled population",)


@pytest.mark.parametrize("layer", RATES)
@pytest.mark.parametrize("scheme", FINE)
def test_real_people_on_a_modelled_population_have_no_rate_below_locality(real_store, small_store, layer, scheme):
    found = table(real_store, layer, scheme)
    for row in found.areas:
        assert (row.value, row.lower, row.upper, row.denominator, row.flag) == (None, None, None, None, MODELLED_BASE)
    # The counts are not withheld, and nobody outside the areas is said to be on a modelled base.
    assert [row.count for row in found.rows] == [row.count for row in table(small_store, layer, scheme).rows]
    assert {row.flag for row in found.rows if not row.is_area} == {NOT_APPLICABLE}
    assert found.county.value is not None


@pytest.mark.parametrize("layer", RATES)
@pytest.mark.parametrize("scheme", [*COARSE, *FINE])
def test_real_people_on_a_real_population_have_rates_everywhere(dated_store, layer, scheme):
    found = table(dated_store, layer, scheme)
    assert {(row.flag, row.denominator_dates) for row in found.areas} == {("", "2020-06-30")}
    assert not any(word in " ".join(found.basis) for word in ("synthetic", "modelled"))


def test_a_real_population_halves_the_rate_when_it_has_twice_the_people(small_store, dated_store):
    small, dated = (table(store, "cme_open", "county").county for store in (small_store, dated_store))
    assert (small.denominator, dated.denominator) == (35_090, 70_180)
    assert dated.value == pytest.approx(small.value / 2)


def test_without_an_imported_population_rates_stand_on_the_packs_model_and_say_so(council, tmp_path):
    workspace = council.fill(tmp_path / "all")
    bare = Workspace(tmp_path / "bare")
    part = workspace.current().parts("cme_involvements")[0]
    council.add_part(bare, "cme_involvements", council.events(council.cases),
                     covers_from=part.covers_from, covers_to=part.covers_to)  # fmt: skip
    store = Store(bare.current())
    found = table(store, "cme_open", "locality")
    assert [row.count for row in found.areas] == [2, 1, 2]
    assert {(row.flag, row.denominator_dates) for row in found.areas} == {("", "undated")}
    assert found.basis == ("modelled population",)
    assert {row.flag for row in table(store, "cme_open", "ward").areas} == {MODELLED_BASE}


@pytest.mark.parametrize(
    ("scheme", "caveat"), [("ward", ("approximate areas",)), ("community_board", ("indicative areas",)), ("msoa", ())]
)
@pytest.mark.parametrize("layer", [*RATES, "ehcp_growth", "child_population"])
def test_areas_that_are_not_official_say_so(dated_store, layer, scheme, caveat):
    assert table(dated_store, layer, scheme).basis == caveat


def test_growth_is_counted_from_the_first_date_on_record(small_store):
    found = table(small_store, "ehcp_growth", "locality", "2022-01-20")
    rows = {row.code: row for row in found.areas}
    # Aylesbury 3 -> 4, Wycombe 1 -> 1, Chiltern & South Bucks 0 -> 1
    assert [(rows[code].denominator, rows[code].count) for code in ("aylesbury", "wycombe")] == [(3, 4), (1, 1)]
    assert rows["aylesbury"].value == pytest.approx(100 / 3)
    assert rows["aylesbury"].upper == growth(4, 3).upper
    assert rows["wycombe"].value == 0
    assert (rows["chiltern-south-bucks"].value, rows["chiltern-south-bucks"].flag) == (None, NOT_AVAILABLE)
    assert {row.denominator_dates for row in found.rows} == {"2021-01-21"}


def test_the_first_date_is_the_base_of_growth_and_no_period_of_it(small_store):
    keys = [period.key for period in find_layer("ehcp_growth").periods(small_store)]
    assert keys == ["2021-07-31", "2022-01-20"]


def test_growth_needs_no_population_so_it_shows_on_every_scheme(real_store, council):
    row = table(real_store, "ehcp_growth", "lsoa", "2022-01-20").row(council.aylesbury[1])
    # r, then r s t
    assert (row.denominator, row.count, row.value) == (1, 3, pytest.approx(200))


def test_children_are_the_residents_aged_0_to_17(small_store, dated_store):
    found = table(small_store, "child_population", "locality")
    assert [(row.code, row.count, row.value) for row in found.areas] == [
        ("aylesbury", 20_700, 20_700), ("chiltern-south-bucks", 17_460, 17_460), ("wycombe", 19_260, 19_260),
    ]  # fmt: skip
    assert (found.total, found.period.key, found.basis) == (57_420, "undated", ("modelled",))
    found = table(dated_store, "child_population", "locality")
    assert (found.total, found.period.key, found.basis) == (114_840, "2020-06-30", ())


def test_an_undated_model_beside_a_dated_population_is_not_offered_under_its_own_name(council, tmp_path):
    # Both are loaded when the model comes second; the residents are then those of the dated one throughout.
    workspace = council.fill(tmp_path, dated=True)
    council.add_part(workspace, "population", council.population(council.per_age), basis="modelled")
    store = Store(workspace.current())
    layer = find_layer("child_population")
    assert [period.key for period in layer.periods(store)] == ["2020-06-30"]
    assert table(store, "child_population", "county").total == 114_840


def test_a_share_of_records_has_records_as_its_base_and_so_a_figure_in_every_row(small_store):
    # Open on 30 June 2022: a c | f h | j | k l | m; begun by 30 June 2021: only a.
    found = table(small_store, "cme_long_open", "locality", "2022-06")
    rows = {row.code: (row.count, row.denominator, row.value) for row in found.rows}
    assert rows == {
        "aylesbury": (1, 2, 50.0), "chiltern-south-bucks": (0, 1, 0.0), "wycombe": (0, 2, 0.0), "unknown": (0, 2, 0.0),
        "outside": (0, 1, 0.0),
    }  # fmt: skip
    assert (found.total, found.total_base) == (1, 8)
    row = found.row("aylesbury")
    assert (row.lower, row.upper) == (proportion(1, 2).lower, proportion(1, 2).upper)
    assert (row.count_dates, row.denominator_dates) == ("2022-06-30", "2022-06-30")


def test_a_share_of_nothing_is_no_figure(small_store, areas, council):
    code = next(atom for atom in areas.atoms if atom not in {row[1] for row in council.cases})
    row = table(small_store, "cme_long_open", "lsoa", "2022-06").row(code)
    assert (row.count, row.denominator, row.value, row.flag) == (0, 0, None, NO_BASE)


@pytest.mark.parametrize("scheme", [*COARSE, *FINE])
def test_a_share_of_records_needs_no_population_so_it_shows_on_every_scheme(real_store, scheme):
    found = table(real_store, "ehcp_need:ASD", scheme)
    assert (found.total, found.total_base) == (4, 8)
    assert {row.flag for row in found.rows} <= {"", NO_BASE}
    assert not any("population" in word for word in found.basis)
