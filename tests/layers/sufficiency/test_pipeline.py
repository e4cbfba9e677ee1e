"""When planned places open, and how they fill up."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import ProfileError
from layers.sufficiency.core import Places
from layers.sufficiency.pipeline import is_planned, pipeline, ramp_share, slipped, working_places
from layers.sufficiency.settings import SufficiencySettings

SETTINGS = SufficiencySettings(working_occupancy=0.95, ramp=(0.25, 0.5, 0.75, 1.0))
YEARS = (2025, 2026, 2027, 2028, 2029, 2030)


def test_a_planned_scheme_ramps_up_by_school_years():
    # Opens in September 2025: the January of 2026 is in its first school year.
    found = working_places(40, (date(2025, 9, 1), None), YEARS, SETTINGS)
    assert found == pytest.approx([0, 9.5, 19, 28.5, 38, 38])


def test_slippage_moves_only_what_is_planned():
    late = replace(SETTINGS, slippage_months=12)
    assert working_places(40, (date(2025, 9, 1), None), YEARS, late) == pytest.approx([0, 0, 9.5, 19, 28.5, 38])
    assert working_places(40, (date(2024, 9, 1), None), YEARS, late) == pytest.approx([38] * 6)
    assert slipped(date(2025, 9, 1), 5) == date(2026, 2, 1)
    # Five months late it misses the January of its first school year, whose share is lost to nobody.
    some = working_places(40, (date(2025, 9, 1), None), YEARS, replace(SETTINGS, slippage_months=5))
    assert some == pytest.approx([0, 0, 19, 28.5, 38, 38])


def test_places_open_today_are_full_and_end_when_they_close():
    # The census day of 2027 is 21 January: what closes on it is gone by its end.
    assert working_places(20, (None, date(2027, 1, 21)), YEARS, SETTINGS) == pytest.approx([19, 19, 0, 0, 0, 0])
    assert working_places(20, (None, date(2027, 1, 22)), YEARS, SETTINGS) == pytest.approx([19, 19, 19, 0, 0, 0])


@pytest.mark.parametrize(("opens", "expected"), [(date(2025, 1, 16), False), (date(2025, 1, 17), True), (None, False)])
def test_planned_is_what_opens_after_the_base_census(opens, expected):
    assert is_planned(opens, 2025) is expected


@pytest.mark.parametrize("ramp", [(-0.1, 1.0), (0.5, 0.4), (0.5, 1.2), ()])
def test_a_ramp_that_makes_no_sense_is_refused(ramp):
    with pytest.raises(ProfileError, match="ramp"):
        working_places(10, (None, None), YEARS, replace(SETTINGS, ramp=ramp))


@given(
    places=st.integers(0, 300),
    opens=st.dates(date(2020, 1, 1), date(2032, 1, 1)),
    months=st.integers(0, 36),
)
def test_never_more_than_commissioned_and_slipping_never_adds(places, opens, months):
    on_time = working_places(places, (opens, None), YEARS, SETTINGS)
    late = working_places(places, (opens, None), YEARS, replace(SETTINGS, slippage_months=months))
    assert list(on_time) == sorted(on_time)
    assert all(0 <= after <= before <= places for before, after in zip(on_time, late, strict=True))


def test_share_before_the_first_day_is_nothing():
    assert [ramp_share(date(2026, 1, 16), year, (0.3, 1.0)) for year in (2026, 2027, 2028)] == [0, 1.0, 1.0]


def row(name, **facts):
    return Places(name, None, "a", None, None, "special", "primary", "ANY", 10, None, None, (10.0,), **facts)


def test_the_timeline_has_what_opens_and_closes_earliest_first():
    rows = [
        row("open today", opens=date(2010, 9, 1)),
        row("late", opens=date(2027, 9, 1), planned=True),
        row("closing", opens=date(2010, 9, 1), closes=date(2026, 8, 31)),
        row("brief", opens=date(2025, 9, 1), closes=date(2030, 8, 31), planned=True),
    ]
    assert [one.setting for one in pipeline(rows)] == ["brief", "closing", "late"]
