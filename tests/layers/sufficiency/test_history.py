"""Counts of the January censuses, by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from geodata import periods
from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.sufficiency.core import NCYS, NEEDS, PROVISIONS
from layers.sufficiency.history import TODAY_ONLY, doubts, history, until

COVERS = {"covers_from": date(2021, 1, 1), "covers_to": date(2023, 2, 28), "basis": "synthetic"}
# The censuses are 21 January 2021, 20 January 2022 and 19 January 2023.
PLANS = (
    # child, start, end, born, year group, need, provision, place
    ("a", "2019-01-10", None, "2014-10-01", 3, "ASD", "special", "aylesbury"),  # Year 1, 2, 3
    ("b", "2019-01-10", "2022-01-20", "2014-08-01", 2, "ASD", "mainstream", "aylesbury"),  # gone on the second day
    ("c", "2021-01-21", None, "2010-01-01", None, None, None, "wycombe"),  # starts on the first day
    ("d", "2021-01-22", None, None, 1, "SEMH", "base", "wycombe"),  # Year 0, 1 by its year group
    ("e", "2021-05-01", "2021-09-01", "2012-01-01", None, "MLD", "special", "wycombe"),  # between two censuses
    ("f", "2022-06-01", None, None, None, "MLD", "independent", "outside"),
    ("g", "2018-01-01", None, "1996-01-01", None, "PD", "other", "withheld"),  # 25, then older
)


def frame_of(council, plans):
    places = {"aylesbury": council.aylesbury[0], "wycombe": council.wycombe}
    names = ["child_id", "start_date", "end_date", "born", "year_group", "primary_need", "provision", "atom"]
    frame = pd.DataFrame(list(plans), columns=names)
    frame["atom"] = [places.get(place, place) for place in frame["atom"]]
    frame["year_group"] = frame["year_group"].astype("Int64")
    for column in ("start_date", "end_date", "born"):
        days = [None if pd.isna(one) else date.fromisoformat(one) for one in frame[column]]
        frame[column] = pd.array(days, dtype=pd.ArrowDtype(pa.date32()))
    return frame


@pytest.fixture
def found(store_of, council):
    return history(store_of(("ehc_plans", frame_of(council, PLANS), COVERS)))


def cell(area, ncy, need, provision):
    areas = ("aylesbury", "chiltern-south-bucks", "wycombe", "unknown", "outside")
    return areas.index(area), NCYS.index(ncy), NEEDS.index(need), PROVISIONS.index(provision)


def test_the_years_are_the_censuses_within_the_days_covered(found):
    assert found.years == (2021, 2022, 2023)
    assert found.transitions == 2
    assert found.areas == ("aylesbury", "chiltern-south-bucks", "wycombe", "unknown", "outside")


def test_plans_are_counted_at_the_end_of_the_day(found):
    assert found.stock.sum(axis=(1, 2, 3, 4)).tolist() == [4, 4, 5]  # a b c g; a c d g; a c d f g
    assert found.new.sum(axis=(1, 2, 3, 4)).tolist() == [1, 1]
    assert found.left.sum(axis=(1, 2, 3, 4)).tolist() == [1, 0]


def test_a_child_grows_a_year_older_at_each_census(found):
    for year, ncy in enumerate((1, 2, 3)):
        assert found.stock[(year, *cell("aylesbury", ncy, "ASD", "special"))] == 1


def test_what_left_is_counted_a_year_older_in_its_kind_of_provision(found):
    where = cell("aylesbury", 3, "ASD", "mainstream")
    assert found.left[(0, *where)] == found.starts_from[(0, *where)] == 1


def test_a_year_group_stands_in_for_the_month_of_birth(found):
    assert found.stock[(1, *cell("wycombe", 0, "SEMH", "base"))] == 1
    assert found.stock[(2, *cell("wycombe", 1, "SEMH", "base"))] == 1


def test_blank_need_and_provision_have_a_cell(found):
    assert found.stock[(0, *cell("wycombe", 6, "", "other"))] == 1


def test_a_plan_without_any_age_starts_at_the_mean_of_the_others(found):
    # At their start: a 0 - 1 = -1, b 0, c 6, d -1, e 4, g 17: mean 4.17, so Year 4 in June 2022 and 5 in January 2023.
    assert found.stock[(2, *cell("outside", 5, "MLD", "independent"))] == 1


def test_the_oldest_stay_in_the_oldest_year_and_withheld_is_unknown(found):
    assert [found.stock[(year, *cell("unknown", 21, "PD", "other"))] for year in range(3)] == [0, 1, 1]
    assert found.stock[(0, *cell("unknown", 20, "PD", "other"))] == 1


def test_every_step_adds_up_in_every_cell(found):
    kept = found.starts_from.astype(int) - found.left + found.new
    assert np.array_equal(found.stock[1:], kept)


def test_what_was_estimated_is_said(found):
    said = " ".join(found.notes)
    assert TODAY_ONLY in said
    assert "Plans with an unknown setting, counted as “other” provision: 1." in said
    assert "Plans that started and ended between two censuses, which are in no count: 1." in said
    assert "whose year group is moved along by school years, estimated: 1." in said
    assert "taken to start in national curriculum year 4, the mean of the others, estimated: 1." in said
    assert "Plans of persons aged 26 or over maintained on 2023-01-19" in said
    assert found.basis == ("synthetic",)


def test_the_demonstration_adds_up_to_what_the_map_counts(demo_store):
    found = history(demo_store)
    assert found.stock.sum(axis=(1, 2, 3, 4)).tolist() == [4054, 4595, 4910, 5415, 5890, 6697, 7217]
    days = [periods.stock(periods.census_day(year)) for year in found.years]
    counts = demo_store.counts("ehc_plans", "open", days)
    for year, day in enumerate(days):
        by_area = found.stock[year].sum(axis=(1, 2, 3))
        on_map = counts["locality", day.key]
        assert {code: on_map.get(code, 0) for code in found.areas} == dict(zip(found.areas, by_area, strict=True))
    assert np.array_equal(found.stock[1:], found.starts_from.astype(int) - found.left + found.new)


def test_an_earlier_origin_knows_nothing_of_later_years(found):
    earlier = until(found, 2022)
    assert earlier.years == (2021, 2022)
    assert earlier.transitions == 1
    with pytest.raises(UsageError, match="There are: 2021, 2022, 2023"):
        until(found, 2030)


def test_without_plans_or_a_census_the_remedy_is_said(store_of, council, tmp_path):
    short = {"covers_from": date(2021, 2, 1), "covers_to": date(2021, 12, 31)}
    with pytest.raises(UsageError, match="--covers-from"):
        history(store_of(("ehc_plans", frame_of(council, PLANS), short)))
    workspace = Workspace(tmp_path / "none")
    council.add_part(workspace, "population", council.population(1), basis="modelled")
    with pytest.raises(UsageError, match="locality-atlas import"):
        history(Store(workspace.current()))


def test_plans_of_nobodys_age_are_refused(store_of, council):
    frame = frame_of(council, [(*plan[:3], None, None, *plan[5:]) for plan in PLANS])
    with pytest.raises(UsageError, match="month of birth"):
        history(store_of(("ehc_plans", frame, COVERS)))


def test_gaps_in_the_records_are_doubted(found):
    many = until(found, 2022)
    stock = np.zeros_like(many.stock)
    stock[0, 0, 5, 0, 0], stock[1, 0, 6, 0, 0] = 100, 100

    def made(before, after, left, new):
        stock[0, 0, 5, 0, 0], stock[1, 0, 6, 0, 0] = before, after
        flows = [np.zeros_like(many.left) for _ in range(2)]
        flows[0][0, 0, 6, 0, 0], flows[1][0, 0, 6, 0, 0] = left, new
        return doubts(type(many)(many.areas, many.years, stock, flows[1], flows[0], flows[0], (), ()))

    assert made(100, 110, 5, 15) == ()
    assert "2.0 times as many" in made(100, 200, 5, 105)[0]
    assert "No plan ended" in made(100, 110, 0, 10)[0]
    assert "No plan started" in made(100, 90, 10, 0)[0]
    assert "without any plan" in made(0, 110, 0, 110)[0]


def test_records_of_open_plans_only_are_doubted_once_and_first(found):
    stock = np.zeros_like(found.stock)
    stock[:, 0, 5, 0, 0] = 60, 80, 95
    new = np.zeros_like(found.new)
    new[:, 0, 5, 0, 0] = 20, 15
    (said,) = doubts(type(found)(found.areas, found.years, stock, new, np.zeros_like(new), new, (), ()))
    assert said.startswith("No plan ended from January 2021 to January 2023: the records seem to hold open plans only")
