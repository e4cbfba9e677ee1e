"""What the page of the team's week says."""

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from callbacks.cme_week import LACKING, NOT_LOADED, age_words, contact_notes, holds_real_children, week_view
from geodata.snapshot import Workspace
from geodata.store import Store
from layers.cme.week import week

DAY = date(2022, 7, 31)


@pytest.fixture
def store_of(council, tmp_path):
    """Return a store over open cases: (child, start, SEN, social care, year, last contact)."""

    def make(*cases):
        columns = ["child_id", "start_date", "sen_status", "social_care", "year_group", "last_contact"]
        frame = pd.DataFrame(list(cases), columns=columns, dtype=object).assign(atom=council.wycombe, end_date=None)
        frame = frame.astype({"year_group": "Int64"})
        for column in ("start_date", "end_date", "last_contact"):
            days = [one and date.fromisoformat(one) for one in frame[column]]
            frame[column] = pd.array(days, dtype=pd.ArrowDtype(pa.date32()))
        workspace = Workspace(tmp_path / "made")
        council.add_part(workspace, "cme_involvements", frame, basis="synthetic", covers_to=DAY)
        return Store(workspace.current())

    return make


def texts(view):
    return [{cell["key"]: cell["text"] for cell in row["cells"]} for row in view["rows"]]


def test_a_row_is_one_line_of_short_words(store_of):
    view = week_view(
        store_of(
            ("b", "2022-07-01", "N", "NONE", None, None),
            ("a", "2021-01-01", "E", "CLA", 9, "2022-07-17"),
        ),
        DAY,
    )
    assert texts(view) == [
        {"priority": "First", "child": "a", "days": "576", "care": "Looked after", "sen": "EHC plan",
         "year": "Year 9, secondary", "locality": "Wycombe", "school": "No school recorded",
         "contact": "17 Jul 2022, 14 days"},
        {"priority": "Next", "child": "b", "days": "30", "care": "Not open", "sen": "None", "year": "Not recorded",
         "locality": "Wycombe", "school": "No school recorded", "contact": "None recorded, 30 days"},
    ]  # fmt: skip
    first, second = view["rows"]
    assert (first["place"], first["care"], first["untouched"]) == (1, True, True)
    assert (second["place"], second["care"], second["untouched"]) == (2, False, True)
    keys = {cell["key"]: cell["sort"] for cell in first["cells"]}
    assert (keys["priority"], keys["days"], keys["year"], keys["contact"]) == (1, 576, 9, 14)
    assert [cell["sort"] for cell in second["cells"] if cell["key"] == "year"] == [""]


def test_headlines_are_the_counts(store_of):
    view = week_view(
        store_of(("a", "2022-07-30", None, "CP", 3, "2022-07-30"), ("b", "2022-07-01", None, "NONE", 4, None)), DAY
    )
    assert [(one["title"], one["value"]) for one in view["headlines"]] == [
        ("Open cases", "2"), ("Open to social care", "1"), ("Nobody touched for 14 days", "1"),
        ("Longest open", "30 days"),
    ]  # fmt: skip
    assert view["localities"][2] == {"code": "wycombe", "name": "Wycombe", "open": 2, "cells": ["2", "1", "1"]}
    assert view["total"]["cells"] == ["2", "1", "1"]
    assert view["lacking"] == [LACKING["sen_status"], LACKING["school_urn"]]


def test_what_is_not_loaded_is_said_and_has_no_figure(small_store):
    view = week_view(small_store, DAY)
    assert [one["value"] for one in view["headlines"]] == ["8", NOT_LOADED, NOT_LOADED, "447 days"]
    assert view["lacking"] == list(LACKING.values())
    assert (view["knows_care"], view["knows_contact"], view["notes"]) == (False, False, [])
    assert {row["contact"] for row in texts(view)} == {NOT_LOADED}


def test_a_contact_before_the_start_is_told_as_such(store_of):
    view = week_view(store_of(("a", "2022-07-11", "K", "NONE", 1, "2022-06-01")), DAY)
    assert texts(view)[0]["contact"] == "Before the start, 20 days"


def test_the_notes_say_the_rule_and_who_has_none(store_of):
    one = contact_notes(
        week(store_of(("a", "2022-07-30", None, None, 3, "2022-07-30"), ("b", "2022-07-01", *[None] * 4)))
    )
    assert (
        one[0] == "Nobody touched a case for 14 days where its last contact lies 14 days or more before 31 July 2022."
    )
    assert one[1] == "1 open case has no contact recorded; it is counted from the start."


@pytest.mark.parametrize(
    ("today", "says", "old"),
    [
        (date(2022, 7, 31), "today", False),
        (date(2022, 7, 30), "today", False),
        (date(2022, 8, 1), "yesterday", False),
        (date(2022, 8, 2), "2 days ago", False),
        (date(2022, 8, 7), "7 days ago", False),
        (date(2022, 8, 8), "8 days ago", True),
        (date(2022, 9, 29), "60 days ago", True),
        (date(2022, 10, 30), "2 months ago", True),
        (date(2022, 10, 31), "3 months ago", True),
        (date(2024, 7, 30), "23 months ago", True),
        (date(2024, 7, 31), "2 years ago", True),
        (date(2026, 11, 21), "4 years and 3 months ago", True),
    ],
)
def test_the_age_of_the_extract_is_said(small_store, today, says, old):
    assert age_words(DAY, today) == says
    view = week_view(small_store, today)
    assert (view["as_of"], view["age"], view["old"]) == ("31 July 2022", says, old)


def test_one_real_dataset_of_children_is_enough(small_store, real_store, own_path, council):
    assert not holds_real_children(small_store.snapshot)
    assert holds_real_children(real_store.snapshot)
    workspace = Workspace(own_path)
    # Residents are no records of children; plans are.
    council.add_part(workspace, "population", council.population(30), reference_date=council.dated)
    assert not holds_real_children(workspace.current())
    council.add_part(workspace, "ehc_plans", council.events(council.plans), covers_to=DAY)
    assert holds_real_children(workspace.current())
