from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InputError
from geodata.events import covered, last_day, overlapping


def pairs(rows):
    """Return (place of the later, place of the one still open) of the records that overlap."""
    later, still_open = overlapping(rows)
    return list(zip(later.tolist(), still_open.tolist(), strict=True))


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


@pytest.mark.parametrize(
    ("first", "last", "covers"),
    [
        ("2021-09-07", "2022-07-25", ("2021-09-01", "2022-07-31")),
        ("2021-09-08", "2022-07-24", ("2021-09-08", "2022-07-24")),
        ("2021-09-01", "2022-07-31", ("2021-09-01", "2022-07-31")),
    ],
)
def test_days_without_an_event_at_the_edge_of_a_month_are_chance(first, last, covers):
    found = covered(frame(("a", "2021-05-01", first), ("b", last, None)), None, None, TODAY)
    assert tuple(map(str, found)) == covers


def test_a_month_that_still_runs_is_not_filled_up():
    assert covered(
        frame(("a", "2021-05-01", "2021-09-10"), ("b", "2022-07-28", None)), None, None, date(2022, 7, 29)
    ) == (
        date(2021, 9, 10),
        date(2022, 7, 28),
    )


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
    assert pairs(rows) == [(1, 0), (2, 0)]
    assert pairs(rows.iloc[::-1]) == [(3, 5), (4, 5)]
    assert pairs(rows.iloc[:1]) == pairs(rows.iloc[:0]) == []
    # Of two that are open the one that ends last is named, and one of a single day lies within another.
    nested = frame(
        ("a", "2022-01-01", "2022-02-01"), ("a", "2022-01-05", "2022-06-01"), ("a", "2022-01-09", "2022-01-09"),
        ("a", "2022-06-01", "2022-06-01"), ("a", "2022-06-01", None),
    )  # fmt: skip
    assert pairs(nested) == [(1, 0), (2, 1)]


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 12), st.integers(0, 5) | st.none()),
        max_size=14, unique_by=lambda case: case[:2],
    )
)  # fmt: skip
def test_overlaps_are_those_that_a_look_at_every_pair_finds(cases):
    first = pd.Timestamp("2022-01-01")
    rows = [(c, first + pd.Timedelta(days=s), None if n is None else first + pd.Timedelta(days=s + n))
            for c, s, n in cases]  # fmt: skip
    ends = [date.max if end is None else end.date() for _, _, end in rows]
    expected = {}
    for i, (child, start, _) in enumerate(rows):
        open_then = [j for j, (other, begun, _) in enumerate(rows)
                     if other == child and begun < start and ends[j] > start.date()]  # fmt: skip
        if open_then:
            expected[i] = max(ends[j] for j in open_then)
    found = pairs(frame(*rows))
    assert {later: ends[earlier] for later, earlier in found} == expected
    assert all(rows[earlier][0] == rows[later][0] and rows[earlier][1] < rows[later][1] for later, earlier in found)


def test_the_day_to_which_a_file_tells():
    rows = frame(("a", "2021-05-01", "2021-09-10"), ("b", "2022-07-01", None))
    assert last_day(rows, None, TODAY) == date(2022, 7, 1)
    contact = pd.Series(pd.to_datetime(["2022-08-05", None])).astype("datetime64[s]")
    assert last_day(rows.assign(last_contact=contact), None, TODAY) == date(2022, 8, 5)
    assert last_day(rows, date(2022, 7, 31), TODAY) == date(2022, 7, 31)
    assert last_day(frame(("a", "2023-03-01", None)), None, TODAY) == TODAY
