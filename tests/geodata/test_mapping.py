import json

import pytest

from geodata.contracts import contract
from geodata.errors import ContractError, UsageError
from geodata.mapping import match_headings
from geodata.mapping_file import headings_key, read_map_file, remembered, with_remembered

CME = contract("cme_involvements")


def mapped(*headings, given=None):
    match = match_headings(CME, headings, given)
    return match, match.as_headings(headings)


def test_aliases_in_any_case_and_punctuation():
    _, found = mapped("CHILD-ID", "date_opened", "Date Closed", "DOB", "N.C. Year")
    assert found == {
        "child_id": "CHILD-ID", "start_date": "date_opened", "end_date": "Date Closed", "year_group": "N.C. Year",
        "born": "DOB",
    }  # fmt: skip


def test_our_own_name_wins_over_an_alias():
    _, found = mapped("UPN", "child_id", "start_date")
    assert found["child_id"] == "child_id"


def test_a_near_spelling_is_a_guess_that_is_reported():
    match, found = mapped("child id", "start date", "protectd address")
    assert found["protected"] == "protectd address"
    assert match.guessed == ("protected",)


def test_names_and_what_is_not_needed_are_told_apart():
    match, _ = mapped("child id", "start", "Child's name", "Favourite colour", "")
    assert match.names == ("Child's name",)
    assert match.unused == ("Favourite colour",)
    assert "postcode" in match.missing


def test_a_name_is_never_matched_by_likeness():
    with pytest.raises(ContractError, match="child_id"):
        mapped("Child", "start date")


@pytest.mark.parametrize(("first", "second"), [("Date opened", "Referral date"), ("Start date", "Start Date")])
def test_two_headings_for_one_column_are_asked_for(first, second):
    with pytest.raises(ContractError, match=f"'{first}' and '{second}'"):
        mapped("child id", first, second)


def test_a_person_settles_which():
    _, found = mapped("child id", "Date opened", "Referral date", given={"start_date": "referral DATE"})
    assert found["start_date"] == "Referral date"


def test_a_person_may_leave_a_column_out():
    match, found = mapped("child id", "start", "Date closed", given={"end_date": None})
    assert "end_date" not in found
    assert "end_date" in match.missing


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"colour": "x"}, UsageError, "No column colour"),
        ({"start_date": "gone"}, ContractError, "not among"),
        ({"child_id": "Child's name"}, ContractError, "never taken over"),
    ],
)
def test_a_mapping_that_cannot_be_followed(given, error, says):
    with pytest.raises(error, match=says):
        mapped("child id", "start", "Child's name", given=given)


def test_a_missing_column_lists_the_headings_and_the_remedy():
    with pytest.raises(ContractError, match=r"start_date .*'child id', 'colour'.*--map"):
        mapped("child id", "colour")


@pytest.mark.parametrize(
    "first_row", [("Jane Smith", "red"), ("Jane Smith", "12/03/2010"), ("Jane Smith", "id", "HP20 1UA")]
)
def test_a_first_row_of_data_is_not_repeated(first_row):
    with pytest.raises(ContractError) as refused:
        mapped(*first_row)
    assert "Smith" not in str(refused.value)


def test_map_files(tmp_path):
    (tmp_path / "a.json").write_text('{"child_id": "Ref", "born": null}')
    (tmp_path / "a.toml").write_text('child_id = "Ref"')
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "list.json").write_text("[1]")
    assert read_map_file(tmp_path / "a.json") == {"child_id": "Ref", "born": None}
    assert read_map_file(tmp_path / "a.toml") == {"child_id": "Ref"}
    for name in ("bad.json", "list.json", "gone.json"):
        with pytest.raises(UsageError, match=name):
            read_map_file(tmp_path / name)


def test_a_mapping_is_remembered_for_the_same_headings_only(tmp_path):
    file = tmp_path / "mappings.json"
    file.write_bytes(with_remembered(file, "ehc_plans", ["a", "b"], {"child_id": "a"}))
    file.write_bytes(with_remembered(file, "population", ["a", "b"], {"atom": "b"}))
    assert remembered(file, "ehc_plans", ["b", "a"]) == {"child_id": "a"}
    assert remembered(file, "ehc_plans", ["b", "c"]) == {}
    assert list(json.loads(file.read_text())["ehc_plans"]) == [headings_key(["a", "b"])]
    assert remembered(tmp_path / "gone.json", "ehc_plans", ["a"]) == {}
