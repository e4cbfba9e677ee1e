"""Every figure of every layer once more, by other means.

The staged files are read with pandas, areas come from the pack's look-up, intervals from SciPy. Nothing of the layers
or of the store has a part in what is expected here; what is meant stands in docs/methods.md. Layers
that are not worked out here are skipped: their own tests count by hand.
"""

import csv
import io
import json
from functools import cache
from itertools import product
from math import floor, isclose

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, norm

from dashapp.cli import main
from geodata.profile import load_profile
from layers.registry import all_layers, find_layer, split_key
from layers.table import area_table, as_csv

Z = norm.ppf(0.975)
EXTRA = ("unknown", "outside")
SOURCES = {
    # layer -> dataset, first and last age of its base, per how many, by interval
    "cme_open": ("cme_involvements", 5, 15, 1000, "poisson"),
    "cme_new": ("cme_involvements", 5, 15, 1000, "poisson"),
    "home_education": ("home_education", 5, 15, 1000, "poisson"),
    "early_help": ("early_help_cases", 0, 17, 1000, "poisson"),
    "ehcp_prevalence": ("ehc_plans", 0, 25, 100, "wilson"),
}
CALENDARS = {
    # layer -> dataset, its calendar
    **{name: (source[0], "months") for name, source in SOURCES.items()},
    **dict.fromkeys(("ehcp_prevalence", "ehcp_need", "ehcp_growth", "specialist_places"), ("ehc_plans", "census")),
    "cme_long_open": ("cme_involvements", "months"),
}
LISTS = ("schools", "family_centres", "housing")
KNOWN = (*CALENDARS, *LISTS, "child_population", "sen_support", "deprivation", "deprived_areas")
WITHHELD_BY = ("community_board", "ward", "msoa", "lsoa")
"""Schemes without rates of real people on a modelled population."""

KEYS = tuple(
    f"{split_key(layer.info.key)[0]}:{code}" if code else layer.info.key
    for layer in all_layers()
    for code in (layer.variants or [""])
)
CHECKED = (
    *(("subjects", key) for key in KEYS),
    # Whose people are real, and on which population, matters only to what stands on residents.
    *((council, key) for council in ("real", "dated") for key in (*SOURCES, "child_population")),
)


@cache
def poisson(count):
    if count >= 10:
        above = count + 1
        return (count * (1 - 1 / (9 * count) - Z / (3 * count**0.5)) ** 3,
                above * (1 - 1 / (9 * above) + Z / (3 * above**0.5)) ** 3)  # fmt: skip
    return chi2.ppf(0.025, 2 * count) / 2 if count else 0.0, chi2.ppf(0.975, 2 * count + 2) / 2


@cache
def wilson(count, base):
    """The two shares that a score test would just not reject: roots of a quadratic."""
    roots = np.roots([base + Z**2, -(2 * count + Z**2), count**2 / base])
    return tuple(sorted(roots.real))


def rate(count, base, per):
    return (None,) * 3 if not base else tuple(x / base * per for x in (count, *poisson(count)))


def share(count, base):
    return (None,) * 3 if not base else tuple(100 * x for x in (count / base, *wilson(count, base)))


def growth(count, earlier):
    if not earlier:
        return (None,) * 3
    low, high = wilson(count, count + earlier)
    return tuple(100 * (x - 1) for x in (count / earlier, low / (1 - low), high / (1 - high)))


def places(count, plans):
    if not plans:
        return (None,) * 3
    low, high = poisson(plans)
    return 100 * count / plans, 100 * count / high, 100 * count / low


class Expected:
    """The figures of one workspace: a table is area -> count, base, value, lower, upper."""

    def __init__(self, path):
        self.path = path
        manifest = json.loads((path / "snapshots" / f"{(path / 'CURRENT').read_text().strip()}.json").read_text())
        self.parts = manifest["parts"]
        self.lookup = pd.read_csv(load_profile().directory / "lookup.csv", index_col="atom")
        self.lookup["lsoa"] = self.lookup.index
        apart = {"unknown": "unknown", "withheld": "unknown", "outside": "outside"}
        self.areas = {scheme: column.to_dict() | apart for scheme, column in self.lookup.items()}
        self.data, self.about = cache(self._data), cache(self._about)
        self.table, self.residents = cache(self._table), cache(self._residents)

    def _data(self, dataset):
        frame = pd.read_parquet(self.path / "parts" / dataset / f"{self.parts[dataset][-1]}.parquet")
        days = [column for column in ("start_date", "end_date", "opened", "closed") if column in frame]
        return frame.assign(**{column: pd.to_datetime(frame[column]) for column in days})

    def _about(self, dataset):
        return json.loads((self.path / "parts" / dataset / f"{self.parts[dataset][-1]}.json").read_text())

    def by_area(self, rows, scheme, amount=1):
        return pd.Series(amount, index=rows.index).groupby(rows["atom"].map(self.areas[scheme])).sum().to_dict()

    def _residents(self, first, last, scheme):
        people = self.data("population")
        return self.by_area(band := people[people["age"].between(first, last)], scheme, band["persons"])

    def open_on(self, dataset, day, since=None):
        rows, day = self.data(dataset), pd.Timestamp(day)
        return rows[(rows["start_date"] <= (since or day)) & ~(rows["end_date"] <= day)]

    def standing(self, dataset, day):
        rows, day = self.data(dataset), pd.Timestamp(day)
        return rows if "closed" not in rows else rows[~(rows["opened"] > day) & ~(rows["closed"] <= day)]

    def days(self, dataset, kind):
        first, last = (pd.Timestamp(self.about(dataset)[key]) for key in ("covers_from", "covers_to"))
        every = pd.date_range(first, last)
        if kind == "months":
            found = every[every.is_month_end]
        else:
            thursday = (every.month == 1) & (every.day_of_week == 3) & (every.day > 14) & (every.day < 22)
            found = every[thursday | ((every.month == 7) & (every.day == 31))]
        return [f"{day:%Y-%m-%d}" for day in found.union([last])]

    def periods(self, key):
        name, _, code = key.partition(":")
        needed = {"specialist_places": "provision", "sen_support": "indicator_values", "deprived_areas": "deprivation",
                  "child_population": "population"}.get(name, CALENDARS.get(name, (name,))[0])  # fmt: skip
        found = []
        if needed not in self.parts:
            return found
        if name == "cme_new":  # the cases cover 31 August 2021 to 31 July 2022
            found = [f"{month:%Y-%m}" for month in pd.date_range("2021-09", "2022-07", freq="MS")] + ["2021/22"]
        elif name in CALENDARS:
            found = self.days(*CALENDARS[name])[1 if name == "ehcp_growth" else 0 :]
        elif name in (*LISTS, "child_population"):
            found = [self.about(needed)["reference_date"] or "undated"]
        elif name == "sen_support" or code == "2025-imd":
            found = ["2023/24" if name == "sen_support" else "2025"]
        return found

    def _table(self, key, scheme, period):
        name, _, code = key.partition(":")
        areas = sorted(self.lookup[scheme].unique())
        if name in SOURCES:
            return self._rates(name, scheme, period, areas)
        if name in ("cme_long_open", "ehcp_need", "ehcp_growth"):
            count, base, figure = self._shares(name, code, scheme, period)
            return {area: (n := count.get(area, 0), b := base.get(area, 0), *figure(n, b)) for area in (*areas, *EXTRA)}
        if name == "specialist_places":
            rows = self.standing("provision", period).query("provision in ['special', 'base']")
            count = self.by_area(rows, scheme, rows["commissioned_places"].fillna(rows["capacity"]).fillna(0))
            plans = self.by_area(self.open_on("ehc_plans", period), scheme)
            found = {area: (n := count.get(area, 0), b := plans.get(area, 0), *places(n, b)) for area in areas}
            return found | {area: (count.get(area, 0), None, None, None, None) for area in EXTRA}
        if name == "child_population":
            count = {area: floor(n + 0.5) for area, n in self.residents(0, 17, scheme).items()}
            found = {area: (count[area], None, count[area], None, None) for area in areas}
            return found | dict.fromkeys(EXTRA, (0, None, None, None, None))
        if name in LISTS:
            count = self._sites(name, code, scheme)
            return {area: (n := count.get(area, 0), None, n, None, None) for area in (*areas, *EXTRA)}
        return self._published(name, scheme, areas)

    def _rates(self, name, scheme, period, areas):
        dataset, first, last, per, kind = SOURCES[name]
        if name == "cme_new":
            begin, end = ("2021-09-01", "2022-07-31") if "/" in period else (period, pd.Period(period).end_time)
            rows = self.data(dataset)
            rows = rows[rows["start_date"].between(pd.Timestamp(begin), pd.Timestamp(end))]
        else:
            rows = self.open_on(dataset, period)
        count, people = self.by_area(rows, scheme), self.residents(first, last, scheme)
        real = self.about(dataset)["basis"] == "real"
        if real and self.about("population")["basis"] == "modelled" and scheme in WITHHELD_BY:
            areas, hidden = [], areas
        else:
            hidden = []
        figure = share if kind == "wilson" else lambda n, base: rate(n, base, per)
        found = {area: (n := count.get(area, 0), people[area], *figure(n, people[area])) for area in areas}
        return found | {area: (count.get(area, 0), None, None, None, None) for area in (*hidden, *EXTRA)}

    def _shares(self, name, code, scheme, period):
        if name == "ehcp_growth":
            first = self.days("ehc_plans", "census")[0]
            return (*(self.by_area(self.open_on("ehc_plans", day), scheme) for day in (period, first)), growth)
        if name == "ehcp_need":
            rows = self.open_on("ehc_plans", period)
            return self.by_area(rows[rows["primary_need"] == code], scheme), self.by_area(rows, scheme), share
        since = pd.Timestamp(period) - pd.DateOffset(years=1)
        longer, rows = (self.open_on("cme_involvements", period, *after) for after in ((since,), ()))
        return self.by_area(longer, scheme), self.by_area(rows, scheme), share

    def _sites(self, name, code, scheme):
        rows = self.standing(name, day := self.about(name)["reference_date"])
        if name == "housing":
            coming = rows["status"].where(rows["status"].notna(), rows["year"].map(lambda year: year >= int(day[:4])))
            return self.by_area(rows, scheme, rows["dwellings"].where(~coming.isin(["completed", False]), 0))
        if name == "schools":
            own = rows["type"].isin(["special", "alternative", "nursery"])
            rows = rows.assign(kind=rows["type"].where(own, rows["phase"].fillna("no phase")))
            rows = rows[(own | (rows["type"] == "state_funded")) & ~rows["status"].isin(["closed", "proposed"])]
            rows = rows if code == "all" else rows[rows["kind"] == code]
        return self.by_area(rows, scheme)

    def _published(self, name, scheme, areas):
        nothing = dict.fromkeys(areas, (None,) * 5)
        if name == "sen_support":
            rows = self.data("indicator_values").dropna(subset="value").set_index("area_code")
            rows = rows[rows["breakdown"].isna() | (rows["breakdown"] == "Total")]
            # One of the three localities is withheld, so the county is.
            return nothing | {area: (int(row.value), row.denominator, *share(row.value, row.denominator))
                              for area, row in rows.iterrows()}  # fmt: skip
        decile = self.data("deprivation").set_index("atom")["imd_decile"].dropna()
        if name == "deprivation":
            return nothing | {atom: (None, None, n, None, None) for atom, n in decile.items()}
        area = decile.index.map(self.lookup[scheme])
        count, base = (decile <= 3).groupby(area).sum(), decile.groupby(area).size()
        return {area: (count[area], base[area], 100 * count[area] / base[area], None, None) for area in areas}


expected_of = cache(Expected)


@pytest.fixture
def council_of(request):
    """Return the path and the store of a council by its name."""
    return lambda name: tuple(request.getfixturevalue(f"{name}_{what}") for what in ("path", "store"))


def figures(row):
    return [row.count, row.denominator, row.value, row.lower, row.upper]


def alike(found, expected):
    return all(
        one is other if one is None or other is None else isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
        for one, other in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize(("council", "key"), CHECKED)
def test_every_figure_is_what_the_staged_files_come_to(council_of, council, key):
    if split_key(key)[0] not in KNOWN:
        pytest.skip(f"{key} is not worked out here")
    path, store = council_of(council)
    layer, expected = find_layer(key), expected_of(path)
    assert [period.key for period in layer.periods(store)] == expected.periods(key)
    for scheme, period in product(layer.schemes(store), expected.periods(key)):
        table, wanted = area_table(store, layer, scheme, period), expected.table(key, scheme, period)
        assert {row.code for row in table.rows} == {*expected.lookup[scheme], *EXTRA}
        for row in table.rows:
            if row.code in wanted:
                assert alike(figures(row), wanted[row.code]), (scheme, period, row, wanted[row.code])
            else:
                assert row.code in EXTRA, row
                assert (row.count or 0, row.value) == (0, None), row
            assert (row.value is None) == bool(row.flag), row
        if scheme != "county" and "county" in layer.schemes(store):
            county = expected.table(key, "county", period)[load_profile().code]
            assert alike(figures(table.county), county), (scheme, period, table.county, county)


@pytest.mark.parametrize(("council", "key"), [case for case in CHECKED if not case[1].startswith("deprivation:")])
def test_areas_with_the_rows_that_complete_them_come_to_one_total_in_every_scheme(council_of, council, key):
    _, store = council_of(council)
    layer = find_layer(key)
    for period in layer.periods(store):
        tables = [area_table(store, layer, scheme, period.key) for scheme in layer.schemes(store)]
        known = [table for table in tables if table.total is not None]
        assert len({table.total for table in known}) <= 1, (key, period)
        for table in known:
            assert sum(row.count for row in table.areas) == table.county.count, (key, table.scheme.key, period)
            assert sum(row.count or 0 for row in table.rows) == table.total, (key, table.scheme.key, period)


@pytest.mark.parametrize("key", ["cme_open", "cme_long_open", "ehcp_growth", "specialist_places", "schools:primary"])
def test_the_command_line_and_the_files_have_the_same_figures(subjects_path, subjects_store, capsys, key):
    for scheme in ("locality", "ward"):
        table = area_table(subjects_store, find_layer(key), scheme)
        asked = ["table", "--workspace", str(subjects_path), "--layer", key, "--scheme", scheme, "--format", "json"]
        assert main(asked) == 0
        printed = json.loads(capsys.readouterr().out)["rows"]
        filed = csv.DictReader(io.StringIO(as_csv(table)))
        names = ("count", "denominator", "value", "lower", "upper")
        for row, line, cells in zip(table.rows, printed, filed, strict=True):
            assert [line[name] for name in names] == figures(row)
            assert [float(cells[name]) if cells[name] else None for name in names] == figures(row)
