"""The charts of the report on children missing education, drawn from its tables: this module gives them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geodata.areas import EXTRA_AREAS
from layers.base import LayerInfo
from layers.basis import MODELLED_POPULATION
from layers.chart_curves import FunnelPoint, Limits, Steps, funnel, steps
from layers.chart_intervals import Interval, IntervalPanel, intervals
from layers.cme.chart import Chart, by_key, number
from layers.cme.chart_contrasts import contrasts
from layers.cme.children_charts import children_charts
from layers.cme.facts import TOTAL
from layers.cme.measures import DAYS_A_WEEK
from layers.cme.pace import Pace
from layers.cme.place_tables import SCHEME
from layers.format import format_range, format_value
from layers.funnel import Funnel
from layers.report import Cell, Report, Table, show

MEASURES = ("cme_open", "cme_new", "cme_long_open", "cme_closed_soon")
"""Layers whose figures by area stand side by side."""

PACE_MARKS = (0.0, 13.0, 26.0, 39.0, 52.0)
"""Weeks: quarters of a year."""

OVERLAP = (
    "A point is the figure, the line through it its 95% interval; a diamond and the dashed line are all together. "
    "Where intervals overlap, areas may not differ. Cases that are in none of these areas are in the tables."
)
BEYOND = "An arrow: the upper limit lies beyond what was followed."
PACE_NOTE = (
    "At the pace of closing of the year, over the first 52 weeks. The grey band is the 95% interval of all cases."
)
FUNNEL_NOTE = (
    "Small areas differ more by chance alone. Chance takes about one area in 20 beyond the dashed limits, and about "
    "one in 500 beyond the dotted ones."
)

Keys = tuple[str, str, str, str]
"""Columns of a figure, its lower and upper limit, and the two limits in words."""

AREA_KEYS: Keys = ("value", "lower", "upper", "interval")
MEDIAN_KEYS: Keys = ("median_weeks", "median_lower", "median_upper", "median_interval")


def report_charts(report: Report) -> dict[str, Chart]:
    """Return every chart that the tables of a report allow, by its key, in the order of the tables.

    Parameters
    ----------
    report : Report
        From `layers.cme.report.cme_report`. A chart whose table is missing or has no figures is left out.
    """
    tables = {table.key: table for table in report.tables}
    return children_charts(report) | by_key([_localities(tables)])


def pace_chart(found: Iterable[tuple[str, str, Pace]], sentence: str = "") -> Chart | None:
    """Return the share still open by weeks since the start: all cases with their band, and each area.

    Parameters
    ----------
    found : iterable of (str, str, Pace)
        From `layers.cme.place_tables.paces`: code, name and pace, all cases under the code "". Cases that are in no
        area have no curve of their own.
    sentence : str, optional
        That of the table of durations.

    Returns
    -------
    Chart or None
        None where nobody was followed.
    """
    curves = [
        _curve(name, one, strong=not code)
        for code, name, one in found
        if code not in EXTRA_AREAS and one.curve.followed is not None
    ]
    if not curves:
        return None
    spec = steps(curves, ("Weeks since the start", "Still open"), PACE_MARKS)
    return Chart("pace", "How many are still open after so many weeks", sentence, spec, "duration", PACE_NOTE)


def _curve(name: str, pace: Pace, *, strong: bool) -> Steps:
    curve, end = pace.curve, PACE_MARKS[-1]
    # A curve that came down to 0 stays there; any other is known only as far as cases were followed.
    last = end if curve.survival[-1] == 0 else min(end, (curve.followed or 0) / DAYS_A_WEEK)
    kept = [place for place, day in enumerate(curve.times) if day / DAYS_A_WEEK <= last]
    weeks = [0.0, *(curve.times[place] / DAYS_A_WEEK for place in kept), last]
    rows = [(1.0, 1.0, 1.0), *((curve.survival[at], curve.lower[at], curve.upper[at]) for at in kept)]
    rows.append(rows[-1])
    hover = [
        f"{name}: {format_value(100 * share, 1, suffix='%')} still open after {format_value(at, 1)} weeks "
        f"(95% interval {format_range(100 * lower, 100 * upper, 1, suffix='%')})"
        for at, (share, lower, upper) in zip(weeks, rows, strict=True)
    ]
    shares, low, high = ([round(100 * row[part], 3) for row in rows] for part in range(3))
    return Steps(name, [round(at, 3) for at in weeks], shares, hover, (low, high) if strong else None, strong)


def _localities(tables: Mapping[str, Table]) -> Chart | None:
    """Return the figures by area of every measure; its table is the first of those that are drawn."""
    drawn = [(table.key, _figures(table)) for key in MEASURES if (table := tables.get(f"{key}_by_{SCHEME}"))]
    found = [(key, panel, parts) for key, (panel, parts) in drawn if panel]
    if not found:
        return None
    note = OVERLAP
    # The medians have rows of their own: taken are those of the areas that the others show, in the same order.
    panel, parts = _medians(tables.get("duration"), [row.name for row in found[0][1].rows])
    if panel:
        found.append(("duration", panel, parts))
        note += f" {BEYOND}" if any(row.value is not None and row.upper is None for row in panel.rows) else ""
    panels = [one for _, one, _ in found]
    sentence = " ".join(
        f"{one.title}, {one.axis[:1].lower()}{one.axis[1:]}: {', '.join(parts)}." for _, one, parts in found
    )
    short = contrasts((panel, _modelled(tables[key])) for key, panel, _ in found)
    return Chart("localities", "The localities side by side", sentence, intervals(panels), found[0][0], note, short)


def _modelled(table: Table) -> bool:
    return any(MODELLED_POPULATION in note for note in table.notes)


def _figures(table: Table) -> tuple[IntervalPanel | None, list[str]]:
    titles = {column.key: column.title for column in table.columns}
    unit = titles["value"]
    rows = [row for row in table.rows if row["area"] != TOTAL and row.get("code") not in EXTRA_AREAS]
    counted = {key: titles[key] for key in ("count", "base")}
    whole = next((row for row in rows if row["area"] in table.strong), {})
    found = [_interval(row, AREA_KEYS, (unit, counted), whole=row is whole) for row in rows]
    title = table.title.removesuffix(f" by {SCHEME}")
    return _panel((title, unit[:1].upper() + unit[1:]), found, (whole, AREA_KEYS))


def _medians(table: Table | None, names: Sequence[str]) -> tuple[IntervalPanel | None, list[str]]:
    if table is None or not table.rows:
        return None, []
    rows = {str(row["area"]): row for row in table.rows}
    whole = table.rows[0]
    counted = {"cases": "Cases followed", "closed": "Closed"}
    # All cases, those in no area too, stand in the row where the others have the whole county.
    listed = [rows.get(name, whole) for name in names]
    found = [_interval(row, MEDIAN_KEYS, ("weeks", counted), whole=row is whole) for row in listed]
    return _panel(("How long a case lasts", "Median weeks"), found, (whole, MEDIAN_KEYS))


def _panel(
    titles: tuple[str, str], found: list[tuple[Interval, str]], whole: tuple[Mapping[str, Cell], Keys]
) -> tuple[IntervalPanel | None, list[str]]:
    """Return the panel of a measure and its figures in words; None where no area has a figure."""
    known = [text for row, text in found if row.value is not None]
    if not known:
        return None, []
    row, keys = whole
    value = number(row.get(keys[0]))
    line = None if value is None else (value, f"{row['area']} {show(row[keys[0]])}")
    suffix = "%" if titles[1].startswith("%") else ""
    return IntervalPanel(*titles, [one for one, _ in found], line, suffix), known


def _interval(
    row: Mapping[str, Cell], keys: Keys, words: tuple[str, Mapping[str, str]], *, whole: bool
) -> tuple[Interval, str]:
    """Return the row of an area, and its figure in words; `words` are the unit, and columns to name in the hover."""
    unit, counted = words
    name = str(row["area"])
    value, lower, upper = (number(row.get(key)) for key in keys[:3])
    counts = " ".join(f"{title}: {show(row[key])}." for key, title in counted.items() if row.get(key) is not None)
    if value is None or lower is None:
        why = str(row.get("note") or "no figure")
        return Interval(name, None, None, None, f"{name}: {why}. {counts}".strip()), ""
    # A figure in per cent has its sign already: "of open cases" follows it.
    said = f"{name}: {show(row[keys[0]])} {unit.removeprefix('% ')}, 95% interval {row[keys[3]]}. {counts}"
    symbol = "diamond" if whole else "circle"
    return Interval(name, value, lower, upper, said.strip(), symbol), f"{name} {show(row[keys[0]])}"


def funnel_chart(found: Funnel, info: LayerInfo, scheme_many: str, table_key: str = "") -> Chart:
    """Return areas by size around the mean of all, within the limits of chance.

    Parameters
    ----------
    found : Funnel
        From `layers.funnel.funnel`.
    info : LayerInfo
        Words of the layer.
    scheme_many : str
        What the areas are called: "wards".
    table_key : str, optional
        Of the table that holds the figures, where the report has it.
    """
    unit = info.base_noun[1]
    points = [
        FunnelPoint(
            point.name,
            point.base,
            point.value,
            point.position,
            f"{point.name}: {info.show(point.value)} {info.short_unit.removeprefix('% ')}, {point.count:,} of "
            f"{format_value(point.base)} {unit}; {point.position.replace(' %', '%')}",
        )
        for point in found.points
    ]
    titles = (unit[:1].upper() + unit[1:], f"{info.title}, {info.short_unit}")
    spec = funnel(points, found.mean, [Limits(*row) for row in found.curves], titles)
    title = f"{info.title} by size of {scheme_many}"
    return Chart(f"funnel_{info.key}", title, found.sentence, spec, table_key, FUNNEL_NOTE)
