"""Early help: moments in order, outcomes in the words of exports, and what is only doubtful."""

import pandas as pd
import pytest

from geodata.contracts import contract
from geodata.contracts.base import LAST_DAY
from geodata.contracts.early_help_cases import MOMENTS, not_earlier
from geodata.mapping import match_headings
from geodata.validation import check, doubts, read_types

WANTED = contract("early_help_cases")


def judged(**cells):
    """Return the faults and the doubts about one row, as (column, reason)."""
    text = {"child_id": "C1", "start_date": "10/01/2024", "end_date": "10/06/2024"} | cells
    frame, unreadable = read_types(WANTED, pd.DataFrame({key: [value] for key, value in text.items()}, dtype="str"))
    faults = check(WANTED, frame, unreadable)
    doubtful = doubts(WANTED, frame.assign(**{LAST_DAY: pd.Timestamp("2024-12-31")})) if not faults else []
    return [(one.column, one.reason) for one in faults], [(one.column, one.reason) for one in doubtful]


def test_a_row_in_order_is_neither_refused_nor_doubted():
    assert judged(
        referral_received="05/01/2024 16:30", decision_made="05/01/2024 16:30", first_contact="05/01/2024 16:30",
        outcome="All needs met",
    ) == ([], [])  # fmt: skip
    assert judged() == ([], [])


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (
            {"referral_received": "05/01/2024 16:30", "decision_made": "05/01/2024 16:29"},
            ("decision_made", "the decision lies before the referral"),
        ),
        (
            {"referral_received": "05/01/2024", "decision_made": "04/01/2024 23:59"},
            ("decision_made", "the decision lies before the referral"),
        ),
        (
            {"referral_received": "05/01/2024 16:30", "first_contact": "04/01/2024"},
            ("first_contact", "the first contact lies before the referral"),
        ),
        ({"referral_received": "05/01/2099"}, ("referral_received", "more than a year in the future")),
        ({"outcome": "splendid"}, ("outcome", "not a known code")),
    ],
)
def test_what_cannot_be_is_set_aside(cells, fault):
    assert judged(**cells)[0] == [fault]


def test_a_decision_on_the_day_of_the_referral_without_a_time_is_in_order():
    assert judged(referral_received="05/01/2024 16:30", decision_made="05/01/2024") == ([], [])
    assert judged(referral_received="05/01/2024", decision_made="05/01/2024 09:00") == ([], [])


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ({"referral_received": "11/01/2024"}, ("start_date", "the support starts before the referral")),
        (
            {"referral_received": "05/01/2024", "decision_made": "05/02/2024 10:00"},
            ("decision_made", "more than 30 days after the referral"),
        ),
        (
            {"referral_received": "01/01/2024", "first_contact": "01/04/2024"},
            ("first_contact", "more than 90 days after the referral"),
        ),
        ({"referral_received": "01/01/2023"}, ("start_date", "more than 180 days after the referral")),
        ({"outcome": "achieved", "end_date": ""}, ("outcome", "an outcome, but no end")),
    ],
)
def test_what_is_unlikely_is_taken_in_and_listed(cells, doubt):
    faults, doubtful = judged(**cells)
    assert faults == []
    assert [(column, reason.split(";")[0]) for column, reason in doubtful] == [doubt]


def test_headings_of_exports_are_known():
    headings = ["Person ID", "Group ID", "Date Referral Received", "Decision Date/Time", "Date of First Contact",
                "Episode Start", "Outcome of Support"]  # fmt: skip
    found = match_headings(WANTED, headings).as_headings(headings)
    assert [found[key] for key in (*MOMENTS, "outcome", "start_date")] == [
        "Date Referral Received", "Decision Date/Time", "Date of First Contact", "Outcome of Support", "Episode Start",
    ]  # fmt: skip


def test_only_days_are_compared_where_a_time_lacks():
    texts = (["2024-01-05", "2024-01-05 08:00", "2024-01-05 08:00", None],
             ["2024-01-05 09:00", "2024-01-05", "2024-01-05 08:01", "2024-01-05"])  # fmt: skip
    later, earlier = (pd.Series(pd.to_datetime(column, format="ISO8601")) for column in texts)
    assert not_earlier(later, earlier).tolist() == [True, True, False, True]
