import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.cell_text import UNREADABLE, clean, clean_column, one_line
from geodata.contracts import CONTRACTS
from geodata.parsing import parse_column

TEXTS = st.text(st.sampled_from("aé 1\u00a0\u200b\ufeff\u00ad\u3000\u200f\u2060\t\n"), max_size=8)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("HP20 1UA", "HP20 1UA"), ("\u00a0HP20\u00a01UA\u200b", "HP20 1UA"), ("\ufeffC1", "C1"),
        ("soft\u00adware", "software"),
        (" \u200b\u00a0", ""), ("Zoë – £5", "Zoë – £5"), ("a\nb", "a\nb"),
    ],
)  # fmt: skip
def test_characters_that_nobody_sees(text, cleaned):
    assert clean(text) == cleaned


@given(TEXTS)
def test_what_is_clean_stays_as_it_is(text):
    assert clean(clean(text)) == clean(text)


@given(st.lists(TEXTS, max_size=5))
def test_a_column_is_cleaned_like_its_cells(texts):
    column = clean_column(pa.chunked_array([texts], type=pa.string()))
    assert [text.strip() for text in column.to_pylist()] == [clean(text) for text in texts]


def test_headings_stand_on_one_line():
    assert one_line(["Date\r\n opened", "\u200bID ", ""]) == ("Date opened", "ID", "")


@pytest.mark.parametrize("mark", UNREADABLE)
def test_no_column_of_a_child_takes_a_mark_for_a_value(mark):
    contract = CONTRACTS["cme_involvements"]
    for column in contract.columns:
        if column.kind == "postcode":
            continue  # malformed there: the geocoder counts it
        parsed = parse_column(column, pd.Series([mark], dtype="str"))
        known = parsed.values.iloc[0] in column.codes if column.kind == "code" else False
        assert parsed.faults or (column.kind == "code" and not known), column.key
