"""The assumptions of journeys: read whole, each with its source, or refused with the key."""

from dataclasses import replace

import pytest

from geodata.contracts.travel_times import MODE_CODES
from geodata.errors import ProfileError
from geodata.profile import PROFILES, load_profile
from geodata.travel import MODES
from geodata.travel_settings import FILE, WAYS, read_settings, travel_settings

OWN = PROFILES / "buckinghamshire" / FILE


def changed(tmp_path, old, new):
    text = OWN.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / FILE
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_every_part_says_what_it_rests_on():
    found = travel_settings(load_profile())
    assert found.sources == tuple(f"{key}: assumed" for key in ("settlement", "walk", "bus", "car", "roads"))


def test_the_ways_of_travel_are_the_same_everywhere():
    assert set(WAYS) == set(MODES) == set(MODE_CODES) == set(travel_settings(load_profile()).ways)


def test_a_council_without_a_file_has_the_first_ones_assumptions(tmp_path):
    profile = load_profile()
    assert travel_settings(replace(profile, key="nowhere", directory=tmp_path)) == travel_settings(profile)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("radius_km", "radius", "lacks the key 'radius_km'"),
        ("[car.village]", "[car.hamlet]", "lacks the key 'village'"),
        ("detour = 1.3", "detour = 0.9", "detour is 0.9; it is at least 1"),
        ("local_kmh = 24", "local_kmh = 0", "local_kmh is 0; it is above 0"),
        ("between_kmh = 48", "between_kmh = nan", "between_kmh is nan; it is above 0"),
        ("wait_minutes = 12", "wait_minutes = -1", "wait_minutes is -1; it is at least 0"),
        ('between_kmh = 25\nsource = "assumed"', 'between_kmh = 25\nsource = " "', "a source is blank"),
        ("detour = 1.4\nlocal_kmh = 14", "detour = 1.2\nlocal_kmh = 14", "the detour by bus is below that on foot"),
        ("walk_kmh = 4.8", 'walk_kmh = "fast"', "could not convert"),
        ("[walk]", "[walk", "travel.toml: "),
    ],
)
def test_an_assumption_that_makes_no_sense_is_named(tmp_path, old, new, says):
    with pytest.raises(ProfileError, match=says):
        read_settings(changed(tmp_path, old, new))
