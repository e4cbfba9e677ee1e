from datetime import date

import pytest

from geodata.printed import PrintedClosures, PrintedCme, printed_cme
from geodata.profile import PROFILES

DIRECTORY = PROFILES / "buckinghamshire"
"""Expected values are read off the committed transcriptions by eye."""


@pytest.fixture(scope="module")
def printed():
    return printed_cme(DIRECTORY)


def test_a_year(printed):
    year = printed.years["2021/22"]
    assert (year.involvements, year.children, year.new, year.closed) == (609, 578, 547, 542)
    assert (year.mean_weeks, year.within_2_weeks, year.within_4_weeks) == (5.9, 48.0, 66.2)
    assert "3 Nov 2022" in year.source


def test_closures_of_a_year_and_of_a_month(printed):
    assert set(printed.closures) == {"2021/22", "2020/21", "2022-07"}
    assert printed.closures["2021/22"].counts["BUSC"] == 114
    assert printed.closures["2021/22"].mean_weeks["NCE"] == 14.4
    assert printed.closures["2022-07"].counts["NCO"] == 4
    assert printed.closures["2022-07"].mean_weeks == {}


def test_a_blank_cell_is_no_nought(printed):
    assert "OLAN" not in printed.closures["2020/21"].counts
    assert printed.closures["2022-07"].counts["IND"] == 0


@pytest.mark.parametrize(("key", "missing"), [("2021/22", 4), ("2020/21", 52), ("2022-07", 1)])
def test_what_has_no_printed_row(printed, key, missing):
    assert printed.closures[key].no_printed_row == missing


def test_without_a_total_nothing_is_missing():
    assert PrintedClosures({"IND": 3}, {}).no_printed_row is None


def test_stocks_and_bands(printed):
    assert printed.stock == {date(2021, 7, 31): 58, date(2022, 6, 30): 60, date(2022, 7, 31): 67}
    bands = printed.open_by_months[date(2022, 7, 31)]
    assert (bands["0"], bands["12-23"], bands["24+"], sum(bands.values())) == (13, 9, 13, 67)


def test_shares(printed):
    assert printed.shares[date(2022, 7, 31)] == {("sen_status", "E"): 3.0, ("sen_status", "K"): 15.0}


def test_a_council_without_printed_figures_has_none(tmp_path):
    assert printed_cme(tmp_path) == PrintedCme()
