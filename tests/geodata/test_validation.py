from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.contracts import contract, for_profile
from geodata.contracts.doubts import CONTACT_BEFORE_START
from geodata.profile import load_profile
from geodata.validation import BLOCK_ROWS, REQUIRED, check, doubts, good_rows, read_types, repeated

CME = for_profile(contract("cme_involvements"), load_profile())
UNKNOWN_CODE = (
    "not one of the closing codes of Buckinghamshire's profile; correct it in the system it comes from, or add the "
    "code to the profile"
)


def found(rows):
    frame, unreadable = read_types(CME, pd.DataFrame(rows, dtype="str"))
    faults = check(CME, frame, unreadable)
    return frame, faults, {(fault.column, fault.reason): fault.positions.tolist() for fault in faults}


def test_all_reasons_of_a_row_are_given():
    _, _, faults = found(
        {
            "child_id": [""],
            "start_date": ["02/01/2022"],
            "end_date": ["01/01/2022"],
            "closure_code": ["XX"],
            "year_group": ["99"],
        }
    )
    assert faults == {
        ("child_id", REQUIRED): [0],
        ("closure_code", UNKNOWN_CODE): [0],
        ("year_group", "not a national curriculum year from -2 to 14"): [0],
        ("end_date", "the end lies before the start"): [0],
    }


def test_what_cannot_be_read_is_not_also_blank():
    _, _, faults = found({"child_id": ["C1", "C2"], "start_date": ["31/02/2022", ""]})
    assert [(column, positions) for (column, _), positions in faults.items()] == [
        ("start_date", [0]),
        ("start_date", [1]),
    ]
    assert faults["start_date", REQUIRED] == [1]


def test_an_end_and_its_code_need_each_other():
    _, _, faults = found(
        {
            "child_id": ["C1", "C2", "C3"],
            "start_date": ["2022-01-01"] * 3,
            "end_date": ["2022-01-01", "", ""],
            "closure_code": ["", "BUSC", ""],
        }
    )
    assert faults == {
        ("closure_code", "an end date needs a closure code"): [0],
        ("closure_code", "a closure code without an end date"): [1],
    }


def test_dates_far_ahead_and_births_after_the_start():
    _, _, faults = found(
        {"child_id": ["C1", "C2"], "start_date": ["2099-01-01", "2022-01-01"], "born": ["", "2022-02-01"]}
    )
    assert faults == {
        ("start_date", "more than a year in the future"): [0],
        ("born", "the birth lies after the start"): [1],
    }


def test_a_contact_far_ahead_is_a_fault():
    _, _, faults = found(
        {"child_id": ["C1", "C2"], "start_date": ["2022-01-01"] * 2, "last_contact": ["2099-01-01", "2021-01-01"]}
    )
    assert faults == {("last_contact", "more than a year in the future"): [0]}


def test_doubts_name_the_places_that_the_good_rows_have_among_all():
    rows = {"child_id": ["C1", "C2", "C3"], "start_date": ["2022-01-02"] * 3, "last_contact": ["", "2022-01-01", ""]}
    frame, _, _ = found(rows)
    assert doubts(contract("ehc_plans"), frame) == []
    wanted = replace(CME, flags=(CONTACT_BEFORE_START,))
    (doubt,) = doubts(wanted, frame.iloc[1:])
    assert (doubt.column, doubt.reason) == ("last_contact", "the last contact lies before the start")
    assert doubt.positions.tolist() == [1]
    assert doubts(wanted, frame.iloc[2:]) == []


def test_the_first_good_row_of_a_kind_is_kept():
    rows = {"child_id": ["C1"] * 4, "start_date": ["2022-01-01"] * 4, "year_group": ["99", "7", "7", "8"]}
    frame, faults, _ = found(rows)
    again = repeated(CME, frame, good_rows(4, faults))
    assert [fault.positions.tolist() for fault in again] == [[2, 3]]


def test_a_fault_beyond_the_first_block_has_its_own_row():
    count = BLOCK_ROWS + 2
    codes = np.full(count, "N", dtype=object)
    codes[[5, count - 1]] = "zzz"
    _, _, faults = found(
        {"child_id": "C" + pd.Series(range(count)).astype("str"), "start_date": "2022-01-01", "sen_status": codes}
    )
    assert faults == {("sen_status", "not a known code"): [5, count - 1]}
