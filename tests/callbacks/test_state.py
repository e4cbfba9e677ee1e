"""The state that a browser sends is made whole, or refused in plain words."""

import pytest

from callbacks.state import MapState, read_state
from geodata.errors import UsageError

VIEW = {"layer": "cme_open", "scheme": "locality", "period": "2022-07-31"}


def read(figures, **more):
    return read_state(figures, VIEW | more)


def test_a_view_alone_chooses_no_area(small_figures):
    assert read(small_figures) == MapState("cme_open", "locality", "2022-07-31", "", "")


def test_a_whole_state_is_kept(small_figures):
    found = read(small_figures, area="wycombe", beside="aylesbury")
    assert (found.area, found.beside) == ("wycombe", "aylesbury")


@pytest.mark.parametrize("area", ["nowhere", "E07000004", "unknown", "outside", "", None, ["wycombe"]])
def test_an_area_that_the_scheme_lacks_counts_as_none(small_figures, area):
    assert read(small_figures, area=area, beside="wycombe") == read(small_figures)


def test_an_area_is_not_compared_with_itself_or_with_nothing(small_figures):
    assert read(small_figures, area="wycombe", beside="wycombe").beside == ""
    assert read(small_figures, area="wycombe", beside="nowhere").beside == ""


@pytest.mark.parametrize("key", ["layer", "scheme", "period"])
def test_a_view_that_lacks_a_part_is_refused(small_figures, key):
    for raw in ({k: v for k, v in VIEW.items() if k != key}, VIEW | {key: ""}, VIEW | {key: None}):
        with pytest.raises(UsageError, match="lacks a layer, an area scheme or a period"):
            read_state(small_figures, raw)


def test_what_the_page_does_not_know_is_passed_over(small_figures):
    assert read(small_figures, school="100000", need="ASD") == read(small_figures)
