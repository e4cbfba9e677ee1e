"""Every figure of the report, reckoned again with pandas from random extracts, by code that shares nothing with it."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from geodata.snapshot import Workspace
from geodata.store import Store
from layers.cme.report import cme_report
from layers.report import plain

Z = 1.959963984540054
CODES = {"BUSC": "School placement", "IND": "School placement", "NCO": "Other", "OLCM": "Other", "NPR": ""}
LOCALITIES = ("aylesbury", "wycombe", "chiltern-south-bucks")
FROM, TO = pd.Timestamp(2020, 9, 1), pd.Timestamp(2023, 3, 15)
YEARS = {
    "2020/21": (FROM, pd.Timestamp(2021, 7, 31)),
    "2021/22": (pd.Timestamp(2021, 9, 1), pd.Timestamp(2022, 7, 31)),
    "2022/23": (pd.Timestamp(2022, 9, 1), TO),
}


def extract(seed, areas, size=260):
    """Return rows with same-day closings, overlaps, blanks everywhere, long cases and ends after the extract's end."""
    dice = np.random.default_rng(seed)
    starts = pd.date_range("2019-06-01", TO)
    frame = pd.DataFrame({"start_date": starts[dice.integers(0, len(starts), size)]})
    frame["child_id"] = [f"k{number}" for number in dice.integers(0, size, size)]
    days = np.where(dice.random(size) < 0.1, 0, dice.gamma(0.7, 90, size).astype(int))
    ends = frame["start_date"] + pd.to_timedelta(days, "D")
    frame["end_date"] = ends.where((dice.random(size) > 0.05) & (ends >= FROM))
    codes = pd.Series(dice.choice(list(CODES), size))
    frame["closure_code"] = codes.where(frame["end_date"].notna(), None)
    blank = dice.random((4, size)) < 0.2
    frame["year_group"] = pd.array(np.where(blank[0], -9, dice.integers(-2, 15, size)), dtype="Int8")
    frame.loc[blank[0], "year_group"] = pd.NA
    frame["sen_status"] = np.where(blank[1], None, dice.choice(["N", "K", "E"], size))
    frame["social_care"] = np.where(blank[2], None, dice.choice(["NONE", "CIN", "CP", "CLA"], size))
    months = pd.date_range("2004-01-01", "2017-12-01", freq="MS")
    frame["born"] = pd.Series(months[dice.integers(0, len(months), size)]).mask(blank[3])
    frame["atom"] = dice.choice(list(areas), size)
    frame["area"] = frame["atom"].map(areas)
    return frame.drop_duplicates(["child_id", "start_date"], ignore_index=True)


def open_on(frame, day):
    return frame[(frame.start_date <= day) & ~(frame.end_date <= day)]


def active(frame, first, last):
    return frame[(frame.start_date <= last) & ~(frame.end_date < first)]


def begun(frame, first, last):
    return frame[frame.start_date.between(first, last)]


def ended(frame, first, last):
    return frame[frame.end_date.between(first, last)]


def days_of(frame):
    return (frame.end_date - frame.start_date).dt.days


def mean_weeks(frame):
    return days_of(frame).mean() / 7 if len(frame) else None


def completed_months(start, day):
    count = 0
    while start <= day - pd.DateOffset(months=count + 1):
        count += 1
    return count


def wilson(count, base):
    """Return the roots of (p - share)^2 = z^2 p (1 - p) / n."""
    a, b, c = 1 + Z * Z / base, -(2 * count / base + Z * Z / base), (count / base) ** 2
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (root - b) / (2 * a))


def still_open(frame, first, last, weeks):
    """Return share and limits after so many weeks, day by day; None beyond what was followed."""
    found = active(frame, first, last)
    enter = (first - found.start_date).dt.days.clip(lower=0)
    closed = found.end_date <= last
    leave = (found.end_date.where(closed, last) - found.start_date).dt.days
    share, variance = 1.0, 0.0
    for day in range(weeks * 7 + 1):
        watched, events = ((enter <= day) & (day <= leave)).sum(), ((leave == day) & closed).sum()
        if not watched or (watched == events and (enter > day).any()):
            return None
        share *= 1 - events / watched
        if share < 1e-12:
            return 0.0, 0.0, 0.0
        variance += events / watched / (watched - events)
    if share == 1:
        return 1.0, 1.0, 1.0
    middle, spread = math.log(-math.log(share)), Z * math.sqrt(variance) / abs(math.log(share))
    return share, math.exp(-math.exp(middle + spread)), math.exp(-math.exp(middle - spread))


def rows_of(report, key, name):
    table = report.table(key)
    return {row[name]: {column.key: plain(row.get(column.key)) for column in table.columns} for row in table.rows}


def same(found, wanted):
    """Return whether both are missing, or the same to six decimals."""
    return (found is None) == (wanted is None) and (wanted is None or abs(found - float(wanted)) < 1e-5)


@pytest.fixture(params=(1, 2, 3), scope="module")
def case_list(request, council):
    places = dict.fromkeys(council.aylesbury, "aylesbury") | {council.wycombe: "wycombe"}
    places |= dict.fromkeys((council.chiltern, council.south_bucks), "chiltern-south-bucks")
    return extract(request.param, places | {"unknown": "unknown", "withheld": "unknown", "outside": "outside"})


@pytest.fixture(scope="module")
def reports(case_list, council, tmp_path_factory):
    days = pd.ArrowDtype(pa.date32())
    rows = case_list.drop(columns="area").astype({"start_date": days, "end_date": days, "born": days})
    workspace = Workspace(tmp_path_factory.mktemp("independent"))
    council.add_part(workspace, "cme_involvements", rows, basis="real", covers_from=FROM.date(), covers_to=TO.date(),
                     geocoding={"in_county": len(rows)})  # fmt: skip
    council.add_part(workspace, "population", council.population(council.per_age), basis="modelled")
    store = Store(workspace.current())
    return {key: cme_report(store, key) for key in YEARS}


def test_years_and_stocks(case_list, reports):
    for key, (first, last) in YEARS.items():
        row = rows_of(reports[key], "annual", "key")
        count, over = active(case_list, first, last), ended(case_list, first, last)
        wanted = (len(count), count.child_id.nunique(), len(begun(case_list, first, last)), len(over), mean_weeks(over),
                  100 * (days_of(over) <= 14).mean(), 100 * (days_of(over) <= 28).mean())  # fmt: skip
        assert all(same(one["recomputed"], figure) for one, figure in zip(row.values(), wanted, strict=True))
        stocks = {
            day: one for day, one in rows_of(reports[key], "open_stock", "date").items() if one["open"] is not None
        }
        ends = {first - pd.Timedelta(days=1), *pd.date_range(first, last, freq="ME"), last}
        assert set(stocks) == {f"{day:%Y-%m-%d}" for day in ends}
        for day in ends:
            one = stocks[f"{day:%Y-%m-%d}"]
            assert one["open"] == len(open_on(case_list, day))
            if day >= first:
                month = (day.replace(day=1), day)
                assert (one["new"], one["closed"]) == (len(begun(case_list, *month)), len(ended(case_list, *month)))
            if key != "2020/21":
                assert one["year_ago"] == len(open_on(case_list, day - pd.DateOffset(years=1)))
        months = open_on(case_list, last).start_date.map(lambda start, day=last: completed_months(start, day))
        bands = rows_of(reports[key], "open_by_months", "months")
        assert [bands[str(n)]["open"] for n in range(12)] == [(months == n).sum() for n in range(12)]
        assert (bands["12-23"]["open"], bands["24+"]["open"]) == (months.between(12, 23).sum(), (months >= 24).sum())
        each = count.child_id.value_counts().value_counts()
        children = rows_of(reports[key], "cases_of_a_child", "cases")
        assert {int(n): one["children"] for n, one in children.items() if n != "Total"} == each.to_dict()


def test_closures(case_list, reports):
    for key, (first, last) in YEARS.items():
        over, month = ended(case_list, first, last), ended(case_list, last.replace(day=1), last)
        rows = rows_of(reports[key], "closures", "reason")
        for name, row in rows.items():
            codes = {"Total": list(CODES), "No printed row": ["NPR"]}.get(name, [row["code"]])
            if name.endswith(": all"):
                codes = [code for code, group in CODES.items() if group == row["group"]]
            here, then = over[over.closure_code.isin(codes)], month[month.closure_code.isin(codes)]
            assert (row["n"], row["month_n"]) == (len(here), len(then))
            assert same(row["mean_weeks"], mean_weeks(here))
        parts = [row["n"] for name, row in rows.items() if name != "Total" and not name.endswith(": all")]
        assert sum(parts) == rows["Total"]["n"]


def test_who_they_are(case_list, reports):
    column = {"year_group": "year_group", "sen_status": "sen_status", "social_care": "social_care"}
    for key, (first, last) in YEARS.items():
        lists = {
            "open": open_on(case_list, last),
            "new": begun(case_list, first, last),
            "all": active(case_list, first, last),
        }
        for attribute, name in column.items():
            rows = rows_of(reports[key], f"by_{attribute}", "value")
            for words, row in rows.items():
                for what, listed in lists.items():
                    codes = listed[name].astype("string").fillna("")
                    assert row[what] == (len(listed) if words == "Total" else (codes == row["code"]).sum())
                assert same(row["open_share"], 100 * row["open"] / len(lists["open"]) if len(lists["open"]) else None)
        crossed = pd.crosstab(lists["open"].sen_status.fillna("not_recorded"), lists["open"].social_care.fillna(""))
        sums = {row["total"] for row in rows_of(reports[key], "sen_status_by_social_care", "value").values()}
        assert sums == {0, *crossed.sum(axis=1), len(lists["open"])} - ({0} - {*crossed.sum(axis=1)})


def test_durations(case_list, reports):
    for key, span in YEARS.items():
        for code, row in rows_of(reports[key], "duration", "code").items():
            listed = case_list if not code else case_list[case_list.area == code]
            assert (row["cases"], row["closed"]) == (len(active(listed, *span)), len(ended(listed, *span)))
            assert same(row["mean_weeks"], mean_weeks(ended(listed, *span)))
            for weeks in (4, 13, 26, 52):
                found = still_open(listed, *span, weeks)
                figures = [row[f"open_{weeks}{part}"] for part in ("", "_lower", "_upper")]
                wanted = [None] * 3 if found is None else [100 * part for part in found]
                assert all(map(same, figures, wanted)), (key, code, weeks)


def test_figures_by_area(case_list, reports):
    for key, (first, last) in YEARS.items():
        now, over = open_on(case_list, last), ended(case_list, first, last)
        pairs = {
            "cme_open": (now, None),
            "cme_new": (begun(case_list, first, last), None),
            "cme_long_open": (now[now.start_date <= last - pd.DateOffset(months=12)], now),
            "cme_closed_soon": (over[days_of(over) <= 28], over),
        }
        for layer, (counted, base) in pairs.items():
            rows = rows_of(reports[key], f"{layer}_by_locality", "area")
            total = rows.pop("Total")
            county = rows.pop("Buckinghamshire")
            assert sum(row["count"] for row in rows.values()) == total["count"] == len(counted)
            assert county["count"] == counted.area.isin(LOCALITIES).sum()
            for row in rows.values():
                assert row["count"] == (counted.area == row["code"]).sum()
                if base is None:
                    assert same(row["value"], 1000 * row["count"] / row["base"] if row["base"] else None)
                    assert (row["base"] is None) == (row["code"] not in LOCALITIES)
                    continue
                of = (base.area == row["code"]).sum()
                assert same(row["value"], 100 * row["count"] / of if of else None)
                limits = [100 * part for part in wilson(row["count"], of)] if of else (None, None)
                assert same(row["lower"], limits[0])
                assert same(row["upper"], limits[1])
            if base is not None:
                assert (total["base"], county["base"]) == (len(base), base.area.isin(LOCALITIES).sum())


def test_standardised_counts(case_list, reports):
    for key, span in YEARS.items():
        new = begun(case_list, *span)
        age = new.start_date.dt.year - new.born.dt.year - (new.start_date.dt.month < new.born.dt.month)
        rows = rows_of(reports[key], "standardised", "code")
        within = new[age.between(5, 15) & new.area.isin(LOCALITIES)]
        assert {code: row["observed"] for code, row in rows.items()} == {
            code: (within.area == code).sum() for code in rows
        }
        assert same(sum(row["expected"] for row in rows.values()), len(within))


def test_the_year_that_still_runs_is_compared_with_the_same_days_alone(case_list, reports):
    running = reports["2022/23"]
    assert running.when == f"2022/23 so far, to {date(2023, 3, 15).day} March 2023"
    assert {row["change"] for row in running.table("annual").rows} == {None}
    stock = rows_of(running, "open_stock", "date")["2023-03-15"]
    assert stock["year_ago"] == len(open_on(case_list, pd.Timestamp(2022, 3, 15)))
