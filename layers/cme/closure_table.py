"""The closures by reason: the year, its last month, mean weeks, subtotals, and what has no printed row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.periods import Period
from geodata.printed import PrintedClosures
from layers.cme.facts import TOTAL, Facts, mean_weeks, percent_of
from layers.cme.involvements import Involvement, ended_in
from layers.cme.measures import Durations, closures_by_reason
from layers.cme.printed_marks import mark
from layers.format import plural
from layers.report import Cell, Column, Figure, Table, show

NO_PRINTED_ROW = "NPR"
"""Closing code of those that the papers' total counts and none of their rows."""

NO_PRINTED_ROW_WORDS, NOT_RECORDED = "No printed row", "No reason recorded"


def closures_table(facts: Facts) -> Table:
    """Return the closures by reason: the year, its last month, the mean weeks, and the year before as far as known."""
    period, last = facts.year.period, facts.last_day
    month = Period(f"{last:%Y-%m}", f"{last:%B %Y}", date(last.year, last.month, 1), last + timedelta(days=1))
    key = facts.earlier.key if facts.earlier else ""
    year = _Closures.of(facts, facts.cases, period if facts.year.counted else None, facts.year.key)
    in_month = _Closures.of(facts, facts.cases, month if facts.year.counted else None, month.key)
    counted_before = facts.earlier is not None and facts.earlier.counted
    before = _Closures.of(facts, facts.before, facts.earlier.period if facts.earlier and counted_before else None, key)
    rows = [_closures_row(reason.code, reason.label, reason.group, year, in_month, before) for reason in facts.reasons
            if reason.code != NO_PRINTED_ROW]  # fmt: skip
    groups = dict.fromkeys(reason.group for reason in facts.reasons if reason.group)
    laid: list[dict[str, Cell]] = []
    for group in groups:
        codes = [reason.code for reason in facts.reasons if reason.group == group]
        laid += [row for row in rows if row["group"] == group]
        laid.append(_closures_row(tuple(codes), f"{group}: all", group, year, in_month, before))
    others = _closures_row(NO_PRINTED_ROW, NO_PRINTED_ROW_WORDS, "", year, in_month, before)
    if any(isinstance(others[one], int) and others[one] for one in ("n", "n_printed", "month_n", "earlier_n")):
        laid.append(others)
    # A part of an earlier time may hold codes that have left the profile since.
    known = {NO_PRINTED_ROW, *(reason.code for reason in facts.reasons)}
    for code in sorted({code for one in (year, in_month, before) for code in one.found or {}} - known):
        laid.append(
            _closures_row(code, f"Not in the profile: {code}" if code else NOT_RECORDED, "", year, in_month, before)
        )
    laid.append(_closures_row(None, TOTAL, "", year, in_month, before))
    then = facts.earlier_words if counted_before or before.printed is not None else key
    columns = (
        Column("reason", "Reason", numeric=False),
        Column("code", "Code", numeric=False),
        Column("group", "Group", numeric=False, hidden=True),
        Column("month_n", f"{month.label}"),
        Column("month_printed", f"{month.label}, printed"),
        Column("n", facts.year.key),
        Column("n_printed", f"{facts.year.key}, printed"),
        Column("mean_weeks", "Mean weeks"),
        Column("mean_weeks_printed", "Mean weeks, printed"),
        Column("mark", "Printed figures", numeric=False),
        Column("earlier_n", then),
        Column("earlier_mean_weeks", f"Mean weeks {then}".rstrip()),
    )
    strong = frozenset({TOTAL, *(f"{group}: all" for group in groups)})
    sentence = _closures_sentence(facts, year)
    return Table("closures", "Closures by reason", columns, tuple(laid), sentence, strong=strong)


@dataclass(frozen=True)
class _Closures:
    """Closures of one period, recomputed and printed; either may be missing."""

    found: Mapping[str, Durations] | None
    printed: PrintedClosures | None
    printed_weeks: float | None

    @classmethod
    def of(cls, facts: Facts, cases: Sequence[Involvement], period: Period | None, key: str) -> _Closures:
        found = closures_by_reason(ended_in(cases, period)) if period else None
        year = facts.printed.years.get(key)
        return cls(found, facts.printed.closures.get(key), year.mean_weeks if year else None)

    def recomputed(self, code: str | tuple[str, ...] | None) -> Durations | None:
        """Return those of a code, of several, or (None) all."""
        if self.found is None:
            return None
        codes = self.found if code is None else (code,) if isinstance(code, str) else code
        return sum((self.found[one] for one in codes if one in self.found), Durations(0, 0))

    def said(self, code: str | tuple[str, ...] | None) -> tuple[int | None, float | None]:
        """Return the printed count and mean weeks of a code or (None) of all; a subtotal is not printed."""
        if self.printed is None or isinstance(code, tuple):
            return None, None
        if code is None:
            return self.printed.total, self.printed_weeks
        if code == NO_PRINTED_ROW:
            return self.printed.no_printed_row, None
        return self.printed.counts.get(code), self.printed.mean_weeks.get(code)


def _closures_row(
    code: str | tuple[str, ...] | None, label: str, group: str, year: _Closures, month: _Closures, before: _Closures
) -> dict[str, Cell]:
    here, in_month, then = (one.recomputed(code) for one in (year, month, before))
    said, said_weeks = year.said(code)
    month_said, _ = month.said(code)
    then_said, then_weeks = before.said(code)
    weeks = mean_weeks(here) if here else None
    printed_weeks = None if said_weeks is None else Figure(said_weeks, 1)
    n, month_n = here.closed if here else None, in_month.closed if in_month else None
    return {
        "reason": label,
        "code": code if isinstance(code, str) and code != NO_PRINTED_ROW else "",
        "group": group,
        "month_n": month_n,
        "month_printed": month_said,
        "n": n,
        "n_printed": said,
        "mean_weeks": weeks,
        "mean_weeks_printed": printed_weeks,
        "mark": mark(("closures", n, said), ("mean weeks", weeks, printed_weeks), ("last month", month_n, month_said)),
        "earlier_n": then.closed if then else then_said,
        "earlier_mean_weeks": mean_weeks(then) if then else None if then_weeks is None else Figure(then_weeks, 1),
    }


def _closures_sentence(facts: Facts, year: _Closures) -> str:
    total = year.recomputed(None)
    if total is None:
        return ""
    if not total.closed:
        return "No involvement closed in this year."
    group = next((reason.group for reason in facts.reasons if reason.group), "")
    if not group:
        return f"{plural(total.closed, 'closure')} in this year."
    placed = year.recomputed(tuple(reason.code for reason in facts.reasons if reason.group == group))
    count = placed.closed if placed else 0
    share = show(percent_of(count, total.closed))
    return f"{count:,} of {plural(total.closed, 'closure')} ({share}) ended as: {group.lower()}."
