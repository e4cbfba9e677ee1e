"""The words beside figures."""

import pytest

from geodata.store import Residents
from layers.basis import parts_basis, population_basis, records_basis, scheme_basis


def test_what_is_not_real_is_said_once_in_the_order_of_the_datasets(subjects_store, real_store):
    assert records_basis(subjects_store, "provision", "ehc_plans", "family_centres") == ("illustrative", "synthetic")
    assert records_basis(subjects_store, "schools", "housing") == ()
    assert records_basis(real_store, "ehc_plans", "not_loaded") == ()
    assert parts_basis([]) == ()


@pytest.mark.parametrize(
    ("basis", "words", "expected"),
    [
        ("real", {}, ()),
        ("modelled", {}, ("modelled population",)),
        ("real", {"ward": "estimated"}, ("estimated population",)),
        ("real", {"msoa": "modelled"}, ()),
        ("synthetic", {}, ("synthetic population",)),
    ],
)
def test_a_population_that_is_not_counted_says_so(basis, words, expected):
    assert population_basis(Residents(None, basis, {}, words), "ward") == expected


def test_areas_that_are_not_official_say_so(small_store):
    schemes = ("ward", "community_board", "lsoa")
    assert [scheme_basis(small_store, one) for one in schemes] == [("approximate areas",), ("indicative areas",), ()]
