"""The tables by area: how long cases last, and the figures of the map, each from the layer that the map shows."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.areas import EXTRA_AREAS
from geodata.errors import UsageError
from geodata.rates import Estimate
from geodata.store import Store
from layers.base import FLAGS, AreaRow
from layers.cme.facts import TOTAL, Facts, mean_weeks
from layers.cme.involvements import of_area
from layers.cme.measures import DAYS_A_WEEK
from layers.cme.pace import WEEKS, WHY_THEY_DIFFER, Pace, pace
from layers.format import format_range, format_value
from layers.registry import find_layer
from layers.report import Cell, Column, Figure, Table
from layers.table import AreaTable, area_table

SCHEME = "locality"
"""The report's areas."""

SCHEMES = frozenset({SCHEME, "county"})
"""All that the report counts by."""

STOCKS, FLOWS = ("cme_open", "cme_long_open"), ("cme_new", "cme_closed_soon")
"""Layers of the map that the report has a table of: at the year's end, and in the year."""


def area_tables(store: Store, facts: Facts) -> list[Table]:
    """Return the figures of the map by locality; a layer that cannot show the year has a table that says so."""
    if not facts.year.counted:
        return []
    keys = dict.fromkeys(STOCKS, facts.last_day.isoformat()) | dict.fromkeys(FLOWS, facts.year.key)
    return [_area_table(store, key, period) for key, period in keys.items()]


def _area_table(store: Store, key: str, period: str) -> Table:
    info = find_layer(key).info
    columns = (
        Column("area", store.profile.scheme(SCHEME).one.capitalize(), numeric=False),
        Column("code", "Code", numeric=False, hidden=True),
        Column("count", info.counted[1].capitalize()),
        Column("base", info.base_noun[1].capitalize()),
        Column("value", info.short_unit),
        Column("interval", "95% interval", numeric=False),
        Column("lower", "Lower limit", hidden=True),
        Column("upper", "Upper limit", hidden=True),
        Column("note", "Note", numeric=False),
    )
    try:
        table = area_table(store, find_layer(key), SCHEME, period)
    except UsageError:
        why = f"The map has no figures for {period}: the extract is not taken to be complete for it."
        return Table(f"{key}_by_{SCHEME}", f"{info.title} by {SCHEME}", columns, (), notes=(why,))
    rows = [_area_row(table, row) for row in (*table.rows, table.county)]
    rows.append(_total_row(table))
    notes = (info.method, *((f"Figures are: {', '.join(table.basis)}.",) if table.basis else ()))
    strong = frozenset({TOTAL, table.county.name})
    return Table(f"{key}_by_{SCHEME}", f"{info.title} by {SCHEME}", columns, tuple(rows), notes=notes, strong=strong)


def _total_row(table: AreaTable) -> dict[str, Cell]:
    """Return the total of a count; of a share also what it is of, as the papers' totals are."""
    info, base = table.info, table.total_base
    share = Figure(100 * table.total / base, info.decimals, info.suffix) if base and table.total is not None else None
    return {"area": TOTAL, "count": table.total, "base": None if base is None else round(base), "value": share}


def _area_row(table: AreaTable, row: AreaRow) -> dict[str, Cell]:
    info = table.info

    def written(value: float | None) -> Figure | None:
        return None if value is None else Figure(value, info.decimals, info.suffix)

    base = row.denominator
    return {
        "area": row.name,
        "code": row.code,
        "count": row.count,
        "base": None if base is None else int(base) if base == int(base) else Figure(base, 0),
        "value": written(row.value),
        "interval": info.show_range(row.lower, row.upper),
        "lower": written(row.lower),
        "upper": written(row.upper),
        "note": FLAGS.get(row.flag, ""),
    }


def paces(store: Store, facts: Facts) -> list[tuple[str, str, Pace]]:
    """Return (code, name, pace of closing) of the county, each locality, and the rows that complete it."""
    names = {**store.areas.names[SCHEME], **EXTRA_AREAS}
    found = [("", "All cases", pace(facts.cases, facts.year.period))]
    return found + [(code, name, pace(of_area(facts.cases, code), facts.year.period)) for code, name in names.items()]


def duration_table(found: Iterable[tuple[str, str, Pace]]) -> Table:
    """Return Kaplan-Meier medians and shares still open, beside the mean of the closed alone.

    Parameters
    ----------
    found : iterable of (str, str, Pace)
        From `paces`.
    """
    columns = [
        Column("area", "Area", numeric=False),
        Column("code", "Code", numeric=False, hidden=True),
        Column("cases", "Cases followed"),
        Column("closed", "Closed"),
        Column("mean_weeks", "Mean weeks, closed only"),
        Column("median_weeks", "Median weeks, all"),
        Column("median_interval", "95% interval", numeric=False),
        Column("median_lower", "Lower limit", hidden=True),
        Column("median_upper", "Upper limit", hidden=True),
    ]
    for weeks in WEEKS:
        columns += [
            Column(f"open_{weeks}", f"Open after {weeks} weeks"),
            Column(f"open_{weeks}_interval", "95% interval", numeric=False),
            Column(f"open_{weeks}_lower", "Lower limit", hidden=True),
            Column(f"open_{weeks}_upper", "Upper limit", hidden=True),
        ]
    listed = list(found)
    rows = [_pace_row(code, name, one) for code, name, one in listed]
    notes = (
        WHY_THEY_DIFFER,
        "Kaplan-Meier at the pace of closing of the year: cases open at its start count from the age they had then, "
        "those still open at its end count as open. Limits are 95% (log-log). A blank: none was followed for so long.",
    )
    sentence = _pace_sentence(rows[0], listed[0][2]) if rows else ""
    title = "How long a case lasts"
    return Table("duration", title, tuple(columns), tuple(rows), sentence, notes, frozenset({"All cases"}))


def _in_weeks(days: int | None) -> Figure | None:
    return None if days is None else Figure(days / DAYS_A_WEEK, 1)


def _pace_row(code: str, name: str, found: Pace) -> dict[str, Cell]:
    median = found.median
    lower, value, upper = (_in_weeks(days) for days in (median.lower, median.value, median.upper))
    row: dict[str, Cell] = {
        "area": name,
        "code": code,
        "cases": found.cases,
        "closed": found.closed.closed,
        "mean_weeks": mean_weeks(found.closed),
        "median_weeks": value,
        "median_interval": _interval(lower, upper),
        "median_lower": lower,
        "median_upper": upper,
    }
    for weeks in WEEKS:
        row |= _share_cells(f"open_{weeks}", found.still_open(weeks))
    return row


def _interval(lower: Figure | None, upper: Figure | None) -> str:
    if lower is None:
        return ""
    return format_range(lower.value, upper.value, 1) if upper else f"{format_value(lower.value, 1)} or more"


def _share_cells(key: str, found: Estimate | None) -> dict[str, Cell]:
    if found is None:
        return {key: None, f"{key}_interval": "", f"{key}_lower": None, f"{key}_upper": None}
    value, lower, upper = (Figure(100 * part, 1, "%") for part in (found.value, found.lower, found.upper))
    # Where nobody, or everybody, is left the limits meet and say nothing of how sure the share is.
    interval = format_range(lower.value, upper.value, 1, suffix="%") if lower.value < upper.value else ""
    return {key: value, f"{key}_interval": interval, f"{key}_lower": lower, f"{key}_upper": upper}


def _pace_sentence(row: dict[str, Cell], found: Pace) -> str:
    median, mean = row["median_weeks"], row["mean_weeks"]
    if not row["cases"]:
        return "No case was open in this year."
    if found.curve.followed is None:
        return "No case was followed from its first day, so nothing can be said of how long one usually lasts."
    if not isinstance(median, Figure):
        return "Fewer than half of the cases closed in the time they were followed, so there is no median."
    beside = (
        f"; the mean of those that closed is {format_value(mean.value, 1)} weeks" if isinstance(mean, Figure) else ""
    )
    if not median.value:
        return f"Half of all cases close on the day they begin{beside}."
    return f"Half of all cases close within {format_value(median.value, 1)} weeks{beside}."
