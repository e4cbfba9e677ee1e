"""Plausible involvements for the calibration to choose: a seeded draw, far more than needed."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from geodata.demo.cme_printed import (
    NO_PRINTED_ROW,
    YEAR_END,
    YEAR_START,
    Printed,
    bounds_rounding_to,
)

Dates = npt.NDArray[np.datetime64]
Mask = npt.NDArray[np.bool_]

BANK_HOLIDAYS = np.array(
    [
        "2019-01-01", "2019-04-19", "2019-04-22", "2019-05-06", "2019-05-27", "2019-08-26",
        "2019-12-25", "2019-12-26", "2020-01-01", "2020-04-10", "2020-04-13", "2020-05-08",
        "2020-05-25", "2020-08-31", "2020-12-25", "2020-12-28", "2021-01-01", "2021-04-02",
        "2021-04-05", "2021-05-03", "2021-05-31", "2021-08-30", "2021-12-27", "2021-12-28",
        "2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03",
    ],
    dtype="datetime64[D]",
)  # fmt: skip
"""England's, 2019 to July 2022 (gov.uk/bank-holidays)."""

SCHOOL_HOLIDAYS = {
    "October half-term": ("2021-10-25", "2021-10-29"),
    "Christmas": ("2021-12-20", "2022-01-03"),
    "February half-term": ("2022-02-14", "2022-02-18"),
    "Easter": ("2022-04-11", "2022-04-22"),
    "May half-term": ("2022-05-30", "2022-06-03"),
}
"""First and last day, both inside."""

FIRST_START = np.datetime64("2019-01-02")
LEAVING_DATE = np.datetime64("2022-06-24")
"""Last Friday of June, when pupils of leaving age may leave (Education Act 1996, section 8)."""

FIRST_DAY = np.datetime64(YEAR_START)
LAST_DAY = np.datetime64(YEAR_END)
LEAST_PER_REASON = 500
PER_CLOSURE = 15
"""Candidates kept per reason and per closure: enough to choose from, solved in minutes."""

DRAWN_AT_ONCE = 400_000
HOLIDAY_WEIGHT = 0.1
SUMMER_WEIGHT = 0.25
"""How likely a case opens or closes on a day without school, beside 1 in term."""


@dataclass(frozen=True)
class Pool:
    """Candidate involvements, one array element each.

    Attributes
    ----------
    code : numpy.ndarray of str
        Closure code, blank while open.
    start, end : numpy.ndarray of datetime64[D]
        Working days; `end` is not-a-time while open.
    """

    code: npt.NDArray[np.str_]
    start: Dates
    end: Dates

    @property
    def closed(self) -> Mask:
        """Whether each candidate closes in the year."""
        return ~np.isnat(self.end)

    @property
    def days(self) -> npt.NDArray[np.int64]:
        """Days from start to end; -1 while open."""
        return np.where(self.closed, (self.end - self.start).astype(np.int64), -1)

    def open_on(self, day: np.datetime64) -> Mask:
        """Return which candidates are open at the end of a day.

        Parameters
        ----------
        day : numpy.datetime64
            Any day.

        Returns
        -------
        numpy.ndarray of bool
            One per candidate.
        """
        return (self.start <= day) & ~(self.end <= day)


def fit_spread(printed: Printed) -> float:
    """Return the one log-normal spread that takes the printed means to the share within 2 weeks.

    Parameters
    ----------
    printed : Printed
        Means and counts by reason.

    Returns
    -------
    float
        Standard deviation of log duration, shared by all reasons.
    """
    low, high = 0.3, 2.5
    while high - low > 1e-6:
        middle = (low + high) / 2
        if expected_within(14, printed, middle) < printed.within(2):
            low = middle
        else:
            high = middle
    return low


def expected_within(days: int, printed: Printed, spread: float) -> float:
    """Return how many closures the log-normals of all reasons put at or under a duration.

    Parameters
    ----------
    days : int
        Duration.
    printed : Printed
        Means and counts by reason; closures with no printed row take the overall mean.
    spread : float
        Standard deviation of log duration.

    Returns
    -------
    float
        Expected closures.
    """
    unlisted = printed.unlisted * share_within(days, float(printed.mean_weeks), spread)
    return unlisted + sum(
        reason.closed * share_within(days, float(reason.mean_weeks), spread) for reason in printed.reasons
    )


def share_within(days: int, mean_weeks: float, spread: float) -> float:
    """Return the share of a log-normal at or under a duration.

    Parameters
    ----------
    days : int
        Duration.
    mean_weeks : float
        Mean of the distribution.
    spread : float
        Standard deviation of log duration.

    Returns
    -------
    float
        Between 0 and 1.
    """
    if days <= 0:
        return 0.0
    middle = np.log(mean_weeks * 7) - spread**2 / 2
    return NormalDist(float(middle), spread).cdf(float(np.log(days)))


def draw_pool(printed: Printed, spread: float, rng: np.random.Generator) -> Pool:
    """Draw candidates of every reason, and candidates that stay open from nearly every working day.

    Parameters
    ----------
    printed : Printed
        Means and counts by reason.
    spread : float
        Standard deviation of log duration.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    Pool
        No candidate twice.
    """
    calendar = np.busdaycalendar(holidays=BANK_HOLIDAYS)
    working = _working_days(calendar)
    parts = []
    for reason in printed.reasons:
        if reason.closed == 1:
            days, _ = bounds_rounding_to(reason.mean_weeks, 7)
            starts, ends = working, working + days
        else:
            starts, ends = _draw(reason.closed, float(reason.mean_weeks), spread, calendar, rng)
        parts.append(_closing(reason.code, starts, ends, calendar))
    starts, ends = _draw(printed.unlisted, float(printed.mean_weeks), spread, calendar, rng)
    parts.append(_closing(NO_PRINTED_ROW, starts, ends, calendar))
    parts.append(_staying_open(working))
    return Pool(
        np.concatenate([part.code for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
    )


def _working_days(calendar: np.busdaycalendar) -> Dates:
    every = np.arange(FIRST_START, LAST_DAY + 1)
    return every[np.is_busday(every, busdaycal=calendar)]


def _draw(
    closed: int,
    mean_weeks: float,
    spread: float,
    calendar: np.busdaycalendar,
    rng: np.random.Generator,
) -> tuple[Dates, Dates]:
    """Return starts and ends of one stationary process, which makes carried-in cases long."""
    working = _working_days(calendar)
    weight = _day_weight(working)
    starts = rng.choice(working, DRAWN_AT_ONCE, p=weight / weight.sum())
    exact = np.exp(rng.normal(np.log(mean_weeks * 7) - spread**2 / 2, spread, DRAWN_AT_ONCE))
    days = np.where(exact < 0.4, 0, np.ceil(exact)).astype(np.int64)
    ends: Dates = starts + days.astype("timedelta64[D]")
    keep: Mask = (ends >= FIRST_DAY) & (ends <= LAST_DAY)
    keep &= rng.random(DRAWN_AT_ONCE) < _day_weight(ends)
    keep &= np.is_busday(ends, busdaycal=calendar)
    size = max(LEAST_PER_REASON, PER_CLOSURE * closed)
    return starts[keep][:size], ends[keep][:size]


def _closing(code: str, starts: Dates, ends: Dates, calendar: np.busdaycalendar) -> Pool:
    keep = np.is_busday(ends, busdaycal=calendar) & (ends >= FIRST_DAY) & (ends <= LAST_DAY)
    if code == "SLA":
        keep &= ends >= LEAVING_DATE
    pairs = np.unique(np.column_stack([starts[keep], ends[keep]]), axis=0)
    return Pool(np.full(len(pairs), code), pairs[:, 0], pairs[:, 1])


def _staying_open(working: Dates) -> Pool:
    term = working[_day_weight(working) == 1.0]
    summer = working[_day_weight(working) == SUMMER_WEIGHT]
    starts = np.sort(np.concatenate([term, summer[::3]]))
    never = np.full(starts.size, np.datetime64("NaT", "D"))
    return Pool(np.full(starts.size, ""), starts, never)


def _day_weight(days: Dates) -> npt.NDArray[np.float64]:
    """Return how likely a case is opened or closed on a day: rarely when schools are shut."""
    month_day = days.astype("datetime64[D]").astype(str)
    weight = np.ones(days.size)
    for first, last in SCHOOL_HOLIDAYS.values():
        weight[(days >= np.datetime64(first)) & (days <= np.datetime64(last))] = HOLIDAY_WEIGHT
    summer = np.array([text[5:] >= "07-23" and text[5:7] <= "08" for text in month_day])
    weight[summer] = SUMMER_WEIGHT
    return weight
