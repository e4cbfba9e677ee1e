"""Which datasets a file fits, by its headings alone."""

import pytest

from geodata.contracts import CONTRACTS
from geodata.fitting import fitting
from geodata.reading import Layout


def fit(*headings):
    return fitting(Layout("csv", headings))


@pytest.mark.parametrize("key", [key for key, wanted in CONTRACTS.items() if wanted.shape != "lookup"])
def test_a_file_with_our_own_headings_fits_its_dataset_first(key):
    assert fit(*CONTRACTS[key].keys)[0][0] == key


@pytest.mark.parametrize(
    ("headings", "best"),
    [
        (("Child ID", "Date opened", "Date closed", "Closure reason"), "cme_involvements"),
        (("lsoa11_code", "0", "1", "2"), "population"),
        (("area", "year", "count"), "ehcp_series"),
        (("lsoa21_code", "ward24_code"), "area_scheme"),
        (("time_period", "la_name", "ehcplans", *"abcdefghijklmn"), "indicator_values"),
    ],
)
def test_headings_of_real_exports_find_their_dataset(headings, best):
    assert fit(*headings)[0][0] == best


def test_a_near_spelling_of_what_is_needed_counts():
    assert fit("Child ID", "Date Opend", "Closure reason")[0][0] == "cme_involvements"


def test_what_lacks_a_needed_column_fits_in_part_if_enough_is_there():
    fits, nearly = fit("Date closed", "Closure reason", "NC year", "SEN status")
    assert (fits, nearly[0]) == ((), "cme_involvements")
    assert fit("Date closed", "Closure reason") == ((), ())
    assert fit("", "colour") == ((), ())


def test_the_same_age_twice_is_no_fault_here():
    assert "population" not in fit("lsoa11_code", "0", "0", "1")[0]
