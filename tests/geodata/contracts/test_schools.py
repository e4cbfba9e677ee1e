"""Schools: the columns that link workers need, under the headings of the national register."""

import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.contracts.schools import ADMISSIONS_CODES
from geodata.mapping import match_headings
from geodata.validation import check, doubts, read_types

SCHOOLS = contract("schools")
BASE = {"urn": "100001", "name": "North School"}


def read(**cells):
    frame, unreadable = read_types(SCHOOLS, pd.DataFrame([BASE | cells], dtype="str"))
    faults = [(fault.column, fault.reason) for fault in check(SCHOOLS, frame, unreadable)]
    return frame.iloc[0], faults, [(fault.column, fault.reason) for fault in doubts(SCHOOLS, frame)]


def test_the_headings_of_the_register_are_recognised():
    headings = {
        "urn": "URN", "name": "EstablishmentName", "pupils": "NumberOfPupils", "fsm_percent": "PercentageFSM",
        "admissions": "AdmissionsPolicy (name)", "lowest_age": "StatutoryLowAge", "highest_age": "StatutoryHighAge",
    }  # fmt: skip
    register = ["FSM", "AdmissionsPolicy (code)", "NumberOfBoys", "NumberOfGirls", *headings.values()]
    found = match_headings(SCHOOLS, register)
    assert found.as_headings(register) == headings
    assert not found.guessed
    assert set(found.unused) == {"FSM", "AdmissionsPolicy (code)", "NumberOfBoys", "NumberOfGirls"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Selective", "selective"), ("Selective (grammar)", "selective"), ("Non-selective", "non_selective"),
        ("Comprehensive (secondary)", "non_selective"), ("Modern (secondary)", "non_selective"),
        ("Not applicable", "none"),
    ],
)  # fmt: skip
def test_admissions_are_read_as_the_register_writes_them(written, code):
    row, faults, flags = read(admissions=written)
    assert row["admissions"] == code
    assert code in ADMISSIONS_CODES
    assert faults == flags == []


def test_what_the_register_does_not_know_is_blank():
    row, faults, flags = read(admissions="Unknown", fsm_percent="", lowest_age="", highest_age="", liaison_group="")
    keys = ["admissions", "fsm_percent", "lowest_age", "highest_age", "liaison_group"]
    assert row[keys].isna().all()
    assert faults == flags == []


def test_free_school_meals_are_a_percentage():
    assert read(fsm_percent="12.5")[0]["fsm_percent"] == 12.5
    assert read(fsm_percent="100")[1] == []
    assert read(fsm_percent="100.1")[1] == [("fsm_percent", "more than 100 percent")]


def test_ages_the_wrong_way_round_are_listed_and_not_refused():
    doubt = [("highest_age", "the highest age lies below the lowest")]
    assert read(lowest_age="11", highest_age="7")[1:] == ([], doubt)
    assert read(lowest_age="7", highest_age="11")[1:] == ([], [])
    assert read(lowest_age="7")[1:] == ([], [])
