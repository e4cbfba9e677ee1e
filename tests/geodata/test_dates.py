import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.dates import (
    DAY_NUMBER,
    MONTH_FIRST,
    NO_SUCH_DAY,
    NOT_A_DATE,
    NOT_A_TIME,
    SWAPPED,
    ZONED,
    day_in_file_name,
    parse_days,
    parse_moments,
)


def parse(*texts, **options):
    days, faults = parse_days(pd.Series(texts, dtype="str"), **options)
    return [None if np.isnat(day) else str(day) for day in days], faults.tolist()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28/09/2022", "2022-09-28"), ("1/9/2022", "2022-09-01"), ("28-09-2022", "2022-09-28"),
        ("28.09.2022", "2022-09-28"), ("2022-09-28", "2022-09-28"), ("2022/09/28", "2022-09-28"),
        ("2022-Sep-28 00:00:00", "2022-09-28"), ("28-Sep-2022", "2022-09-28"), ("28 September 2022", "2022-09-28"),
        ("2022-09-28T10:30:00", "2022-09-28"), ("28/09/2022 10:30", "2022-09-28"), ("29/02/2020", "2020-02-29"),
        ("", None),
    ],
)  # fmt: skip
def test_ways_to_write_a_day(text, day):
    assert parse(text) == ([day], [""])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2022", NO_SUCH_DAY), ("29/02/2022", NO_SUCH_DAY), ("09/25/2022", NO_SUCH_DAY),
        ("00/01/2022", NO_SUCH_DAY),
        ("01/01/1022", NO_SUCH_DAY), ("2022-Foo-28", NO_SUCH_DAY), ("01/09/22", NOT_A_DATE), ("soon", NOT_A_DATE),
        ("2022-09", NOT_A_DATE), ("44562", DAY_NUMBER), ("44562.5", DAY_NUMBER), ("145620", NOT_A_DATE),
    ],
)  # fmt: skip
def test_what_is_not_a_day(text, reason):
    days, faults = parse(text, "01/09/2021", "13/09/2021")
    assert (days[0], faults[0]) == (None, reason)


def test_a_column_in_american_order_is_never_guessed():
    assert parse("09/25/2022", "09/26/2022", "03/04/2022", "2022-01-02") == (
        [None, None, None, "2022-01-02"],
        [MONTH_FIRST, MONTH_FIRST, MONTH_FIRST, ""],
    )


def test_one_american_date_puts_the_rest_in_doubt():
    assert parse("09/25/2022", "03/04/2022", "05/06/2022")[1] == [MONTH_FIRST] * 3


def test_one_mistake_does_not_make_a_british_column_american():
    assert parse("09/25/2022", "03/04/2022", "25/06/2022")[0] == [None, "2022-04-03", "2022-06-25"]


def test_months():
    texts = ("28/09/2022", "2022-09", "09/2022", "Sep 2022")
    assert parse(*texts, months=True) == (["2022-09-01"] * 4, [""] * 4)


def test_excel_day_numbers_only_where_they_may_stand():
    assert parse("44562", "44562.75", excel_days=True) == (["2022-01-01"] * 2, [""] * 2)


def test_dates_that_excel_made_of_american_text_are_never_guessed():
    texts = ("2022-04-03", "2022-12-01 10:30:00", "09/25/2022")
    assert parse(*texts, excel_days=True) == ([None] * 3, [SWAPPED, SWAPPED, MONTH_FIRST])
    # A day that is no month shows that Excel did not swap: only the text is in doubt.
    assert parse(*texts, "2022-04-13", excel_days=True)[1] == ["", "", MONTH_FIRST, ""]
    assert parse(*texts)[1] == ["", "", MONTH_FIRST]


@given(st.dates(pd.Timestamp("1900-01-01").date(), pd.Timestamp("2100-12-31").date()))
def test_every_day_survives(day):
    for text in (day.isoformat(), day.strftime("%d/%m/%Y"), day.strftime("%Y-%b-%d 00:00:00")):
        # A day of the other column shows that the order is British.
        assert parse(text, "31/12/2000")[0][0] == day.isoformat()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("mid2020_lsoa11.csv", "2020-06-30"), ("sape-mid-2019.xlsx", "2019-06-30"), ("Census2021_x.csv", "2021-03-21"),
        ("population.csv", ""), ("census1991.csv", ""),
    ],
)  # fmt: skip
def test_dates_in_file_names(name, day):
    assert day_in_file_name(name) == day


def moments(*texts, **options):
    found, faults = parse_moments(pd.Series(texts, dtype="str"), **options)
    return [None if np.isnat(one) else str(one) for one in found], faults.tolist()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("28/09/2022 10:30", "2022-09-28T10:30:00"), ("28/09/2022 9:05:07", "2022-09-28T09:05:07"),
        ("2022-09-28T23:59:59", "2022-09-28T23:59:59"), ("2022-09-28 10:29:59.997000", "2022-09-28T10:30:00"),
        ("28-Sep-2022 2:30 PM", "2022-09-28T14:30:00"), ("28/09/2022 12:15am", "2022-09-28T00:15:00"),
        ("28/09/2022 12:00 p.m.", "2022-09-28T12:00:00"), ("2022-09-28 23:59:59.9", "2022-09-28T23:59:59"),
        ("28/09/2022", "2022-09-28T00:00:00"), ("2022-09-28 00:00:00", "2022-09-28T00:00:00"), ("", None),
    ],
)  # fmt: skip
def test_ways_to_write_a_moment(text, moment):
    assert moments(text) == ([moment], [""])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("28/09/2022 25:00", NOT_A_TIME), ("28/09/2022 24:00", NOT_A_TIME), ("28/09/2022 10:61", NOT_A_TIME),
        ("28/09/2022 13:00 pm", NOT_A_TIME), ("28/09/2022 0:30 am", NOT_A_TIME), ("28/09/2022 10:30 sharp", NOT_A_TIME),
        ("28/09/2022 10:30:61", NOT_A_TIME), ("2022-09-28T10:30:00Z", ZONED), ("2022-09-28T10:30:00+01:00", ZONED),
        ("31/02/2022 10:30", NO_SUCH_DAY), ("10:30", NOT_A_DATE), ("44562.5", DAY_NUMBER),
    ],
)  # fmt: skip
def test_what_is_not_a_moment(text, reason):
    assert moments(text, "13/09/2021") == ([None, "2021-09-13T00:00:00"], [reason, ""])


def test_a_day_number_of_excel_has_its_time_as_a_fraction():
    assert moments("44562.75", "44562", excel_days=True)[0] == ["2022-01-01T18:00:00", "2022-01-01T00:00:00"]


def test_a_column_of_american_moments_is_never_guessed():
    assert moments("09/25/2022 10:00", "03/04/2022 11:00")[1] == [MONTH_FIRST] * 2


@given(st.datetimes(pd.Timestamp("1900-01-01").to_pydatetime(), pd.Timestamp("2100-12-31").to_pydatetime()))
def test_every_moment_survives(moment):
    moment = moment.replace(microsecond=0)
    for text in (moment.isoformat(), moment.strftime("%d/%m/%Y %H:%M:%S"), moment.strftime("%d %B %Y %I:%M:%S %p")):
        assert moments(text, "31/12/2000")[0][0] == moment.isoformat()
