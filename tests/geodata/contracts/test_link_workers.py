"""Link workers: a post may be vacant."""

import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.mapping import match_headings
from geodata.validation import check, read_types

POSTS = contract("link_workers")


@pytest.mark.parametrize(
    ("written", "vacant"), [("Yes", True), ("y", True), ("No", False), ("", False), ("true", True)]
)
def test_a_post_that_nobody_holds_is_vacant(written, vacant):
    frame, unreadable = read_types(POSTS, pd.DataFrame({"post": ["P1"], "vacant": [written]}, dtype="str"))
    assert check(POSTS, frame, unreadable) == []
    assert frame["vacant"].tolist() == [vacant]


def test_a_file_without_the_column_has_no_vacancy():
    frame, _ = read_types(POSTS, pd.DataFrame({"post": ["P1"]}, dtype="str"))
    assert frame["vacant"].tolist() == [False]


@pytest.mark.parametrize("heading", ["Vacant", "Post vacant", "Vacancy"])
def test_headings_of_a_vacancy(heading):
    assert match_headings(POSTS, ["Post number", heading]).positions == {"post": 0, "vacant": 1}


def test_what_is_neither_yes_nor_no_says_nothing_of_addresses():
    frame, unreadable = read_types(POSTS, pd.DataFrame({"post": ["P1"], "vacant": ["perhaps"]}, dtype="str"))
    assert [one.reason for one in check(POSTS, frame, unreadable)] == ["neither yes nor no"]
