"""Last contacts lie within their cases, and most open ones are recent."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo.cme import LAST_DAY
from geodata.demo.last_contacts import BEFORE_END_DAYS, LONGEST_AGO_DAYS, draw_last_contacts


def test_a_contact_lies_within_its_case(demo: dict[str, pd.DataFrame]) -> None:
    cases = demo["cme_involvements"].dropna(subset="last_contact")
    closed = cases.dropna(subset="end_date")

    assert (cases["last_contact"] >= cases["start_date"]).all()
    assert (cases["last_contact"] <= pd.Timestamp(LAST_DAY)).all()
    assert (closed["last_contact"] <= closed["end_date"]).all()
    # Two days more where the day drawn was a Sunday.
    assert (closed["end_date"] - closed["last_contact"]).dt.days.max() <= BEFORE_END_DAYS + 2


def test_about_a_fifth_of_the_open_had_none_for_a_fortnight(demo: dict[str, pd.DataFrame]) -> None:
    cases = demo["cme_involvements"]
    still_open = cases[cases["end_date"].isna()]
    ago = (pd.Timestamp(LAST_DAY) - still_open["last_contact"]).dt.days.dropna()

    assert len(still_open) == 67
    assert 6 <= (ago >= 14).sum() <= 20
    assert ago.max() <= LONGEST_AGO_DAYS + 2
    assert 0 < cases["last_contact"].isna().sum() < 40


def test_contacts_are_on_working_days_but_for_those_of_the_first_day(demo: dict[str, pd.DataFrame]) -> None:
    cases = demo["cme_involvements"].dropna(subset="last_contact")
    later = cases[cases["last_contact"] > cases["start_date"]]

    assert later["last_contact"].dt.day_of_week.max() <= 4


def test_a_case_of_one_day_has_its_contact_on_that_day() -> None:
    day = pd.Timestamp("2022-03-05")  # a Saturday
    one = pd.DataFrame({"start_date": [day] * 50, "end_date": [day] * 50})
    drawn = draw_last_contacts(one, np.random.default_rng(1)).dropna()

    assert len(drawn) > 40
    assert (drawn == day).all()
