import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geodata.quarantine import as_csv, mask, reasons
from geodata.validation import Fault


def test_masks_keep_only_the_shape():
    texts = pd.Series(["HP20 1UA", "31/02/2022", "Jane Smith", "Q", "", "=1+1", "-5", "é" * 40], dtype="str")
    assert mask(texts).tolist() == ["H*** ***", "3*/**/****", "J*** *****", "*", "", "****", "**", "é" + "*" * 23]


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=5))
def test_no_letter_or_digit_but_the_first_is_left(texts):
    for masked in mask(pd.Series(texts, dtype="str")):
        assert not any(character.isalnum() for character in masked[1:])
        assert masked[:1] not in ("=", "+", "-", "@")


def test_one_line_for_each_row_and_reason_in_the_order_of_the_file():
    text = pd.DataFrame({"child_id": ["Jane", "C2"], "start_date": ["x", "y"]}, dtype="str")
    faults = [Fault("start_date", "bad day", np.array([0, 1])), Fault("child_id", "bad id", np.array([0]))]
    lines = as_csv(text, np.array([2, 5]), faults, np.array([3])).decode("utf-8-sig").splitlines()
    assert lines[0] == "row,column,value,reason"
    assert lines[1:3] == ["2,start_date,*,bad day", "2,child_id,J***,bad id"]
    assert lines[3].startswith("3,,,")
    assert lines[4] == "5,start_date,*,bad day"
    doubt = Fault("start_date", "overlaps", np.array([1, 0]), np.array([": row 2", ": row 9"]))
    assert as_csv(text, np.array([2, 5]), [doubt]).decode("utf-8-sig").splitlines()[1:] == [
        "2,start_date,*,overlaps: row 9", "5,start_date,*,overlaps: row 2",
    ]  # fmt: skip
    assert reasons([doubt]) == [{"column": "start_date", "reason": "overlaps", "rows": 2}]
    assert reasons(faults, np.array([3]))[0] == {"column": "start_date", "reason": "bad day", "rows": 2}
