"""What a page may ask is checked before anything is done."""

from datetime import date

import pytest

from dashapp.imports.questions import options_of, question_of
from geodata.contracts import contract
from geodata.errors import UsageError
from geodata.options import Options

SAID = {
    "reference_date": "2020-06-30",
    "covers_to": "",
    "vintage": "2021",
    "beside_synthetic": True,
    "mapping": {"child_id": "Ref", "postcode": None},
    "sheet": " Cases ",
    "edition": None,
}


def test_what_is_said_becomes_options_and_blanks_are_left_out():
    found = options_of(SAID)
    assert found == {
        "reference_date": date(2020, 6, 30),
        "vintage": 2021,
        "beside_synthetic": True,
        "mapping": {"child_id": "Ref", "postcode": None},
        "sheet": "Cases",
    }
    Options(**found).check(contract("population"))


@pytest.mark.parametrize(
    "said",
    [
        {"reference_date": "30/06/2020"},
        {"reference_date": 20200630},
        {"vintage": "21"},
        {"vintage": "-1"},
        {"mapping": "/etc/passwd"},
        {"mapping": {"child_id": 3}},
        {"beside_synthetic": "yes"},
        {"sheet": ["a"]},
        {"sheet": "x" * 301},
        {"unknown": "x"},
        {"check": "x"},
    ],
)
def test_anything_else_is_refused(said):
    with pytest.raises(UsageError):
        options_of(said)


def test_a_question_about_a_file_keeps_its_token_and_what_was_said():
    asked = {"do": "check", "token": "t", "dataset": "schools", "said": {"sheet": "A"}, "paths": ["/etc/passwd"]}
    assert question_of(asked) == {"do": "check", "token": "t", "dataset": "schools", "said": {"sheet": "A"}}


def test_questions_without_a_file_have_their_own_part_alone():
    assert question_of({"do": "rollback", "to": "x", "child": "y"}) == {"do": "rollback", "to": "x"}
    assert question_of({"do": "purge", "child": "y"}) == {"do": "purge", "child": "y"}
    assert question_of({"do": "expire"}) == {"do": "expire"}
    assert question_of({"do": "look", "token": "t"})["dataset"] == ""


@pytest.mark.parametrize(
    "asked",
    [
        None,
        [],
        "look",
        {},
        {"do": "delete"},
        {"do": "import", "dataset": ""},
        {"do": "import", "dataset": "nothing"},
        {"do": "look", "said": "x"},
        {"do": "look", "said": {"mapping": "x"}},
        {"do": "purge", "child": ["x"]},
        {"do": "purge", "child": "x" * 301},
    ],
)
def test_what_is_no_question_is_refused(asked):
    with pytest.raises(UsageError):
        question_of(asked)
