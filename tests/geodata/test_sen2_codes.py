import pytest

from geodata.contracts.ehc_plans import NEED_CODES, PROVISION_CODES
from geodata.sen2_codes import SETTINGS, is_yes, need_of, provision_of, provision_of_school_type


@pytest.mark.parametrize("code", NEED_CODES)
def test_every_need_of_the_return_is_a_need_of_ours(code):
    assert need_of(code.lower()) == code


def test_a_need_that_is_not_known_comes_back():
    assert [need_of(text) for text in ("SLD - Severe Learning Difficulty", " NSA ", "")] == ["SLD", "NSA", ""]


@pytest.mark.parametrize("text", ["true", "True", "1", "1.0", "Y", "yes", True])
def test_what_an_indicator_says(text):
    assert is_yes(text)
    assert provision_of("EHE", text, "") == provision_of("", "0", text) == "base"


@pytest.mark.parametrize("text", ["false", "0", "", "N", "perhaps", False])
def test_what_else_an_indicator_says(text):
    assert not is_yes(text)
    assert provision_of("", text, text) == ""


@pytest.mark.parametrize("code", SETTINGS)
def test_settings_outside_the_register_are_other(code):
    assert provision_of(code, "", "") == provision_of(f" {code.lower()} - as it is ", "false", "false") == "other"


def test_a_setting_in_our_words_or_unknown():
    assert [provision_of(text, "", "") for text in ("further_education", "Special  School", "ZZZ")] == [
        "further_education", "special", "ZZZ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "provision"),
    [
        ("Community school", "mainstream"), ("Academy converter", "mainstream"), ("Free schools", "mainstream"),
        ("Other independent school", "mainstream"), ("Local authority nursery school", "mainstream"),
        ("Community special school", "special"), ("Academy special converter", "special"),
        ("Free schools special", "special"), ("Non-maintained special school", "independent"),
        ("Other independent special school", "independent"), ("Pupil referral unit", "alternative"),
        ("Academy alternative provision converter", "alternative"),
        ("Free Schools - Alternative Provision", "alternative"), ("Further education", "further_education"),
        ("Special post 16 institution", "further_education"), ("Academy 16-19 converter", "further_education"),
        ("Online provider", "other"), ("Miscellaneous", ""), ("", ""), ("no such type", ""),
        ("7", "special"), ("07", "special"), ("44", "special"), ("27", ""),
    ],
)  # fmt: skip
def test_types_of_establishment(kind, provision):
    assert provision_of_school_type(kind) == provision_of_school_type(kind.upper()) == provision
    assert provision in {"", *PROVISION_CODES}
