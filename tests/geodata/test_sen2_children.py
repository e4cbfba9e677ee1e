import numpy as np
import pandas as pd
import pytest

from geodata.contracts.children import CHILD_ID
from geodata.parsing import parse_column
from geodata.sen2_children import identify
from geodata.sen2_modules import Module

UPN, TEMPORARY, ULN = "A825200001001", "B82520000100C", "1234567890"


@pytest.fixture
def persons(tmp_path):
    def build(*rows, content=b"export of January"):
        path = tmp_path / "person.csv"
        path.write_bytes(content)
        frame = pd.DataFrame(rows, columns=["person", "upn", "uln", "case", "born"], dtype="str").fillna("")
        return Module("person", path, frame, np.arange(2, len(frame) + 2), np.empty(0, dtype=np.int64))

    return build


def ids(module):
    found = identify(module)
    assert parse_column(CHILD_ID, found["child_id"]).faults == {}
    return found["child_id"].tolist()


@pytest.mark.parametrize(
    ("row", "kind", "child_id"),
    [
        (("1", UPN, ULN, "C7", "2010"), "UPN", UPN),
        (("1", UPN.lower(), "", "", "2010"), "UPN", UPN),
        (("1", TEMPORARY, "", "", "2010"), "UPN", TEMPORARY),
        (("1", "", ULN, "C7", "2010"), "ULN", ULN),
        (("1", "", f"{ULN}.0", "", "2010"), "ULN", ULN),
        (("1", "X02", "", "C7", "2010"), "case number", "C7"),
        (("1", "UN4", "9999999999", "Jo Smith", "2010"), "export", None),
        (("1", "A82520000100", "", "", "2010"), "export", None),
        (("1", "I825200001001", "", "", "2010"), "export", None),
    ],
)
def test_the_first_number_that_can_be_used(persons, row, kind, child_id):
    found = identify(persons(row))
    assert found["kind"].tolist() == [kind]
    if child_id:
        assert found["child_id"].tolist() == [child_id]


def test_a_made_identifier_is_the_exports_own(persons):
    first = ids(persons(("1", "", "", "", ""), ("2", "", "", "", "")))
    assert len(set(first)) == 2
    assert first == ids(persons(("1", "", "", "", ""), ("2", "", "", "", "")))
    assert not set(first) & set(ids(persons(("1", "", "", "", ""), ("2", "", "", "", ""), content=b"of July")))


def test_an_odd_person_id_makes_an_identifier_too(persons):
    found = ids(persons(("{8F-a b}", "", "", "", ""), ("{8F-a c}", "", "", "", "")))
    assert len(set(found)) == 2
    assert "{" not in "".join(found)


def test_a_number_of_two_persons_born_on_two_days_is_used_for_neither(persons):
    found = identify(persons(("1", UPN, ULN, "", "2010"), ("2", UPN, "", "", "2011"), ("3", TEMPORARY, "", "", "2011")))
    assert found["kind"].tolist() == ["ULN", "export", "UPN"]


def test_a_number_of_two_persons_whose_days_of_birth_are_not_known_is_used_for_neither(persons):
    assert identify(persons(("1", UPN, "", "", "2010"), ("2", UPN, "", "", "")))["kind"].tolist() == ["export"] * 2


def test_a_child_entered_twice_is_one(persons):
    assert ids(persons(("1", UPN, "", "", "2010"), ("2", UPN, "", "", "2010"))) == [UPN, UPN]
    assert ids(persons(("1", UPN, "", "", ""), ("1", UPN, "", "", ""))) == [UPN, UPN]
