"""Choose 609 dated involvements that meet every table printed for 2021/22, and write them.

Run as ``python -m geodata.demo.calibrate_cme``. One mixed-integer programme chooses among drawn
candidates. Printed figures are hard rows; what makes a file look like a real one (durations by
reason, months, the course of the open stock) are soft rows, whose misses are the cost. The result
is committed, so the demonstration itself never solves anything. The cases are synthetic.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.demo.cme_check import check, completed_months
from geodata.demo.cme_pool import (
    FIRST_DAY,
    LAST_DAY,
    SCHOOL_HOLIDAYS,
    Pool,
    draw_pool,
    expected_within,
    fit_spread,
    share_within,
)
from geodata.demo.cme_printed import (
    AUGUST_OPEN,
    JULY_CLOSED,
    JULY_START,
    NO_PRINTED_ROW,
    YEAR_END,
    Printed,
    bounds_rounding_to,
    read_printed,
)
from geodata.demo.cme_programme import Rows, solve

TABLE_PATH = Path(__file__).with_name("cme_2021_22.csv")
SEED = 20_220_731

MONTHLY_STARTS = {
    "2021-09": 82, "2021-10": 70, "2021-11": 58, "2021-12": 32, "2022-01": 64, "2022-02": 40,
    "2022-03": 52, "2022-04": 34, "2022-05": 46, "2022-06": 41,
}  # fmt: skip
"""New ones aimed at: most as years and terms begin. Assumed: the printed chart is a picture."""

MONTH_END_STOCK = {
    "2021-09-30": 76, "2021-10-31": 86, "2021-11-30": 92, "2021-12-31": 91, "2022-01-31": 93,
    "2022-02-28": 92, "2022-03-31": 90, "2022-04-30": 85, "2022-05-31": 76,
}  # fmt: skip
"""Open involvements aimed at. Assumed, between the printed 62 and 60."""

MONTH_BANDS = {"12-23": (12, 23), "24+": (24, 999)}
STOCK_RANGE = (52, 108)
DURATION_EDGES_DAYS = (2, 4, 7, 10, 14, 21, 28, 42, 70, 112, 182, 364)
REASON_EDGES_DAYS = (14, 28, 91, 182)
AUGUST_STARTS = (4, 9)
"""At least 4, since 58 were open on 31 July 2021 and 62 a month later."""

MOST_ON_A_DATE = 8
MOST_ON_EARLIER_DATE = 2
MOST_SAME_DAY = 3
"""Closures on the very day of opening."""

MOST_IN_A_HOLIDAY = {"Christmas": 3, "Easter": 5}
RETURNING = ("BUSC", "SB", "IND", "OLAB", "OLCM", "NCA", "NCE", "NCO", "OVER")
REPEAT_GAP_DAYS = (21, 210)


def printed_rows(rows: Rows, pool: Pool, printed: Printed) -> None:
    """Add every printed figure as a hard row.

    Parameters
    ----------
    rows : Rows
        Receives them.
    pool : Pool
        Candidates.
    printed : Printed
        The figures.
    """
    july = np.datetime64(JULY_START)
    carried, closed, days = pool.start < FIRST_DAY, pool.closed, pool.days
    july_closed = closed & (pool.end >= july)
    exact = [
        (carried, AUGUST_OPEN),
        (~carried, printed.new),
        (closed, printed.closed),
        (carried & closed, printed.carried_closed),
        (pool.open_on(july - 1), printed.open_june),
        (pool.start >= july, printed.opened_july),
        (july_closed, JULY_CLOSED),
        (july_closed & (pool.start >= july), printed.july_both),
        (closed & (days <= 14), printed.within(2)),
        (closed & (days <= 28), printed.within(4)),
        (pool.code == NO_PRINTED_ROW, printed.unlisted),
        (july_closed & (pool.code == NO_PRINTED_ROW), printed.unlisted_july),
    ]
    for reason in printed.reasons:
        of_reason = pool.code == reason.code
        exact += [(of_reason, reason.closed), (of_reason & july_closed, reason.closed_july)]
        rows.hold(of_reason * days, *bounds_rounding_to(reason.mean_weeks, 7 * reason.closed))
    rows.hold(closed * days, *bounds_rounding_to(printed.mean_weeks, 7 * printed.closed))
    months = completed_months(pd.Series(pool.start), YEAR_END).to_numpy()
    for band, count in printed.open_by_months.items():
        low, high = MONTH_BANDS[band] if band in MONTH_BANDS else (int(band), int(band))
        exact.append((~closed & (months >= low) & (months <= high), count))
    for weight, count in exact:
        rows.hold(weight, count, count)


def plausible_rows(rows: Rows, pool: Pool, printed: Printed, spread: float) -> None:
    """Add what no paper prints but a real file would show: hard caps, and soft aims.

    Parameters
    ----------
    rows : Rows
        Receives them.
    pool : Pool
        Candidates.
    printed : Printed
        The figures.
    spread : float
        Standard deviation of log duration, see `fit_spread`.
    """
    closed, days = pool.closed, pool.days
    _aim_at_durations(rows, pool, printed, spread)
    for day in range(0, 366):
        expected = _expected(day - 1, day, printed, spread)
        most = MOST_SAME_DAY if day == 0 else round(1.15 * expected + 2)
        rows.hold(closed & (days == day), 0, most)
    for column in (pool.start, pool.end):
        for at in np.unique(column[~np.isnat(column)]):
            rows.hold(column == at, 0, MOST_ON_A_DATE if at >= FIRST_DAY else MOST_ON_EARLIER_DATE)
        for name, (first, last) in SCHOOL_HOLIDAYS.items():
            inside = (column >= np.datetime64(first)) & (column <= np.datetime64(last))
            rows.hold(inside, 0, MOST_IN_A_HOLIDAY.get(name, 2))
    rows.hold((pool.start < FIRST_DAY) & (pool.start >= FIRST_DAY - 31), *AUGUST_STARTS)
    for month, count in MONTHLY_STARTS.items():
        rows.aim(pool.start.astype("datetime64[M]") == np.datetime64(month), count, 0.5)
    for day_text, count in MONTH_END_STOCK.items():
        rows.aim(pool.open_on(np.datetime64(day_text)), count, 0.5)
    for friday in np.arange(FIRST_DAY + 2, LAST_DAY, 7):
        rows.hold(pool.open_on(friday), *STOCK_RANGE)


def _aim_at_durations(rows: Rows, pool: Pool, printed: Printed, spread: float) -> None:
    days = pool.days
    edges = (-1, *DURATION_EDGES_DAYS, 9999)
    for low, high in pairwise(edges):
        expected = _expected(low, high, printed, spread)
        rows.aim(pool.closed & (days > low) & (days <= high), expected, 1.0)
    reason_edges = (-1, *REASON_EDGES_DAYS, 9999)
    for reason in printed.reasons:
        mean = float(reason.mean_weeks)
        for low, high in pairwise(reason_edges):
            share = share_within(high, mean, spread) - share_within(low, mean, spread)
            inside = (pool.code == reason.code) & (days > low) & (days <= high)
            rows.aim(inside, reason.closed * share, 0.5)


def _expected(low: int, high: int, printed: Printed, spread: float) -> float:
    return expected_within(high, printed, spread) - expected_within(low, printed, spread)


def assign_children(cases: pd.DataFrame, children: int, rng: np.random.Generator) -> pd.Series:
    """Give involvements to children; a child's next one starts some weeks after the earlier closed.

    Parameters
    ----------
    cases : pandas.DataFrame
        `start_date`, `end_date` (datetimes) and `closure_code`, ordered by start.
    children : int
        How many children; the involvements above that number are repeats.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    pandas.Series
        Child numbers from 1 in order of first involvement, on the index of `cases`.
    """
    first, second = np.meshgrid(cases.index, cases.index, indexing="ij")
    start, end = cases["start_date"].to_numpy(), cases["end_date"].to_numpy()
    gap = (start[None, :] - end[:, None]) / np.timedelta64(1, "D")
    returning = cases["closure_code"].isin(RETURNING).to_numpy()[:, None]
    fits = returning & (gap >= REPEAT_GAP_DAYS[0]) & (gap <= REPEAT_GAP_DAYS[1])
    pairs = np.column_stack([first[fits], second[fits]])
    earlier: dict[int, int] = {}
    followed: set[int] = set()
    for before, after in rng.permutation(pairs).tolist():
        if len(earlier) == len(cases) - children:
            break
        if before not in followed and after not in earlier:
            earlier[after] = before
            followed.add(before)
    child: dict[int, int] = {}
    fresh = 0
    for involvement in cases.index:
        if involvement not in earlier:
            fresh += 1
        child[involvement] = child[earlier[involvement]] if involvement in earlier else fresh
    return pd.Series(child)


def build_table(printed: Printed) -> tuple[pd.DataFrame, str]:
    """Draw, solve and lay out the table.

    Parameters
    ----------
    printed : Printed
        The figures to meet.

    Returns
    -------
    table : pandas.DataFrame
        `involvement`, `child`, `start_date`, `end_date`, `closure_code`, ordered by start; dates
        are ISO text.
    report : str
        How the solver ended.
    """
    rng = np.random.default_rng(SEED)
    spread = fit_spread(printed)
    pool = draw_pool(printed, spread, rng)
    rows = Rows(pool.start.size)
    printed_rows(rows, pool, printed)
    plausible_rows(rows, pool, printed, spread)
    chosen, report = solve(rows, 0.05 * rng.random(pool.start.size))
    cases = pd.DataFrame(
        {
            "start_date": pool.start[chosen],
            "end_date": pool.end[chosen],
            "closure_code": pool.code[chosen],
        }
    )
    cases = cases.sort_values(["start_date", "end_date", "closure_code"], ignore_index=True)
    cases.insert(0, "involvement", cases.index + 1)
    cases.insert(1, "child", assign_children(cases, printed.children, rng))
    for column in ("start_date", "end_date"):
        cases[column] = cases[column].dt.strftime("%Y-%m-%d").fillna("")
    return cases, f"{pool.start.size} candidates, spread {spread:.3f}, {report}"


def main() -> int:
    """Build, check and write the table.

    Returns
    -------
    int
        0 when written, 1 when a figure is missed and nothing was written.
    """
    printed = read_printed()
    began = time.perf_counter()
    table, report = build_table(printed)
    lines = check(table, printed)
    sys.stdout.write("\n".join([*lines, f"{report}, {time.perf_counter() - began:.0f} s"]) + "\n")
    if any(line.startswith("FAIL") for line in lines):
        return 1
    TABLE_PATH.write_bytes(table.to_csv(index=False, lineterminator="\n").encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
