import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.geocode import geocode, load_postcodes
from geodata.match_rate import match_by_area

# HP20: two of three in the north. HP21: one north, one south, two outside: not more than half, so the first of the
# areas that have most. OX9: two of three outside.
PACK = {
    "HP20 1UA": "N1", "HP20 1UB": "N2", "HP20 1UC": "S1",
    "HP21 1UA": "N1", "HP21 1UB": "S1", "HP21 1UC": "X1", "HP21 1UD": None,
    "OX9 1UA": "S1", "OX9 1UB": "X1", "OX9 1UC": "X1",
}  # fmt: skip
OF_ATOM = {"N1": "north", "N2": "north", "S1": "south"}


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "postcodes.parquet"
    lsoa = pd.Categorical(list(PACK.values()))
    pd.DataFrame({"postcode": list(PACK), "lsoa": lsoa, "live": True, "by_point": False}).to_parquet(file)
    return load_postcodes(file, tuple(OF_ATOM))


def rates(table, *postcodes, protected=()):
    hidden = pd.Series([i in protected for i in range(len(postcodes))], dtype=bool)
    found = geocode(pd.Series(postcodes, dtype="str"), hidden, table, lambda asked: {"SW1A1AA"} & set(asked))
    return match_by_area(found, table, OF_ATOM)


def count(matched, unmatched):
    return {"matched": matched, "unmatched": unmatched}


def test_matched_rows_belong_to_the_area_of_their_atom(table):
    assert rates(table, "HP20 1UA", "hp201ub", "HP20 1UC", "OX9 1UB", "SW1A 1AA", "SW1A 1AA") == {
        "north": count(2, 0), "south": count(1, 0), "unknown": count(0, 0), "outside": count(3, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("postcode", "area"),
    [("HP20 9ZZ", "north"), ("HP21 9ZZ", "north"), ("OX9 9ZZ", "outside"), ("SW1A 9ZZ", "outside"),
     ("ZZ99 3VZ", "unknown"), ("HP20", "unknown"), ("", "unknown"), ("12 Acacia Road", "unknown")],
)  # fmt: skip
def test_where_an_unmatched_row_belongs(table, postcode, area):
    found = rates(table, postcode, postcode.lower())
    assert found.pop(area) == count(0, 2)
    assert all(rest == count(0, 0) for rest in found.values())


def test_withheld_rows_are_not_counted(table):
    assert sum(sum(each.values()) for each in rates(table, "HP20 1UA", "HP20 9ZZ", protected=[0, 1]).values()) == 0


def test_a_pack_all_of_it_outside(tmp_path):
    file = tmp_path / "postcodes.parquet"
    pd.DataFrame({"postcode": ["OX9 1UA"], "lsoa": ["X1"], "live": True, "by_point": False}).to_parquet(file)
    assert rates(load_postcodes(file, tuple(OF_ATOM)), "OX9 9ZZ")["outside"] == count(0, 1)


@given(
    st.lists(st.sampled_from([*PACK, "HP20 9ZZ", "OX9 9ZZ", "SW1A 1AA", "SW1A 9ZZ", "ZZ99 3VZ", "", "?"]), max_size=30),
    st.sets(st.integers(0, 29)),
)
def test_all_rows_but_the_withheld_are_counted_once(table, postcodes, protected):
    found = rates(table, *postcodes, protected=protected)
    assert sum(sum(each.values()) for each in found.values()) == sum(i not in protected for i in range(len(postcodes)))
    assert list(found) == ["north", "south", "unknown", "outside"]
