"""Text -> days and moments. Day before month, always; a date that could be American is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

NOT_A_DATE = "not a date; write 31/12/2022 or 2022-12-31"
NO_SUCH_DAY = "a day that does not exist; dates are read day first (31/12/2022)"
MONTH_FIRST = "the other dates of this column put the month first; write 31/12/2022 or 2022-12-31"
SWAPPED = "Excel may have swapped day and month, as other dates of this column put the month first; export it day first"
DAY_NUMBER = "a number, perhaps Excel's number of a day; give the column a date format in Excel and save it again"

NOT_A_TIME = "a date with a time that cannot be read; write 31/12/2022 14:30"
ZONED = "a time with a time zone (Z, +01:00); export it in local time"

FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_EPOCH = np.datetime64("1899-12-30")
"""Day 0 of Excel's day numbers, as they hold after its false 29 February 1900."""

_DAY_NUMBER = r"^[2-6]\d{4}(?:\.\d+)?$"
"""Days of 1954 to 2091, with the time of day as a fraction."""

_ISO = r"^\d{4}-\d{2}-(?P<d>\d{2})"
_TIME = r"(?:[T ]\d{1,2}:\d{2}.*)?"
_CLOCK = r"[T ](?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2}(?:\.\d+)?))? ?(?P<half>[AaPp]\.?[Mm]\.?)?$"
_ZONE = r"[T ]\d{1,2}:\d{2}.*(?:[Zz]|[+-]\d{2}:?\d{2})$"
_DAY_SECONDS = 86_400
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = dict(zip(_MONTH_NAMES, range(1, 13), strict=True))


@dataclass(frozen=True)
class _Form:
    """One way to write a date: named groups y, m or name, and d (absent: a month)."""

    pattern: str
    is_month: bool = False


_SLASHED = _Form(rf"^(?P<d>\d{{1,2}})[/.\-](?P<m>\d{{1,2}})[/.\-](?P<y>\d{{4}}){_TIME}$")
_FORMS = (
    _Form(rf"^(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}$"),
    _SLASHED,
    _Form(rf"^(?P<y>\d{{4}})[-/ ](?P<name>[A-Za-z]{{3,9}})[-/ ](?P<d>\d{{1,2}}){_TIME}$"),
    _Form(rf"^(?P<d>\d{{1,2}})[-/ ](?P<name>[A-Za-z]{{3,9}})[-/ ,]+(?P<y>\d{{4}}){_TIME}$"),
    _Form(r"^(?P<y>\d{4})-(?P<m>\d{1,2})$", is_month=True),
    _Form(r"^(?P<m>\d{1,2})/(?P<y>\d{4})$", is_month=True),
    _Form(r"^(?P<name>[A-Za-z]{3,9})[-/ ](?P<y>\d{4})$", is_month=True),
)


def parse_days(texts: pd.Series, *, months: bool = False, excel_days: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Read distinct texts as days.

    Parameters
    ----------
    texts : pandas.Series of str
        Stripped; blank is a missing day. Pass a whole column: the test for American order looks at all of it.
    months : bool
        Also accept a month without a day, and return the first of the month for every date.
    excel_days : bool
        The texts are of a workbook: also accept Excel's day numbers, for a cell that lost its date format, and doubt
        its dates where Excel may have made them from American text.

    Returns
    -------
    days : numpy.ndarray of datetime64[D]
        NaT where blank or not readable.
    faults : numpy.ndarray of object
        The reason where a text is not readable, else empty text.
    """
    days = np.full(len(texts), np.datetime64("NaT"), dtype="datetime64[D]")
    faults = np.where(texts == "", "", NOT_A_DATE).astype(object)
    for form in _FORMS:
        if form.is_month and not months:
            continue
        hits = texts.str.match(form.pattern).to_numpy(dtype=bool)
        if hits.any():
            days[hits], faults[hits] = _compose(texts[hits].str.extract(form.pattern))
    hits = texts.str.match(_DAY_NUMBER).to_numpy(dtype=bool)
    faults[hits] = DAY_NUMBER
    if excel_days:
        days[hits] = EXCEL_EPOCH + texts[hits].str[:5].astype("int64").to_numpy().astype("timedelta64[D]")
        faults[hits] = ""
    american = _american(texts)
    days[american], faults[american] = np.datetime64("NaT"), MONTH_FIRST
    if excel_days and american.any():
        swapped = _maybe_swapped(texts)
        days[swapped], faults[swapped] = np.datetime64("NaT"), SWAPPED
    return (days.astype("datetime64[M]").astype("datetime64[D]") if months else days), faults


def parse_moments(texts: pd.Series, *, excel_days: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Read distinct texts as days with, where they state it, a time.

    Parameters
    ----------
    texts : pandas.Series of str
        As for `parse_days`; times by the clock of the place ("14:30", "14:30:05", "2:30 pm").
    excel_days : bool
        As for `parse_days`; the fraction of a day number is its time.

    Returns
    -------
    moments : numpy.ndarray of datetime64[s]
        Midnight where no time is stated: systems write it for a date alone, so it never counts as a time.
    faults : numpy.ndarray of object
        The reason where a text is not readable, else empty text.
    """
    days, faults = parse_days(texts, excel_days=excel_days)
    seconds = np.zeros(len(texts), dtype=np.int64)
    timed = texts.str.contains(":", regex=False).to_numpy(dtype=bool) & (faults == "")
    if timed.any():
        seconds[timed], faults[timed] = _clock(texts[timed])
    numbers = texts.str.match(_DAY_NUMBER).to_numpy(dtype=bool) & (faults == "")
    if numbers.any():
        part = texts[numbers].astype("float64").to_numpy() % 1
        seconds[numbers] = np.rint(part * _DAY_SECONDS).astype(np.int64)
    seconds = np.minimum(seconds, _DAY_SECONDS - 1)
    moments = days.astype("datetime64[s]") + seconds.astype("timedelta64[s]")
    moments[faults != ""] = np.datetime64("NaT")
    return moments, faults


def _clock(texts: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the seconds since midnight that texts with a colon state, and what is wrong with them."""
    parts = texts.str.extract(_CLOCK)
    hour, minute = (pd.to_numeric(parts[key]).fillna(-1).to_numpy(dtype=np.int64) for key in ("h", "min"))
    second = pd.to_numeric(parts["s"]).fillna(0).to_numpy(dtype=np.float64)
    half = parts["half"].str.lower().str[:1].fillna("").to_numpy(dtype=object)
    ok = (hour >= 0) & (minute >= 0) & (minute < 60) & (second < 60)
    ok &= np.where(half == "", hour < 24, (hour >= 1) & (hour <= 12))
    hour = np.where(half == "", hour, hour % 12 + 12 * (half == "p"))
    zoned = texts.str.match(rf"^.*{_ZONE}").to_numpy(dtype=bool)
    faults = np.where(zoned, ZONED, np.where(ok, "", NOT_A_TIME)).astype(object)
    found = hour * 3600 + minute * 60 + np.rint(second).astype(np.int64)
    return np.where(faults == "", found, 0), faults


def _compose(parts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    year = parts["y"].astype("int64").to_numpy()
    if "name" in parts:
        month = parts["name"].str.lower().str[:3].map(_MONTHS).fillna(0).astype("int64").to_numpy()
    else:
        month = parts["m"].astype("int64").to_numpy()
    day = parts["d"].astype("int64").to_numpy() if "d" in parts else np.ones(len(parts), dtype=np.int64)
    ok = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    first = ((year - 1970) * 12 + np.where(ok, month, 1) - 1).astype("datetime64[M]")
    days = first.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    ok &= days.astype("datetime64[M]") == first  # else the day runs over into the next month
    days[~ok] = np.datetime64("NaT")
    return days, np.where(ok, "", NO_SUCH_DAY).astype(object)


def _american(texts: pd.Series) -> np.ndarray:
    """Return which texts to doubt: all slashed ones of a column where some can only be month first, none day first."""
    hits: np.ndarray = texts.str.match(_SLASHED.pattern).to_numpy(dtype=bool)
    if not hits.any():
        return hits
    parts = texts[hits].str.extract(_SLASHED.pattern)
    first, second = parts["d"].astype("int64"), parts["m"].astype("int64")
    only_american = ((first <= 12) & (second > 12) & (second <= 31)).sum()
    only_british = ((second <= 12) & (first > 12) & (first <= 31)).sum()
    return hits if only_british == 0 and only_american else np.zeros_like(hits)


def _maybe_swapped(texts: pd.Series) -> np.ndarray:
    """Return which cells to doubt beside American text: all dates of a column where every day could be a month.

    An Excel set to British dates takes 03/04/2022 (4 March) for 3 April and leaves 03/25/2022 as text.
    """
    hits: np.ndarray = texts.str.match(_ISO).to_numpy(dtype=bool)
    days = texts[hits].str.extract(_ISO)["d"].astype("int64")
    return hits if (days <= 12).all() else np.zeros_like(hits)


_IN_NAME = re.compile(r"mid[-_ ]?(?P<mid>\d{4})|census[-_ ]?(?P<census>2001|2011|2021)", re.IGNORECASE)
_CENSUS_DAYS = {"2001": "2001-04-29", "2011": "2011-03-27", "2021": "2021-03-21"}


def day_in_file_name(name: str) -> str:
    """Return the ISO date that a population file's name states (``mid2020``, ``census2021``), or empty text."""
    found = _IN_NAME.search(name)
    if found is None:
        return ""
    return f"{found['mid']}-06-30" if found["mid"] else _CENSUS_DAYS[found["census"]]
