from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata.sen2_links import Owners
from geodata.sen2_modules import Module
from geodata.sen2_places import current_places, primary_needs

ON = date(2023, 1, 19)


def module(name, rows):
    frame = pd.DataFrame(rows).fillna("").astype("str")
    return Module(name, Path(f"{name}.csv"), frame, np.arange(2, len(frame) + 2), np.empty(0, dtype=np.int64))


def owners(count, plan=0, loose=()):
    return Owners(np.full(count, plan), np.array([at in loose for at in range(count)]))


def need(code, rank):
    return {"need": code, "rank": str(rank)}


def place(urn, entry="", leaving="", rank=1, **cells):
    return {"urn": urn, "entry": entry, "leaving": leaving, "rank": str(rank)} | cells


def places_of(placements=(), named=(), loose=()):
    found = {"placementdetail": placements, "plandetail": named}
    modules = {name: module(name, rows) for name, rows in found.items() if rows}
    chosen = current_places(modules, {name: owners(len(found[name]), loose=loose) for name in modules}, ON)
    return chosen, [sentence.format(count) for count, sentence in chosen.notes if count]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([need("SEMH", 2), need("ASD", 1)], "ASD"),
        ([need("MLD", 2)], "MLD"),
        ([need("MLD", "")], "MLD"),
        ([need("MLD", ""), need("ASD", 2)], "ASD"),
        ([need("MLD", 1), need("MLD", "1.0")], "MLD"),
        ([need("MLD", 1), need("ASD", 1)], None),
        ([need("MLD", ""), need("ASD", "")], None),
        ([need("", 1), need("DS", 2)], "DS"),
        ([need("XYZ", 1)], "XYZ"),
        ([need("", 1)], None),
    ],
)
def test_primary_need_is_that_of_the_first_rank(rows, expected):
    chosen = primary_needs(module("senneed", rows), owners(len(rows)))
    assert chosen.rows["need"].tolist() == ([expected] if expected else [])
    assert chosen.torn == (expected is None and rows[0]["need"] != "")


def test_a_need_of_the_plans_own_request_comes_before_one_of_the_person():
    rows = [need("MLD", 1), need("ASD", 2)]
    assert primary_needs(module("senneed", rows), owners(2, loose={0})).rows["need"].tolist() == ["ASD"]


def test_needs_without_a_first_rank_are_said():
    chosen = primary_needs(module("senneed", [need("MLD", 3), need("ASD", 2)]), owners(2))
    assert [count for count, _ in chosen.notes] == [0, 1]
    assert [count for count, _ in primary_needs(module("senneed", [need("MLD", "")]), owners(1)).notes] == [0, 0]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([place("1", "2020-09-01", "2021-07-20"), place("2", "2021-09-01")], "2"),
        ([place("1", "2020-09-01"), place("2", "2021-09-01", rank=2)], "1"),
        ([place("1", "2020-09-01", "2021-07-20"), place("2", "2020-09-01", rank=2)], "2"),
        ([place("1", "2020-09-01"), place("2", "2021-09-01")], "2"),
        ([place("1", "2019-09-01", "2022-07-20"), place("2", "2021-09-01", "2022-01-20")], "1"),
        ([place("1", "2020-09-01", "2023-01-19"), place("2", "2020-09-01", rank=2)], "1"),
        ([place("1", "2020-09-01", "2023-01-18"), place("2", "2020-09-01", rank=2)], "2"),
        ([place("1", "2020-09-01", "2021-07-20"), place("2", "2023-09-01")], "1"),
        ([place("1", "2020-09-01"), place("2", "soon")], "1"),
        ([place("1", "2020-09-01"), place("2")], "1"),
        ([place("1", "2020-09-01"), place("1", "2020-09-01", ukprn="10000001")], "1"),
        ([place("1", "2020-09-01"), place("2", "2020-09-01")], None),
        ([place("1", "2020-09-01"), place("1", "2020-09-01", unit="true")], None),
        ([place("")], None),
    ],
)
def test_the_current_placement(rows, expected):
    """Open before ended, primary before secondary, entered later before earlier."""
    chosen, _ = places_of(rows)
    assert chosen.rows["urn"].tolist() == ([expected] if expected else [])


def test_the_setting_named_in_the_plan_stands_in_for_a_placement_only():
    assert places_of([place("1")], [place("9")])[0].rows["urn"].tolist() == ["1"]
    chosen, notes = places_of([place("")], [place("9")])
    assert chosen.rows["urn"].tolist() == ["9"]
    assert notes == ["Plans without a placement record: 1. The setting that the plan names stands for it."]
    chosen, notes = places_of([place("1"), place("2")], [place("9")])
    assert (len(chosen.rows), chosen.torn) == (0, 1)
    assert notes == ["Plans with several placements that nothing tells apart: 1. Their provision is blank."]


def test_provision_is_what_the_chosen_row_states():
    rows = [place("1", "2020-09-01", setting="EHE"), place("2", "2021-09-01", resourced="1")]
    assert places_of(rows)[0].rows["provision"].tolist() == ["base"]
    assert places_of([place("", setting="NEET")])[0].rows["provision"].tolist() == ["other"]
    assert places_of([place("1", setting="")])[0].rows["provision"].tolist() == [""]


def test_doubts_are_said():
    _, notes = places_of([place("1", "soon", unit="perhaps", rank=2)])
    assert notes == [
        "Rows of placementdetail with a date that cannot be read: 1. They come after all others.",
        "Indicators of placementdetail that say neither yes nor no: 1. They were taken for no.",
        "Plans with a secondary placement only: 1. It was taken.",
    ]


def test_without_either_module_nothing_is_chosen():
    chosen, notes = places_of()
    assert (len(chosen.rows), chosen.torn, notes) == (0, 0, [])
    assert {"urn", "provision"} <= set(chosen.rows.columns)
