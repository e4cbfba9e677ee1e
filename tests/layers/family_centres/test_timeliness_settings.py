"""Every length has its source, and one that makes no sense is refused by its name."""

import pytest

from geodata.errors import ProfileError
from geodata.profile import PROFILES
from layers.family_centres.timeliness_settings import FILE, TimelinessSettings, read_timeliness, timeliness_settings


def test_the_council_and_the_defaults_agree(profile, tmp_path):
    found = timeliness_settings(profile)
    assert found == TimelinessSettings(source=found.source)
    assert "assumed" in found.source
    assert read_timeliness(tmp_path / "none.toml") == TimelinessSettings()
    bare = tmp_path / "bare.toml"
    bare.write_text("[reach]\n", encoding="utf-8")
    assert read_timeliness(bare) == TimelinessSettings()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("decision_hours = 24 ", "decision_hours = 0 ", "decision_hours is 0; it is above 0"),
        ("contact_hours = 24", "contact_hours = nan", "contact_hours is nan"),
        ("limit_hours = 72", "limit_hours = 12", "decision_limit_hours is less than decision_hours"),
        ("support_days = 5", "support_days = -1", "support_days is -1; it is at least 0"),
        ('"calendar"', '"moon"', "support_day_kind is 'moon'. Valid: calendar, working"),
        ("[6, 12]", "[12, 6]", "again_months are whole months"),
        ("[6, 12]", "[]", "again_months are whole months"),
        ("year_starts_month = 4", "year_starts_month = 13", "year_starts_month is 13; from 1 to 12"),
        ("contact_hours = 24", "", "lacks the key 'contact_hours'"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, old, new, says):
    text = (PROFILES / "buckinghamshire" / FILE).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / FILE
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        read_timeliness(path)
    assert says in str(refused.value)
