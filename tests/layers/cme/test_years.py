from datetime import date

import pytest

from geodata.errors import UsageError
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.cme.years import earlier_key, find_year, report_years, year_days, year_key

ROW = {"child_id": "a", "start_date": "2021-10-01", "end_date": "", "atom": "unknown"}


def years(store_of, first, last):
    made = store_of([ROW], covers=(date.fromisoformat(first), date.fromisoformat(last)))
    return {year.key: year for year in report_years(made)}


def test_keys_and_days():
    assert (year_key(1999), year_key(2021), earlier_key("2021/22")) == ("1999/00", "2021/22", "2020/21")
    assert year_days("2021/22") == (date(2021, 9, 1), date(2022, 7, 31))


def test_years_of_the_records_and_of_the_print(store_of):
    found = years(store_of, "2021-08-31", "2022-07-31")
    assert list(found) == ["2020/21", "2021/22"]
    assert [year.counted for year in found.values()] == [False, True]
    assert found["2021/22"].doubt == ""
    assert found["2021/22"].period.dates == "2021-09-01/2022-07-31"


def test_a_year_that_still_runs_ends_with_the_extract(store_of):
    year = years(store_of, "2021-08-31", "2022-12-05")["2022/23"]
    assert (year.period.partial, year.period.label) == (True, "2022/23 so far, to 5 December 2022")
    assert year.period.dates == "2022-09-01/2022-12-05"


def test_an_extract_that_begins_a_little_late_speaks_for_the_year_and_says_so(store_of):
    year = years(store_of, "2021-09-06", "2022-07-31")["2021/22"]
    assert (year.counted, year.period.partial) == (True, False)
    assert "only from 6 September 2021" in year.doubt


def test_of_a_year_of_which_half_is_missing_the_rest_is_counted(store_of):
    year = years(store_of, "2022-02-01", "2022-07-31")["2021/22"]
    assert (year.counted, year.whole, year.period.label) == (True, False, "2021/22 from 1 February 2022")
    assert year.period.dates == "2022-02-01/2022-07-31"
    assert "figures begin with that day" in year.doubt


def test_an_extract_of_one_day_is_a_year_of_one_day(store_of):
    year = years(store_of, "2022-03-10", "2022-03-10")["2021/22"]
    assert year.period.label == "2021/22 from 10 March 2022 so far, to 10 March 2022"
    assert year.period.dates == "2022-03-10/2022-03-10"


def test_august_belongs_to_no_year(store_of):
    assert [key for key, year in years(store_of, "2022-08-01", "2022-08-31").items() if year.counted] == []


def test_the_newest_counted_year_comes_first_and_an_unknown_one_is_refused(store_of):
    made = store_of([ROW])
    assert find_year(made).key == "2021/22"
    with pytest.raises(UsageError, match="Valid: 2020/21, 2021/22"):
        find_year(made, "2030/31")


def test_with_nothing_loaded_printed_years_are_left(council, tmp_path):
    workspace = Workspace(tmp_path)
    council.add_part(workspace, "population", council.population(1), basis="modelled")
    assert find_year(Store(workspace.current())).key == "2021/22"
