"""The assumptions of a council: read whole, each with its source, or refused with the key."""

from dataclasses import replace
from pathlib import Path

import pytest

from geodata.errors import ProfileError
from geodata.profile import PROFILES, load_profile
from layers.sufficiency.settings import FILE, SufficiencySettings, check_ramp, read_settings, sufficiency_settings

OWN = PROFILES / "buckinghamshire" / FILE


def changed(tmp_path, old, new):
    text = OWN.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / FILE
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_every_price_says_where_it_is_from():
    found = sufficiency_settings(load_profile())
    assert {cost.provision for cost in found.costs} == {"special", "independent", "base", "mainstream"}
    assert all(cost.source and cost.status in ("indicative", "assumed") for cost in (*found.costs, *found.capital))
    assert found.expectations[0].plans == 12_000


def test_areas_that_were_imported_leave_the_assumptions(tmp_path):
    profile = load_profile()
    assert sufficiency_settings(replace(profile, directory=tmp_path)) == sufficiency_settings(profile)


def test_without_a_file_there_are_the_defaults():
    assert read_settings(Path("nowhere") / FILE) == SufficiencySettings()


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(ProfileError, match="lacks the key 'detour'"):
        read_settings(changed(tmp_path, "detour = 1.3", "detours = 1.3"))


@pytest.mark.parametrize("occupancy", ["0", "1.2"])
def test_an_occupancy_must_be_a_share(tmp_path, occupancy):
    with pytest.raises(ProfileError, match="working_occupancy"):
        read_settings(changed(tmp_path, "working_occupancy = 0.95", f"working_occupancy = {occupancy}"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("slippage_months = 0", "slippage_months = -4", "slippage_months is -4; it is at least 0"),
        ("draws = 1000", "draws = 0", "draws is 0; it is at least 1"),
        ("years_ahead = 10", "years_ahead = 0", "years_ahead is 0"),
        ("detour = 1.3", "detour = nan", "detour is nan"),
        ("annual = 23900", "annual = -5", "the price of 'special' is -5"),
    ],
)
def test_an_assumption_that_makes_no_sense_is_named(tmp_path, old, new, says):
    with pytest.raises(ProfileError, match=says):
        read_settings(changed(tmp_path, old, new))


@pytest.mark.parametrize("ramp", [(), (-0.1, 1.0), (0.5, 0.25), (0.5, 1.5)])
def test_a_ramp_that_makes_no_sense_is_refused(ramp):
    with pytest.raises(ProfileError, match="makes no sense: give shares from 0 to 1"):
        check_ramp(ramp)
