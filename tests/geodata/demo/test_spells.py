"""The number open is the given one on each given day, and near the line between."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.demo.spells import Course, draw_spells

EVEN = (1.0,) * 12
DAYS = (date(2020, 1, 15), date(2020, 9, 8), date(2021, 6, 30))


def open_on(start: np.ndarray, end: np.ndarray, day: date) -> int:
    at = np.datetime64(day)
    return int(((start <= at) & (np.isnat(end) | (end > at))).sum())


@given(st.tuples(*[st.integers(20, 300)] * 3), st.integers(0, 99))
def test_the_stock_is_the_given_one(stock: tuple[int, int, int], seed: int) -> None:
    course = Course(dict(zip(DAYS, stock, strict=True)), 0.1, EVEN, 10, 400)
    start, end = draw_spells(course, np.random.default_rng(seed))

    assert [open_on(start, end, day) for day in DAYS] == list(stock)
    assert (end[~np.isnat(end)] > start[~np.isnat(end)]).all()
    assert start.max() <= np.datetime64(DAYS[-1])
    assert (np.sort(start) == start).all()


@pytest.fixture(scope="module")
def steady() -> tuple[np.ndarray, np.ndarray]:
    stock = {date(2019, 1, 17): 400, date(2025, 1, 16): 400}
    return draw_spells(Course(stock, 0.1, EVEN, 20, 900), np.random.default_rng(1))


def test_a_steady_stock_stays_steady_between(steady: tuple[np.ndarray, np.ndarray]) -> None:
    numbers = [open_on(*steady, date(year, 6, 15)) for year in range(2019, 2025)]

    assert min(numbers) > 370
    assert max(numbers) < 430


def test_records_last_between_the_bounds(steady: tuple[np.ndarray, np.ndarray]) -> None:
    start, end = steady
    days = (end - start)[~np.isnat(end)].astype(int)

    assert days.min() >= 20
    assert days.max() <= 900 + 31
    assert 200 < days.mean() < 400
    assert np.is_busday(start).all()
    assert np.is_busday(end[~np.isnat(end)]).all()
