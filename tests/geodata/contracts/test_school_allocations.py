"""Schools of the link workers: a school may stay with its post until a day."""

import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.mapping import match_headings
from geodata.validation import check, doubts, read_types

ALLOCATIONS = contract("school_allocations")


def read(**cells):
    text = pd.DataFrame([{"post": "P1", "school_urn": "100001"} | cells], dtype="str")
    frame, unreadable = read_types(ALLOCATIONS, text)
    faults = [fault.reason for fault in check(ALLOCATIONS, frame, unreadable)]
    return frame, faults, [fault.reason for fault in doubts(ALLOCATIONS, frame)]


def test_a_school_stays_with_its_post_until_a_day():
    frame, faults, flags = read(keep_until="31/07/2025")
    assert frame["keep_until"].tolist() == [pd.Timestamp(2025, 7, 31)]
    assert faults == flags == []
    assert read()[0]["keep_until"].isna().all()


def test_what_is_no_day_is_set_aside_so_that_no_reason_is_kept():
    assert read(keep_until="court case")[1] != []


def test_a_school_that_stays_for_longer_than_the_post_has_it_is_listed():
    assert len(read(end_date="01/05/2025", keep_until="02/05/2025")[2]) == 1
    assert read(end_date="02/05/2025", keep_until="02/05/2025")[2] == []
    assert read(start_date="01/01/2024", keep_until="02/05/2025")[2] == []


@pytest.mark.parametrize("heading", ["Keep until", "Stays with the post until", "keep_until"])
def test_headings_of_the_day(heading):
    found = match_headings(ALLOCATIONS, ["Post", "School URN", heading, "Until"])
    assert found.positions["keep_until"] == 2
    assert found.positions["end_date"] == 3
