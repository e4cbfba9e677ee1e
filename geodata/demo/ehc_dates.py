"""When the demonstration's EHC plans start and end, and when their people were born.

The number maintained is the published one on each day of `published_stock`, by construction: between two such days
as many plans cease as `CEASED` says, and as many start as the difference then asks for. The seed decides which.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.demo.people import OLDEST_WITH_A_PLAN, Days, age_on, as_day, birthday
from geodata.periods import census_day
from geodata.profile import Profile

FIRST_DAY, LAST_DAY = census_day(2019), census_day(2025)
"""The plan file covers these two January censuses and all between."""

OTHER_DAYS: Mapping[str, date] = {"2022-07": date(2022, 7, 31), "2022-09": date(2022, 9, 5)}
"""Printed months that are not a January census -> the day meant; July is taken at its end."""

CEASED = (330, 390, 370, 150, 129, 107, 288, 400)
"""Plans ceased between one published day and the next.

In 2022 to 2024 the published 386, 288 and 400 of a calendar year (SEN2, DfE 2025 release), those of 2022 split so
that the dip of the late summer of 2022 comes out. Before that assumed, for nothing is published. Starts hold new plans
and those of families that moved in, which the published new plans do not.
"""

AGE_BANDS_2019 = {(3, 4): 178, (5, 10): 1440, (11, 15): 1540, (16, 19): 766, (20, 25): 130}
"""First and last age -> plans in January 2019 (SEN2, DfE 2022 release)."""

START_AGE_WEIGHTS = (0, 0, 4, 23, 94, 93, 69, 57, 52, 59, 73, 72, 51, 43, 46, 36, 33, 14, 7, 3, 2, 1)
"""New plans a year at ages 0, 1, and so on: mean of 2022 to 2024 (SEN2, DfE 2025 release)."""

CEASE_HAZARD_BY_AGE = {0: 0.02, 10: 0.025, 16: 0.04, 18: 0.15, 19: 0.21, 20: 0.27}
"""From this age on -> share of plans that cease in a year, about as in 2023 and 2024. Only ratios matter."""

START_MONTH_WEIGHTS = (9, 9, 10, 8, 9, 9, 10, 6, 7, 8, 9, 6)
END_MONTH_WEIGHTS = (6, 5, 5, 4, 4, 6, 22, 26, 9, 5, 4, 4)
"""January to December. Plans cease most as a school year ends. Assumed."""

EARLIER_START_YEARS = {2014: 0.01, 2015: 0.13, 2016: 0.21, 2017: 0.36, 2018: 0.29}
"""Plans of January 2019 by the year of their start: how statements turned into plans. Rounded from SEN2."""

BEGAN = np.datetime64("2014-09-01", "D")
"""There were statements before, and no EHC plans."""

SHORTEST_DAYS = 60
"""A plan lasts at least this long before it may cease. Assumed."""

NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Window:
    """The days after one published day up to the next.

    Attributes
    ----------
    before, last : datetime.date
        The published day before, and the one that ends it (itself included).
    started, ceased : int
        Plans that start and end in it.
    """

    before: date
    last: date
    started: int
    ceased: int


def published_stock(profile: Profile) -> dict[date, int]:
    """Return the plans maintained at the end of each published day from 2019 to 2025, oldest first.

    Parameters
    ----------
    profile : Profile
        Its directory holds ``printed/ehcp_totals.csv``.
    """
    found = {}
    with (profile.directory / "printed" / "ehcp_totals.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year, month = (int(part) for part in row["date"].split("-"))
            day = census_day(year) if month == 1 else OTHER_DAYS.get(row["date"])
            if day is not None and FIRST_DAY <= day <= LAST_DAY:
                found[day] = int(row["ehc_plans_maintained"])
    return dict(sorted(found.items()))


def windows(stock: Mapping[date, int]) -> list[Window]:
    """Return the spans between published days with their flows."""
    return [
        Window(before, last, stock[last] - stock[before] + ceased, ceased)
        for (before, last), ceased in zip(pairwise(stock), CEASED, strict=True)
    ]


def draw_plans(stock: Mapping[date, int], rng: np.random.Generator) -> pd.DataFrame:
    """Draw plans whose number open is `stock` on each of its days.

    Parameters
    ----------
    stock : mapping of datetime.date to int
        From `published_stock`.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.DataFrame
        One row a plan, ordered by start: born, start_date, end_date (datetime64; NaT while maintained on `LAST_DAY`).
    """
    spans = windows(stock)
    born, start = _earlier_plans(stock[FIRST_DAY], rng)
    for span in spans:
        new_start = _draw_days(span, span.started, START_MONTH_WEIGHTS, rng)
        age = rng.choice(len(START_AGE_WEIGHTS), span.started, p=_shares(START_AGE_WEIGHTS))
        born = np.concatenate([born, _birth(age, new_start, rng)])
        start = np.concatenate([start, new_start])
    end = np.full(start.size, NEVER)
    for span in spans:
        _cease(span, born, start, end, rng)
    plans = pd.DataFrame({"born": born, "start_date": start, "end_date": end})
    return plans.sort_values(["start_date", "born", "end_date"], ignore_index=True)


def _cease(span: Window, born: Days, start: Days, end: Days, rng: np.random.Generator) -> None:
    """Choose the plans that cease in a window and set their `end`, in place."""
    before, last = as_day(span.before), as_day(span.last)
    too_old = birthday(born, OLDEST_WITH_A_PLAN + 1)
    may = np.flatnonzero(np.isnat(end) & (start <= before - SHORTEST_DAYS))
    age = age_on(born[may], last)
    steps = np.array(list(CEASE_HAZARD_BY_AGE))
    hazard = np.array(list(CEASE_HAZARD_BY_AGE.values()))[np.searchsorted(steps, age, side="right") - 1]
    # The greatest of log weight plus Gumbel noise are a weighted draw without replacement.
    key = np.log(hazard) + rng.gumbel(size=may.size)
    key[too_old[may] <= last] = np.inf
    chosen = may[np.argsort(-key, kind="stable")[: span.ceased]]
    days = _draw_days(span, span.ceased, END_MONTH_WEIGHTS, rng)
    end[chosen] = days
    late = chosen[end[chosen] > too_old[chosen]]
    room = (too_old[late] - before).astype(np.int64)
    end[late] = before + 1 + np.floor(rng.random(late.size) * room).astype(np.int64)


def _earlier_plans(count: int, rng: np.random.Generator) -> tuple[Days, Days]:
    """Return births and starts of the plans maintained on `FIRST_DAY`."""
    first = as_day(FIRST_DAY)
    ages = np.concatenate([rng.choice(_band_ages(*band), size) for band, size in AGE_BANDS_2019.items()])
    born = _birth(ages[:count], np.full(count, first), rng)
    years = np.array([date(year, 1, 1) for year in EARLIER_START_YEARS], dtype="datetime64[D]")
    year: Days = rng.choice(years, count, p=_shares(tuple(EARLIER_START_YEARS.values())))
    start: Days = year + rng.integers(0, 365, count)
    start = np.where(start < BEGAN, BEGAN + rng.integers(0, 122, count), start)
    earliest = birthday(born, 2) + 3  # a weekend's room for the working day before
    room = np.maximum((first - earliest).astype(np.int64), 1)
    young = earliest + np.floor(rng.random(count) * room).astype(np.int64)
    start = np.minimum(np.where(start < earliest, young, start), first)
    return born, np.busday_offset(start, 0, roll="preceding")


def _band_ages(low: int, high: int) -> npt.NDArray[np.int64]:
    """Return the ages of a band; past 16 each age is listed as often as plans become rarer."""
    ages = np.arange(low, high + 1)
    if low < 16:
        return ages
    return np.repeat(ages, 2 ** (high - ages) if low == 20 else 10 - 2 * (ages - low))


def _birth(age: npt.NDArray[np.int64], day: Days, rng: np.random.Generator) -> Days:
    """Return dates of birth of people who are `age` on `day`."""
    born: Days = birthday(day, -age) - rng.integers(1, 365, age.size)
    return born


def _draw_days(span: Window, size: int, month_weights: tuple[int, ...], rng: np.random.Generator) -> Days:
    """Draw working days of a window by the weight of their month."""
    days = np.arange(as_day(span.before) + 1, as_day(span.last) + 1)
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    weights = np.array(month_weights, dtype=float)[month] * np.is_busday(days)
    return rng.choice(days, size=size, p=weights / weights.sum())


def _shares(weights: tuple[float, ...]) -> npt.NDArray[np.float64]:
    values = np.array(weights, dtype=float)
    shares: npt.NDArray[np.float64] = values / values.sum()
    return shares
