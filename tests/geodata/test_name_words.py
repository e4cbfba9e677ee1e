import re

import pytest

from geodata.name_words import Word, phrases, plain, word_lists

BUCKINGHAMSHIRE = {
    "marlow", "chesham", "amersham", "wendover", "winslow", "iver", "aylesbury", "wycombe", "buckingham",
    "beaconsfield", "denham", "burnham", "haddenham", "waddesdon", "ivinghoe", "stokenchurch", "brill", "oakley",
    "halton", "penn", "stone", "stowe", "dorney", "speen", "jordans", "ashley", "lacey",
}  # fmt: skip


def lists():
    found = word_lists()
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


@pytest.mark.parametrize("name", lists())
def test_words_are_as_the_texts_are_made_for_looking_up(name):
    words = lists()[name]
    assert len(words) > 100
    assert [word for word in words if not re.fullmatch("[a-z]+", word)] == []


def test_a_forename_or_a_surname_is_of_one_kind():
    found = word_lists()
    assert not found.forenames & (found.word_forenames | found.place_forenames)
    assert not found.word_forenames & found.place_forenames
    assert not found.surnames & (found.word_surnames | found.place_surnames)
    assert not (found.forenames | found.surnames) & (found.things | found.prose)


def test_no_place_of_the_profile_is_plainly_a_forename():
    assert not BUCKINGHAMSHIRE & (word_lists().forenames | word_lists().surnames)


def test_prose_leaves_out_what_may_be_a_name():
    assert not {"may", "young", "april"} & word_lists().prose
    assert {"the", "plan"} - word_lists().prose == {"the"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("St. Mary's, Jane Smith-Jones (2)", [["st", "mary"], ["jane", "smith", "jones"]]),
        ("O’Brien – Łukasz", [["obrien"], ["lukasz"]]),
        ("JaneSmith MacDonald", [["jane", "smith", "macdonald"]]),
        ("D-HAL003, Jane2", [["d"], ["jane"]]),
        ("Smith & Jones\nAli", [["smith", "and", "jones"], ["ali"]]),
        ("12", []),
    ],
)
def test_phrases(text, keys):
    assert [[word.key for word in phrase] for phrase in phrases(text)] == keys


def test_the_possessive_is_kept_apart():
    assert phrases("Mary's") == [[Word("Mary", "mary", owns=True)]]


def test_a_text_without_accents():
    assert plain("Zoë Siân Søren Ærø – ß") == "Zoe Sian Soren Aero - ss"


@pytest.mark.parametrize("key", ["kowalczyk", "ivanenko", "mctavish", "habibullah", "obasanjo", "wisniewska"])
def test_surnames_known_by_their_form(key):
    assert Word(key.title(), key).is_surname


@pytest.mark.parametrize("key", ["adequate", "ogbourne", "okehampton", "aylesbury", "school"])
def test_other_words_are_no_surnames(key):
    assert not Word(key.title(), key).is_surname
