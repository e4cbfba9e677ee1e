from datetime import date

import pytest

from geodata.contracts import contract
from geodata.errors import UsageError
from geodata.options import Options, today

ONE, TWO = date(2025, 5, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("dataset", "said", "says"),
    [
        ("ehc_plans", {"basis": "made up"}, "Valid: real"),
        ("ehc_plans", {"reference_date": ONE}, "--covers-from and --covers-to, not --date"),
        ("indicator_values", {"reference_date": ONE}, "does not count at one date"),
        ("population", {"covers_to": ONE}, "--date"),
        ("ehc_plans", {"covers_from": TWO, "covers_to": ONE}, "before it begins"),
        ("ehc_plans", {"covers_to": date(2999, 1, 1)}, "in the future"),
        ("area_scheme", {"valid_from": TWO, "valid_to": ONE}, "before it begins"),
        ("area_scheme", {"valid_from": ONE, "valid_to": ONE}, "before it begins"),  # half-open: in force on no day
        ("ehc_plans", {"scheme": "ward"}, "are for area_scheme"),
        ("population", {"code_field": "cd"}, "are for area_scheme"),
        ("population", {"edition": "2019"}, "for deprivation"),
        ("deprivation", {"edition": "19"}, "Valid: 2004, 2007, 2010, 2015, 2019, 2025"),
        *(("area_scheme", {"scheme": key}, "cannot be the key") for key in ("Ward", "a b", "x/../y", "county", "w")),
    ],
)
def test_what_does_not_fit_is_wrong_use(dataset, said, says):
    with pytest.raises(UsageError, match=says):
        Options(**said).check(contract(dataset))


@pytest.mark.parametrize(
    ("dataset", "said"),
    [
        ("ehc_plans", {"covers_from": ONE, "covers_to": ONE}),  # both days included: one day
        ("schools", {"reference_date": ONE}),
        ("population", {"reference_date": ONE, "basis": "modelled"}),
        ("deprivation", {"edition": "2025"}),
        ("area_scheme", {"scheme": "community_board", "valid_from": ONE, "valid_to": TWO, "crs": "EPSG:27700"}),
    ],
)
def test_what_fits_is_taken(dataset, said):
    Options(**said).check(contract(dataset))


def test_today_is_a_plain_date():
    assert type(today()) is date
