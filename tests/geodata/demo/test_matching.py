"""Each person is given once, only to who fits, and with all that makes the person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.demo.matching import FAR_AHEAD, SAME_PERSON, days_of, draw_pairs, take_over


def test_each_person_is_given_once_and_only_where_it_fits() -> None:
    ages = np.array([5, 5, 9, 12])
    wanted = [5, 5, 5, 12, 40]
    pairs = draw_pairs(np.arange(5), lambda i: ages == wanted[i], ages.size, np.random.default_rng(1))

    assert set(pairs) == {0, 1, 3}
    assert sorted(pairs.values()) == [0, 1, 3]


def test_it_stops_at_so_many() -> None:
    pairs = draw_pairs(np.arange(9), lambda _: np.ones(9, dtype=bool), 9, np.random.default_rng(1), most=4)

    assert list(pairs) == [0, 1, 2, 3]


def test_a_missing_day_lies_far_ahead() -> None:
    frame = pd.DataFrame({"end_date": pd.to_datetime(["2022-01-05", None])})

    assert days_of(frame, "end_date").tolist() == [np.datetime64("2022-01-05").item(), FAR_AHEAD.item()]


def test_a_person_is_taken_over_whole() -> None:
    table, others = (
        pd.DataFrame(
            {column: [f"{who}{i}" for i in range(2)] for column in SAME_PERSON if column != "born"}
            | {"born": pd.to_datetime([f"{year}-01-01", f"{year + 1}-01-01"])},
            index=index,
        )
        for who, year, index in (("a", 2000, [7, 8]), ("b", 2010, [3, 4]))
    )
    take_over(table, {1: 0}, others)

    assert table.loc[8, "child_id"] == "b0"
    assert table.loc[8, "born"] == pd.Timestamp("2010-01-01")
    assert table.loc[8, "postcode"] == "b0"
    assert table.loc[7, "child_id"] == "a0"
