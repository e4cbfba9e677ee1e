"""Dated records of children: areas by postcode, provision by school, and nothing that finds a child in hiding."""

import pandas as pd
import pytest

from geodata.importing import import_file
from geodata.shapes.events import OVERLAPS
from geodata.snapshot import Workspace


def take(squares, dataset, *lines):
    file = squares.write(squares.files / f"{dataset}.csv", *lines)
    return import_file(squares.path, dataset, file, profile=squares.profile)


def staged(squares, dataset):
    snapshot = Workspace(squares.path).current()
    frame = pd.read_parquet(snapshot.data_path(snapshot.parts(dataset)[-1])).set_index("child_id").astype(object)
    return frame.where(frame.notna(), None)


@pytest.fixture
def schools(squares):
    rows = [
        "100001,One,Community special school", "100002,Two,Academy converter", "100003,Three,Other independent school",
        "100004,Four,Other independent special school", "100005,Five,Pupil referral unit",
        "100006,Six,Further education",
        "100007,Seven,Miscellaneous",
    ]  # fmt: skip
    return take(squares, "schools", "urn,name,type", *rows)


def test_a_blank_provision_is_that_of_the_school(squares, schools):
    assert schools.accepted == 7
    rows = [f"C{i},2022-01-01,10000{i}," for i in range(1, 8)]
    rows += ["C8,2022-01-01,100001,arp", "C9,2022-01-01,999999,", "C10,2022-01-01,,"]
    take(squares, "ehc_plans", "child id,start,school urn,provision", *rows)
    assert staged(squares, "ehc_plans")["provision"].to_dict() == {
        "C1": "special", "C2": "mainstream", "C3": "mainstream", "C4": "independent", "C5": "alternative",
        "C6": "further_education", "C7": None, "C8": "base", "C9": None, "C10": None,
    }  # fmt: skip


def test_without_schools_a_blank_provision_stays_blank(squares):
    take(squares, "ehc_plans", "child id,start,school urn,provision", "C1,2022-01-01,100001,")
    assert staged(squares, "ehc_plans")["provision"].to_dict() == {"C1": None}


def test_nothing_finds_a_child_whose_address_is_protected(squares):
    rows = ["C1,F1,P1,2022-01-01,100001,HP91 1AA,yes", "C2,F2,P2,2022-01-01,100001,HP91 1AA,no"]
    take(squares, "early_help_cases", "child id,family id,post,start,school urn,postcode,refuge", *rows)
    columns = ["family_id", "post", "school_urn", "postcode", "atom"]
    found = staged(squares, "early_help_cases")[columns]
    assert found.loc["C1"].tolist() == [None, None, None, None, "withheld"]
    assert found.loc["C2"].tolist() == ["F2", "P2", 100001, "HP91 1AA", "E01000001"]


def test_a_postcode_that_could_not_be_used_is_not_kept(squares):
    take(squares, "home_education", "child id,start,postcode", "C1,2022-01-01,12 Acacia Road", "C2,2022-01-01,HP91 9ZZ")
    found = staged(squares, "home_education")
    assert found["postcode"].to_dict() == {"C1": None, "C2": "HP91 9ZZ"}
    assert set(found["atom"]) == {"unknown"}


def test_overlapping_records_of_every_dataset_are_listed(squares):
    rows = ["C1,2022-01-01,", "C1,2022-02-01,2022-03-01", "C2,2022-01-01,2022-02-01", "C2,2022-02-01,"]
    report = take(squares, "early_help_cases", "child id,start,end", *rows)
    assert [(item["column"], item["reason"], item["rows"]) for item in report.flagged] == [("start_date", OVERLAPS, 1)]
    listed = pd.read_csv(report.flagged_file)
    assert listed[["row", "reason"]].to_numpy().tolist() == [[3, f"{OVERLAPS}: that of row 2"]]
    assert not [warning for warning in report.warnings if "another" in warning]


def test_an_open_file_of_one_dataset_leaves_the_others(squares):
    take(squares, "home_education", "child id,start", "C1,2022-01-01")
    report = take(squares, "early_help_cases", "child id,start", "C1,2022-01-01")
    assert report.changes == {}
    again = take(squares, "early_help_cases", "child id,start,end", "C1,2022-01-01,2022-02-01", "C2,2022-01-01,")
    assert again.changes == {"new": 1, "gone": 0, "altered": 1, "alike": 0}
    assert set(Workspace(squares.path).current().datasets) == {"home_education", "early_help_cases"}
