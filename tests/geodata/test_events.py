from datetime import date

import pandas as pd
import pytest

from geodata.errors import InputError
from geodata.events import count_overlapping, covered

TODAY = date(2022, 12, 24)


def frame(*rows):
    table = pd.DataFrame(list(rows), columns=["child_id", "start_date", "end_date"])
    return table.assign(
        **{key: pd.to_datetime(table[key]).astype("datetime64[s]") for key in ("start_date", "end_date")}
    )


def test_the_period_of_an_extract():
    closed = frame(("a", "2021-05-01", "2021-09-10"), ("b", "2022-07-01", None), ("c", "2022-01-01", "2022-07-20"))
    assert covered(closed, None, None, TODAY) == (date(2021, 9, 10), date(2022, 7, 20))
    open_only = frame(("a", "2021-05-01", None), ("b", "2022-07-01", None))
    assert covered(open_only, None, None, TODAY) == (date(2022, 7, 1), date(2022, 7, 1))
    assert covered(closed, date(2021, 9, 1), date(2022, 7, 31), TODAY) == (date(2021, 9, 1), date(2022, 7, 31))


def test_no_extract_is_complete_beyond_today():
    planned = frame(("a", "2021-05-01", "2021-09-10"), ("b", "2023-03-01", "2023-07-01"))
    assert covered(planned, None, None, TODAY) == (date(2021, 9, 10), TODAY)
    assert covered(planned.iloc[1:], None, None, TODAY) == (TODAY, TODAY)  # nothing has closed or begun
    for days in ((date(2022, 12, 25), None), (None, date(2021, 1, 1))):
        with pytest.raises(InputError, match="before it begins"):
            covered(planned, *days, date(2022, 12, 24))


def test_overlaps_of_one_child():
    rows = frame(
        ("a", "2022-01-01", "2022-03-01"), ("a", "2022-02-01", "2022-02-10"), ("a", "2022-02-20", None),  # two overlap
        ("b", "2022-01-01", "2022-02-01"), ("b", "2022-02-01", None),  # one follows on
        ("c", "2022-01-15", None),
    )  # fmt: skip
    assert count_overlapping(rows) == 2
    assert count_overlapping(rows.iloc[::-1]) == 2
    assert count_overlapping(rows.iloc[:1]) == 0
