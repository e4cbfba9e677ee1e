"""The assumptions of reach and siting: read whole, each with its source, or refused with the key."""

from dataclasses import replace
from pathlib import Path

import pytest

from geodata.errors import ProfileError
from geodata.profile import PROFILES, load_profile
from layers.family_centres.settings import FILE, FamilySettings, family_settings, read_settings

OWN = PROFILES / "buckinghamshire" / FILE


def changed(tmp_path, old, new):
    text = OWN.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / FILE
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_every_assumption_says_where_it_is_from():
    found = family_settings(load_profile())
    assert (found.reach.mode, found.reach.zone_weights) == ("bus", (1.0, 0.68, 0.22))
    assert len(found.reach.sources) == 4
    assert len(found.siting.sources) == 3
    assert all(source.split(": ", 1)[1] for source in (*found.reach.sources, *found.siting.sources))


def test_areas_that_were_imported_leave_the_assumptions(tmp_path):
    profile = load_profile()
    assert family_settings(replace(profile, directory=tmp_path)) == family_settings(profile)


def test_without_a_file_there_are_the_defaults_which_are_those_of_the_file():
    found, own = read_settings(Path("nowhere") / FILE), read_settings(OWN)
    assert found == FamilySettings()
    assert replace(own.reach, sources=()) == found.reach
    assert replace(own.siting, sources=()) == found.siting


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(ProfileError, match="lacks the key 'decay'"):
        read_settings(changed(tmp_path, "decay =", "decays ="))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('mode = "bus"', 'mode = "tram"', "mode is 'tram'. Valid: walk, bus, car"),
        ('decay = "zones"', 'decay = "cliff"', "decay is 'cliff'. Valid: zones, gaussian"),
        ("[1.0, 0.68, 0.22]", "[1.0, 0.22, 0.68]", "zone_weights are 1, 0.22, 0.68; give 3 weights"),
        ("[1.0, 0.68, 0.22]", "[1.0, 0.68]", "zone_weights are 1, 0.68"),
        ("[1.0, 0.68, 0.22]", "[1.2, 0.68, 0.22]", "zone_weights are 1.2"),
        ("days_if_unstated = 5", "days_if_unstated = 8", "days_if_unstated is 8; from 1 to 7"),
        ("[30, 45]", "[0, 45]", "specialist_minutes need to be above 0"),
        ("children_per_open_day = 3000", "children_per_open_day = 0", "children_per_open_day is 0; it is above 0"),
        ("low_income_weight = 3.0", "low_income_weight = -1", "low_income_weight is -1; it is at least 0"),
        ("seconds = 30", "seconds = nan", "seconds is nan"),
    ],
)
def test_an_assumption_that_makes_no_sense_is_named(tmp_path, old, new, says):
    with pytest.raises(ProfileError, match=says):
        read_settings(changed(tmp_path, old, new))
