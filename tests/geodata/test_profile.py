"""A council's profile is read once, whole, and says what it lacks."""

from datetime import date

import pandas as pd
import pytest

from geodata import profile as module
from geodata.errors import ProfileError
from geodata.profile import AreaScheme, load_profile


def test_buckinghamshire_offers_its_schemes_in_the_order_of_the_control(profile):
    keys = [scheme.key for scheme in profile.schemes]
    assert keys == ["locality", "community_board", "ward", "msoa", "lsoa", "district", "county"]
    assert (profile.code, profile.atom_scheme, profile.atom_vintage) == ("E06000060", "lsoa", 2011)


def test_a_profile_is_read_once_per_process():
    assert load_profile() is load_profile()


def test_modelled_rates_start_at_schemes_that_exist(profile):
    assert profile.modelled_rates_from == ("locality", "district", "county")
    assert set(profile.modelled_rates_from) <= {scheme.key for scheme in profile.schemes}


def test_a_title_within_a_sentence_keeps_the_capitals_of_an_abbreviation(profile):
    assert [scheme.many for scheme in profile.schemes] == [
        "localities", "community boards", "wards", "MSOAs", "LSOAs", "former districts", "county",
    ]  # fmt: skip


def test_only_unofficial_schemes_carry_a_caveat(profile):
    caveats = {scheme.key: scheme.caveat for scheme in profile.schemes if scheme.caveat}
    assert caveats == {"community_board": "indicative", "ward": "approximate"}


def test_the_sixteen_boards_are_in_force_from_2020_to_the_elections_of_2025(profile):
    board = profile.scheme("community_board")
    assert (board.valid_from, board.valid_to) == (date(2020, 4, 1), date(2025, 5, 1))


def test_codes_of_closing_stand_in_the_order_and_under_the_headings_of_the_printed_table(profile):
    groups = {}
    for reason in profile.closures:
        groups.setdefault(reason.group, []).append(reason.code)
    assert groups == {
        "School placement": ["BUSC", "IND", "OLAB", "OLAN", "SB"],
        "Other": ["NCA", "NCE", "NCO", "OLCM", "OLEA", "OTAG", "OVER", "SLA"],
        "": ["NPR"],
    }
    assert list(profile.closing_codes) == [reason.code for reason in profile.closures]
    assert profile.closing_codes["OLAN"] == "School in another authority, not a Bucks resident"


def test_the_printed_table_has_a_row_for_each_code_that_has_a_heading(profile):
    printed = pd.read_csv(profile.directory / "printed" / "cme_closures.csv", dtype=str)
    rows = printed[["code", "label", "group"]].dropna().to_numpy().tolist()
    assert rows == [[one.code, one.label, one.group] for one in profile.closures if one.group]


@pytest.mark.parametrize(
    ("code", "label"), [("busc", "Other words"), ("NEW", "bucks  School"), ("Bucks school", "New"), ("", "New")]
)
def test_two_codes_of_closing_that_read_alike_are_refused(tmp_path, monkeypatch, code, label):
    good = (load_profile().directory / "profile.toml").read_text(encoding="utf-8")
    monkeypatch.setattr(module, "PROFILES", tmp_path)
    _write(tmp_path, "twice", f'{good}\n[[cme.closures]]\ncode = "{code}"\nlabel = "{label}"\ngroup = ""\n')
    with pytest.raises(ProfileError, match="Give each a code and a label of its own"):
        load_profile("twice")


def test_a_council_without_codes_of_closing_knows_none(tmp_path, monkeypatch):
    good = (load_profile().directory / "profile.toml").read_text(encoding="utf-8")
    monkeypatch.setattr(module, "PROFILES", tmp_path)
    _write(tmp_path, "bare", good.partition("[[cme.closures]]")[0])
    assert load_profile("bare").closures == ()
    _write(tmp_path, "part", good + '\n[[cme.closures]]\ncode = "NEW"\nlabel = "New"\n')
    with pytest.raises(ProfileError, match=r"Profile 'part' is incomplete.*group"):
        load_profile("part")


def test_an_unknown_scheme_is_refused_with_the_valid_ones(profile):
    with pytest.raises(ProfileError, match=r"No area scheme 'parish'.*Valid: locality, community_board, ward, msoa"):
        profile.scheme("parish")


def test_an_unknown_profile_is_refused_with_the_valid_ones():
    with pytest.raises(ProfileError, match=r"No profile 'rutland'\. Valid: buckinghamshire\."):
        load_profile("rutland")


def _write(folder, key, text):
    (folder / key).mkdir()
    (folder / key / "profile.toml").write_text(text, encoding="utf-8")


def test_a_profile_that_lacks_an_entry_says_which(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PROFILES", tmp_path)
    _write(tmp_path, "no-atoms", 'version = "1"\n[council]\nkey = "no-atoms"\n[modelled_population]\n')
    with pytest.raises(ProfileError, match="Profile 'no-atoms' is incomplete: 'atoms'"):
        load_profile("no-atoms")


def test_a_scheme_with_an_unknown_entry_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PROFILES", tmp_path)
    good = (load_profile().directory / "profile.toml").read_text(encoding="utf-8")
    _write(tmp_path, "typo", good.replace('one = "locality"', 'singular = "locality"'))
    with pytest.raises(ProfileError, match=r"Profile 'typo' is incomplete.*singular"):
        load_profile("typo")


def test_a_scheme_of_unknown_status_is_refused_with_the_valid_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PROFILES", tmp_path)
    good = (load_profile().directory / "profile.toml").read_text(encoding="utf-8")
    _write(tmp_path, "guessed", good.replace('status = "indicative"', 'status = "guessed"'))
    with pytest.raises(ProfileError, match=r"status 'guessed'\. Valid: official, approximate, indicative"):
        load_profile("guessed")


def test_a_scheme_is_official_or_says_what_it_is_instead():
    assert AreaScheme("a", "As", "a", "official", "").caveat == ""
    assert AreaScheme("a", "As", "a", "approximate", "").caveat == "approximate"
