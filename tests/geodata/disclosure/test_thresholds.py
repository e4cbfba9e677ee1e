"""Thresholds: read whole from the profile, or refused with the key and the reason."""

from dataclasses import replace

import pytest

from geodata.disclosure.thresholds import DEFAULTS, FILE, read_threshold, require, threshold
from geodata.errors import ProfileError, UsageError
from geodata.profile import PROFILES, load_profile

OWN = PROFILES / "buckinghamshire" / FILE


def test_the_first_council_has_the_defaults():
    for audience, default in DEFAULTS.items():
        assert threshold(load_profile(), audience) == default


def test_a_subject_may_be_stricter():
    found = threshold(load_profile(), "public", "cme_involvements")
    assert found == replace(DEFAULTS["public"], base_of_rounding=10)
    assert threshold(load_profile(), "public", "ehc_plans") == DEFAULTS["public"]


def test_a_council_without_a_file_has_the_defaults():
    assert threshold(replace(load_profile(), key="nowhere"), "public") == DEFAULTS["public"]


def test_an_unknown_audience_is_refused_with_the_valid_ones():
    with pytest.raises(UsageError, match="Valid: public, partner"):
        threshold(load_profile(), "officer")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("smallest = 7 ", "smallest = 0 ", "smallest is 0; it is at least 1: every count of a child would be shown"),
        ("base_of_rounding = 5", "base_of_rounding = 0", "at least 1: 1 is the value for no rounding"),
        ("width = 8", "width = 0", "could be worked out to the child"),
        ("width = 8", "width = 7", "width is 7; it is more than smallest"),
        ("least_base = 100", 'least_base = "100"', "is a whole number"),
        ("least_base = 100", "least_base = true", "is a whole number"),
        ("fewest_families = 5", "families = 5", "lacks the key 'fewest_families'"),
        ("[public]", "[public", "disclosure.toml: "),
    ],
)
def test_a_threshold_that_makes_no_sense_is_named(tmp_path, old, new, says):
    text = OWN.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / FILE
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError, match=says):
        read_threshold(path, "public")


def test_a_threshold_of_nothing_is_refused_wherever_it_is_from():
    assert require(DEFAULTS["public"]) == DEFAULTS["public"]
    for key in ("smallest", "fewest_families", "least_base", "base_of_rounding", "width"):
        with pytest.raises(ProfileError, match=f"{key} is 0"):
            require(replace(DEFAULTS["public"], **{key: 0}))
