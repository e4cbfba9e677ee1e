"""Kinds of school."""

import pytest

from geodata.contracts.places import PHASE_CODES
from geodata.contracts.schools import TYPE_CODES
from layers.school_kinds import STATE_KINDS, in_use, state_kind


@pytest.mark.parametrize(
    ("kind", "phase", "expected"),
    [
        ("state_funded", "primary", "primary"),
        ("state_funded", "post_16", "post_16"),
        ("state_funded", None, "none"),
        ("special", "secondary", "special"),
        ("alternative", "none", "alternative"),
        ("nursery", "primary", "nursery"),
        ("independent", "primary", ""),
        ("independent_special", "none", ""),
        ("further_education", "post_16", ""),
        ("other", "secondary", ""),
        (None, "primary", ""),
    ],
)
def test_a_school_of_the_state_has_a_kind_and_no_other_has(kind, phase, expected):
    assert state_kind({"type": kind, "phase": phase}) == expected


@pytest.mark.parametrize("phase", PHASE_CODES)
def test_every_phase_is_a_kind(phase):
    assert state_kind({"type": "state_funded", "phase": phase}) == phase


def test_kinds_of_their_own_are_types_of_the_contract():
    assert {"special", "alternative", "nursery", "state_funded"} <= set(TYPE_CODES)
    assert {state_kind({"type": kind, "phase": "primary"}) for kind in TYPE_CODES} - {""} <= set(STATE_KINDS)


@pytest.mark.parametrize(
    ("status", "expected"), [("open", True), ("closing", True), (None, True), ("closed", False), ("proposed", False)]
)
def test_a_school_that_closed_or_is_only_proposed_is_not_in_use(status, expected):
    assert in_use({"status": status}) is expected
