"""Recomputed figures beside the printed ones: whether they agree, and where the printed ones contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from geodata.periods import words
from geodata.printed import PrintedClosures, PrintedCme
from layers.cme.years import ReportYear, earlier_key, year_days, year_key
from layers.format import format_value, round_half_up
from layers.report import Cell, Figure

SAME, DIFFERS = "same", "differs"


def agree(recomputed: Cell, printed: Cell) -> bool | None:
    """Return whether a figure, written as the papers write it, is the printed one; None where either is missing."""
    if recomputed is None or printed is None or isinstance(recomputed, str) or isinstance(printed, str):
        return None
    if isinstance(recomputed, Figure):
        target = printed.value if isinstance(printed, Figure) else printed
        return round_half_up(recomputed.value, recomputed.decimals) == round_half_up(target, recomputed.decimals)
    return recomputed == printed


def mark(*pairs: tuple[str, Cell, Cell]) -> str:
    """Return the mark of a row: "same", "differs", or "differs: mean weeks" where several figures are compared.

    Parameters
    ----------
    *pairs : tuple
        What is compared, the recomputed figure and the printed one. With nothing printed the mark is empty.
    """
    found = [(what, agree(recomputed, printed)) for what, recomputed, printed in pairs]
    if all(same is None for _, same in found):
        return ""
    apart = [what for what, same in found if same is False]
    if not apart:
        return SAME
    return DIFFERS if len(pairs) == 1 else f"{DIFFERS}: {', '.join(apart)}"


def comparable(printed: PrintedCme, year: ReportYear) -> PrintedCme:
    """Return the printed figures that the recomputed ones of a year may be held against.

    A year that still runs has none of its own totals, nor of a month that is not over: those printed are of all of it.
    One that the records begin within has none at all. Figures of single days stay.
    """
    if not year.whole:
        return PrintedCme()
    last = year.period.last_day
    if not year.period.partial or last is None:
        return printed
    left_out = {year.key, f"{year_days(year.key)[1]:%Y-%m}"}
    if (last + timedelta(days=1)).day > 1:
        left_out.add(f"{last:%Y-%m}")
    years = {key: one for key, one in printed.years.items() if key not in left_out}
    closures = {key: one for key, one in printed.closures.items() if key not in left_out}
    return replace(printed, years=years, closures=closures)


def clashes(printed: PrintedCme, key: str) -> tuple[str, ...]:
    """Return a sentence for each contradiction of the printed figures of a year, none of which is put right."""
    found = [_rows_short_of_total(one, name) for name, one in _closures(printed, key)]
    found += [_years_that_do_not_join(printed, key), _years_that_do_not_join(printed, earlier_key(key))]
    return tuple(text for text in found if text)


def _closures(printed: PrintedCme, key: str) -> list[tuple[str, PrintedClosures]]:
    last = year_days(key)[1]
    periods = ((key, key), (f"{last:%Y-%m}", f"{last:%B %Y}"))
    return [(name, printed.closures[period]) for period, name in periods if period in printed.closures]


def _rows_short_of_total(closures: PrintedClosures, name: str) -> str:
    missing = closures.no_printed_row
    if not missing or closures.total is None:
        return ""
    rows = format_value(sum(closures.counts.values()))
    return (
        f"The printed rows of closures in {name} add to {rows}, the printed total is {format_value(closures.total)}: "
        f"{format_value(missing)} {'has' if missing == 1 else 'have'} no printed row."
    )


def _years_that_do_not_join(printed: PrintedCme, key: str) -> str:
    """Return what is wrong between the end of one year and the start of the next, as printed."""
    later_key = year_key(int(key[:4]) + 1)
    year, later = printed.years.get(key), printed.years.get(later_key)
    if year is None or year.involvements is None or year.closed is None:
        return ""
    left, last = year.involvements - year.closed, year_days(key)[1]
    said = printed.stock.get(last)
    carried = later.involvements - later.new if later and later.involvements and later.new else None
    if (said is None or said == left) and (carried is None or carried == left):
        return ""
    others = []
    if carried is not None:
        others.append(
            f"the figures of {later_key} begin with {carried} on {words(year_days(later_key)[0] - timedelta(days=1))} "
            f"({later.involvements if later else ''} less {later.new if later else ''})"
        )
    if said is not None:
        others.append(f"{said} is printed for {words(last)}")
    return (
        f"{key} as printed: {year.involvements} involvements less {year.closed} closed leave {left} open, but "
        f"{' and '.join(others)}. They are shown as printed; none of them was made to fit."
    )
