import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.contracts import contract
from geodata.row_changes import changes_since


def stage(tmp_path, name, rows):
    columns = ["child_id", "start_date", "end_date", "postcode", "atom", "in_ward"]
    frame = pd.DataFrame(rows, columns=columns).astype("str")
    frame.to_parquet(tmp_path / name, index=False)
    return tmp_path / name


def test_rows_new_gone_altered_and_alike(tmp_path):
    old = stage(tmp_path, "old.parquet", [
        ("alike", "1", None, "HP1", "A", "X"), ("moved area only", "1", None, "HP1", "A", "X"),
        ("ended", "1", None, "HP1", "A", "X"), ("gone", "1", None, "HP1", "A", "X"),
        ("gone too", "1", None, None, "A", "X"),
    ])  # fmt: skip
    new = stage(tmp_path, "new.parquet", [
        ("alike", "1", None, "HP1", "A", "X"), ("moved area only", "1", None, "HP1", "B", "Y"),
        ("ended", "1", "2", "HP1", "A", "X"), ("ended", "3", None, "HP1", "A", "X"),
    ])  # fmt: skip
    assert changes_since(contract("ehc_plans"), new, old) == {"new": 1, "gone": 2, "altered": 1, "alike": 2}


def test_a_blank_in_a_key_is_equal_to_a_blank(tmp_path):
    for name, value in (("old", 5.0), ("new", 6.0)):
        frame = pd.DataFrame({"indicator": ["plans"], "area": [None], "period": ["2024"], "value": [value]})
        frame.astype({"area": "str"}).to_parquet(tmp_path / f"{name}.parquet", index=False)
    files = tmp_path / "new.parquet", tmp_path / "old.parquet"
    assert changes_since(contract("indicator_values"), *files) == {"new": 0, "gone": 0, "altered": 1, "alike": 0}


def test_without_a_key_nothing_is_compared(tmp_path):
    pd.DataFrame({"atom": ["A"]}).to_parquet(tmp_path / "a.parquet")
    assert changes_since(contract("area_scheme"), tmp_path / "a.parquet", tmp_path / "a.parquet") == {}


ROWS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", "1", "2"]))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=ROWS, new=ROWS)
def test_the_counts_are_those_of_the_files(tmp_path, old, new):
    files = [
        stage(tmp_path, f"{name}.parquet", [(key, "1", end, "HP1", "A", "X") for key, end in rows.items()])
        for name, rows in (("old", old), ("new", new))
    ]
    found = changes_since(contract("ehc_plans"), files[1], files[0])
    assert found["new"] + found["altered"] + found["alike"] == len(new)
    assert found["gone"] + found["altered"] + found["alike"] == len(old)
    assert found["alike"] == len(old.items() & new.items())
