"""The address of the page on children missing education: made whole, and refused with what is valid."""

import pytest

from callbacks.cme_state import MEASURES, CmeState, offered_schemes, read_cme_state, smoothed_key
from geodata.errors import UsageError


def test_an_empty_address_shows_the_newest_counted_year_by_locality(small_store):
    assert read_cme_state(small_store, {}) == CmeState("2021/22", "cme_open", "locality", smooth=False)


def test_what_the_address_says_is_kept(small_store):
    raw = {"year": "2020/21", "measure": "cme_closed_soon", "areas": "ward", "smooth": "1"}
    assert read_cme_state(small_store, raw) == CmeState("2020/21", "cme_closed_soon", "ward", smooth=True)
    assert not read_cme_state(small_store, {"smooth": "0"}).smooth


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"year": "1999/00"}, r"No committee year '1999/00' here\. Valid: 2020/21, 2021/22\."),
        ({"measure": "ehcp_need"}, r"No measure 'ehcp_need' here\. Valid: cme_open, cme_new, "),
        ({"areas": "moon"}, r"No kind of areas 'moon' here\. Valid: locality, community_board, ward, district\."),
        ({"areas": "lsoa"}, r"LSOAs: this page does not draw them, the Map page does\. Valid: locality, "),
        ({"smooth": "yes"}, r"No smoothing 'yes' here\. Valid: 0, 1\."),
        ({"yaer": "2021/22"}, r"The address has 'yaer', which this page does not know\. Valid: year, measure, areas"),
    ],
)
def test_what_is_not_known_is_refused_with_the_valid_ones(small_store, raw, said):
    with pytest.raises(UsageError, match=said):
        read_cme_state(small_store, raw)


@pytest.mark.parametrize("measure", MEASURES)
def test_small_areas_and_the_county_alone_are_never_offered(small_store, measure):
    offered = {scheme.key for scheme in offered_schemes(small_store, measure)}
    assert offered == {"locality", "community_board", "ward", "district"}


def test_smoothed_rates_are_there_for_rates_by_many_areas_alone(small_store, real_store):
    assert smoothed_key(small_store, "cme_open", "ward") == "cme_open_smoothed"
    assert smoothed_key(small_store, "cme_new", "community_board") == "cme_new_smoothed"
    assert smoothed_key(small_store, "cme_open", "locality") == ""
    assert smoothed_key(small_store, "cme_long_open", "ward") == ""
    # Over real people no rate by ward stands on a modelled population, so there is none to smooth.
    assert smoothed_key(real_store, "cme_open", "ward") == ""
