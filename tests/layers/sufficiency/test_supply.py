"""The list of specialist places as the model takes it."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from geodata.errors import ProfileError, UsageError
from layers.sufficiency.core import PHASE_KEYS, Places
from layers.sufficiency.settings import SufficiencySettings
from layers.sufficiency.supply import open_in, supply

SETTINGS = SufficiencySettings(working_occupancy=0.5, ramp=(0.5, 1.0))
YEARS = (2025, 2026, 2027)
DAY = date(2025, 1, 16)
OLD = date(2015, 9, 1)
COLUMNS = ["setting_urn", "setting_name", "provision", "need", "phase", "commissioned_places", "capacity", "pupils",
           "opened", "closed", "atom"]  # fmt: skip


def listed(*rows):
    frame = pd.DataFrame(list(rows), columns=COLUMNS).assign(easting=481000.0, northing=212000.0)
    whole = dict.fromkeys(("setting_urn", "commissioned_places", "capacity", "pupils"), "Int64")
    return frame.astype(whole | {key: pd.ArrowDtype(pa.date32()) for key in ("opened", "closed")})


def our_plans(subjects, count):
    """Return so many plans in the special school 900, and one of its mainstream pupils."""
    rows = [
        *((f"c{n}", subjects.a1, date(2020, 1, 1), None, "ASD", "special", 900, 3) for n in range(count)),
        *([("m", subjects.a1, date(2020, 1, 1), None, "ASD", "mainstream", 900, 3)] if count else []),
    ]
    columns = ["child_id", "atom", "start_date", "end_date", "primary_need", "provision", "school_urn", "year_group"]
    dates = dict.fromkeys(("start_date", "end_date"), pd.ArrowDtype(pa.date32()))
    text = dict.fromkeys(("child_id", "atom", "primary_need", "provision"), "str")
    return pd.DataFrame(rows, columns=columns).astype(dates | text | {"school_urn": "Int64", "year_group": "Int64"})


@pytest.fixture
def read(store_of, subjects):
    """Read rows (without their atom, which is in Aylesbury) as places."""

    def make(*rows, settings=SETTINGS, plans=None, **facts):
        frame = listed(*((*row, subjects.a1) if len(row) == len(COLUMNS) - 1 else row for row in rows))
        parts = [("provision", frame, {"reference_date": DAY, "basis": "synthetic"})]
        covers = {"covers_from": date(2024, 1, 18), "covers_to": DAY, "basis": "synthetic"}
        parts.append(("ehc_plans", our_plans(subjects, 0) if plans is None else plans, covers))
        return supply(store_of(*parts), YEARS, settings, **facts)

    return make


def test_three_numbers_and_the_working_places(read, subjects):
    found = read((900, "Oak", "special", "ASD", "secondary", 40, 44, 42, OLD, None, subjects.wycombe))
    assert found.places == (
        Places("Oak", 900, "wycombe", 481000.0, 212000.0, "special", "secondary", "ASD", 40, 44, 42,
               (20.0, 20.0, 20.0), OLD),
    )  # fmt: skip
    assert found.sold == {900: 42}  # no plan of ours is there
    assert found.basis == ("synthetic", "places as listed on 16 January 2025", "ramp and occupancy assumed")
    assert found.notes == ()


def test_capacity_stands_in_and_is_said(read):
    found = read((900, "Oak", "special", "ASD", "primary", None, 30, 20, OLD, None))
    assert found.places[0].by_year == (15.0, 15.0, 15.0)
    assert (found.places[0].commissioned, found.places[0].capacity) == (None, 30)
    assert found.notes == ("No commissioned places stated, capacity stands in: Oak.",)


def test_no_places_at_all_are_said(read):
    found = read((900, "Oak", "special", "ASD", "primary", None, None, 20, OLD, None))
    assert found.places[0].by_year == (0.0, 0.0, 0.0)
    assert found.notes == ("Neither places nor capacity stated, no places counted: Oak.",)


def test_a_setting_without_need_serves_any(read):
    found = read((900, "Oak", "special", None, "primary", 10, None, 9, OLD, None))
    assert found.places[0].need == "ANY"
    assert found.notes == ("No need stated, taken to serve any need: Oak.",)


@pytest.mark.parametrize("phase", [None, "none", "all_through"])
def test_a_setting_without_phase_is_shared_out(read, phase):
    found = read((900, "Oak", "special", "ASD", phase, 31, None, 15, OLD, None))
    by_phase = {one.phase: one for one in found.places}
    # 7, 5 and 3 of 15 curriculum years.
    assert {phase: one.commissioned for phase, one in by_phase.items()} == {
        "primary": 15, "secondary": 10, "post_16": 6,
    }  # fmt: skip
    assert {phase: one.pupils for phase, one in by_phase.items()} == {"primary": 7, "secondary": 5, "post_16": 3}
    assert [one.by_year[0] for one in found.places] == pytest.approx([31 * 0.5 * years / 15 for years in (7, 5, 3)])
    assert found.notes == (
        "Phase not stated, shared over primary, secondary and post-16 by their curriculum years: estimated: Oak.",
    )


def test_nursery_is_early_years(read):
    found = read((900, "Oak", "special", "ASD", "nursery", 10, None, 9, OLD, None))
    assert found.places[0].phase == "early_years"
    assert found.places[0].phase in PHASE_KEYS


def test_planned_schemes_ramp_slip_and_close(read):
    rows = (
        (900, "New", "special", "ASD", "primary", 40, None, None, date(2025, 9, 1), None),
        (901, "Closing", "base", "ASD", "primary", 10, None, 8, OLD, date(2026, 8, 31)),
    )
    new, closing = read(*rows).places
    assert (new.planned, new.opens, new.by_year) == (True, date(2025, 9, 1), (0.0, 10.0, 20.0))
    assert (closing.planned, closing.by_year) == (False, (5.0, 5.0, 0.0))
    late = read(*rows, settings=replace(SETTINGS, slippage_months=12))
    assert late.places[0].by_year == (0.0, 0.0, 10.0)
    assert late.places[0].opens == date(2026, 9, 1)
    assert late.notes == ("Every planned opening is taken to slip by 12 months.",)
    assert open_in(closing, YEARS) == (True, True, False)
    assert open_in(new, YEARS) == (False, True, True)


def test_a_scheme_that_should_have_opened_is_named(read):
    found = read(
        (900, "Late", "special", "ASD", "primary", 40, None, None, date(2024, 9, 1), None),
        (901, "Oak", "special", "ASD", "primary", 40, None, 30, OLD, None),
        (901, "Oak", "special", "HI", "primary", 4, None, 0, OLD, None),  # others attend what opened with it
        (902, "To come", "special", "ASD", "primary", 4, None, None, date(2025, 9, 1), None),
    )
    assert found.notes == (
        "Planned scheme that should have opened by 16 January 2025, but no pupils attend; counted from the day the "
        "list gives: Late.",
    )


def test_a_list_that_counts_no_pupils_does_not_call_schools_late(read):
    assert read((900, "Oak", "special", "ASD", "primary", 40, None, None, OLD, None)).notes == ()


def test_sold_is_pupils_less_our_own_plans(read, subjects):
    own = our_plans(subjects, 4)
    rows = (
        (900, "Oak", "special", "ASD", "primary", 8, None, 5, OLD, None),
        (900, "Oak", "special", "MLD", "secondary", 8, None, 2, OLD, None),
    )
    assert read(*rows, plans=own).sold == {900: 3}
    few = read((900, "Oak", "special", "ASD", "primary", 8, None, 1, OLD, None), plans=own)
    assert few.sold == {900: 0}
    assert few.notes == ("More of our own plans than pupils attending: Oak. The plans count.",)


def test_a_setting_without_a_number_is_said(read):
    found = read((None, "Oak", "special", "ASD", "primary", 8, None, 5, OLD, None))
    assert found.sold == {}
    assert found.notes == (
        "No unique reference number, so plans cannot be linked; pupils attending are taken to stay, assumed: Oak.",
    )


def test_many_settings_are_counted_rather_than_named(read):
    rows = [(900 + n, f"S{n}", "special", None, "primary", 8, None, 5, OLD, None) for n in range(7)]
    assert read(*rows).notes == ("No need stated, taken to serve any need: S0, S1, S2, S3, S4 and 2 more.",)


def test_a_scenario_adds_places(read):
    extra = Places("New", None, "wycombe", None, None, "base", "primary", "ASD", 10, None, None, (0.0, 5.0, 5.0),
                   planned=True, from_scenario=True)  # fmt: skip
    found = read((900, "Oak", "special", "ASD", "primary", 8, None, 5, OLD, None), extra=(extra,))
    assert found.places[-1] is extra


def test_no_list_is_refused_with_the_remedy(small_store):
    with pytest.raises(UsageError, match="locality-atlas import provision FILE"):
        supply(small_store, YEARS, SETTINGS)


def test_a_negative_ramp_is_refused(read):
    with pytest.raises(ProfileError, match="ramp"):
        read((900, "Oak", "special", "ASD", "primary", 8, None, 5, OLD, None), settings=replace(SETTINGS, ramp=(-1.0,)))
