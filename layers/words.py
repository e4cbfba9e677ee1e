"""Figures in plain English: the sentence of a map, and the lines of an area's card."""

from __future__ import annotations

from datetime import date

from geodata.periods import UNDATED, words
from geodata.store import Store
from layers.base import FLAGS, MODELLED_BASE, AreaRow, LayerInfo
from layers.basis import MODELLED_POPULATION
from layers.format import format_value, plural, round_half_up
from layers.table import AreaTable

ORDINAL_WORDS = {1: "", 2: "2nd ", 3: "3rd "}


def when(table: AreaTable) -> str:
    """Return the period as the start of a sentence: "On 31 July 2022", "In 2021/22", "2025 edition"."""
    period = table.period
    if period == UNDATED:
        return "At no stated date"
    if period.start is None and not period.label.replace("/", "").isdigit():
        return period.label
    return f"{'On' if period.is_stock and period.start else 'In'} {period.label}"


def figure(info: LayerInfo, row: AreaRow) -> str:
    """Return a figure with its unit: "0.9 per 1,000 residents aged 5 to 15"."""
    return f"{info.show(row.value)} {unit_words(info, row)}"


def unit_words(info: LayerInfo, row: AreaRow) -> str:
    """Return the unit of a row; a change names the day it is counted from, and a count of one thing is singular."""
    one, many = info.counted
    if info.unit == many and row.count == 1:
        return one
    since = words(date.fromisoformat(row.denominator_dates)) if "{base}" in info.unit else ""
    return info.unit.replace("{base}", since)


def may_rank(store: Store, table: AreaTable) -> bool:
    """Return whether areas may be put in order: not where a shared-out population decides the order."""
    word = "modelled" if table.info.dataset == "population" else MODELLED_POPULATION
    return word not in table.basis or table.scheme.key in store.profile.modelled_rates_from


def _ranked(table: AreaTable) -> list[AreaRow]:
    return sorted((row for row in table.areas if row.value is not None), key=lambda row: -(row.value or 0.0))


def _extremes(store: Store, table: AreaTable) -> str:
    if any(row.flag == MODELLED_BASE for row in table.areas):
        return f" Rates by {table.scheme.one} are withheld: {store.profile.modelled_reason}."
    ranked = _ranked(table)
    if len(ranked) < 2:
        return ""
    high, low = ranked[0], ranked[-1]
    show = table.info.show
    if show(high.value) == show(low.value):
        with_one = "" if len(ranked) == len(table.areas) else " with a figure"
        return f" Every {table.scheme.one}{with_one} shows the same figure, {show(high.value)}."
    if not may_rank(store, table):
        return " Areas are not put in order: their population is shared out equally, not counted."
    lowest, highest = _alike(table, low), _alike(table, high)
    ends = [f"{show(end[0].value)} ({_who(table, end)})" for end in (lowest, highest)]
    span = f" By {table.scheme.one} it runs from {ends[0]} to {ends[1]}"
    return f"{span}; even these two intervals overlap." if _all_overlap(lowest, highest) else f"{span}."


def _alike(table: AreaTable, end: AreaRow) -> list[AreaRow]:
    """Return the areas that show the same figure as an end."""
    return [row for row in table.areas if table.info.show(row.value) == table.info.show(end.value)]


def _who(table: AreaTable, rows: list[AreaRow]) -> str:
    """Return areas by name up to two, else how many."""
    return " and ".join(row.name for row in rows) if len(rows) <= 2 else f"{len(rows)} {table.scheme.many}"


def _all_overlap(lowest: list[AreaRow], highest: list[AreaRow]) -> bool:
    """Return whether the interval of each of the lowest overlaps that of each of the highest.

    Areas that show the same figure have intervals of their own: 0 of 2 says less than 0 of 40.
    """
    lowers = [row.lower for row in highest if row.lower is not None]
    uppers = [row.upper for row in lowest if row.upper is not None]
    return bool(lowers) and bool(uppers) and max(lowers) <= min(uppers)


def _counted(table: AreaTable) -> str:
    """Return the total, how many of it stand on no area of the map, and what it is out of, where that is counted.

    Such as "67 open cases, 3 of them off the map" or "22 cases open for 12 months or more, out of 67 open cases".
    """
    if table.total is None:
        return "no total, as the count of some areas is missing"
    off = sum(row.count or 0 for row in table.rows if not row.is_area)
    text = plural(table.total, *table.info.counted)
    if off:
        of_them = f" {format_value(off)} of them" if off < table.total else " all of them" if off > 1 else ""
        text = f"{text},{of_them} off the map"
    return text if table.total_base is None else f"{text}, out of {_base(table.info, table.total_base)}"


def _base(info: LayerInfo, base: float) -> str:
    """Return a base with its noun: "26,604 residents", "1 open case"."""
    return plural(int(round_half_up(base)), *info.base_noun)


def _graded(table: AreaTable) -> str:
    """Return how many areas have a grade under the first limit."""
    graded = [row.value for row in table.areas if row.value is not None]
    low = sum(value < table.info.fixed_limits[0] for value in graded)
    areas = plural(len(graded), table.scheme.one, table.scheme.many)
    return f"{when(table)}: {format_value(low)} of {areas} {'is' if low == 1 else 'are'} {table.info.headline}."


def sentence(store: Store, table: AreaTable) -> str:
    """Return what the map says, in words: the county, the two ends, and who is on no area of the map."""
    if table.graded:
        return _graded(table)
    info, county, start = table.info, table.county, f"{when(table)}: {_counted(table)}"
    if county.value is None:
        return f"{start}. {flag_words(store, county)}.{_extremes(store, table)}"
    if county.denominator is None:
        within = "" if county.count == table.total else f". Within {county.name} {format_value(county.count)}"
        return f"{start}{within or f' in {county.name}'}.{_extremes(store, table)}"
    interval = f" (95% interval {info.show_range(county.lower, county.upper)})" if county.lower is not None else ""
    how = "a change of" if info.signed else "or"
    out_of = "" if table.total_base is None else f" of {format_value(county.denominator)}"
    rate = f"{format_value(county.count)}{out_of}, {how} {figure(info, county)}{interval}"
    return f"{start}. Within {county.name} {rate}.{_extremes(store, table)}"


def flag_words(store: Store, row: AreaRow) -> str:
    """Return why a row has no figure, starting with a capital; for a modelled base the profile's own reason."""
    if row.flag == MODELLED_BASE:
        return f"Rate withheld: {store.profile.modelled_reason}"
    text = FLAGS.get(row.flag, "")
    return text[:1].upper() + text[1:]


def rank_words(store: Store, table: AreaTable, row: AreaRow) -> str:
    """Return the place of an area: "2nd highest of 3 localities"; empty where there is no order."""
    ranked = _ranked(table)
    if table.graded or row.value is None or len(ranked) < 2 or row.code not in {other.code for other in ranked}:
        return ""
    if not may_rank(store, table):
        return "No rank: the population is modelled"
    shown = [table.info.show(other.value) for other in ranked]
    mine = table.info.show(row.value)
    place, ties = shown.index(mine) + 1, shown.count(mine)
    areas = f"{len(ranked)} {table.scheme.many}"
    if ties == len(ranked):
        return f"The same in all {areas}"
    from_low = len(ranked) - place - ties + 2
    place, end = (place, "highest") if place <= from_low else (from_low, "lowest")
    text = f"{'joint ' if ties > 1 else ''}{_ordinal(place)}{end} of {areas}"
    return text[0].upper() + text[1:]


def _ordinal(place: int) -> str:
    if place in ORDINAL_WORDS:
        return ORDINAL_WORDS[place]
    suffix = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{suffix} "


def count_words(table: AreaTable, row: AreaRow) -> str:
    """Return the count with its base: "24 open cases; base 26,604 residents (modelled), undated"."""
    if row.count is None or (row.denominator is None and row.value is not None):
        return ""  # nothing counted, or the figure is the count itself
    counted = plural(row.count, *table.info.counted)
    if row.denominator is None or table.info.signed:
        earlier = "" if row.denominator is None else f", {format_value(row.denominator)} at the start"
        return f"{counted}{earlier}"
    basis = table.county_basis if row.code == table.county.code else table.basis
    kinds = [word.removesuffix(" population") for word in basis if word.endswith(" population")]
    kind = f" ({kinds[0]})" if kinds else ""
    return f"{counted}; base {_base(table.info, row.denominator)}{kind}{_base_day(row)}"


def _base_day(row: AreaRow) -> str:
    """Return the day of a base that is not that of the count."""
    if row.denominator_dates == row.count_dates:
        return ""
    day = row.denominator_dates
    return f", {day}" if day == "undated" else f", on {words(date.fromisoformat(day))}"


def change_words(info: LayerInfo, row: AreaRow, earlier: AreaRow | None, label: str) -> str:
    """Return the change from the period before: "Up 0.2 from 30 June 2022"."""
    if earlier is None or earlier.value is None or row.value is None:
        return ""
    change = round_half_up(row.value, info.decimals) - round_half_up(earlier.value, info.decimals)
    if change == 0:
        return f"Unchanged since {label}"
    size = format_value(abs(float(change)), info.decimals)
    points = "" if info.suffix != "%" else " point" if size == "1" else " points"
    return f"{'Up' if change > 0 else 'Down'} {size}{points} since {label}"


def against_county(table: AreaTable, row: AreaRow) -> str:
    """Return how an area compares with the county: clearly different only when its interval leaves the county out."""
    county = table.county
    if row.code == county.code or row.lower is None or row.upper is None or county.value is None:
        return ""
    shown = f"{county.name} {table.info.show(county.value)}"
    if county.value < row.lower:
        return f"Clearly higher than {shown}"
    if county.value > row.upper:
        return f"Clearly lower than {shown}"
    return f"Not clearly different from {shown}"
