import pytest

from geodata.errors import ProfileError
from geodata.profile import load_profile
from layers.link_workers.workload_settings import LoadSettings, load_settings, read_load_settings
from layers.school_kinds import STATE_KINDS


def test_the_council_says_what_it_assumes():
    found = load_settings(load_profile())
    assert {found.workload.source, found.posts.source, found.pairs.source} == {"assumed"}
    assert set(found.workload.base_hours) == set(STATE_KINDS) == set(found.workload.roll)
    assert 0 < found.posts.direct_share < 1


def test_what_a_file_leaves_out_has_its_default(tmp_path):
    file = tmp_path / "some.toml"
    file.write_text(
        "[workload]\nbase_hours = { primary = 9 }\nbands = [1, 2]\n[range]\nleast = 3\n[pairs]\none_site = 0\n"
    )
    found = read_load_settings(file)
    assert found.workload.base_hours["primary"] == 9
    assert found.workload.base_hours["special"] == LoadSettings().workload.base_hours["special"]
    assert found.workload.bands == (1.0, 2.0)
    assert found.pairs.one_site == 0
    assert found.posts == LoadSettings().posts
    assert read_load_settings(tmp_path / "none.toml") == LoadSettings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[workload]\ncme_hours = -1\n", "cme_hours is -1"),
        ('[workload]\ncme_hours = "x"\n', "not supported"),
        ("[workload]\nbands = [3, 3]\n", "do not rise"),
        ("[workload]\nbase_hours = { infants = 1 }\n", "no 'infants'"),
        ("[workload]\nhours = 1\n", "hours"),
        ('[workload]\nunstated_level = "9"\n', "unstated_level '9'"),
        ("[posts]\ndirect_share = 1.2\n", "direct_share is 1.2"),
        ("[pairs]\nsecondary_km = -2\n", "secondary_km is -2"),
    ],
)
def test_what_makes_no_sense_is_named(tmp_path, text, said):
    file = tmp_path / "some.toml"
    file.write_text(text)
    with pytest.raises(ProfileError, match=said):
        read_load_settings(file)
