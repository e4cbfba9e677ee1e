import string

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.postcode_index import NOWHERE, as_arrow, make_index

PACK = ["HP20 1UA", "HP20 1UB", "HP2 0AA", "M1 1AA", "W1A 0AX"]


def find(*texts, **how):
    return make_index(as_arrow(PACK)).find(as_arrow(texts), **how).tolist()


def test_every_way_it_reads():
    assert find("HP20 1UA", "hp201ub", "Hp2 0aA", "HP20AA", "m11aa", "W1A0AX") == [0, 1, 2, 2, 3, 4]


@pytest.mark.parametrize(
    "text",
    ["", "1UA", " 1UA", "HP20", "HP20  1UA", " HP20 1UA", "HP20 1UA ", "HP20 1UC", "HP21 1UA", "HP20 1U", "HP20 1@A",
     "HP20 :UA", "HP20 1U[", "É20 1UA", "HP20 1UA HP20 1UA", "xHP201UA"],
)  # fmt: skip
def test_anything_else_is_nowhere(text):
    assert find(text, "HP20 1UA") == [NOWHERE, 0]
    assert find("HP20 1UA", text) == [0, NOWHERE]


def test_hidden_texts_are_not_found():
    assert find("HP20 1UA", "HP20 1UA", hidden=np.array([True, False])) == [NOWHERE, 0]


def test_a_piece_of_a_longer_column():
    texts = as_arrow(["x", "HP20 1UA", "M1 1AA", "y"])
    assert make_index(as_arrow(PACK)).find(texts[1:3]).tolist() == [0, 3]
    assert make_index(as_arrow(PACK)).find(texts[:0]).tolist() == []


def test_texts_in_pieces_and_of_any_kind():
    assert as_arrow(pa.chunked_array([["a"], [None]])).to_pylist() == ["a", None]
    assert as_arrow(pa.array(["a"])).type == pa.large_string()


def test_a_pack_without_postcodes():
    assert make_index(as_arrow([])).find(as_arrow(["HP20 1UA"])).tolist() == [NOWHERE]


@pytest.mark.parametrize(
    "wrong", [["HP20 1UA", "HP201UA"], ["HP20 1UA", "HP20"], ["HP20 1UA", ""], ["HP20 1UA", "1UA"]]
)
def test_a_pack_that_repeats_a_postcode_or_has_none_is_refused(wrong):
    with pytest.raises(ValueError, match=r"row [12] repeats"):
        make_index(as_arrow(wrong))


CAPITALS = st.sampled_from(string.ascii_uppercase)
DIGITS = st.sampled_from(string.digits)
POSTCODES = st.builds(
    "{}{} {}{}{}".format, st.text(CAPITALS, min_size=1, max_size=2), st.text(DIGITS, min_size=1, max_size=2), DIGITS,
    CAPITALS, CAPITALS,
)  # fmt: skip


@given(st.lists(POSTCODES, unique=True, max_size=30), st.lists(POSTCODES, max_size=30))
def test_it_finds_what_is_there_and_nothing_else(pack, asked):
    found = make_index(as_arrow(pack)).find(as_arrow(asked))
    assert found.tolist() == [pack.index(text) if text in pack else NOWHERE for text in asked]


def test_thousands_of_first_halves():
    pack = [f"{a}{b}{i} 1AA" for a in string.ascii_uppercase for b in string.ascii_uppercase[:10] for i in range(10)]
    assert make_index(as_arrow(pack)).find(as_arrow(pack)).tolist() == list(range(len(pack)))
