"""Schools by locality."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.link_workers.core import School
from layers.link_workers.localities import by_locality, groups_of

SCHOOL = School(1, "", "primary", "", "a", 0, 0, 0, 0, 1)
NAMES = {"b": "Bee", "a": "Ay"}


def schools(areas):
    return [replace(SCHOOL, urn=at, area=area) for at, area in enumerate(areas)]


def urns(found):
    return {code: [school.urn for school in own] for code, own in found.items()}


def test_in_the_order_of_the_localities_and_by_number():
    assert urns(by_locality(schools("aabz")[::-1], [], NAMES)) == {"b": [2], "a": [0, 1], "z": [3]}
    assert list(by_locality(schools("aabz"), [], NAMES)) == ["b", "a", "z"]


def test_a_group_goes_where_most_of_it_is():
    assert urns(by_locality(schools("abba"), [frozenset({0, 1, 2})], NAMES)) == {"b": [0, 1, 2], "a": [3]}


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_chains_are_one_group(order):
    pairs = [frozenset({1, 2}), frozenset({2, 3}), frozenset({3, 4})]
    assert groups_of([pairs[at] for at in order], range(9)) == (frozenset({1, 2, 3, 4}),)


def test_pairs_with_schools_that_there_are_none_of_do_not_count():
    assert groups_of([frozenset({1, 99})], [1, 2]) == ()


@given(st.sets(st.frozensets(st.integers(0, 9), min_size=2, max_size=2)))
def test_groups_part_no_pair_and_do_not_overlap(pairs):
    found = groups_of(pairs, range(10))
    assert all(any(pair <= group for group in found) for pair in pairs)
    assert sum(map(len, found)) == len(frozenset().union(*found)) == len(frozenset().union(*pairs))
