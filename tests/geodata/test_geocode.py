import brotli
import msgpack
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.directory import known_postcodes
from geodata.geocode import geocode, load_postcodes

ATOM, OTHER = "E01017627", "E01099999"


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "postcodes.parquet"
    pd.DataFrame(
        {
            "postcode": ["HP20 1UA", "HP20 1UB", "HP20 1UC", "OX9 2AA", "OX9 2AB"],
            "lsoa": pd.Categorical([ATOM, ATOM, ATOM, OTHER, None]),
            "live": [True, False, True, True, True],
            "by_point": [False, False, True, False, False],
        }
    ).to_parquet(file)
    return load_postcodes(file, (ATOM,))


def far(postcodes):
    return {"SW1A1AA"} & set(postcodes)


def run(table, *postcodes, protected=(), lookup=far):
    hidden = pd.Series([i in protected for i in range(len(postcodes))])
    return geocode(pd.Series(postcodes, dtype="str"), hidden, table, lookup)


def test_every_outcome(table):
    found = run(
        table, "hp20 1ua", " HP201UB", "HP20-1UC", "OX9 2AA", "OX9 2AB", "SW1A 1AA", "", "HP20 1", "HP20 1ZZ",
        "HP20 1UA", protected=[9],
    )  # fmt: skip
    assert found.atom.tolist() == [
        ATOM, ATOM, ATOM, "outside", "outside", "outside", "unknown", "unknown", "unknown", "withheld",
    ]  # fmt: skip
    assert found.report.to_dict() == {
        "in_county": 3, "outside": 3, "blank": 1, "malformed": 1, "not_found": 1, "withheld": 1,
        "by_point": 1, "ended": 1,
    }  # fmt: skip


def test_only_well_formed_postcodes_of_unprotected_rows_are_kept(table):
    found = run(table, "hp201ua", "12 Acacia Road", "", "HP20 1UB", protected=[3])
    assert found.postcode.fillna("").tolist() == ["HP20 1UA", "", "", ""]


def test_a_protected_postcode_is_never_looked_up(table):
    asked = []

    def spy(postcodes):
        asked.extend(postcodes)
        return set()

    run(table, "SW1A 1AA", "EC1A 1BB", protected=[0], lookup=spy)
    assert asked == ["EC1A1BB"]


def test_no_fixed_abode_is_no_place(table):
    assert run(table, "ZZ99 3VZ", lookup=set).atom.tolist() == ["unknown"]


@given(st.lists(st.sampled_from(["HP20 1UA", "OX9 2AA", "SW1A 1AA", "", "rubbish", "HP9 9ZZ"]), max_size=30), st.data())
def test_the_outcomes_add_up_to_the_rows(table, postcodes, data):
    hidden = data.draw(st.sets(st.integers(0, max(len(postcodes) - 1, 0))))
    counts = run(table, *postcodes, protected=hidden).report.to_dict()
    whole = ("in_county", "outside", "blank", "malformed", "not_found", "withheld")
    assert sum(counts[key] for key in whole) == len(postcodes)


def write_letter(folder, letter, postcodes):
    data = {"laua": ["E0"] * len(postcodes), "pcd": postcodes}
    packed = msgpack.packb({"columns": ["laua", "pcd"], "data": data})
    (folder / f"postcodes_{letter}.msgpack.br").write_bytes(brotli.compress(packed))


@pytest.mark.parametrize(
    "postcodes", [["B1  1AA", "B10 1AA", "BB101AA"], ["B1 1AA", "B10 1AA", "BB10 1AA"]], ids=["seven wide", "spaced"]
)
def test_the_directory_in_either_spacing(tmp_path, postcodes):
    write_letter(tmp_path, "B", postcodes)
    assert known_postcodes(["B11AA", "BB101AA", "B19ZZ", "Q11AA"], tmp_path) == {"B11AA", "BB101AA"}


def test_only_the_letters_needed_are_opened(tmp_path):
    write_letter(tmp_path, "B", ["B1  1AA"])
    (tmp_path / "postcodes_S.msgpack.br").write_bytes(b"not readable")
    assert known_postcodes(["B11AA"], tmp_path) == {"B11AA"}
    assert known_postcodes([], tmp_path) == set()


def test_the_installed_directory():
    assert known_postcodes(np.array(["SW1A1AA", "SW1A9ZZ", "HP201UY"])) >= {"SW1A1AA"}
    assert "SW1A9ZZ" not in known_postcodes(["SW1A9ZZ"])
