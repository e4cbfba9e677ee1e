import pytest

from geodata.name_titles import follows_a_relation, follows_a_title
from geodata.name_words import phrases


@pytest.mark.parametrize(
    "text", ["Mr Smith", "mrs smith", "Mr J", "Dr Unheard", "Mrs Hill", "Master Tom", "PROF A. KHAN"]
)
def test_a_title_before_a_name(text):
    assert any(follows_a_title(phrase) for phrase in phrases(text))


@pytest.mark.parametrize(
    "text",
    [
        "Mr",
        "Master plan",
        "miss lessons",
        "Dr Challoner's Grammar School",
        "Mrs Smith's farm",
        "Ashton Dr",
        "Dr School",
    ],
)
def test_a_title_before_something_else(text):
    assert not any(follows_a_title(phrase) for phrase in phrases(text))


def test_a_school_without_a_word_that_says_so_keeps_its_title():
    assert any(follows_a_title(phrase) for phrase in phrases("Dr Challoner's"))


@pytest.mark.parametrize(
    "text", ["mum is Adaeze", "Mum: Adaeze", "Dad Xolan", "carer is Tendek", "Parent's name: Tendek"]
)
def test_a_relation_before_a_name(text):
    assert follows_a_relation(text)


@pytest.mark.parametrize(
    "text", ["mum called after 3", "parent School Forum", "Mother and Baby Unit", "worker Team", "mum"]
)
def test_a_relation_before_something_else(text):
    assert not follows_a_relation(text)
