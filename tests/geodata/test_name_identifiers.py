import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.name_identifiers import identifiers_are_names

TOWNS = ("AYLESBURY", "WYCOMBE", "CHESHAM", "AMERSHAM", "MARLOW")


@pytest.mark.parametrize(
    "values",
    [
        ["JSMITH12"],
        ["SmithJohn2012"],
        ["JOHN-SMITH-01"],
        ["j.smith.2014"],
        ["JSMITH12", "APATEL13", "ZKOWALSKI09"],
        ["SmithJohn2012", "PatelAnjali2013"],
        ["JANE01", "JOHN02", "JAMES03"],
        ["JANE01", "12345", "12346"][:2],
        [f"{name}{i}" for i, name in enumerate(["thenxo", "varikel", "mondurask", "pelidor", "quessan"] * 5)]
        + [f"{a}{b}lin{i}" for i, (a, b) in enumerate(zip("bdfghjklmnprstv" * 2, "aeiouaeiouaeiou" * 2, strict=True))],
    ],
)
def test_identifiers_made_of_names(values):
    assert identifiers_are_names(values)


@pytest.mark.parametrize(
    "values",
    [
        [],
        [""],
        ["MOS123456"],
        ["UPN A123456789012"],
        ["LL-2022-000123"],
        ["CH0001A"],
        ["3f2a9bce77"],
        [f"MOS{i:06}" for i in range(50)],
        [f"SMITH-{i:04}" for i in range(50)],
        [f"A{i:012}" for i in range(50)],
        [f"{('MOS', 'LCS', 'EHM')[i % 3]}{i:05}" for i in range(50)],
        [f"{TOWNS[i % 5]}-{i:04}" for i in range(50)],
        ["K5QXG3LM", "7AQ2ZWPT", "MZ4TR6XB", "Q2WJ5NDK"],
    ],
)
def test_other_identifiers(values):
    assert not identifiers_are_names(values)


HEX = st.text("0123456789abcdef", min_size=6, max_size=32)
UUID = st.uuids().map(str)
DECIMAL = st.integers(0, 10**12).map(str)


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_", max_size=8)
    | st.sampled_from(["ADAM", "Jane-", "smith"]),
    st.one_of(*(st.lists(kind, min_size=2, max_size=30, unique=True) for kind in (HEX, UUID, DECIMAL))),
    st.booleans(),
)
def test_hexadecimal_uuid_and_decimal_identifiers_are_never_names(prefix, values, upper):
    assert not identifiers_are_names([prefix + (value.upper() if upper else value) for value in values])


@given(st.lists(st.binary(min_size=10, max_size=10), min_size=10, max_size=60, unique=True))
def test_pseudonyms_in_base_32_are_not_names(values):
    import base64  # noqa: PLC0415

    assert not identifiers_are_names([base64.b32encode(value).decode() for value in values])


def test_a_single_uuid_is_no_name():
    assert not identifiers_are_names([str(uuid.UUID(int=2**100))])
