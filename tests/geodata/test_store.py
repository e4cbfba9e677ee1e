"""The one door to the data: counts, residents, and what they cost."""

import subprocess
import sys
from datetime import date

import pandas as pd
import pytest

from geodata import engine
from geodata.errors import ProfileError, UsageError
from geodata.periods import Period, month_ends, stock
from geodata.snapshot import Workspace
from geodata.store import Store

JULY = stock(date(2022, 7, 31))
YEAR = Period("2021/22", "2021/22", date(2021, 9, 1), date(2022, 8, 1))


def test_open_cases_by_locality_are_those_counted_by_hand(small_store):
    found = small_store.counts("cme_involvements", "open", [JULY])
    # a c | f h | i | k l (one of them withheld) | m
    assert found["locality", "2022-07-31"] == {
        "aylesbury": 2, "wycombe": 2, "chiltern-south-bucks": 1, "unknown": 2, "outside": 1,
    }  # fmt: skip


def test_new_cases_by_locality_are_those_counted_by_hand(small_store):
    found = small_store.counts("cme_involvements", "started", [YEAR])
    # b c d e | f h | i j | k l | m n
    assert found["locality", "2021/22"] == {
        "aylesbury": 4, "wycombe": 2, "chiltern-south-bucks": 2, "unknown": 2, "outside": 2,
    }  # fmt: skip


def test_ended_cases_by_locality_are_those_counted_by_hand(small_store):
    found = small_store.counts("cme_involvements", "ended", [YEAR])
    # b d e | g (on the first day) | j (on the last) | n
    assert found["locality", "2021/22"] == {"aylesbury": 3, "wycombe": 1, "chiltern-south-bucks": 1, "outside": 1}


def test_every_scheme_and_period_adds_up_to_the_county_with_unknown_and_outside(small_store):
    # Open at each month end from August 2021 to July 2022, by the dates of the cases:
    # Aug a g | Sep a f | Oct a b c f | Nov a c f k | Dec + j | Jan = Dec | Feb + l | Mar + h | Apr + m n | May = Apr
    # | Jun - n | Jul - j + i.
    by_hand = [2, 2, 4, 4, 5, 5, 6, 7, 9, 9, 8, 8]
    periods = month_ends(date(2021, 8, 31), date(2022, 7, 31))
    counts = small_store.counts("cme_involvements", "open", periods)
    for scheme in small_store.areas.of_atom:
        assert [sum(counts[scheme, period.key].values()) for period in periods] == by_hand


def test_counts_are_whole_numbers_of_python(small_store):
    found = small_store.counts("cme_involvements", "open", [JULY])["county", "2022-07-31"]
    assert {type(number) for number in found.values()} == {int}


def test_a_dataset_that_was_not_imported_counts_nothing(small_store):
    assert small_store.counts("housing", "open", [JULY]) == {}
    assert small_store.part("housing") is None


def test_no_periods_count_nothing(small_store):
    assert small_store.counts("ehc_plans", "open", []) == {}


def test_all_periods_of_a_layer_cost_one_query_and_the_second_call_none(small_path, monkeypatch):
    store, queries = Store(Workspace(small_path).current()), []
    collect = engine.collect
    monkeypatch.setattr(engine, "collect", lambda frame: queries.append(1) or collect(frame))
    periods = month_ends(date(2021, 8, 31), date(2022, 7, 31))
    first = store.counts("cme_involvements", "open", periods)
    assert store.counts("cme_involvements", "open", list(periods)) is first
    assert len(queries) == 1
    base = store.residents((5, 15), date(2022, 7, 31))
    assert store.residents((5, 15), date(2021, 8, 31)) is base  # the same undated estimate serves both
    assert len(queries) == 2
    store.counts("cme_involvements", "started", periods)
    store.residents((0, 25), date(2022, 7, 31))
    assert len(queries) == 4


def test_residents_are_summed_over_ages_and_atoms_with_both_ends(small_store, council):
    # 11 ages x 10 persons = 110 an LSOA; 115, 97, 107 and 319 LSOAs.
    found = small_store.residents((5, 15), None)
    assert found.persons["locality"] == {"aylesbury": 12_650, "chiltern-south-bucks": 10_670, "wycombe": 11_770}
    assert found.persons["county"] == {"E06000060": 35_090}
    assert found.persons["lsoa"][council.wycombe] == 110
    assert (found.reference, found.basis, found.dates) == (None, "modelled", "undated")


def test_one_year_of_age_is_a_band_too(small_store):
    assert small_store.residents((0, 0), None).persons["county"] == {"E06000060": 3_190}
    assert small_store.residents((90, 90), None).persons["county"] == {"E06000060": 3_190}


@pytest.mark.parametrize("scheme", ["locality", "community_board", "ward", "msoa", "lsoa", "district", "county"])
def test_residents_of_every_scheme_add_up_to_the_county(small_store, scheme):
    # 18 ages x 10 persons x 319 LSOAs
    assert sum(small_store.residents((0, 17), None).persons[scheme].values()) == 57_420


def _populations(council, path, *parts):
    workspace = Workspace(path)
    for per_age, facts in parts:
        council.add_part(workspace, "population", council.population(per_age), **facts)
    return Store(workspace.current())


@pytest.fixture(scope="module")
def two_dates(council, tmp_path_factory):
    """Undated 1, 2020 2, 2022 3 persons per year of age, all real."""
    return _populations(
        council,
        tmp_path_factory.mktemp("populations"),
        (1, {}),
        (3, {"reference_date": date(2022, 6, 30)}),
        (2, {"reference_date": date(2020, 6, 30)}),
    )


@pytest.mark.parametrize(
    ("at", "reference", "per_age"),
    [
        (date(2019, 1, 1), date(2020, 6, 30), 2),
        (date(2021, 6, 29), date(2020, 6, 30), 2),
        (date(2021, 6, 30), date(2020, 6, 30), 2),  # 365 days to either: the earlier
        (date(2021, 7, 1), date(2022, 6, 30), 3),
        (date(2030, 1, 1), date(2022, 6, 30), 3),
        (None, date(2022, 6, 30), 3),  # no date of the numerator: the newest
    ],
)
def test_the_dated_population_nearest_to_the_numerator_is_its_base(two_dates, at, reference, per_age):
    found = two_dates.residents((0, 0), at)
    assert (found.reference, found.dates) == (reference, reference.isoformat())
    assert found.persons["county"] == {"E06000060": 319 * per_age}


def test_the_populations_that_serve_are_listed_oldest_first(two_dates, small_store):
    # An undated one beside dated ones serves nobody, so it is not offered.
    assert two_dates.population_dates() == (date(2020, 6, 30), date(2022, 6, 30))
    assert small_store.population_dates() == (None,)


def test_an_undated_population_serves_only_where_there_is_no_dated_one(council, small_store, dated_store):
    assert small_store.residents((5, 15), date(2022, 7, 31)).reference is None
    found = dated_store.residents((5, 15), date(2022, 7, 31))
    assert (found.reference, found.basis) == (council.dated, "real")
    assert found.persons["county"] == {"E06000060": 70_180}  # twice 35,090


def test_without_an_imported_population_the_packs_modelled_one_serves(council, profile, tmp_path):
    workspace = Workspace(tmp_path)
    council.add_part(workspace, "ehc_plans", council.events(council.plans))
    store = Store(workspace.current())
    found = store.residents((0, 17), date(2022, 1, 20))
    assert (found.reference, found.basis) == (None, "modelled")
    pack = pd.read_parquet(profile.directory / "population.parquet")
    assert found.persons["county"] == {"E06000060": pack.persons[pack.age <= 17].sum()}
    assert store.population_dates() == (None,)


def test_the_newest_part_is_the_one_that_counts_and_a_pinned_store_stays(own_path, council):
    workspace = Workspace(own_path)
    old = Store(workspace.current())
    council.add_part(workspace, "cme_involvements", council.events(council.cases[:1]))
    new = Store(workspace.current())
    assert sum(new.counts("cme_involvements", "open", [JULY])["county", "2022-07-31"].values()) == 1
    assert sum(old.counts("cme_involvements", "open", [JULY])["county", "2022-07-31"].values()) == 8


def test_a_figure_is_synthetic_where_its_records_are(small_store, real_store):
    assert small_store.is_synthetic()
    assert small_store.is_synthetic("cme_involvements")
    assert not small_store.is_synthetic("population")
    assert not real_store.is_synthetic()


def test_rows_of_a_table_are_the_areas_by_name_then_unknown_and_outside(small_store):
    assert small_store.rows("locality") == (
        ("aylesbury", "Aylesbury"),
        ("chiltern-south-bucks", "Chiltern & South Bucks"),
        ("wycombe", "Wycombe"),
        ("unknown", "Address unknown or withheld"),
        ("outside", "Outside the county"),
    )


LIGHT = """
import sys
from datetime import date
from geodata.periods import stock
from geodata.snapshot import Workspace
from geodata.store import Store
store = Store(Workspace(sys.argv[1]).current())
counts = store.counts("cme_involvements", "open", [stock(date(2022, 7, 31))])
assert counts["locality", "2022-07-31"]["aylesbury"] == 2
assert store.residents((5, 15), None).persons["county"]["E06000060"] == 35090
print(",".join(sorted({"pandas", "geopandas", "numpy", "pyarrow", "plotly", "shapely"} & set(sys.modules))))
"""


def test_using_the_store_loads_no_data_frame_library_and_no_plotly(small_path):
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, str(small_path)], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_records_of_another_version_of_the_areas_are_refused(filled):
    snapshot = Workspace(filled.path).current()
    filled.take("area_scheme", filled.outlines(filled.files / "w.geojson", filled.wards))
    with pytest.raises(ProfileError, match=r"people\.csv|cases\.csv"):
        Store(Workspace(filled.path).current(), filled.profile)
    assert Store(snapshot).profile == filled.profile


def test_rows_of_places_are_listed_and_those_of_children_never(filled):
    first = filled.write(filled.files / "a.csv", "indicator,period,value", "plans,2024,c")
    second = filled.write(filled.files / "b.csv", "indicator,period,value", "plans,2025,5")
    for file in (first, second):
        filled.take("indicator_values", file)
    store = Store(Workspace(filled.path).current())
    rows = store.rows_of("indicator_values")
    assert [(row["period"], row["value"], row["symbol"]) for row in rows] == [("2025", 5.0, None), ("2024", None, "c")]
    assert [row["part"] for row in rows] == [part.id for part in reversed(store.snapshot.parts("indicator_values"))]
    assert store.rows_of("indicator_values") is rows
    assert store.rows_of("schools") == ()
    with pytest.raises(UsageError, match="counted, never listed"):
        store.rows_of("cme_involvements")
